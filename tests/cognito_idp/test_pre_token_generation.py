"""PreTokenGeneration: its events, and what its answers change in the tokens, version by version."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, part, refresh, sign_in

ROLE = "arn:aws:iam::123456789012:role/"
BAD_CLAIM = "InvalidLambdaResponseException"
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
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com", nickname="al")
    return pool


@pytest.fixture
def with_groups(cognito_idp: Any, pool: Any) -> None:
    for precedence, name in enumerate(("admins", "staff")):
        cognito_idp.create_group(UserPoolId=pool.id, GroupName=name, Precedence=precedence, RoleArn=ROLE + name)
        pool.add_to_group("alice", name)


def answer(pool: Any, response: Any, version: str | None = None) -> None:
    """Let the pool's function answer with this response."""
    pool.set_trigger("PreTokenGeneration", lambda event, context: {**event, "response": response}, version=version)


def version_1(pool: Any, **details: Any) -> None:
    answer(pool, {"claimsOverrideDetails": details})


def version_2(pool: Any, version: str = "V2_0", **details: Any) -> None:
    answer(pool, {"claimsAndScopeOverrideDetails": details}, version)


def claims(idp: Any, pool: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    result = sign_in(idp, pool.client.id)
    return part(result["IdToken"]), part(result["AccessToken"])


# Events


@pytest.mark.usefixtures("with_groups")
def test_the_event_of_version_1(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    sign_in(cognito_idp, pool.client.id)
    assert cognito.triggers.last().event == {
        "version": "1",
        "triggerSource": "TokenGeneration_Authentication",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client.id},
        "request": {
            "userAttributes": {**pool.user("alice").attributes, "cognito:user_status": "CONFIRMED"},
            "groupConfiguration": {
                "groupsToOverride": ["admins", "staff"],
                "iamRolesToOverride": [f"{ROLE}admins", f"{ROLE}staff"],
                "preferredRole": f"{ROLE}admins",
            },
        },
        "response": {"claimsOverrideDetails": None},
    }


@pytest.mark.parametrize(("version", "number"), [("V2_0", "2"), ("V3_0", "3")])
def test_the_event_of_later_versions(cognito: Any, cognito_idp: Any, pool: Any, version: str, number: str) -> None:
    pool.set_trigger("PreTokenGeneration", lambda event, context: event, version=version)
    sign_in(cognito_idp, pool.client.id)
    event = cognito.triggers.last().event
    assert event["version"] == number
    assert event["request"]["scopes"] == ["aws.cognito.signin.user.admin"]
    assert event["request"]["groupConfiguration"] == {
        "groupsToOverride": [],
        "iamRolesToOverride": [],
        "preferredRole": None,
    }
    assert event["response"] == {"claimsAndScopeOverrideDetails": None}


@pytest.mark.parametrize(
    ("config", "number"),
    [
        ({"PreTokenGeneration": "arn:aws:lambda:us-east-1:123456789012:function:f"}, "1"),
        (
            {
                "PreTokenGenerationConfig": {
                    "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                    "LambdaVersion": "V2_0",
                }
            },
            "2",
        ),
        (
            {
                "PreTokenGenerationConfig": {
                    "LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:f",
                    "LambdaVersion": "V3_0",
                }
            },
            "3",
        ),
    ],
)
def test_the_pool_says_which_version(cognito: Any, cognito_idp: Any, config: dict[str, Any], number: str) -> None:
    pool = cognito.create_user_pool(LambdaConfig=config)
    pool.create_user("alice", email="alice@example.com")
    cognito.triggers.register("arn:aws:lambda:us-east-1:123456789012:function:f", lambda event, context: event)
    sign_in(cognito_idp, pool.client.id)
    assert cognito.triggers.last("PreTokenGeneration").event["version"] == number


def test_the_source_tells_how_the_tokens_came_about(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    begun = begin(cognito_idp, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)
    answered = cognito_idp.respond_to_auth_challenge(
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=begun["Session"],
        ChallengeResponses={"USERNAME": "bob", "NEW_PASSWORD": "Another-horse-8"},
        ClientMetadata={"step": "two"},
    )
    token = answered["AuthenticationResult"]["RefreshToken"]
    refresh(cognito_idp, pool.client.id, token)
    cognito_idp.get_tokens_from_refresh_token(
        ClientId=pool.client.id, RefreshToken=token, ClientMetadata={"step": "three"}
    )
    assert [(one.source, one.event["request"].get("clientMetadata")) for one in cognito.triggers] == [
        ("TokenGeneration_NewPasswordChallenge", {"step": "two"}),
        ("TokenGeneration_RefreshTokens", None),
        ("TokenGeneration_RefreshTokens", {"step": "three"}),
    ]


def test_the_metadata_of_a_start_does_not_reach_it(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    cognito_idp.initiate_auth(
        ClientId=pool.client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ClientMetadata={"campaign": "spring"},
    )
    assert "clientMetadata" not in cognito.triggers.last().event["request"]


# Version 1


def test_version_1_changes_the_id_token_alone(cognito_idp: Any, pool: Any) -> None:
    version_1(
        pool,
        claimsToAddOrOverride={"tenant": "t1", "nickname": "override", "email_verified": "false"},
        claimsToSuppress=["email"],
    )
    in_id, in_access = claims(cognito_idp, pool)
    assert (in_id["tenant"], in_id["nickname"], in_id["email_verified"]) == ("t1", "override", "false")
    assert "email" not in in_id
    assert "tenant" not in in_access


@pytest.mark.parametrize("value", [1, True, None, ["a"], {"a": "b"}])
def test_version_1_takes_strings_only(cognito_idp: Any, pool: Any, value: object) -> None:
    version_1(pool, claimsToAddOrOverride={"tenant": value})
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)[0] == BAD_CLAIM


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
def test_an_empty_answer_changes_nothing(cognito_idp: Any, pool: Any, version: str, response: Any) -> None:
    before = claims(cognito_idp, pool)
    answer(pool, response, version)
    after = claims(cognito_idp, pool)
    assert [set(one) for one in before] == [set(one) for one in after]
    assert after[0]["cognito:groups"] == ["admins", "staff"]


# Versions 2 and 3


@pytest.mark.parametrize("version", ["V2_0", "V3_0"])
def test_later_versions_change_both_tokens_with_any_value(cognito_idp: Any, pool: Any, version: str) -> None:
    values = {"s": "x", "n": 1.5, "b": True, "l": [1, "two"], "o": {"deep": {"er": [1]}}}
    version_2(
        pool,
        version,
        idTokenGeneration={"claimsToAddOrOverride": values, "claimsToSuppress": ["email", "nickname"]},
        accessTokenGeneration={"claimsToAddOrOverride": {"tenant": "t1"}},
    )
    in_id, in_access = claims(cognito_idp, pool)
    assert {name: in_id[name] for name in values} == values
    assert not {"email", "nickname"} & set(in_id)
    assert in_access["tenant"] == "t1"
    assert not set(values) & set(in_access)


@pytest.mark.parametrize("version", ["V2_0", "V3_0"])
def test_scopes_are_added_and_suppressed(cognito_idp: Any, pool: Any, version: str) -> None:
    version_2(
        pool,
        version,
        accessTokenGeneration={
            "scopesToAdd": ["notes/read", "notes/write", "notes/read"],
            "scopesToSuppress": ["aws.cognito.signin.user.admin"],
        },
    )
    result = sign_in(cognito_idp, pool.client.id)
    assert part(result["AccessToken"])["scope"] == "notes/read notes/write"
    assert refusal(cognito_idp.get_user, AccessToken=result["AccessToken"]) == (
        "NotAuthorizedException",
        "Access Token does not have required scopes",
    )


def test_a_scope_is_not_a_claim(cognito_idp: Any, pool: Any) -> None:
    version_2(
        pool,
        accessTokenGeneration={"claimsToAddOrOverride": {"scope": "all"}, "claimsToSuppress": ["scope"]},
    )
    assert claims(cognito_idp, pool)[1]["scope"] == "aws.cognito.signin.user.admin"


def test_a_scope_with_a_blank_is_refused(cognito_idp: Any, pool: Any) -> None:
    version_2(pool, accessTokenGeneration={"scopesToAdd": ["notes read"]})
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)[0] == BAD_CLAIM


@pytest.mark.parametrize("name", ["email_verified", "phone_number_verified", "updated_at", "address"])
@pytest.mark.parametrize("value", [{"a": 1}, [1]])
def test_some_claims_take_no_complex_value(cognito_idp: Any, pool: Any, name: str, value: object) -> None:
    version_2(pool, idTokenGeneration={"claimsToAddOrOverride": {name: value}})
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)[0] == BAD_CLAIM


