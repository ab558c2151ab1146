"""A value that breaks the line of its header is no header, whoever makes it: no server of AWS sends it on."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from pytest_cognito import AsgiApplication, Cognito, UsageError

SPLIT = "a\r\nSet-Cookie: admin=1"


def split(event: dict[str, Any], context: Any) -> Any:
    return {"statusCode": 200, "headers": {"X-Name": SPLIT}, "body": "x"}


def test_of_a_function(cognito: Cognito) -> None:
    apis = [cognito.http_api(split), cognito.http_api(split, payload_format="1.0"), cognito.rest_api(split)]
    balancer = cognito.load_balancer(split, action="forward")
    answers = [requests.get(f"{front.url}/", timeout=5) for front in (*apis, balancer)]
    assert [answer.status_code for answer in answers] == [500, 500, 502, 502]
    assert all("line break" in "".join(call.explanation) for call in cognito.calls if call.operation == "GET /")
    assert all("admin" not in f"{answer.headers}{answer.text}" for answer in answers)


def test_of_an_application(cognito: Cognito) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-name", SPLIT.encode())]})
        await send({"type": "http.response.body", "body": b""})

    with pytest.raises(UsageError, match="its name has a space, or its value a line break"):
        cognito.http_api(AsgiApplication(app)).get("/")
