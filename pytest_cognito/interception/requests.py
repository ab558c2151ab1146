"""The hook for `requests`.

It replaces ``Session.get_adapter``, the documented method by which a session chooses the adapter of a request.
``HTTPAdapter.send`` is called too late (a mock that replaces it refuses what it does not know), and ``Session.send``
too early: requests-mock keeps a reference to the original one from its import, and sets ``get_adapter`` on the session.
So that this does not hide the hook, the hook is a data descriptor. It leaves requests to adapters of the user that are
no ``HTTPAdapter``.

Responses are built as by the library `responses`, and by itself where a request may be sent again. A stub of the test's
own goes first, be it one of `responses` or of requests-mock.
"""

from __future__ import annotations

import functools
import sys
from types import MethodType, ModuleType
from typing import TYPE_CHECKING, Any

from pytest_cognito.interception import responder

if TYPE_CHECKING:
    import requests

REQUIRED_ATTRIBUTES = ("Session.get_adapter", "adapters.HTTPAdapter.send", "adapters.HTTPAdapter.build_response")

_NAME = "get_adapter"


def hook(library: ModuleType) -> None:
    """Let all sessions of `requests`, including existing ones, respond to requests for Cognito."""
    session = library.Session
    if not isinstance(session.__dict__[_NAME], _GetAdapter):
        session.get_adapter = _GetAdapter(library, session.__dict__[_NAME])


class _GetAdapter:
    """The descriptor for ``Session.get_adapter``. It calls a function that was set on an instance, if there is one."""

    def __init__(self, library: ModuleType, original: Any) -> None:
        real_send = library.adapters.HTTPAdapter.send

        @functools.wraps(original)
        def get_adapter(session: requests.Session, url: str) -> Any:
            replacement = session.__dict__.get(_NAME)
            adapter = original(session, url) if replacement is None else replacement(url=url)
            if not responder.answers(url) or isinstance(adapter, _Adapter):
                return adapter
            hooked = replacement is not None or isinstance(adapter, library.adapters.HTTPAdapter)
            return _Adapter(library, adapter, real_send) if hooked else adapter

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
    """An adapter that responds in the process, unless a mock of the test has a stub for the request."""

    def __init__(self, library: ModuleType, adapter: Any, real_send: Any) -> None:
        self._library = library
        self._adapter = adapter
        self._real_send = real_send

    def __getattr__(self, name: str) -> Any:
        return getattr(self._adapter, name)

    @property
    def max_retries(self) -> Any:
        """The retries of the original adapter; none if it is a mock's."""
        return getattr(self._adapter, "max_retries", self._library.adapters.Retry(0, read=False))

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:
        if _is_responses_active(self._adapter):
            # Its hook responds to what it has no stub for, so that the request is among its calls.
            sent: requests.Response = self._adapter.send(request, **options)
            return sent
        stubbed = self._send_to_requests_mock(request, options)
        return self._respond(request, options) if stubbed is None else stubbed

    def build_response(self, request: requests.PreparedRequest, raw: Any) -> requests.Response:
        # Called on this adapter: the response refers to it, and digest authentication sends by it again.
        built: requests.Response = self._library.adapters.HTTPAdapter.build_response(self, request, raw)
        return built

    def _send_to_requests_mock(
        self, request: requests.PreparedRequest, options: dict[str, Any]
    ) -> requests.Response | None:
        """The response of a stub of requests-mock, None if there is none."""
        requests_mock: Any = sys.modules.get("requests_mock")
        if requests_mock is None or not isinstance(self._adapter, requests_mock.Adapter):
            return None
        try:
            sent: requests.Response = self._adapter.send(request, **options)
        except requests_mock.NoMockAddress as unknown:
            self._adapter.request_history.remove(unknown.request)
            return None
        return sent

    def _respond(self, request: requests.PreparedRequest, options: dict[str, Any]) -> requests.Response:
        from pytest_cognito.interception.responses import may_repeat, raw, send_repeatedly

        body: Any = request.body
        if may_repeat(self):
            self._import_responses()
            response = send_repeatedly(self, request, options)
        else:
            response = self.build_response(request, raw(request))
        position = getattr(request, "_body_position", None)  # to which requests itself rewinds before a redirect
        if request.body is not body and hasattr(body, "seek") and isinstance(position, int):
            body.seek(position)
            request.body = body
        return response

    def _import_responses(self) -> None:
        """Import `responses`, which takes what it finds at its import for the adapters' real ``send``."""
        if "responses" in sys.modules:
            return
        adapter_class = self._library.adapters.HTTPAdapter
        replacement = adapter_class.send
        adapter_class.send = self._real_send
        try:
            import responses  # noqa: F401 - for its effect
        finally:
            adapter_class.send = replacement


def _is_responses_active(adapter: Any) -> bool:
    """Whether `responses` has replaced the method by which an adapter sends."""
    methods = (vars(base).get("send") for base in type(adapter).__mro__)
    return any(getattr(method, "__module__", None) == "responses" for method in methods)
