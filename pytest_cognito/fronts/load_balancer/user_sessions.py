"""Sessions of users from the endpoints of their pool's domain: by a code, by a refresh token, or by tokens."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pytest_cognito import cognito_idp
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer import outside, refusals
from pytest_cognito.fronts.load_balancer.actions import AuthenticateCognito
from pytest_cognito.fronts.load_balancer.refusals import Refusal, Refused
from pytest_cognito.fronts.load_balancer.sessions import Session
from pytest_cognito.http.messages import Response

_MOST = 11 * 1024
"""The number of bytes that the claims and the access token have together, at most."""
_OK = 200
_SERVER_ERROR = 500
_FORM = "application/x-www-form-urlencoded"


def by_code(exchange: Exchange, action: AuthenticateCognito, code: str, redirect_uri: str) -> Session:
    """The session of a user who comes back from the domain with a code. Raises `Refused`."""
    grant = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri}
    tokens = _tokens(exchange, action, grant)
    if not tokens.get("id_token"):
        raise Refused(refusals.NO_ID_TOKEN, f"the scope {action.scope!r} gives no ID token: it takes openid")
    return of_tokens(exchange, action, tokens, exchange.now.timestamp() + action.session_timeout)


def refreshed(exchange: Exchange, action: AuthenticateCognito, session: Session) -> Session:
    """The session with a new access token, and with what the user info endpoint says now. Raises `Refused`."""
    if session.refresh_token is None:
        raise Refused(refusals.GRANT_REFUSED, "there is no refresh token")
    grant = {"grant_type": "refresh_token", "refresh_token": session.refresh_token}
    tokens = _tokens(exchange, action, grant)
    return of_tokens(exchange, action, {"refresh_token": session.refresh_token, **tokens}, session.ends)


def of_tokens(exchange: Exchange, action: AuthenticateCognito, tokens: Mapping[str, Any], ends: float) -> Session:
    """The session of tokens, with the claims of the user info endpoint. Raises `Refused`."""
    access_token = str(tokens["access_token"])
    headers = {"authorization": f"Bearer {access_token}"}
    response = outside.ask(exchange, "GET", f"https://{action.domain}/oauth2/userInfo", headers)
    claims = _read(
        response,
        "the user info endpoint",
        refusals.USER_INFO_UNREACHABLE,
        refusals.USER_INFO_FAILED,
        refusals.USER_INFO_REFUSED,
        refusals.USER_INFO_UNREADABLE,
        "sub",
    )
    size = len(json.dumps(claims, separators=(",", ":")).encode()) + len(access_token)
    if size > _MOST:
        raise Refused(refusals.TOO_LARGE, f"the claims and the access token have {size} bytes, more than {_MOST}")
    fresh_until = exchange.now.timestamp() + float(tokens["expires_in"])
    return Session(action.client_id, access_token, tokens.get("refresh_token"), claims, ends, fresh_until)


def _tokens(exchange: Exchange, action: AuthenticateCognito, grant: Mapping[str, str]) -> dict[str, Any]:
    client = exchange.world.store[cognito_idp.CLIENTS].get(action.client_id)
    secrets = client.secrets if client is not None else ()
    headers = {"content-type": _FORM}
    if secrets:
        pair = f"{action.client_id}:{secrets[0].value}".encode()
        headers["authorization"] = f"Basic {base64.b64encode(pair).decode()}"
    else:
        exchange.explain(f"the app client {action.client_id} has no secret, which a load balancer needs")
        grant = {**grant, "client_id": action.client_id}
    url = f"https://{action.domain}/oauth2/token"
    response = outside.ask(exchange, "POST", url, headers, urlencode(grant).encode())
    return _read(
        response,
        "the token endpoint",
        refusals.TOKEN_UNREACHABLE,
        refusals.TOKEN_FAILED,
        refusals.GRANT_REFUSED,
        refusals.TOKEN_UNREADABLE,
        "access_token",
    )


def _read(
    response: Response | None,
    what: str,
    unreachable: Refusal,
    failed: Refusal,
    refused: Refusal,
    unreadable: Refusal,
    member: str,
) -> dict[str, Any]:
    """The JSON object of an endpoint with a member; raises `Refused` by what is there instead."""
    if response is None:
        raise Refused(unreachable, f"{what} gave no answer within 5 seconds")
    if response.status >= _SERVER_ERROR:
        raise Refused(failed, f"{what} answered {response.status}")
    if response.status != _OK:
        raise Refused(refused, f"{what} answered {response.status}: {response.body.decode(errors='replace')}")
    try:
        content = json.loads(response.body)
    except ValueError:
        content = None
    if not isinstance(content, dict) or member not in content:
        raise Refused(unreadable, f"{what} gave no JSON object with {member!r}")
    return content
