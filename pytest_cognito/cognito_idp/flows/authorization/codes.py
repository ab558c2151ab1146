"""Authorization codes: each is good once, for five minutes, for its client, redirect URI and code verifier."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AUTHORIZATION_CODES, AppClient, AuthorizationCode, Grant
from pytest_cognito.cognito_idp.rules.oauth import pkce
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.cognito_idp.triggers.pre_token_generation import Changes
from pytest_cognito.world import Context

_VALIDITY = dt.timedelta(minutes=5)


def issue(
    context: Context, request: AuthorizationRequest, grant: Grant, changes: Changes, sso: str | None = None
) -> str:
    """Issue a code for a grant that is stored when the code is redeemed. ``sso`` is the SSO session of the browser."""
    code = AuthorizationCode(
        code=context.world.ids.uuid(),
        client_id=request.client_id,
        grant=grant,
        redirect_uri=request.redirect_uri,
        expires=context.now() + _VALIDITY,
        changes=changes,
        challenge=request.challenge,
        nonce=request.nonce,
        sso=sso,
    )
    context.table(AUTHORIZATION_CODES).put(code)
    return code.code


def redeem(
    context: Context, client: AppClient, code: str, redirect_uri: str, verifier: str | None
) -> AuthorizationCode:
    """The record of a code, which is redeemed with this, even if the redirect URI or the verifier is wrong."""
    found = context.table(AUTHORIZATION_CODES).get(code)
    if found is None or found.redeemed is not None or found.client_id != client.id or found.expires <= context.now():
        raise errors.GRANT_INVALID()
    context.table(AUTHORIZATION_CODES).put(replace(found, redeemed=context.call.request_id))
    context.commit()
    # Of clients that share an app client, each has redirect URIs of its own, by its metadata document.
    if found.redirect_uri != redirect_uri or redirect_uri not in (client.settings.get("CallbackURLs") or ()):
        raise errors.REDIRECT_URI_OF_CODE()
    if found.challenge is not None and not pkce.proves(verifier or "", found.challenge):
        raise errors.GRANT_INVALID()
    return found
