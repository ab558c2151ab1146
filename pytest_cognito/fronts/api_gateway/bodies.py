"""Bodies in events and in what functions return: text, or binary data as base64."""

from __future__ import annotations

import base64
import binascii

from pytest_cognito.http.messages import Request

_TEXT = ("application/json", "application/xml", "application/javascript")


def is_text(content_type: str) -> bool:
    """Whether API Gateway hands a body of a type to a function as text: ``text/*``, and what has JSON or XML in it."""
    kind = content_type.partition(";")[0].strip().lower()
    return not kind or kind.startswith("text/") or kind in _TEXT or kind.endswith(("+json", "+xml"))


def encoded(request: Request) -> tuple[str, bool]:
    """The body of a request in the event of an HTTP API, and whether it is base64."""
    if is_text(request.headers.get("content-type", "")):
        try:
            return request.body.decode(), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode(), True


def decoded(body: str, *, is_base64: bool) -> bytes:
    """The body that a function has returned. Raises ``ValueError`` for what is no base64."""
    if not is_base64:
        return body.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode(body, validate=True)
    except binascii.Error as error:
        raise ValueError(f"its body is no base64: {error}") from error
