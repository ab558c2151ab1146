"""Logins by tokens of OpenID Connect: of user pools, of Google, Apple, and of issuers that IAM knows."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial

from pytest_cognito import cognito_idp, iam
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.flows.logins import refusals
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.cognito_identity.rules import pool_providers
from pytest_cognito.federation import issuers, open_id
from pytest_cognito.federation.signatures import Keys
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.http import hosts
from pytest_cognito.world import Context


def verify_user_pool(context: Context, pool: IdentityPool, provider: str, token: str) -> ProvenLogin:
    """Verify an ID token of the user pool with a name.

    With ServerSideTokenCheck of its app client, AWS asks the user pool whether the user has been deleted or disabled,
    or their sign-in revoked. Otherwise a token counts until it expires.
    """
    clients = {
        str(each.get("ClientId")): bool(each.get("ServerSideTokenCheck"))
        for each in pool.settings.get("CognitoIdentityProviders") or ()
        if each.get("ProviderName") == provider
    }
    if not clients:
        raise errors.PROVIDER_NOT_SUPPORTED()
    unverified = _read(token)
    issuer = cognito_idp.issuer_of(context.world, provider, unverified.issuer)
    own_keys = partial(cognito_idp.id_token_keys, context.world, provider)
    user = _verified(context, unverified, issuer, clients, own_keys)
    if user.claims.get("token_use") != "id":
        raise errors.PROVIDER_NOT_SUPPORTED()
    if clients[user.audience] and not cognito_idp.is_active(context, provider, user.claims):
        raise errors.TOKEN_INACTIVE()
    amr = (provider, f"{provider}:CognitoSignIn:{user.subject}")
    return ProvenLogin(provider, user.subject, user.audience, user.claims, amr)


def verify(context: Context, pool: IdentityPool, provider: str, token: str) -> ProvenLogin:
    """Verify an ID token of an issuer: the one for which the pool has a client id, or an OIDC provider of IAM."""
    clients = _clients(context, pool, provider)
    if not clients:
        raise errors.PROVIDER_NOT_SUPPORTED()
    issuer = f"https://{provider}"
    user = _verified(context, _read(token), issuer, clients, lambda: issuers.keys_of(context, issuer))
    arn = clients[user.audience]
    known_by = f"{provider}:{user.audience}" if arn is None else f"{arn}:OIDC"
    amr = (provider, f"{known_by}:{user.subject}")
    return ProvenLogin(provider, user.subject, user.audience, user.claims, amr)


def _clients(context: Context, pool: IdentityPool, provider: str) -> dict[str, str | None]:
    """The clients whose tokens of a provider count, each with the ARN of the OIDC provider that has it."""
    clients: dict[str, str | None] = {}
    for arn in pool.settings.get("OpenIdConnectProviderARNs") or ():
        found = iam.find_oidc_provider(context, arn) if pool_providers.issuer(arn) == provider else None
        clients.update(dict.fromkeys(() if found is None else found.client_ids, arn))
    application = (pool.settings.get("SupportedLoginProviders") or {}).get(provider)
    return clients if application is None else {**clients, application: None}


def _read(token: str) -> open_id.Unverified:
    """Read a token, which is none of identity pools themselves."""
    try:
        unverified = open_id.read(token)
    except AWSError:
        raise errors.NO_OPENID_TOKEN() from None
    if hosts.is_identity_issuer(unverified.provider):
        raise errors.COGNITO_TOKEN()
    return unverified


def _verified(
    context: Context,
    token: open_id.Unverified,
    issuer: str,
    clients: Collection[str],
    issuer_keys: Callable[[], Keys],
) -> WebIdentity:
    with refusals.of_token(context, token):
        return open_id.verify(token, issuer=issuer, audiences=clients, keys=issuer_keys, now=context.now())
