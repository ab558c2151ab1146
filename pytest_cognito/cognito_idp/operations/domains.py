"""Operations on the domains of user pools, for managed login and the OAuth 2.0 endpoints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.authorization import browser_sessions
from pytest_cognito.cognito_idp.records import CLASSIC_HOSTED_UI, DOMAINS, MANAGED_LOGIN, REPLICAS, Domain, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.world import Context

_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")
_CUSTOM = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z]{2,63}", re.IGNORECASE)
_CERTIFICATE = re.compile(r"arn:[\w-]+:acm:us-east-1:\d{12}:certificate/[\w-]+", re.ASCII)
_RESERVED = ("aws", "amazon", "cognito")
_DISTRIBUTION_LENGTH = 13
_DIGITS_AND_LOWERCASE = "0123456789abcdefghijklmnopqrstuvwxyz"


@operation
def create_user_pool_domain(
    context: Context,
    *,
    domain: str,
    user_pool_id: str,
    managed_login_version: int | None = None,
    custom_domain_config: Mapping[str, Any] | None = None,
    routing: Mapping[str, Any] | None = None,
) -> Response:
    """Create a domain for a pool, which can have one prefix domain and one custom domain."""
    pool = lookup.pool(context, user_pool_id)
    custom = custom_domain_config is not None
    _check_name(domain, custom)
    _check_settings(context, pool, custom_domain_config, routing)
    _check_free(context, pool, domain, custom)
    new = Domain(
        name=domain,
        pool_id=pool.id,
        region=pool.region,
        account=pool.account,
        version=_version(pool, managed_login_version),
        distribution=f"d{context.world.ids.text(_DISTRIBUTION_LENGTH, _DIGITS_AND_LOWERCASE)}.cloudfront.net",
        custom=custom,
        config=custom_domain_config or {},
        routing=routing,
    )
    context.table(DOMAINS).put(new)
    return _described(new)


@operation
def update_user_pool_domain(
    context: Context,
    *,
    domain: str,
    user_pool_id: str,
    managed_login_version: int | None = None,
    custom_domain_config: Mapping[str, Any] | None = None,
    routing: Mapping[str, Any] | None = None,
) -> Response:
    """Change the certificate, the managed login version or the routing of a domain.

    A custom domain needs its ``CustomDomainConfig`` in each request, a prefix domain can't have one. Another managed
    login version ends the sessions of browsers.
    """
    pool = lookup.pool(context, user_pool_id)
    found = _domain_of_pool(context, pool, domain)
    if found.custom != (custom_domain_config is not None):
        raise (errors.CUSTOM_DOMAIN_WITHOUT_CONFIG if found.custom else errors.PREFIX_DOMAIN_WITH_CONFIG)()
    _check_settings(context, pool, custom_domain_config, routing)
    changed = replace(
        found,
        version=found.version if managed_login_version is None else _version(pool, managed_login_version),
        config=custom_domain_config or found.config,
        routing=routing or found.routing,
    )
    context.table(DOMAINS).put(changed)
    if changed.version != found.version:
        browser_sessions.end_all(context, pool)
    return _described(changed)


@operation
def describe_user_pool_domain(context: Context, *, domain: str) -> Response:
    """Describe a domain. The description of a domain that does not exist is empty."""
    found = find(context, domain)
    if found is None or found.account != context.account:
        return {"DomainDescription": {}}
    return {
        "DomainDescription": {
            "UserPoolId": found.pool_id,
            "AWSAccountId": found.account,
            "Domain": found.name,
            "S3Bucket": f"aws-{found.region}-cognito-prod-assets",
            "CloudFrontDistribution": found.distribution,
            "Version": "20200101000000",
            "Status": "ACTIVE",
            "CustomDomainConfig": found.config,
            "ManagedLoginVersion": found.version,
            "Routing": found.routing,
        }
    }


@operation
def delete_user_pool_domain(context: Context, *, domain: str, user_pool_id: str) -> Response:
    """Delete a domain."""
    pool = lookup.pool(context, user_pool_id)
    found = _domain_of_pool(context, pool, domain)
    context.table(DOMAINS).delete(DOMAINS.key(found))
    return {}


def find(context: Context, name: str) -> Domain | None:
    """The custom domain with a name, or the prefix domain with it in the region of the call."""
    domains = context.table(DOMAINS)
    return domains.get(("", name.lower())) or domains.get((context.region, name.lower()))


def _domain_of_pool(context: Context, pool: UserPool, name: str) -> Domain:
    found = find(context, name)
    if found is None or found.pool_id != pool.id:
        raise errors.DOMAIN_NOT_FOUND()
    return found


def _check_name(name: str, custom: bool) -> None:
    if custom:
        if _CUSTOM.fullmatch(name) is None:
            raise errors.DOMAIN_NOT_A_SUBDOMAIN()
        return
    if _PREFIX.fullmatch(name) is None:
        raise errors.DOMAIN_CHARACTERS()
    word = next((word for word in _RESERVED if word in name), None)
    if word is not None:
        raise errors.DOMAIN_RESERVED(word=word)


def _check_free(context: Context, pool: UserPool, name: str, custom: bool) -> None:
    domains = context.table(DOMAINS)
    if any(domain.custom == custom for domain in lookup.domains(context, pool)):
        raise errors.POOL_ALREADY_HAS_DOMAIN()
    if domains.get(("" if custom else pool.region, name.lower())) is not None:
        raise errors.DOMAIN_OF_ANOTHER_POOL()
    if custom and domains.count("custom", pool.account) >= quotas.CUSTOM_DOMAINS:
        raise errors.CUSTOM_DOMAIN_LIMIT()


def _check_settings(
    context: Context, pool: UserPool, config: Mapping[str, Any] | None, routing: Mapping[str, Any] | None
) -> None:
    """Raise for a certificate that is not one of ACM in us-east-1, and for routing to where no replica is."""
    if config is not None and _CERTIFICATE.fullmatch(config["CertificateArn"]) is None:
        raise errors.CERTIFICATE_NOT_FOUND()
    failover = (routing or {}).get("Failover")
    if routing is not None and config is None:
        raise errors.ROUTING_OF_PREFIX_DOMAIN()
    if failover and context.table(REPLICAS).get((pool.id, failover["SecondaryRegion"])) is None:
        raise errors.ROUTING_WITHOUT_REPLICA(region=failover["SecondaryRegion"])


def _version(pool: UserPool, managed_login_version: int | None) -> int:
    version = CLASSIC_HOSTED_UI if managed_login_version is None else managed_login_version
    if version not in (CLASSIC_HOSTED_UI, MANAGED_LOGIN):
        raise errors.MANAGED_LOGIN_VERSION_INVALID()
    if version == MANAGED_LOGIN:
        tiers.check_managed_login(pool)
    return version


def _described(domain: Domain) -> Response:
    return {
        "ManagedLoginVersion": domain.version,
        "CloudFrontDomain": domain.distribution if domain.custom else None,
        "Routing": domain.routing,
    }
