"""Everything that AWS says of the pools of a world, to compare one world with another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito import Cognito, UserPool, cognito_identity
from pytest_cognito.world import World

_DRAWN = (
    (re.compile(r"[a-z]{2}-[a-z]+-\d_[0-9A-Za-z]{9}\b"), "<pool>"),
    (re.compile(r"[a-z]{2}-[a-z]+-\d:[0-9a-f-]{36}"), "<identity pool>"),
    (re.compile(r"\b[0-9a-z]{26}\b"), "<client>"),
    (re.compile(r"\b[0-9a-z]{51,52}\b"), "<secret>"),
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "<uuid>"),
    (re.compile(r"\b[0-9a-z]{13,14}\.cloudfront\.net"), "<distribution>"),
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^\"]*"), "<time>"),
)
REGION = "eu-west-1"


def normalised(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings without ids, secrets and times, which are drawn; the texts of lists are sorted, as sets are."""
    text = json.dumps(_sorted(settings), default=str, sort_keys=True)
    for pattern, name in _DRAWN:
        text = pattern.sub(name, text)
    found: dict[str, Any] = json.loads(text)
    return found


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sorted(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted(value) if all(isinstance(each, str) for each in value) else [_sorted(each) for each in value]
    return value


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """What differs, by kind and name, innermost first."""
    found = []
    for name in sorted({*one, *other}):
        mine, theirs = one.get(name), other.get(name)
        if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
            found += [(f"{name}: {inner}", *values) for inner, *values in differences(mine, theirs)]
        elif mine != theirs:
            found.append((name, mine, theirs))
    return found


def settings_of(world: World) -> Iterator[tuple[str, Any]]:
    """The settings of what a world has in a region, by kind and name."""
    cognito = Cognito(world)
    for each in cognito.call("ListUserPools", region=REGION, MaxResults=60)["UserPools"]:
        pool = cognito.user_pool(each["Id"])
        settings = pool.call("DescribeUserPool")["UserPool"]
        yield f"pool {each['Name']}", settings
        yield f"MFA of {each['Name']}", pool.call("GetUserPoolMfaConfig")
        for kind, name, value in _in_pool(pool, settings):
            yield f"{kind} {name} of {each['Name']}", value
    for record in world.store[cognito_identity.POOLS]:
        identity_pool = cognito.identity_pool(record.id)
        yield f"identity pool {record.name}", identity_pool.call("DescribeIdentityPool")
        yield f"roles of {record.name}", identity_pool.call("GetIdentityPoolRoles")


def _in_pool(pool: UserPool, settings: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for client in pool.clients:
        yield "client", client.name, pool.call("DescribeUserPoolClient", ClientId=client.id)["UserPoolClient"]
    for group in pool.call("ListGroups")["Groups"]:
        yield "group", group["GroupName"], group
    for user in pool.users:
        told = pool.call("AdminGetUser", Username=user.username)
        yield (
            "user",
            user.username,
            {**told, "groups": user.groups, "UserAttributes": sorted(map(str, told["UserAttributes"]))},
        )
    for provider in pool.call("ListIdentityProviders")["Providers"]:
        name = provider["ProviderName"]
        yield "provider", name, pool.call("DescribeIdentityProvider", ProviderName=name)["IdentityProvider"]
    for domain in [settings[kind] for kind in ("Domain", "CustomDomain") if kind in settings]:
        told = Cognito(pool.world).call("DescribeUserPoolDomain", region=REGION, Domain=domain)
        yield "domain", domain, told["DomainDescription"]
