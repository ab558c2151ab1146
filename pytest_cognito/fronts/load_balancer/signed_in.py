"""Users who have signed in at a load balancer without the round trip over the pages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from pytest_cognito.fronts.client import Client
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer import authentication, identity, user_sessions
from pytest_cognito.fronts.load_balancer.actions import AuthenticateCognito
from pytest_cognito.fronts.load_balancer.refusals import Refused
from pytest_cognito.fronts.load_balancer.sessions import Session
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.cookies import Cookies
from pytest_cognito.http.messages import Headers, Request, Response
from pytest_cognito.kernel.calls import Call
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer
    from pytest_cognito.handles.user import User

_A_DAY = dt.timedelta(days=1)


class SignedIn(Client):
    """The calls of a browser with cookies of its own, in which a user has signed in at a load balancer."""

    def __init__(self, balancer: LoadBalancer, cookies: Headers) -> None:
        self.balancer = balancer
        self.cookies = Cookies(balancer.world.clock)
        """The cookies: those of the session, and what the application has set."""
        self._keep(cookies)

    @property
    def url(self) -> str:
        return self.balancer.url

    def __call__(self, request: Request) -> Response:
        response = self.balancer(self._with_cookies(request))
        self._keep(response.headers)
        return response

    async def answer_async(self, request: Request) -> Response:
        response = await self.balancer.answer_async(self._with_cookies(request))
        self._keep(response.headers)
        return response

    def _with_cookies(self, request: Request) -> Request:
        sent = [each for each in (self.cookies.header(request.url), request.headers.get("cookie")) if each]
        return replace(request, headers={**request.headers, "cookie": "; ".join(sent)}) if sent else request

    def _keep(self, headers: Headers) -> None:
        for name, value in headers:
            if name.lower() == "set-cookie":
                self.cookies.set(f"{self.url}/", value)

    def __repr__(self) -> str:
        return f"<SignedIn at {self.url}>"


def begin(balancer: LoadBalancer, user: User) -> SignedIn:
    """See `LoadBalancer.signed_in`."""
    exchange, action = _exchange(balancer), _action(balancer, user)
    session = _session(exchange, action, user)
    try:
        return SignedIn(balancer, authentication.kept(balancer, exchange, action, session))
    except Refused as refused:
        raise _not_signed_in(user, refused) from refused


def headers(balancer: LoadBalancer, user: User, *, expired: bool) -> dict[str, str]:
    """See `LoadBalancer.headers_for`."""
    exchange, action = _exchange(balancer), _action(balancer, user)
    moment = exchange.now - _A_DAY if expired else exchange.now
    return identity.headers(_session(exchange, action, user), balancer.arn, balancer.key, moment)


def _session(exchange: Exchange, action: AuthenticateCognito, user: User) -> Session:
    issued = user.tokens(scopes=action.scope.split(), client=AppClient(exchange.world, action.client_id))
    tokens = {
        "access_token": issued.access_token,
        "refresh_token": issued.refresh_token,
        "expires_in": issued.expires_in,
    }
    ends = exchange.now.timestamp() + action.session_timeout
    try:
        return user_sessions.of_tokens(exchange, action, tokens, ends)
    except Refused as refused:
        raise _not_signed_in(user, refused) from refused


def _not_signed_in(user: User, refused: Refused) -> UsageError:
    return UsageError(f"{user!r} can't sign in at the load balancer: {refused}")


def _exchange(balancer: LoadBalancer) -> Exchange:
    """The exchange of a sign-in that no request has begun; it is not in the log."""
    world, request = balancer.world, Request("GET", f"{balancer.url}/", {"host": balancer.host})
    call = Call(balancer.service, "GET /", {}, balancer.region, world.ids.request_id())
    return Exchange(world, request, call, world.clock.now(), "/")


def _action(balancer: LoadBalancer, user: User) -> AuthenticateCognito:
    """The action by which a user of a pool signs in."""
    arguments.check_user(user)
    for action in balancer.authentications:
        if action.pool_id == user.pool.id:
            return action
    pools = ", ".join(action.pool_id for action in balancer.authentications)
    raise UsageError(f"nobody of the pool {user.pool.id} signs in at {balancer!r}: its pools are {pools or 'none'}")
