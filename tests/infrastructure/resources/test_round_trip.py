"""What a template says is what the operations describe, whatever it says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito
from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.declared import Declared, Location, Template
from pytest_cognito.infrastructure.deploying import making
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.properties import members
from pytest_cognito.infrastructure.resource_type import Made

HERE = Location(Path("template.yaml"))
NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,20}", fullmatch=True)
URLS = st.from_regex(r"https://[a-z]{1,8}\.example\.com/[a-z]{0,4}", fullmatch=True)
TAGS = st.dictionaries(st.from_regex(r"[a-z]{1,8}", fullmatch=True), NAMES, max_size=3)


def loose(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A scalar, or the text that YAML may have in its place."""
    return st.one_of(
        strategy, strategy.map(lambda value: str(value).lower() if isinstance(value, bool) else str(value))
    )


SWITCH = loose(st.booleans())
POOLS = st.fixed_dictionaries(
    {},
    optional={
        "UserPoolName": NAMES,
        "AutoVerifiedAttributes": st.sampled_from([[], ["email"]]),
        "DeletionProtection": st.sampled_from(["ACTIVE", "INACTIVE"]),
        "UserPoolTags": TAGS,
        "UsernameConfiguration": st.fixed_dictionaries({"CaseSensitive": SWITCH}),
        "DeviceConfiguration": st.fixed_dictionaries(
            {"ChallengeRequiredOnNewDevice": SWITCH, "DeviceOnlyRememberedOnUserPrompt": SWITCH}
        ),
        "Policies": st.fixed_dictionaries(
            {
                "PasswordPolicy": st.fixed_dictionaries(
                    {"MinimumLength": loose(st.integers(6, 99)), "RequireNumbers": SWITCH, "RequireSymbols": SWITCH}
                )
            }
        ),
        "AdminCreateUserConfig": st.fixed_dictionaries({"AllowAdminCreateUserOnly": SWITCH}),
    },
)
CLIENTS = st.fixed_dictionaries(
    {},
    optional={
        "ClientName": NAMES,
        "GenerateSecret": SWITCH,
        "AuthSessionValidity": loose(st.integers(3, 15)),
        "RefreshTokenValidity": loose(st.integers(1, 100)),
        "EnableTokenRevocation": SWITCH,
        "ExplicitAuthFlows": st.lists(
            st.sampled_from(["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]), min_size=1, unique=True
        ),
        "LogoutURLs": st.lists(URLS, max_size=2, unique=True),
        "CallbackURLs": st.lists(URLS, max_size=2, unique=True),
    },
)
IDENTITY_POOLS = st.fixed_dictionaries(
    {"AllowUnauthenticatedIdentities": SWITCH},
    optional={
        "IdentityPoolName": NAMES,
        "AllowClassicFlow": SWITCH,
        "IdentityPoolTags": TAGS.map(lambda tags: [{"Key": key, "Value": value} for key, value in tags.items()]),
        "SupportedLoginProviders": st.just({"accounts.google.com": "1"}).flatmap(
            lambda providers: st.sampled_from([providers, json.dumps(providers)])
        ),
    },
)
CASES = {
    "UserPool": (POOLS, "CreateUserPool"),
    "UserPoolClient": (CLIENTS, "CreateUserPoolClient"),
    "IdentityPool": (IDENTITY_POOLS, "CreateIdentityPool"),
}


FIXED = {"UsernameConfiguration", "GenerateSecret"}
"""What no change may touch."""


@pytest.mark.parametrize("kind", CASES)
@settings(max_examples=12)
@given(data=st.data())
def test_what_is_declared_is_described(data: st.DataObject, kind: str) -> None:
    first, second = data.draw(CASES[kind][0]), data.draw(CASES[kind][0])
    second = {name: value for name, value in second.items() if name not in FIXED}
    second |= {name: value for name, value in first.items() if name in FIXED}
    handler = catalog.find(f"AWS::Cognito::{kind}")
    assert handler is not None
    with mock_cognito() as cognito:
        deployment = Deployment(cognito.world, Template(HERE, HERE.path.parent, {}), "notes", cognito.region)
        of = {"UserPoolId": cognito.create_user_pool().id} if kind == "UserPoolClient" else {}
        declared = Declared("Thing", f"AWS::Cognito::{kind}", {**of, **first}, HERE)
        made = handler.create(deployment, declared, declared.properties)
        check(cognito, kind, declared.properties, made)
        before = making.deployed(deployment, declared, declared.properties, made)
        made = handler.update(deployment, declared, {**of, **second}, before)
        check(cognito, kind, {**of, **second}, made)


def check(cognito: Cognito, kind: str, properties: Mapping[str, Any], made: Made) -> None:
    """Compare the properties of a resource with what is described, as operations take them."""
    found = described(cognito, kind, properties, made)
    service = "cognito-identity" if kind == "IdentityPool" else "cognito-idp"
    shapes = members(service, CASES[kind][1])
    for name, value in properties.items():
        if name == "GenerateSecret":
            assert ("ClientSecret" in found) is (str(value).lower() == "true")
            continue
        member = {"UserPoolName": "Name"}.get(name, name)
        wanted = {tag["Key"]: tag["Value"] for tag in value} if name == "IdentityPoolTags" else value
        shape = shapes.get({"UserPoolName": "PoolName"}.get(name, name))
        assert includes(found.get(member), wanted, getattr(shape, "type_name", "")), (name, found.get(member), value)


def described(cognito: Cognito, kind: str, properties: Mapping[str, Any], made: Made) -> dict[str, Any]:
    if kind == "UserPool":
        pool: dict[str, Any] = cognito.call("DescribeUserPool", UserPoolId=made.physical_id)["UserPool"]
        return pool
    if kind == "IdentityPool":
        return cognito.call("DescribeIdentityPool", service="cognito-identity", IdentityPoolId=made.physical_id)
    ids = {"UserPoolId": properties["UserPoolId"], "ClientId": made.physical_id}
    client: dict[str, Any] = cognito.call("DescribeUserPoolClient", **ids)["UserPoolClient"]
    return client


def includes(found: Any, wanted: Any, kind: str) -> bool:
    """Whether a description has what was declared; what is empty may be left out."""
    if isinstance(wanted, str) and kind == "map":
        wanted = json.loads(wanted)
    if isinstance(wanted, dict):
        return all(includes((found or {}).get(name), inner, "") for name, inner in wanted.items())
    if isinstance(wanted, list):
        return sorted(found or []) == sorted(wanted)
    if isinstance(found, bool):
        return str(found).lower() == str(wanted).lower()
    return str(found) == str(wanted)
