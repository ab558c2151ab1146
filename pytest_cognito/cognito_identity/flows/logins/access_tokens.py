"""Logins by tokens that say nothing by themselves: of Facebook, Login with Amazon, Twitter and Digits."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.flows.logins import refusals
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.cognito_identity.rules.pool_providers import WITH_SECRET
from pytest_cognito.federation import access_tokens
from pytest_cognito.world import Context

PROVIDERS = access_tokens.OPAQUE | WITH_SECRET


def verify(context: Context, pool: IdentityPool, provider: str, token: str) -> ProvenLogin:
    """Verify a token by asking its provider: it must be one for the application of the pool.

    Digits was Twitter's; its tokens are asked for there.
    """
    application = (pool.settings.get("SupportedLoginProviders") or {}).get(provider)
    if application is None:
        raise errors.PROVIDER_NOT_SUPPORTED()
    with refusals.of_token(context):
        if provider in WITH_SECRET:
            user = replace(access_tokens.verify_twitter(context, token, application), provider=provider)
        else:
            user = access_tokens.verify(context, provider, token)
    if user.audience != application:
        raise errors.PROVIDER_NOT_SUPPORTED()
    amr = (provider, f"{provider}:{application.partition(';')[0]}:{user.subject}")
    return ProvenLogin(provider, user.subject, user.audience, user.claims, amr)
