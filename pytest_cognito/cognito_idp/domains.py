"""Domains: where a pool's hosted pages and its OAuth endpoints live."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..aws.operation import Response, operation
from ..world import Context
from . import errors, lookup
from .records import Domain, UserPool
from .rules import tiers
from .tables import DOMAINS, POOLS

_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?")
_CUSTOM = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z]{2,63}", re.IGNORECASE)
_RESERVED = ("aws", "amazon", "cognito")
_DISTRIBUTION_LENGTH = 13
_DIGITS_AND_LOWERCASE = "0123456789abcdefghijklmnopqrstuvwxyz"
_CLASSIC = 1
_MANAGED = 2


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
    """Give a pool a domain; one prefix and one custom domain at the most."""
    pool = lookup.pool(context, user_pool_id)
    custom = custom_domain_config is not None
    _check_name(domain, custom)
    _check_free(context, pool, domain, custom)
    made = Domain(
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
    context.table(DOMAINS).put(made)
    _show(context, pool, made, domain)
    return _answered(made)


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
    """Change the certificate or the kind of pages of a domain."""
    pool = lookup.pool(context, user_pool_id)
    found = _of_pool(context, pool, domain)
    changed = replace(
        found,
        version=_version(pool, managed_login_version) if managed_login_version else found.version,
        config=custom_domain_config or found.config,
        routing=routing or found.routing,
    )
    context.table(DOMAINS).put(changed)
    return _answered(changed)


@operation
def describe_user_pool_domain(context: Context, *, domain: str) -> Response:
    """What is known of a domain; of one that doesn't exist, nothing, which is no error."""
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
    """Take a domain from a pool."""
    pool = lookup.pool(context, user_pool_id)
    found = _of_pool(context, pool, domain)
    context.table(DOMAINS).delete(DOMAINS.key(found))
    _show(context, pool, found, None)
    return {}


def find(context: Context, name: str) -> Domain | None:
    """The custom domain of a name, or the prefix of that name in the region of the call."""
    domains = context.table(DOMAINS)
    return domains.get(("", name)) or domains.get((context.region, name))


def _of_pool(context: Context, pool: UserPool, name: str) -> Domain:
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
    taken = domains.get(("" if custom else pool.region, name))
    if taken is not None:
        raise (errors.DOMAIN_EXISTS if taken.pool_id == pool.id else errors.DOMAIN_OF_ANOTHER_POOL)()
    if any(domain.custom == custom for _, domain in domains.page("pool", pool.id)):
        raise errors.DOMAIN_EXISTS()


def _version(pool: UserPool, asked: int | None) -> int:
    version = asked or _CLASSIC
    if version == _MANAGED:
        tiers.check_managed_login(pool)
    return version


def _show(context: Context, pool: UserPool, domain: Domain, name: str | None) -> None:
    """Let DescribeUserPool show a domain, or no longer."""
    member = "CustomDomain" if domain.custom else "Domain"
    settings = {**pool.settings, member: name}
    context.table(POOLS).put(replace(pool, settings=settings))


def _answered(domain: Domain) -> Response:
    return {
        "ManagedLoginVersion": domain.version,
        "CloudFrontDomain": domain.distribution if domain.custom else None,
        "Routing": domain.routing,
    }
