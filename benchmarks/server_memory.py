"""The memory of a server that has answered many calls, half of them refused."""

from __future__ import annotations

import http.client
import json
import subprocess
from collections.abc import Iterable
from itertools import cycle

from .measure import Row, Subject
from .server import OURS, running
from .sign_in import set_up

_FEW, _MANY, _MANY_QUICKLY = 1_000, 100_000, 10_000
_MEMORY = f"memory of the server after {_MANY:,} calls"
_TARGET = 20 * 1024**2
_HEADERS = {
    "X-Amz-Target": "AWSCognitoIdentityProviderService.AdminGetUser",
    "Content-Type": "application/x-amz-json-1.1",
    "Authorization": "AWS4-HMAC-SHA256 Credential=test/20260102/us-east-1/cognito-idp/aws4_request, "
    "SignedHeaders=host, Signature=00",
}


def _memory(quick: bool) -> Iterable[Row]:
    many = _MANY_QUICKLY if quick else _MANY
    with running(OURS) as server:
        user = set_up(server.client)
        bodies = [_request(user.pool_id, name) for name in (user.name, "somebody who is not there")]
        _call(server.port, bodies, _FEW)
        few = _resident(server.pid)
        _call(server.port, bodies, many - _FEW)
        yield Row(_MEMORY, f"after {_FEW:,}", _TARGET, [[_resident(server.pid)], [few]], difference=True, unit="B")


def _request(pool_id: str, username: str) -> bytes:
    return json.dumps({"UserPoolId": pool_id, "Username": username}).encode()


def _call(port: int, bodies: list[bytes], times: int) -> None:
    """Send the requests in turn, so many of all, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    for _, body in zip(range(times), cycle(bodies), strict=False):
        connection.request("POST", "/", body, _HEADERS)
        connection.getresponse().read()
    connection.close()


def _resident(pid: int) -> float:
    """The bytes of a process that are in memory."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], check=True, capture_output=True, text=True)
    return int(shown.stdout) * 1024


SUBJECTS = (Subject((_MEMORY,), _memory),)
