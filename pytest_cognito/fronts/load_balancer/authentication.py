"""``authenticate-cognito``: who may pass, and the round trip over the pages of a domain for those who may not yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pytest_cognito import cognito_idp
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer import identity, pages, refusals, sessions, user_sessions
from pytest_cognito.fronts.load_balancer.actions import AuthenticateCognito
from pytest_cognito.fronts.load_balancer.refusals import Refused
from pytest_cognito.fronts.load_balancer.sessions import Session, SignInState
from pytest_cognito.http import cookies, hosts
from pytest_cognito.http.messages import Headers, Response, form

if TYPE_CHECKING:
    from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer

CALLBACK = "/oauth2/idpresponse"
"""The path at which users come back from the domain; the load balancer answers there itself."""
_DENIED = "access_denied"


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that may pass: the headers for the target, and those that are added to its response."""

    headers: Mapping[str, str] = field(default_factory=dict)
    more: Headers = field(default_factory=list)


def authenticate(balancer: LoadBalancer, exchange: Exchange, action: AuthenticateCognito) -> Response | Admitted:
    """The request of a user who has a session passes. Others sign in, are refused, or pass without one.

    Who had a session that is over signs in, whatever ``on_unauthenticated`` says.
    """
    session = sessions.session_in(balancer.seal, exchange.request, action.cookie_name)
    if session is None or session.client_id != action.client_id:
        return _unauthenticated(balancer, exchange, action)
    now = exchange.now.timestamp()
    if session.ends <= now:
        exchange.explain(f"the session of {session.claims['sub']} is over: it lasts {action.session_timeout} s")
        return _sign_in(balancer, exchange, action)
    if session.fresh_until > now:
        return Admitted(_headers(balancer, exchange, session))
    exchange.explain("the access token has expired, and the load balancer uses the refresh token")
    try:
        renewed = user_sessions.refreshed(exchange, action, session)
        return Admitted(_headers(balancer, exchange, renewed), kept(balancer, exchange, action, renewed))
    except Refused as refused:
        exchange.explain(f"that failed, so that the user has to sign in: {refused.detail}")
        return _sign_in(balancer, exchange, action)


def come_back(balancer: LoadBalancer, exchange: Exchange, actions: list[AuthenticateCognito]) -> Response:
    """The end of a sign-in, at ``/oauth2/idpresponse``: the session's cookies, and the way to where it began."""
    sent = dict(form(exchange.request.query))
    try:
        state = _state(balancer, exchange, sent)
        action = next((each for each in actions if each.client_id == state.client_id), None)
        if action is None:
            raise Refused(refusals.INVALID_STATE, f"no rule has the app client {state.client_id} any more")
        if "error" in sent:
            refusal = refusals.ACCESS_DENIED if sent["error"] == _DENIED else refusals.GRANT_REFUSED
            raise Refused(refusal, f"{sent['error']}: {sent.get('error_description', '')}")
        if not sent.get("code"):
            raise Refused(refusals.MISSING_CODE, "there is no parameter code")
        session = user_sessions.by_code(exchange, action, sent["code"], _redirect_uri(exchange))
        made = kept(balancer, exchange, action, session)
    except Refused as refused:
        return refused.refusal.answer(exchange, refused.detail)
    return pages.redirect(302, state.url, exchange.now, [*made, sessions.nonce_deleted()])


def kept(balancer: LoadBalancer, exchange: Exchange, action: AuthenticateCognito, session: Session) -> Headers:
    """The headers that set the cookies of a session. Raises `Refused` where they have no room."""
    value = sessions.sealed(balancer.seal, session, exchange.now)
    made = sessions.cookies_of(value, action.cookie_name, exchange.request, exchange.now)
    if made is None:
        raise Refused(
            refusals.TOO_LARGE, f"the session has {len(value)} bytes, more than {sessions.SHARDS} cookies hold"
        )
    return made


def _headers(balancer: LoadBalancer, exchange: Exchange, session: Session) -> dict[str, str]:
    return identity.headers(session, balancer.arn, balancer.key, exchange.now)


