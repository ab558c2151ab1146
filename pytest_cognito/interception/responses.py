"""The hook for `responses`, and responses to `requests` that are built by it, or as by it.

A test's own stubs go first. What they don't match is answered as if Cognito were the last stub of each mock, so that
Cognito's requests are in ``responses.calls`` of a test that has it active. The stubs of moto, which match every host of
AWS, are not the test's own.
"""

from __future__ import annotations

import functools
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pytest_cognito import active
from pytest_cognito.http.messages import Request
from pytest_cognito.interception import responder
from pytest_cognito.interception.http import content, fields, is_hooked, mark_hooked, reason
from pytest_cognito.kernel.faults import TimedOut

if TYPE_CHECKING:
    from types import ModuleType

    import requests
    import responses
    from urllib3 import HTTPResponse

REQUIRED_ATTRIBUTES = ("RequestsMock._find_match", "RequestsMock.unbound_on_send", "CallbackResponse", "registered")

_ANY = re.compile("")


def hook(library: ModuleType) -> None:
    """Let all mocks of `responses` respond to requests for Cognito that they have no stub for."""
    mock_class: Any = library.RequestsMock
    original = mock_class._find_match
    if is_hooked(original):
        return

    @functools.wraps(original)
    def _find_match(self: responses.RequestsMock, request: Any) -> tuple[Any, list[str]]:
        if not responder.answers(request.url):
            if (refused := _refusal(request)) is not None:
                return refused, []
            found: tuple[Any, list[str]] = original(self, request)
            return found
        # A registry may count what it is asked for: it is looked into first. Moto's looks into the default mock, too.
        if any(_is_own(stub) and stub.matches(request)[0] for stub in (*self.registered(), *library.registered())):
            match, reasons = original(self, request)
            if match is not None and _is_own(match):
                return match, reasons
        return _stub(request), []

    mark_hooked(_find_match)
    mock_class._find_match = _find_match


def may_repeat(adapter: Any) -> bool:
    """Whether an adapter sends a request again for what a response says. Those that sessions have by default do not."""
    retries = adapter.max_retries
    return bool(retries.total or retries.status_forcelist)


def send_repeatedly(adapter: Any, request: requests.PreparedRequest, options: dict[str, Any]) -> requests.Response:
    """Respond to a request by an adapter, with its retries, where no mock is active."""
    import responses

    mock: Any = responses.RequestsMock(assert_all_requests_are_fired=False)
    stub = _stub(request)
    mock._find_match = lambda _: (stub, [])  # it has no other, so that there is nothing to compare
    sent: requests.Response = mock.unbound_on_send()(adapter, request, **options)
    return sent


def raw(request: requests.PreparedRequest) -> HTTPResponse:
    """The response of urllib3 to a request, as `responses` makes it: quicker, and without importing that.

    Where there are cookies, `requests` reads them from its original response.
    """
    from urllib3._collections import HTTPHeaderDict
    from urllib3.response import HTTPResponse

    status, sent, body = _respond(request)
    headers: Any = HTTPHeaderDict(sent)
    original: Any = None
    if "set-cookie" in headers:
        nothing = BytesIO()
        nothing.close()
        original = HTTPResponse(body=nothing, msg=headers, preload_content=False)
    return HTTPResponse(
        body=BytesIO(body),
        headers=headers,
        status=status,
        reason=reason(status) or None,
        preload_content=False,
        original_response=original,
        request_method=request.method,
    )


def _refusal(request: Any) -> responses.BaseResponse | None:
    """The stub for a request to S3 that policies do not allow to whom has signed it before."""
    world = active.current()
    if world is None or not world.enforces:
        return None
    from pytest_cognito.interception import presigned

    response = presigned.refusal(world, _converted(request))
    if response is None:
        return None
    import responses

    answer = response.status, fields(response), content(response, request.method)
    return responses.CallbackResponse(request.method, _ANY, lambda _: answer, content_type=None)


def _is_own(stub: object) -> bool:
    return type(stub).__module__.partition(".")[0] != "moto"


def _stub(request: requests.PreparedRequest) -> responses.BaseResponse:
    import responses

    return responses.CallbackResponse(request.method or "GET", _ANY, _respond, content_type=None)


def _respond(request: requests.PreparedRequest) -> tuple[int, Any, bytes]:
    method = request.method or "GET"
    try:
        response = responder.respond(_converted(request))
    except TimedOut as error:
        import requests

        kind = requests.ConnectTimeout if error.phase == "connect" else requests.ReadTimeout
        raise kind(str(error), request=request) from None
    return response.status, fields(response), content(response, method)


def _converted(request: requests.PreparedRequest) -> Request:
    headers = {name.lower(): _text(value) for name, value in request.headers.items()}
    return Request(method=request.method or "GET", url=request.url or "", headers=headers, body=_body(request))


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(request: requests.PreparedRequest) -> bytes:
    """The body. One that can be read only once is replaced by bytes, because a retry reads it again."""
    body: Any = request.body
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, bytes | bytearray):
        body = request.body = b"".join(body)
    return bytes(body)