@pytest.mark.parametrize(("count", "refused"), [(5000, False), (5001, True)])
def test_there_is_a_limit_of_claims_and_scopes(cognito_idp: Any, pool: Any, count: int, refused: bool) -> None:
    version_2(
        pool,
        idTokenGeneration={"claimsToAddOrOverride": {f"c{n}": "" for n in range(count - 2)}},
        accessTokenGeneration={"claimsToAddOrOverride": {"a": 1}, "scopesToAdd": ["b"]},
    )
    if refused:
        assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)[0] == BAD_CLAIM
    else:
        assert "c4997" in claims(cognito_idp, pool)[0]


# What no function changes


@pytest.mark.parametrize("name", PROTECTED)
def test_a_protected_claim_stays_as_it_is(cognito_idp: Any, pool: Any, name: str) -> None:
    before = claims(cognito_idp, pool)
    for change in ({"claimsToAddOrOverride": {name: "x"}}, {"claimsToSuppress": [name]}):
        version_2(pool, idTokenGeneration=change, accessTokenGeneration=change)
        for old, new in zip(before, claims(cognito_idp, pool), strict=True):
            assert (name in new) is (name in old)
            assert new.get(name) != "x"


def test_the_audience_of_an_id_token_stays(cognito_idp: Any, pool: Any) -> None:
    version_2(pool, idTokenGeneration={"claimsToAddOrOverride": {"aud": "x"}, "claimsToSuppress": ["aud"]})
    assert claims(cognito_idp, pool)[0]["aud"] == pool.client.id


