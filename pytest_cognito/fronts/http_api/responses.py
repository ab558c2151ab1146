"""The responses that functions behind an HTTP API return, in the formats 2.0 and 1.0."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pytest_cognito.fronts.api_gateway import bodies
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.http_api import texts
from pytest_cognito.http.messages import Headers, Response, is_header
from pytest_cognito.kernel.text import plain

_STATUSES = range(100, 600)
_PLAIN_TEXT = ("content-type", "text/plain;charset=UTF-8")
_JSON = ("content-type", "application/json")


def made(exchange: Exchange, result: Any, read: Callable[[Any], Response]) -> Response:
    """The response that a result is; AWS's answer to one that it can't use, and why in the report."""
    try:
        return read(result)
    except ValueError as error:
        exchange.explain(f"the function of {exchange.route} returned no response: {error}")
        return texts.answer(500, texts.INTERNAL_ERROR)


def of_v2(result: Any) -> Response:
    """Format 2.0: what has no ``statusCode`` is the body of a response with status 200, as JSON."""
    if not isinstance(result, dict) or "statusCode" not in result:
        body = result if isinstance(result, str) else json.dumps(result, ensure_ascii=False, separators=(",", ":"))
        return Response(200, [_JSON], body.encode("utf-8", "surrogatepass"))
    headers = list(_single(result))
    cookies = result.get("cookies") or []
    if not isinstance(cookies, list) or not all(isinstance(cookie, str) for cookie in cookies):
        raise ValueError("its cookies are no list of texts")
    return _whole(result, [*headers, *(("set-cookie", cookie) for cookie in cookies)])


def of_v1(result: Any) -> Response:
    """Format 1.0, which always has a ``statusCode``; ``multiValueHeaders`` stand over ``headers``."""
    if not isinstance(result, Mapping) or "statusCode" not in result:
        raise ValueError(f"it is {_kind(result)} without statusCode, which format 1.0 asks for")
    many = result.get("multiValueHeaders") or {}
    if not isinstance(many, Mapping) or not all(isinstance(values, list) for values in many.values()):
        raise ValueError("its multiValueHeaders are no object of lists")
    named = {name.lower() for name in many}
    headers = [(name, value) for name, value in _single(result) if name.lower() not in named]
    return _whole(
        result, [*headers, *((name, _text(name, value)) for name, values in many.items() for value in values)]
    )


def _single(result: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    headers = result.get("headers") or {}
    if not isinstance(headers, dict):
        raise ValueError(f"its headers are {_kind(headers)}")
    for name, value in headers.items():
        yield name, _text(name, value)


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise ValueError(f"the value of a header is {_kind(value)}")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if not is_header(name, text):
        raise ValueError(f"the header {name!r} can't be sent: its name has a space, or its value a line break")
    return text


def _whole(result: Mapping[str, Any], headers: Headers) -> Response:
    body = result.get("body")
    if body is not None and not isinstance(body, str):
        raise ValueError(f"its body is {_kind(body)}, and no text: write json.dumps(…)")
    content = bodies.decoded(body or "", is_base64=result.get("isBase64Encoded") is True)
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers = [_PLAIN_TEXT, *headers]
    return Response(_status(result["statusCode"]), headers, content)


def _status(value: Any) -> int:
    number = int(value) if isinstance(value, str) and value.isdecimal() else value
    if isinstance(number, bool) or not isinstance(number, int) or number not in _STATUSES:
        raise ValueError(f"its statusCode is no status of HTTP: {plain(value)}")
    return number


def _kind(value: Any) -> str:
    """What a value is, without what it says: it may be a secret."""
    return "nothing" if value is None else f"of the type {type(value).__name__}"
