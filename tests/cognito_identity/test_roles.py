"""The roles of an identity pool and its role mappings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.identity_pools import ALL_PROVIDERS, CLIENT, OIDC, SAML, USER_POOL, invalid, role, rule
from tests.support.refusals import Refusal, invalid_parameter, not_authorized, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient
    from types_boto3_cognito_identity.type_defs import RoleMappingTypeDef

BOTH: dict[str, str] = {"authenticated": role("app"), "unauthenticated": role("guest")}
BY_TOKEN: RoleMappingTypeDef = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}
BY_RULES: RoleMappingTypeDef = {
    "Type": "Rules",
    "AmbiguousRoleResolution": "AuthenticatedRole",
    "RulesConfiguration": {"Rules": [rule("department", "Equals", "legal", "lawyers")]},
}


@pytest.fixture
def pool_id(cognito_identity: CognitoIdentityClient) -> str:
    """A pool with something of everything."""
    return cognito_identity.create_identity_pool(**ALL_PROVIDERS)["IdentityPoolId"]


def roles(client: CognitoIdentityClient, pool_id: str) -> dict[str, Any]:
    return {
        name: value
        for name, value in client.get_identity_pool_roles(IdentityPoolId=pool_id).items()
        if name != "ResponseMetadata"
    }


def test_a_pool_begins_without_roles(cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    assert roles(cognito_identity, pool_id) == {"IdentityPoolId": pool_id, "Roles": {}}


def test_every_kind_of_provider_has_a_mapping(cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    mappings: dict[str, RoleMappingTypeDef] = {
        f"{USER_POOL}:{CLIENT}": BY_TOKEN,
        "accounts.google.com": BY_RULES,
        "graph.facebook.com": BY_RULES,
        OIDC: BY_RULES,
        SAML: BY_TOKEN,
    }
    cognito_identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles=BOTH, RoleMappings=mappings)
    assert roles(cognito_identity, pool_id) == {"IdentityPoolId": pool_id, "Roles": BOTH, "RoleMappings": mappings}


def test_what_is_left_out_is_removed(cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    mappings: dict[str, RoleMappingTypeDef] = {"graph.facebook.com": BY_RULES}
    cognito_identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles=BOTH, RoleMappings=mappings)
    only = {"unauthenticated": role("guest")}
    cognito_identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles=only)
    assert roles(cognito_identity, pool_id) == {"IdentityPoolId": pool_id, "Roles": only}


def forbidden(role_arn: str) -> Refusal:
    return not_authorized(f"Access to Role '{role_arn}' is forbidden.")


def unknown(provider: str) -> Refusal:
    return invalid_parameter(f"{provider} is not a valid RoleMapping ProviderName or is not a configured provider.")


MANY = {"Rules": [rule("sub", "Equals", str(number), "app") for number in range(26)]}
FOREIGN = {"Rules": [{**rule("sub", "Equals", "1", "app"), "RoleARN": role("app", "999999999999")}]}


@pytest.mark.parametrize(
    ("given", "mappings", "error"),
    [
        ({"authenticated": role("app", "999999999999")}, {}, forbidden(role("app", "999999999999"))),
        ({"authenticated": "the-role-of-the-application"}, {}, forbidden("the-role-of-the-application")),
        (BOTH, {"graph.facebook.com": {**BY_RULES, "RulesConfiguration": FOREIGN}},
         forbidden(role("app", "999999999999"))),
        (BOTH, {USER_POOL: BY_TOKEN}, unknown(USER_POOL)),
        (BOTH, {f"https://{USER_POOL}:{CLIENT}": BY_TOKEN}, unknown(f"https://{USER_POOL}:{CLIENT}")),
        (BOTH, {"www.amazon.com": BY_RULES}, unknown("www.amazon.com")),
        (BOTH, {"login.example.com": BY_RULES}, unknown("login.example.com")),
        (BOTH, {SAML: {"Type": "Token"}},
         invalid_parameter(f"AmbiguousRoleResolution is required for the RoleMapping of provider: {SAML}")),
        (BOTH, {SAML: {"Type": "Rules", "AmbiguousRoleResolution": "Deny"}},
         invalid_parameter(f"RulesConfiguration is required for the RoleMapping of provider: {SAML}")),
        (BOTH, {SAML: {**BY_RULES, "RulesConfiguration": MANY}},
         invalid_parameter(f"The maximum number of rules in the RoleMapping of provider {SAML} is 25.")),
    ],
)  # fmt: skip
def test_what_is_refused_changes_nothing(
    cognito_identity: CognitoIdentityClient, pool_id: str, given: Any, mappings: Any, error: Refusal
) -> None:
    before = {"Roles": {"authenticated": role("before")}, "RoleMappings": {SAML: BY_TOKEN}}
    cognito_identity.set_identity_pool_roles(IdentityPoolId=pool_id, **before)  # type: ignore[arg-type]

    assert (
        refusal(cognito_identity.set_identity_pool_roles, IdentityPoolId=pool_id, Roles=given, RoleMappings=mappings)
        == error
    )
    assert roles(cognito_identity, pool_id) == {"IdentityPoolId": pool_id, **before}


def test_twenty_five_rules_are_allowed(cognito_identity: CognitoIdentityClient, pool_id: str) -> None:
    mapping = {**BY_RULES, "RulesConfiguration": {"Rules": MANY["Rules"][:25]}}
    cognito_identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles={}, RoleMappings={SAML: mapping})  # type: ignore[dict-item]
    assert roles(cognito_identity, pool_id)["RoleMappings"] == {SAML: mapping}


def test_violated_constraints(careless: CognitoIdentityClient, pool_id: str) -> None:
    given: Any = {"admin": role("admin")}
    assert refusal(careless.set_identity_pool_roles, IdentityPoolId=pool_id, Roles=given) == invalid(
        f"Value '{{admin={role('admin')}}}' at 'roles' failed to satisfy constraint: Map keys must satisfy constraint: "
        "[Member must have length less than or equal to 128, Member must have length greater than or equal to 1, "
        "Member must satisfy regular expression pattern: (un)?authenticated]"
    )
