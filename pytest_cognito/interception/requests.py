"""The door for `requests`.

It is at ``Session.get_adapter``, the documented place where a session decides who sends a request.
``HTTPAdapter.send`` would be too low (`responses` and moto replace it) and ``Session.send`` too high: requests-mock
remembers the original one from when it was imported, and puts an adapter of its own on the session. For the latter's
sake the hook is a descriptor that attributes set on a session don't hide. An adapter that is no ``HTTPAdapter`` and was
mounted by hand keeps its say.
"""

from __future__ import annotations

import functools
from types import MethodType, ModuleType
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.http import Request, Response
from pytest_cognito.interception.http import answer, concerns, parsed

if TYPE_CHECKING:
    import requests

SEAMS = ("Session.get_adapter", "adapters.HTTPAdapter.build_response", "packages.urllib3.HTTPResponse")

_NAME = "get_adapter"


def hook(library: ModuleType) -> None:
    """Have every session of `requests` answer what concerns Cognito, those that exist already included."""
    session = library.Session
    if not isinstance(session.__dict__[_NAME], _GetAdapter):
        session.get_adapter = _GetAdapter(library, session.__dict__[_NAME])


class _GetAdapter:
    """``Session.get_adapter``; what is set on an instance is kept in the instance's dictionary and asked by ours."""

    def __init__(self, library: ModuleType, original: Any) -> None:
        @functools.wraps(original)
        def get_adapter(session: requests.Session, url: str) -> Any:
            instead = session.__dict__.get(_NAME)
            adapter = original(session, url) if instead is None else instead(url=url)
            if not concerns(url) or isinstance(adapter, _Adapter):
                return adapter
            ours = instead is not None or isinstance(adapter, library.adapters.HTTPAdapter)
            return _Adapter(library, adapter) if ours else adapter

        self._original = original
        self._function = get_adapter

    def __get__(self, session: requests.Session | None, owner: type) -> Any:
        return self._function if session is None else MethodType(self._function, session)

    def __set__(self, session: requests.Session, value: Any) -> None:
        if getattr(value, "__func__", None) in (self._function, self._original):
            session.__dict__.pop(_NAME, None)  # a mock that puts back what it found
        else:
            session.__dict__[_NAME] = value

    def __delete__(self, session: requests.Session) -> None:
        if _NAME not in session.__dict__:
            raise AttributeError(_NAME)
        del session.__dict__[_NAME]


class _Adapter:
    """Answers in process what it can, and leaves the rest to the adapter that the session would have used."""

    def __init__(self, library: ModuleType, behind: Any) -> None:
        self._library = library
        self._behind = behind

    def __getattr__(self, name: str) -> Any:
        return getattr(self._behind, name)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        url, method = request.url or "", request.method or "GET"
        response = answer(Request(method=method, url=url, headers=headers, body=_body(request)))
        if response is None:
            sent: requests.Response = self._behind.send(request, **options)
            return sent
        return self._built(request, response, method)

    def _built(self, request: requests.PreparedRequest, response: Response, method: str) -> requests.Response:
        message = parsed(response, method)
        raw = self._library.packages.urllib3.HTTPResponse(
            body=message,
            headers=message.getheaders(),
            status=message.status,
            reason=message.reason,
            preload_content=False,
            decode_content=False,
            original_response=message,  # where the cookie jar reads
            request_method=method,
        )
        # Called on ourselves: it notes who is to send again, which digest authentication needs.
        built: requests.Response = self._library.adapters.HTTPAdapter.build_response(self, request, raw)
        return built


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(request: requests.PreparedRequest) -> bytes:
    """The body; one that can be read once only is put back as bytes, for the network may be next."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    content: bytes = body.read() if hasattr(body, "read") else b"".join(body)
    position = getattr(request, "_body_position", None)  # where requests itself rewinds to before a redirect
    if hasattr(body, "seek") and isinstance(position, int):
        body.seek(position)
    else:
        request.body = content
    return content
