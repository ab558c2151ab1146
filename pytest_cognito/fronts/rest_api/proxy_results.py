"""What a function of the proxy integration returns, as a response."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import Any

from pytest_cognito.http.messages import Response, is_header

_MEMBERS = frozenset(("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded"))
_LOWEST, _HIGHEST = 100, 599
_REMAPPED = frozenset(("connection", "content-length", "date", "server"))
_DROPPED = "transfer-encoding"
_DEFAULT_TYPE = "application/json"


class MalformedResult(Exception):
    """A result that API Gateway can't use, and why."""


def response_of(result: Any, *, decodes: bool) -> Response:
    """The response of a result. Raises `MalformedResult`.

    AWS takes an object with these members alone; the body is text, headers are text, numbers or truth values, and the
    status may be text. Without a status it is 200. Without a type the response is JSON. A body in Base64 is decoded if
    the stage ``decodes`` it for this client. Some headers are API Gateway's own: a function's get another name.
    """
    if not isinstance(result, dict):
        raise MalformedResult(f"it is no object but {_named(result)}")
    unknown = sorted(result.keys() - _MEMBERS)
    if unknown:
        raise MalformedResult(f"it has {', '.join(unknown)}; there are {', '.join(sorted(_MEMBERS))}")
    headers = [(_named_header(name), value) for name, value in _headers(result) if name.lower() != _DROPPED]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", _DEFAULT_TYPE))
    return Response(_status(result.get("statusCode", 200)), headers, _body(result, decodes=decodes))


def _body(result: dict[str, Any], *, decodes: bool) -> bytes:
    body, is_encoded = result.get("body"), result.get("isBase64Encoded", False)
    if body is not None and not isinstance(body, str):
        raise MalformedResult(f"body is no text but {_named(body)}: json.dumps makes text of it")
    if not isinstance(is_encoded, bool):
        raise MalformedResult("isBase64Encoded is neither true nor false")
    content = (body or "").encode()
    if not (is_encoded and decodes):
        return content
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise MalformedResult("body is not Base64, and isBase64Encoded is true") from None


def _status(value: Any) -> int:
    code = int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else value
    if not isinstance(code, int) or isinstance(code, bool) or not _LOWEST <= code <= _HIGHEST:
        raise MalformedResult("statusCode is no status code")
    return code


def _headers(result: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The headers; one that both members have is that of ``multiValueHeaders``."""
    single, several = result.get("headers") or {}, result.get("multiValueHeaders") or {}
    if not isinstance(single, dict) or not isinstance(several, dict):
        raise MalformedResult("headers and multiValueHeaders are no objects")
    overridden = {name.lower() for name in several}
    for name, value in single.items():
        if name.lower() not in overridden:
            yield name, _text(name, value)
    for name, values in several.items():
        if not isinstance(values, list):
            raise MalformedResult(f"multiValueHeaders has no list for {name}")
        for value in values:
            yield name, _text(name, value)


def _named_header(name: str) -> str:
    return f"x-amzn-Remapped-{name}" if name.lower() in _REMAPPED else name


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise MalformedResult(f"the header {name} is no text but {_named(value)}")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if not is_header(name, text):
        raise MalformedResult(f"the header {name!r} can't be sent: its name has a space, or its value a line break")
    return text


def _named(value: Any) -> str:
    return {dict: "an object", list: "a list", type(None): "null", str: "text", bool: "a truth value"}.get(
        type(value), "a number"
    )
