"""The token endpoint: authentication of the app client, and its grants."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import answers, codes
from pytest_cognito.cognito_idp.flows.tokens import issuing, user_sessions
from pytest_cognito.cognito_idp.records import USERS, AppClient, AuthorizationCode, Domain, UserPool
from pytest_cognito.cognito_idp.rules.tokens.issuance import Issuance
from pytest_cognito.cognito_idp.triggers.pre_token_generation import Changes
from pytest_cognito.cognito_idp.web import authorization
from pytest_cognito.world import Context

Parameters = Mapping[str, str]
Answer = dict[str, Any]


class Credentials(NamedTuple):
    """How the client of a request says who it is: its id, and its secret if it has sent one."""

    client_id: str | None
    secret: str | None


def token(context: Context, domain: Domain | None, credentials: Credentials, parameters: Parameters) -> Answer:
    """The answer of the token endpoint."""
    pool, client = authenticated_client(context, domain, credentials)
    grant = _GRANTS.get(parameters.get("grant_type", ""))
    if grant is None:
        raise errors.GRANT_TYPE_UNSUPPORTED() if parameters.get("grant_type") else errors.TOKEN_REQUEST_INVALID()
    return grant(context, pool, client, parameters)


def authenticated_client(
    context: Context, domain: Domain | None, credentials: Credentials
) -> tuple[UserPool, AppClient]:
    """The app client, which must give one of its secrets if it has any, and none otherwise."""
    if not credentials.client_id:
        raise errors.TOKEN_REQUEST_INVALID()
    found = authorization.find_client(context, domain, credentials.client_id)
    if found is None:
        raise errors.CLIENT_INVALID()
    pool, client = found
    given = (credentials.secret or "").encode()
    matches = [hmac.compare_digest(secret.value.encode(), given) for secret in client.secrets]
    if not any(matches) if client.secrets else bool(given):
        raise errors.CLIENT_INVALID()
    return pool, client


def _authorization_code(context: Context, pool: UserPool, client: AppClient, parameters: Parameters) -> Answer:
    code, redirect_uri = parameters.get("code"), parameters.get("redirect_uri")
    if not code or not redirect_uri:
        raise errors.TOKEN_REQUEST_INVALID()
    redeemed = codes.redeem(context, client, code, redirect_uri, parameters.get("code_verifier"))
    issued = _issue(context, pool, client, redeemed)
    return {
        **({"id_token": issued.id_token} if "openid" in redeemed.grant.scopes else {}),
        "access_token": issued.access_token,
        "refresh_token": issued.refresh_token,
        "expires_in": issued.expires_in,
        "token_type": "Bearer",
    }


def _issue(context: Context, pool: UserPool, client: AppClient, redeemed: AuthorizationCode) -> issuing.Tokens:
    user = context.table(USERS).get((pool.id, redeemed.grant.user))
    if user is None or not user.enabled or not isinstance(redeemed.changes, Changes):
        raise errors.GRANT_INVALID()
    grant = issuing.store_grant(context, client, redeemed.grant)
    issuance = Issuance(pool, client, user, grant, answers.SOURCE, nonce=redeemed.nonce)
    issued = issuing.issue(context, issuance, redeemed.changes)
    user_sessions.begin(context, pool, client, grant)
    return issued


_GRANTS: dict[str, Callable[[Context, UserPool, AppClient, Parameters], Answer]] = {
    "authorization_code": _authorization_code,
}
