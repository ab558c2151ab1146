"""What the answers of PreTokenGeneration change in the tokens, version by version, and what they can't."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.functions import failing
from tests.support.jwts import claims
from tests.support.refusals import (
    LAMBDA_OUTPUT,
    lambda_failed,
    not_authorized,
    refusal,
)

ROLE = "arn:aws:iam::123456789012:role/"
PROTECTED = [
    *(
        "acr",
        "amr",
        "at_hash",
        "auth_time",
        "azp",
        "exp",
        "iat",
        "iss",
        "jti",
        "nbf",
        "nonce",
        "origin_jti",
        "token_use",
    ),
    *("sub", "identities", "event_id", "device_key", "version", "client_id", "username"),
    *("cognito:username", "cognito:groups", "cognito:anything"),
]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com", nickname="al")
    return pool


@pytest.fixture
def with_groups(pool: UserPool) -> None:
    for precedence, name in enumerate(("admins", "staff")):
        pool.create_group(name, Precedence=precedence, RoleArn=ROLE + name)
        pool.add_to_group("alice", name)


def answer(app: App, response: dict[str, Any] | None, version: str | None = None) -> None:
    """Let the pool's function answer with this response."""
    app.pool.set_trigger("PreTokenGeneration", lambda event, context: {**event, "response": response}, version=version)


def version_1(app: App, **details: Any) -> None:
    answer(app, {"claimsOverrideDetails": details})


def version_2(app: App, version: str = "V2_0", **details: Any) -> None:
    answer(app, {"claimsAndScopeOverrideDetails": details}, version)


def both_claims(app: App) -> tuple[dict[str, Any], dict[str, Any]]:
    """The claims of the ID and of the access token of a sign-in."""
    result = app.sign_in()
    return claims(result["IdToken"]), claims(result["AccessToken"])


def assert_refused(app: App) -> None:
    assert refusal(app.sign_in).code == "InvalidLambdaResponseException"


# Version 1


def test_version_1_changes_the_id_token_alone(app: App) -> None:
    version_1(
        app,
        claimsToAddOrOverride={"tenant": "t1", "nickname": "override", "email_verified": "false"},
        claimsToSuppress=["email"],
    )
    in_id, in_access = both_claims(app)
    assert (in_id["tenant"], in_id["nickname"], in_id["email_verified"]) == ("t1", "override", "false")
    assert "email" not in in_id
    assert "tenant" not in in_access


@pytest.mark.parametrize("value", [1, True, None, ["a"], {"a": "b"}])
def test_version_1_takes_strings_only(app: App, value: object) -> None:
    version_1(app, claimsToAddOrOverride={"tenant": value})
    assert_refused(app)


@pytest.mark.parametrize("version", ["V1_0", "V2_0", "V3_0"])
@pytest.mark.parametrize(
    "response",
    [
        None,
        {},
        {"claimsOverrideDetails": None, "claimsAndScopeOverrideDetails": None},
        {"claimsOverrideDetails": {}, "claimsAndScopeOverrideDetails": {}},
    ],
)
@pytest.mark.usefixtures("with_groups")
def test_an_empty_answer_changes_nothing(app: App, version: str, response: dict[str, Any] | None) -> None:
    before = both_claims(app)
    answer(app, response, version)
    after = both_claims(app)
    assert [set(one) for one in before] == [set(one) for one in after]
    assert after[0]["cognito:groups"] == ["admins", "staff"]


# Versions 2 and 3


@pytest.mark.parametrize("version", ["V2_0", "V3_0"])
def test_later_versions_change_both_tokens_with_any_value(app: App, version: str) -> None:
    values = {"s": "x", "n": 1.5, "b": True, "l": [1, "two"], "o": {"deep": {"er": [1]}}}
    version_2(
        app,
        version,
        idTokenGeneration={"claimsToAddOrOverride": values, "claimsToSuppress": ["email", "nickname"]},
        accessTokenGeneration={"claimsToAddOrOverride": {"tenant": "t1"}},
    )
    in_id, in_access = both_claims(app)
    assert {name: in_id[name] for name in values} == values
    assert not {"email", "nickname"} & set(in_id)
    assert in_access["tenant"] == "t1"
    assert not set(values) & set(in_access)


@pytest.mark.parametrize("version", ["V2_0", "V3_0"])
def test_scopes_are_added_and_suppressed(app: App, version: str) -> None:
    version_2(
        app,
        version,
        accessTokenGeneration={
            "scopesToAdd": ["notes/read", "notes/write", "notes/read"],
            "scopesToSuppress": ["aws.cognito.signin.user.admin"],
        },
    )
    result = app.sign_in()
    assert claims(result["AccessToken"])["scope"] == "notes/read notes/write"
    assert refusal(app.idp.get_user, AccessToken=result["AccessToken"]) == not_authorized(
        "Access Token does not have required scopes"
    )


def test_a_scope_is_not_a_claim(app: App) -> None:
    version_2(
        app,
        accessTokenGeneration={"claimsToAddOrOverride": {"scope": "all"}, "claimsToSuppress": ["scope"]},
    )
    assert both_claims(app)[1]["scope"] == "aws.cognito.signin.user.admin"


def test_a_scope_with_a_blank_is_refused(app: App) -> None:
    version_2(app, accessTokenGeneration={"scopesToAdd": ["notes read"]})
    assert_refused(app)


