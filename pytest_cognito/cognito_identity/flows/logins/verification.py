"""Verifying Logins: each entry by the kind of its provider."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pytest_cognito import cognito_idp
from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.flows.logins import access_tokens, cognito_tokens, openid, saml
from pytest_cognito.cognito_identity.flows.logins.proven import ProvenLogin
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.cognito_identity.rules import pool_providers
from pytest_cognito.http import hosts
from pytest_cognito.world import Context

_PROVIDERS = (
    *("CognitoIdentityProviders", "SupportedLoginProviders", "OpenIdConnectProviderARNs", "SamlProviderARNs"),
    "DeveloperProviderName",
)
# The issuer of OpenID Connect without its scheme: a host with a dot or a port, and a path.
_ISSUER = re.compile(r"[\w-]+(?:\.[\w-]+)*(?:\.[\w-]+|:\d+)(?:/[\w./:~%+@-]*)?")
_SAML_ARN = re.compile(r"arn:[\w-]+:iam::\d{12}:saml-provider/[\w._-]+")


def verify(
    context: Context, pool: IdentityPool, logins: Mapping[str, str] | None, *, cognito_tokens_count: bool = False
) -> tuple[ProvenLogin, ...]:
    """Verify each entry of Logins; one that fails fails the call.

    ``cognito_tokens_count`` says that the operation takes tokens of GetOpenIdTokenForDeveloperIdentity, under the name
    of their issuer: GetCredentialsForIdentity alone does. A step may be left meanwhile, in which providers outside are
    asked: look again at what was looked up before.
    """
    if not logins:
        return ()
    if not any(pool.settings.get(setting) for setting in _PROVIDERS):
        raise errors.NO_PROVIDERS(pool_id=pool.id)
    return tuple(_verified(context, pool, key, token, cognito_tokens_count) for key, token in logins.items())


def provider(context: Context, pool: IdentityPool, key: str) -> str:
    """The name of the public provider that a key of Logins means, or AWS's error for a key that is none."""
    user_pool = cognito_idp.provider_name(context.world, key)
    if user_pool is None and (not is_public(key) or key == pool.developer_provider):
        raise errors.PUBLIC_PROVIDER_INVALID()
    return user_pool or key


def is_public(key: str) -> bool:
    """Whether a key of Logins has the form of a public provider's: an issuer or the ARN of a SAML provider."""
    return bool(_ISSUER.fullmatch(key) or _SAML_ARN.fullmatch(key))


def _verified(context: Context, pool: IdentityPool, key: str, token: str, cognito_tokens_count: bool) -> ProvenLogin:
    if key == hosts.identity_issuer(pool.region):
        if not cognito_tokens_count:
            raise errors.COGNITO_TOKEN()
        return cognito_tokens.verify(context, pool, key, token)
    name = provider(context, pool, key)
    if pool_providers.is_user_pool(name):
        return openid.verify_user_pool(context, pool, name, token)
    if _SAML_ARN.fullmatch(name):
        return saml.verify(context, pool, name, token)
    if name in access_tokens.PROVIDERS:
        return access_tokens.verify(context, pool, name, token)
    return openid.verify(context, pool, name, token)
