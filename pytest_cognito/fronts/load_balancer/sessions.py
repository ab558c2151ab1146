"""What a load balancer keeps in a browser: a session in the shards of a cookie, and the state of a sign-in."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pytest_cognito.http import cookies
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Headers, Request
from pytest_cognito.kernel.sealed import Seal

NONCE_COOKIE = "AWSALBAuthNonce"
SHARDS = 4
LOGIN_TIMEOUT = dt.timedelta(minutes=15)
"""How long a sign-in may take."""
_KEPT = dt.timedelta(days=7)
"""How long a browser keeps the cookies, whatever the session's own time-out is."""
_COOKIE = 4096
"""The length that a cookie has with its name and attributes, at most: browsers keep no longer one."""


@dataclass(frozen=True, slots=True)
class Session:
    """A user who has signed in by an app client. The times are in seconds since the epoch.

    ``claims`` are what the user info endpoint said. ``ends`` is when the user has to sign in again, ``fresh_until``
    when the access token expires.
    """

    client_id: str
    access_token: str
    refresh_token: str | None
    claims: Mapping[str, Any]
    ends: float
    fresh_until: float


@dataclass(frozen=True, slots=True)
class SignInState:
    """A sign-in that has begun: what the browser brings back in ``state``. ``url`` is where it leads afterwards."""

    client_id: str
    url: str
    nonce: str
    began: float


def sealed(seal: Seal, content: Session | SignInState, now: dt.datetime) -> str:
    """The text that stands for a session or a state in the browser."""
    return seal.seal(json.dumps([type(content).__name__, asdict(content)], separators=(",", ":")), now)


def _opened(seal: Seal, text: str, kind: type[Session | SignInState]) -> Any:
    opened = seal.open(text)
    name, members = json.loads(opened) if opened is not None else ("", {})
    return kind(**members) if name == kind.__name__ else None


def state_in(seal: Seal, text: str) -> SignInState | None:
    """The state that a parameter is; None for one that was not made here."""
    found: SignInState | None = _opened(seal, text, SignInState)
    return found


def session_in(seal: Seal, request: Request, cookie_name: str) -> Session | None:
    """The session in the cookies of a request; None without one, or for one that was not made here."""
    sent = cookies.of_request(request)
    text = "".join(sent.get(f"{cookie_name}-{number}", "") for number in range(SHARDS))
    found: Session | None = _opened(seal, text, Session) if text else None
    return found


def cookies_of(value: str, cookie_name: str, request: Request, now: dt.datetime) -> Headers | None:
    """The headers that set a session's cookies, and delete shards that are left of a longer one; None if too long."""
    same_site = "None" if _is_cross_origin(request) else None
    room = _COOKIE - len(Cookie(f"{cookie_name}-0", "", now, same_site).header())
    shards = [value[start : start + room] for start in range(0, len(value), room)]
    if len(shards) > SHARDS:
        return None
    made = [Cookie(f"{cookie_name}-{number}", shard, now + _KEPT, same_site) for number, shard in enumerate(shards)]
    sent = cookies.of_request(request)
    left = (f"{cookie_name}-{number}" for number in range(len(shards), SHARDS))
    made.extend(Cookie.deleted(name) for name in left if name in sent)
    return [("Set-Cookie", cookie.header()) for cookie in made]


def nonce_cookie(nonce: str, now: dt.datetime) -> tuple[str, str]:
    """The header that sets the cookie by which a sign-in is known to be this browser's."""
    return ("Set-Cookie", Cookie(NONCE_COOKIE, nonce, now + LOGIN_TIMEOUT, same_site=None).header())


def nonce_deleted() -> tuple[str, str]:
    return ("Set-Cookie", Cookie.deleted(NONCE_COOKIE).header())


def _is_cross_origin(request: Request) -> bool:
    """Whether a script of another origin sends the request (CORS), which needs cookies that go along with it."""
    origin = request.headers.get("origin")
    return origin is not None and origin.partition("://")[2] != request.headers.get("host")
