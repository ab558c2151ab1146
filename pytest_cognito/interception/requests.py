"""The hook for `requests`.

It replaces ``Session.get_adapter``, the documented method by which a session chooses the adapter of a request.
``HTTPAdapter.send`` is called too late (`responses` and moto replace it), and ``Session.send`` too early: requests-mock
keeps a reference to the original one from its import, and sets ``get_adapter`` on the session. So that this does not
hide the hook, the hook is a data descriptor. It leaves requests to adapters of the user that are no ``HTTPAdapter``.
"""

from __future__ import annotations

import functools
from types import MethodType, ModuleType
from typing import TYPE_CHECKING, Any

from pytest_cognito.http.messages import Request, Response
from pytest_cognito.interception.http import http_client_response, is_for_cognito, respond

if TYPE_CHECKING:
    import requests

REQUIRED_ATTRIBUTES = ("Session.get_adapter", "adapters.HTTPAdapter.build_response", "packages.urllib3.HTTPResponse")

_NAME = "get_adapter"


def hook(library: ModuleType) -> None:
    """Let all sessions of `requests`, including existing ones, respond to requests for Cognito."""
    session = library.Session
    if not isinstance(session.__dict__[_NAME], _GetAdapter):
        session.get_adapter = _GetAdapter(library, session.__dict__[_NAME])


class _GetAdapter:
    """The descriptor for ``Session.get_adapter``. It calls a function that was set on an instance, if there is one."""

    def __init__(self, library: ModuleType, original: Any) -> None:
        @functools.wraps(original)
        def get_adapter(session: requests.Session, url: str) -> Any:
            replacement = session.__dict__.get(_NAME)
            adapter = original(session, url) if replacement is None else replacement(url=url)
            if not is_for_cognito(url) or isinstance(adapter, _Adapter):
                return adapter
            hooked = replacement is not None or isinstance(adapter, library.adapters.HTTPAdapter)
            return _Adapter(library, adapter) if hooked else adapter

        self._original = original
        self._function = get_adapter

    def __get__(self, session: requests.Session | None, owner: type) -> Any:
        return self._function if session is None else MethodType(self._function, session)

    def __set__(self, session: requests.Session, value: Any) -> None:
        if getattr(value, "__func__", None) in (self._function, self._original):
            session.__dict__.pop(_NAME, None)  # a mock restores the original method
        else:
            session.__dict__[_NAME] = value

    def __delete__(self, session: requests.Session) -> None:
        if _NAME not in session.__dict__:
            raise AttributeError(_NAME)
        del session.__dict__[_NAME]


class _Adapter:
    """An adapter that responds in the process if it can, and otherwise sends by the session's original adapter."""

    def __init__(self, library: ModuleType, adapter: Any) -> None:
        self._library = library
        self._adapter = adapter

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        url, method = request.url or "", request.method or "GET"
        response = respond(Request(method=method, url=url, headers=headers, body=_body(request)))
        if response is None:
            sent: requests.Response = self._adapter.send(request, **options)
            return sent
        return self._build_response(request, response, method)

    def _build_response(self, request: requests.PreparedRequest, response: Response, method: str) -> requests.Response:
        message = http_client_response(response, method)
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
        # Called on this adapter: the response refers to it, and digest authentication sends by it again.
        built: requests.Response = self._library.adapters.HTTPAdapter.build_response(self, request, raw)
        return built


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(request: requests.PreparedRequest) -> bytes:
    """The body. One that can be read only once is replaced by bytes, because the request may go to the network."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    content: bytes = body.read() if hasattr(body, "read") else b"".join(body)
    position = getattr(request, "_body_position", None)  # to which requests itself rewinds before a redirect
    if hasattr(body, "seek") and isinstance(position, int):
        body.seek(position)
    else:
        request.body = content
    return content
