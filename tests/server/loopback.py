"""Ways to talk to the loopback server."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support import clients

PASSWORD = "Correct-horse-7"
TARGET = "AWSCognitoIdentityProviderService."
PYTHONS_WORDS = re.compile(r"Expecting|codec|recursion|column|char \d|surrogate|NaN|KeyError|spam")
"""Words of Python's messages, for no client to read."""


@dataclass
class Command:
    """``python -m pytest_cognito`` in a process of its own."""

    process: subprocess.Popen[str]
    line: str

    @property
    def endpoint_url(self) -> str:
        return next(word for word in self.line.split() if word.startswith("http://"))


def start(*arguments: str, **options: Any) -> Command:
    """Start the server by its command, and wait until it says that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pytest_cognito", "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        **options,
    )
    assert process.stdout is not None
    return Command(process, process.stdout.readline())


def client(endpoint_url: str, service: str = "cognito-idp", region: str = "us-east-1") -> Any:
    return clients.client(
        service,
        region_name=region,
        endpoint_url=endpoint_url,
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Wire:
    """One connection to a server, kept alive."""

    endpoint_url: str
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(self.endpoint_url).netloc, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.connection.close()

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        self.connection.request(method, path, body or None, headers or {})
        answer = self.connection.getresponse()
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def call(self, operation: str, body: bytes = b"{}", *, sign: bool = True, **headers: str) -> Answer:
        sent = {"X-Amz-Target": TARGET + operation, "Content-Type": "application/x-amz-json-1.1"}
        if sign:
            sent["Authorization"] = authorization()
        return self.send("POST", "/", {**sent, **headers}, body)


def authorization(region: str = "us-east-1", service: str = "cognito-idp") -> str:
    scope = f"AKIDEXAMPLE/20260102/{region}/{service}/aws4_request"
    return f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature=00"
