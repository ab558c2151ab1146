"""What a report says of calls that identity pools refuse."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, IdentityPool, User
from pytest_cognito.cognito_identity.errors import CONFIGURATION_INVALID
from pytest_cognito.cognito_identity.explanations import EXPLAINERS, explain
from pytest_cognito.kernel.calls import Call

from .conftest import Explained


def test_a_role_that_does_not_trust_the_pool(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained
) -> None:
    role = cognito.create_role("app", trust=cognito.create_identity_pool().trust_policy())
    cognito_identity_pool.set_roles(authenticated=role)
    identity = cognito_identity_pool.identity_of(cognito_user)

    lines = explained(identity.credentials)

    assert any("the trust policy of app" in line for line in lines)
    assert any("StringEquals cognito-identity.amazonaws.com:aud" in line for line in lines)
    assert any(cognito_identity_pool.id in line for line in lines)


def test_a_role_that_is_not_there(
    cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained
) -> None:
    cognito_identity_pool.set_roles(authenticated="arn:aws:iam::123456789012:role/gone")

    [line] = explained(cognito_identity_pool.identity_of(cognito_user).credentials)

    assert line.startswith("there is no role arn:aws:iam::123456789012:role/gone: arn:aws:iam::")


def test_a_pool_without_a_role(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_identity_pool(IdentityPoolName="app", AllowUnauthenticatedIdentities=True)

    assert explained(pool.guest().credentials) == [
        f"{pool.id} (app) has no role for unauthenticated identities",
        (
            'write pool.set_roles(unauthenticated=pool.create_role("app", [policy], guests=True)), or call '
            "SetIdentityPoolRoles"
        ),
    ]


def test_a_role_of_another_account(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained
) -> None:
    pool = cognito_identity_pool
    role = cognito.create_role("app", trust=pool.trust_policy(), account="111122223333")
    cognito_user.pool.create_group("admins", RoleArn=role.arn)
    cognito_user.add_to_group("admins")
    mapped = f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}:{cognito_user.pool.client.id}"
    pool.set_roles(mappings={mapped: {"Type": "Token", "AmbiguousRoleResolution": "Deny"}})

    assert explained(pool.identity_of(cognito_user).credentials) == [
        f"{role.arn} is a role of another account than the identity pool's, 123456789012"
    ]


def test_another_users_identity(cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained) -> None:
    provider = f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}"
    alice, mallory = cognito_identity_pool.identity_of(cognito_user), cognito_user.pool.create_user("mallory")

    assert explained(lambda: alice.credentials(mallory)) == [
        f"{alice.id} has the logins {provider}",
        f"the call has those of another user: {provider}",
    ]
    assert explained(lambda: cognito_identity_pool.call("GetCredentialsForIdentity", IdentityId=alice.id)) == [
        f"{alice.id} has the logins {provider}",
        "the call has none: it is taken for a guest's",
    ]


def test_a_disabled_identity(cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained) -> None:
    cognito_identity_pool.identity_of(cognito_user)
    guest = cognito_identity_pool.guest()
    guest.link(cognito_user)

    assert explained(guest.credentials) == [
        f"{guest.id} is disabled: it was merged into another identity, whose id an earlier call has answered"
    ]


def test_guests_and_providers_that_a_pool_does_not_have(
    cognito: Cognito, cognito_user: User, explained: Explained
) -> None:
    pool = cognito.create_identity_pool(SupportedLoginProviders={"accounts.google.com": "app"})
    provider = f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}"

    assert explained(pool.guest) == [f"the call has no Logins, and {pool.id} has AllowUnauthenticatedIdentities=False"]
    assert explained(lambda: pool.identity_of(cognito_user)) == [
        f"{pool.id} trusts accounts.google.com for app",
        f"the call has {provider} for {cognito_user.pool.client.id}",
    ]


def test_role_mappings(cognito_identity_pool: IdentityPool, cognito_user: User, explained: Explained) -> None:
    mapped = f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}:{cognito_user.pool.client.id}"
    role = cognito_identity_pool.roles["authenticated"]
    rule = {"Claim": "custom:team", "MatchType": "Equals", "Value": "legal", "RoleARN": role}
    mapping = {"Type": "Rules", "AmbiguousRoleResolution": "Deny", "RulesConfiguration": {"Rules": [rule]}}
    cognito_identity_pool.set_roles(mappings={mapped: mapping})

    assert explained(cognito_identity_pool.identity_of(cognito_user).credentials) == [
        f"the mapping of {mapped} is of the type Rules: custom:team Equals legal"
    ]


def test_pools_that_there_are(cognito: Cognito, explained: Explained) -> None:
    gone = "us-east-1:00000000-0000-4000-8000-00000000dead"
    describe: dict[str, Any] = {"service": "cognito-identity", "IdentityPoolId": gone}
    assert explained(lambda: cognito.call("DescribeIdentityPool", **describe)) == ["there are no identity pools here"]
    pool = cognito.create_identity_pool(IdentityPoolName="app", region="eu-west-1")
    describe["IdentityPoolId"] = pool.id

    assert explained(lambda: cognito.call("DescribeIdentityPool", **describe)) == [
        f"identity pools: {pool.id} (app)",
        f"{pool.id} is in eu-west-1; the call went to us-east-1",
    ]


SPARSE: tuple[dict[str, Any], ...] = (
    {},
    {"IdentityId": "us-east-1:gone", "Logins": {"accounts.google.com": 7}},
    {"IdentityPoolId": 7, "IdentityId": None, "Logins": []},
)


@pytest.mark.parametrize("kind", EXPLAINERS, ids=lambda kind: str(kind.text)[:40])
def test_explainers_do_with_what_the_call_has(cognito_identity_pool: IdentityPool, kind: Any) -> None:
    there = {"IdentityPoolId": cognito_identity_pool.id, "IdentityId": cognito_identity_pool.guest().id}
    for parameters in (*SPARSE, there):
        call = Call("cognito-identity", "GetCredentialsForIdentity", parameters, "us-east-1", "")
        call.error = kind()
        assert isinstance(explain(cognito_identity_pool.world, call), tuple)


def test_a_call_without_an_explanation(cognito: Cognito) -> None:
    call = Call("cognito-identity", "GetId", {}, "us-east-1", "", error=ValueError())

    assert explain(cognito.world, call) == ()
    assert CONFIGURATION_INVALID in EXPLAINERS