def test_an_access_token_takes_the_client_for_audience_and_no_other(cognito_idp: Any, pool: Any) -> None:
    version_2(pool, accessTokenGeneration={"claimsToAddOrOverride": {"aud": pool.client.id}})
    result = sign_in(cognito_idp, pool.client.id)
    assert part(result["AccessToken"])["aud"] == pool.client.id
    assert cognito_idp.get_user(AccessToken=result["AccessToken"])["Username"] == "alice"
    version_2(pool, accessTokenGeneration={"claimsToAddOrOverride": {"aud": "somebody-else"}})
    assert "aud" not in claims(cognito_idp, pool)[1]


def test_a_developers_claim_is_not_added(cognito_idp: Any, pool: Any) -> None:
    version_1(pool, claimsToAddOrOverride={"dev:risk": "high"})
    assert "dev:risk" not in claims(cognito_idp, pool)[0]


# Groups


@pytest.mark.usefixtures("with_groups")
@pytest.mark.parametrize("version", ["V1_0", "V2_0", "V3_0"])
def test_groups_are_overridden_in_both_tokens(cognito_idp: Any, pool: Any, version: str) -> None:
    details = {
        "groupOverrideDetails": {
            "groupsToOverride": ["guests"],
            "iamRolesToOverride": [f"{ROLE}guests"],
            "preferredRole": f"{ROLE}guests",
        }
    }
    answer(pool, {"claimsOverrideDetails": details, "claimsAndScopeOverrideDetails": details}, version)
    in_id, in_access = claims(cognito_idp, pool)
    assert in_id["cognito:groups"] == in_access["cognito:groups"] == ["guests"]
    assert in_id["cognito:roles"] == [f"{ROLE}guests"]
    assert in_id["cognito:preferred_role"] == f"{ROLE}guests"


@pytest.mark.usefixtures("with_groups")
def test_an_empty_list_takes_the_groups_away(cognito_idp: Any, pool: Any) -> None:
    version_1(pool, groupOverrideDetails={"groupsToOverride": []})
    in_id, in_access = claims(cognito_idp, pool)
    assert "cognito:groups" not in in_id
    assert "cognito:groups" not in in_access
    assert in_id["cognito:roles"] == [f"{ROLE}admins", f"{ROLE}staff"]


@pytest.mark.usefixtures("with_groups")
@pytest.mark.parametrize("override", [None, {}, {"groupsToOverride": None}])
def test_without_a_list_the_groups_stay(cognito_idp: Any, pool: Any, override: Any) -> None:
    version_1(pool, groupOverrideDetails=override)
    assert claims(cognito_idp, pool)[0]["cognito:groups"] == ["admins", "staff"]


@pytest.mark.usefixtures("with_groups")
def test_suppressing_the_groups_takes_the_roles_along(cognito_idp: Any, pool: Any) -> None:
    version_1(pool, claimsToSuppress=["cognito:groups"])
    in_id, in_access = claims(cognito_idp, pool)
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
def test_an_answer_of_another_form_is_refused(cognito_idp: Any, pool: Any, details: dict[str, Any]) -> None:
    version_1(pool, **details)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == (
        "InvalidLambdaResponseException",
        "Unrecognizable lambda output",
    )


def test_a_failure_gives_no_tokens(cognito_idp: Any, pool: Any) -> None:
    def fail(event: Any, context: Any) -> Any:
        raise KeyError("tenant")

    token = sign_in(cognito_idp, pool.client.id)["RefreshToken"]
    pool.set_trigger("PreTokenGeneration", fail)
    error = ("UserLambdaValidationException", "PreTokenGeneration failed with error 'tenant'.")
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == error
    assert refusal(refresh, idp=cognito_idp, client_id=pool.client.id, token=token) == error


def test_a_refresh_asks_again(cognito_idp: Any, pool: Any) -> None:
    token = sign_in(cognito_idp, pool.client.id)["RefreshToken"]
    version_1(pool, claimsToAddOrOverride={"tenant": "t2"})
    assert part(refresh(cognito_idp, pool.client.id, token)["IdToken"])["tenant"] == "t2"
