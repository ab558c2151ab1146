"""A metadata service of EC2 and ECS on loopback, which a machine's credentials would be asked of."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_ROLE = "[default]\nrole_arn = arn:aws:iam::123456789012:role/r\ncredential_source = {}\n"
_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@contextmanager
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Let botocore find the service; gives the requests that it gets."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def listen() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                asked.append(connection.recv(1000).partition(b"\r\n")[0].decode())
                connection.sendall(_NOT_FOUND)
                connection.close()

        threading.Thread(target=listen, daemon=True).start()
        monkeypatch.setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", f"{address}/")
        monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", f"{address}/ecs")
        yield asked
        listening.shutdown(socket.SHUT_RDWR)


FILES = {
    "none": ("", ""),
    "a profile that is not the default": ("[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = x\n", ""),
    "a profile without keys": ("[default]\nregion = eu-west-1\n", "[default]\nregion = eu-west-1\n"),
    "a key without a value": ("[default]\naws_access_key_id =\n", ""),
    "a role of the machine": ("", _ROLE.format("Ec2InstanceMetadata")),
    "a role of the container": ("", _ROLE.format("EcsContainer")),
}
"""Contents of the credentials file and the config file in which botocore finds no credentials."""