@pytest.mark.parametrize("name", ["email_verified", "phone_number_verified", "updated_at", "address"])
@pytest.mark.parametrize("value", [{"a": 1}, [1]])
def test_some_claims_take_no_complex_value(app: App, name: str, value: object) -> None:
    version_2(app, idTokenGeneration={"claimsToAddOrOverride": {name: value}})
    assert_refused(app)


@pytest.mark.parametrize(("count", "refused"), [(5000, False), (5001, True)])
def test_there_is_a_limit_of_claims_and_scopes(app: App, count: int, refused: bool) -> None:
    version_2(
        app,
        idTokenGeneration={"claimsToAddOrOverride": {f"c{n}": "" for n in range(count - 2)}},
        accessTokenGeneration={"claimsToAddOrOverride": {"a": 1}, "scopesToAdd": ["b"]},
    )
    if refused:
        assert_refused(app)
    else:
        assert "c4997" in both_claims(app)[0]


# What no function changes


@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_claim_stays_as_it_is(app: App, name: str) -> None:
    before = both_claims(app)
    for change in ({"claimsToAddOrOverride": {name: "x"}}, {"claimsToSuppress": [name]}):
        version_2(app, idTokenGeneration=change, accessTokenGeneration=change)
        for old, new in zip(before, both_claims(app), strict=True):
            assert (name in new) is (name in old)
            assert new.get(name) != "x"


def test_the_audience_of_an_id_token_stays(app: App) -> None:
    version_2(app, idTokenGeneration={"claimsToAddOrOverride": {"aud": "x"}, "claimsToSuppress": ["aud"]})
    assert both_claims(app)[0]["aud"] == app.client_id


def test_an_access_token_takes_the_client_for_audience_and_no_other(app: App) -> None:
    version_2(app, accessTokenGeneration={"claimsToAddOrOverride": {"aud": app.client_id}})
    result = app.sign_in()
    assert claims(result["AccessToken"])["aud"] == app.client_id
    assert app.idp.get_user(AccessToken=result["AccessToken"])["Username"] == "alice"
    version_2(app, accessTokenGeneration={"claimsToAddOrOverride": {"aud": "somebody-else"}})
    assert "aud" not in both_claims(app)[1]


def test_a_developers_claim_is_not_added(app: App) -> None:
    version_1(app, claimsToAddOrOverride={"dev:risk": "high"})
    assert "dev:risk" not in both_claims(app)[0]


# Groups


@pytest.mark.usefixtures("with_groups")
@pytest.mark.parametrize("version", ["V1_0", "V2_0", "V3_0"])
def test_groups_are_overridden_in_both_tokens(app: App, version: str) -> None:
    details = {
        "groupOverrideDetails": {
            "groupsToOverride": ["guests"],
            "iamRolesToOverride": [f"{ROLE}guests"],
            "preferredRole": f"{ROLE}guests",
        }
    }
    answer(app, {"claimsOverrideDetails": details, "claimsAndScopeOverrideDetails": details}, version)
    in_id, in_access = both_claims(app)
    assert in_id["cognito:groups"] == in_access["cognito:groups"] == ["guests"]
    assert in_id["cognito:roles"] == [f"{ROLE}guests"]
    assert in_id["cognito:preferred_role"] == f"{ROLE}guests"


@pytest.mark.usefixtures("with_groups")
def test_an_empty_list_takes_the_groups_away(app: App) -> None:
    version_1(app, groupOverrideDetails={"groupsToOverride": []})
    in_id, in_access = both_claims(app)
    assert "cognito:groups" not in in_id
    assert "cognito:groups" not in in_access
    assert in_id["cognito:roles"] == [f"{ROLE}admins", f"{ROLE}staff"]


@pytest.mark.usefixtures("with_groups")
@pytest.mark.parametrize("override", [None, {}, {"groupsToOverride": None}])
def test_without_a_list_the_groups_stay(app: App, override: dict[str, Any] | None) -> None:
    version_1(app, groupOverrideDetails=override)
    assert both_claims(app)[0]["cognito:groups"] == ["admins", "staff"]


@pytest.mark.usefixtures("with_groups")
def test_suppressing_the_groups_takes_the_roles_along(app: App) -> None:
    version_1(app, claimsToSuppress=["cognito:groups"])
    in_id, in_access = both_claims(app)
    assert not {"cognito:groups", "cognito:roles", "cognito:preferred_role"} & set(in_id)
    assert in_access["cognito:groups"] == ["admins", "staff"]


# Answers that make no sense, and failures


@pytest.mark.parametrize(
    "details",
    [
        {"claimsToAddOrOverride": ["tenant"]},
        {"claimsToSuppress": "email"},
        {"claimsToSuppress": [1]},
        {"groupOverrideDetails": ["admins"]},
        {"groupOverrideDetails": {"groupsToOverride": "admins"}},
        {"groupOverrideDetails": {"preferredRole": ["role"]}},
    ],
)
def test_an_answer_of_another_form_is_refused(app: App, details: dict[str, Any]) -> None:
    version_1(app, **details)
    assert refusal(app.sign_in) == LAMBDA_OUTPUT


def test_a_failure_gives_no_tokens(app: App) -> None:
    token = app.sign_in()["RefreshToken"]
    app.pool.set_trigger("PreTokenGeneration", failing)
    error = lambda_failed("PreTokenGeneration")
    assert refusal(app.sign_in) == error
    assert refusal(app.refresh, token=token) == error


def test_a_refresh_asks_again(app: App) -> None:
    token = app.sign_in()["RefreshToken"]
    version_1(app, claimsToAddOrOverride={"tenant": "t2"})
    assert claims(app.refresh(token)["IdToken"])["tenant"] == "t2"
