"""The identity providers of a pool: how each is spelled, and the names that its mappings have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pytest_cognito.aws.arn import partition
from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.records import IdentityPool
from pytest_cognito.cognito_identity.rules import quotas
from pytest_cognito.http import hosts

WITH_SECRET: Final = frozenset(("api.twitter.com", "www.digits.com"))
"""Public providers whose application is a consumer key and its secret: ``key;secret``."""
PUBLIC: Final = WITH_SECRET | {"accounts.google.com", "appleid.apple.com", "graph.facebook.com", "www.amazon.com"}
"""The keys that SupportedLoginProviders may have."""

_IN_IAM = re.compile(r"arn:([\w-]+):iam::([0-9]{12}):(oidc-provider|saml-provider)/[!-~]+", re.ASCII)
_USER_POOL = re.compile(r"([^/]+)/([\w-]+)_[0-9a-zA-Z]+", re.ASCII)


def check(settings: Mapping[str, Any], region: str, account: str) -> None:
    """Raise for a provider that is no provider by its form, or one of another account.

    Whether it exists is not looked at.
    """
    _check_user_pools(settings.get("CognitoIdentityProviders") or ())
    for provider, application in (settings.get("SupportedLoginProviders") or {}).items():
        if provider not in PUBLIC:
            raise errors.PUBLIC_PROVIDER_INVALID()
        if provider in WITH_SECRET and not re.fullmatch("[^;]+;[^;]+", application):
            raise errors.APPLICATION_INVALID(provider=provider)
    for arn in settings.get("OpenIdConnectProviderARNs") or ():
        if not _is_in_account(arn, "oidc-provider", region, account):
            raise errors.OIDC_PROVIDER_INVALID(arn=arn)
    for arn in settings.get("SamlProviderARNs") or ():
        if not _is_in_account(arn, "saml-provider", region, account):
            raise errors.SAML_PROVIDER_INVALID(arn=arn)


def _check_user_pools(providers: Any) -> None:
    if len(providers) > quotas.USER_POOL_PROVIDERS:
        raise errors.PROVIDER_LIMIT()
    for provider in providers:
        if not provider.get("ClientId") or not is_user_pool(provider.get("ProviderName", "")):
            raise errors.USER_POOL_PROVIDER_INVALID()


def is_user_pool(provider: str) -> bool:
    """Whether a provider's name is one of a user pool: the host of its region and its id, with a slash between them."""
    match = _USER_POOL.fullmatch(provider)
    host = None if match is None else hosts.find(match[1])
    return match is not None and host is not None and (host.service, host.region) == ("cognito-idp", match[2])


def _is_in_account(arn: str, kind: str, region: str, account: str) -> bool:
    match = _IN_IAM.fullmatch(arn)
    return match is not None and match.group(1, 2, 3) == (partition(region), account, kind)


def issuer(provider_arn: str) -> str:
    """The issuer of an OpenID Connect provider, without its scheme, from its ARN."""
    return provider_arn.partition(":oidc-provider/")[2]


def role_mapping_names(pool: IdentityPool) -> Iterator[str]:
    """The names under which a pool can have role mappings. That of a user pool ends in the app client."""
    for provider in pool.settings.get("CognitoIdentityProviders") or ():
        yield f"{provider['ProviderName']}:{provider['ClientId']}"
    yield from _other_names(pool)


def principal_tag_names(pool: IdentityPool) -> Iterator[str]:
    """The names under which a pool can map claims to principal tags."""
    for provider in pool.settings.get("CognitoIdentityProviders") or ():
        yield provider["ProviderName"]
    for arn in pool.settings.get("OpenIdConnectProviderARNs") or ():
        yield issuer(arn)
    yield from _other_names(pool)


def _other_names(pool: IdentityPool) -> Iterator[str]:
    yield from pool.settings.get("SupportedLoginProviders") or ()
    yield from pool.settings.get("OpenIdConnectProviderARNs") or ()
    yield from pool.settings.get("SamlProviderARNs") or ()


def names_of(pool: IdentityPool, provider: str, audience: str) -> Iterator[str]:
    """The names that a mapping for the users of a provider may have, by the key of Logins and the audience."""
    yield provider
    yield f"{provider}:{audience}"
    for arn in pool.settings.get("OpenIdConnectProviderARNs") or ():
        if issuer(arn) == provider:
            yield arn
