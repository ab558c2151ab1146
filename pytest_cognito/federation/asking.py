"""Requests to identity providers over HTTP, by the library `requests`.

What serves `requests` in a test serves here, too: a simulated provider, a stub of the test's own, a provider that runs
on this machine. No step may be open: other calls wait for its lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.federation import addresses, errors
from pytest_cognito.world import World

if TYPE_CHECKING:
    from requests import Response

_TIMEOUT = 5.0
_REDIRECTS = 20


def ask(
    world: World,
    method: str,
    url: str,
    *,
    timed_out: Callable[[], AWSError] = errors.PROVIDER_TIMEOUT,
    unreachable: Callable[[], AWSError] = errors.PROVIDER_NOT_REACHED,
    headers: Mapping[str, str] | None = None,
    **options: Any,
) -> Response:
    """Send a request and return the response, whatever its status. Raises an error of Cognito's if there is none."""
    import requests

    own = {"User-Agent": "Amazon/Cognito", "x-amz-cognito-request-id": world.ids.request_id()}
    with requests.Session() as session:
        session.max_redirects = _REDIRECTS
        try:
            return session.request(method, url, headers={**own, **(headers or {})}, timeout=_TIMEOUT, **options)
        except requests.Timeout as error:
            raise timed_out() from error
        except requests.RequestException as error:
            raise unreachable() from error


def check_answered_here(url: str) -> None:
    """Raise, as if nothing was there, unless the answer comes out of this process or this machine."""
    if not is_answered_here(url):
        raise errors.PROVIDER_NOT_REACHED()


def json_object(provider: str, response: Response) -> dict[str, Any]:
    """The JSON object in a response; raise if it is something else. ``provider`` is the name that the error has."""
    try:
        value = response.json()
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise errors.PROVIDER_ANSWER_UNREADABLE(provider=provider)
    return value


def is_answered_here(url: str) -> bool:
    """Whether a request to a URL stays in this process or on this machine.

    It does if the world answers it, or a stub of the test's own, be it one of `responses` or of requests-mock.
    """
    if addresses.is_on_loopback(url):
        return True
    import requests
    from requests.adapters import HTTPAdapter

    originals = (requests.Session.send, "requests.sessions"), (HTTPAdapter.send, "requests.adapters")
    if any(function.__module__ != module for function, module in originals):
        return True
    with requests.Session() as session:
        return type(session.get_adapter(url)) is not HTTPAdapter
