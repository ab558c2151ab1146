"""A guard at the sockets: what tries to leave the machine is caught, whatever library it goes by."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock


class Left(socket.gaierror):
    """Something would have gone over the network."""


@contextmanager
def closed() -> Iterator[list[str]]:
    """Refuse name look-ups and connections; gives what was tried."""
    tried: list[str] = []

    def refuse(*arguments: object, **options: object) -> object:
        tried.append(repr(arguments))
        raise Left(f"would have left for {arguments}")

    with (
        mock.patch.object(socket, "getaddrinfo", refuse),
        mock.patch.object(socket, "create_connection", refuse),
        mock.patch.object(socket.socket, "connect", refuse),
        mock.patch.object(socket.socket, "connect_ex", refuse),
    ):
        yield tried