def _unauthenticated(balancer: LoadBalancer, exchange: Exchange, action: AuthenticateCognito) -> Response | Admitted:
    sent = [name for name in cookies.of_request(exchange.request) if name.startswith(f"{action.cookie_name}-")]
    why = f"what {', '.join(sent)} say is no session of this app client" if sent else "there is no session"
    if action.on_unauthenticated == "deny":
        return refusals.DENIED.answer(exchange, f"{why}, and on_unauthenticated is 'deny'")
    if action.on_unauthenticated == "allow":
        exchange.explain(f"{why}: the request passes without x-amzn-oidc-*, as on_unauthenticated is 'allow'")
        return Admitted()
    exchange.explain(f"{why}: the user has to sign in")
    return _sign_in(balancer, exchange, action)


def _sign_in(balancer: LoadBalancer, exchange: Exchange, action: AuthenticateCognito) -> Response:
    """The redirect to the authorization endpoint, with the cookie by which the sign-in is known to be the browser's."""
    redirect_uri = _redirect_uri(exchange)
    for line in _misconfigured(exchange, action, redirect_uri):
        exchange.explain(line)
    query = f"?{exchange.request.query}" if exchange.request.query else ""
    url = f"https://{_host(exchange)}{exchange.request.path}{query}"
    nonce = balancer.world.ids.text(43)
    state = SignInState(action.client_id, url, nonce, exchange.now.timestamp())
    parameters = {
        "client_id": action.client_id,
        "redirect_uri": redirect_uri,
        "response_type": "code",
        "scope": action.scope,
        "state": sessions.sealed(balancer.seal, state, exchange.now),
        **action.extra_params,
    }
    location = f"https://{action.domain}/oauth2/authorize?{urlencode(parameters)}"
    return pages.redirect(302, location, exchange.now, [sessions.nonce_cookie(nonce, exchange.now)])


def _state(balancer: LoadBalancer, exchange: Exchange, sent: Mapping[str, str]) -> SignInState:
    """The state of a sign-in that this browser has begun, in time. Raises `Refused`."""
    if not sent.get("state"):
        raise Refused(refusals.MISSING_STATE, "there is no parameter state")
    state = sessions.state_in(balancer.seal, sent["state"])
    if state is None:
        raise Refused(refusals.INVALID_STATE, "the parameter state is none that this load balancer has sent")
    nonce = cookies.of_request(exchange.request).get(sessions.NONCE_COOKIE)
    if nonce is None:
        raise Refused(refusals.MISSING_NONCE, f"there is no cookie {sessions.NONCE_COOKIE}")
    if nonce != state.nonce:
        raise Refused(refusals.INVALID_STATE, f"the cookie {sessions.NONCE_COOKIE} is that of another sign-in")
    if exchange.now.timestamp() - state.began > sessions.LOGIN_TIMEOUT.total_seconds():
        raise Refused(refusals.INVALID_STATE, "the sign-in took more than 15 minutes")
    return state


def _redirect_uri(exchange: Exchange) -> str:
    return f"https://{_host(exchange)}{CALLBACK}"


def _host(exchange: Exchange) -> str:
    """The name by which the browser called the load balancer."""
    return hosts.name_in_request(exchange.request)


def _misconfigured(exchange: Exchange, action: AuthenticateCognito, redirect_uri: str) -> list[str]:
    """What will keep Cognito from signing the user in, which its pages tell nobody in so many words."""
    client = exchange.world.store[cognito_idp.CLIENTS].get(action.client_id)
    if client is None:
        return [f"there is no app client {action.client_id} any more"]
    lines, settings = [], client.settings
    if redirect_uri not in (settings.get("CallbackURLs") or ()):
        lines.append(f"the app client {action.client_id} lacks the callback URL {redirect_uri}")
    if "code" not in (settings.get("AllowedOAuthFlows") or ()) or not settings.get("AllowedOAuthFlowsUserPoolClient"):
        lines.append(f"the app client {action.client_id} lacks the code grant: AllowedOAuthFlows=['code']")
    refused = set(action.scope.split()) - set(settings.get("AllowedOAuthScopes") or ())
    if refused:
        lines.append(f"the app client {action.client_id} lacks the scopes {', '.join(sorted(refused))}")
    return lines
