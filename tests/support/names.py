"""Host names that lead to this machine, as browsers have them below ``localhost`` and /etc/hosts may have others."""

from __future__ import annotations

import socket
from typing import Any

import pytest


def lead_here(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let names below ``localhost``, and further ``names``, lead to the loopback interface."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        here = isinstance(host, str) and (host.endswith(".localhost") or host in names)
        return resolve("127.0.0.1" if here else host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
