"""The events of PreTokenGeneration, version by version."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.functions import unchanged

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f"
ROLE = "arn:aws:iam::123456789012:role/"


# Events


def test_the_event_of_version_1(cognito: Cognito, app: App) -> None:
    for precedence, name in enumerate(("admins", "staff")):
        app.pool.create_group(name, Precedence=precedence, RoleArn=ROLE + name)
        app.pool.add_to_group("alice", name)
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    app.sign_in()
    assert cognito.triggers.last().event == {
        "version": "1",
        "triggerSource": "TokenGeneration_Authentication",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": app.client_id},
        "request": {
            "userAttributes": {**app.pool.user("alice").attributes, "cognito:user_status": "CONFIRMED"},
            "groupConfiguration": {
                "groupsToOverride": ["admins", "staff"],
                "iamRolesToOverride": [f"{ROLE}admins", f"{ROLE}staff"],
                "preferredRole": f"{ROLE}admins",
            },
        },
        "response": {"claimsOverrideDetails": None},
    }


@pytest.mark.parametrize(("version", "number"), [("V2_0", "2"), ("V3_0", "3")])
def test_the_event_of_later_versions(cognito: Cognito, app: App, version: str, number: str) -> None:
    app.pool.set_trigger("PreTokenGeneration", unchanged, version=version)
    app.sign_in()
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
        ({"PreTokenGeneration": FUNCTION}, "1"),
        ({"PreTokenGenerationConfig": {"LambdaArn": FUNCTION, "LambdaVersion": "V2_0"}}, "2"),
        pytest.param(
            {"PreTokenGenerationConfig": {"LambdaArn": FUNCTION, "LambdaVersion": "V3_0"}},
            "3",
            marks=pytest.mark.needs("PreTokenGenerationLambdaVersionType.V3_0"),
        ),
    ],
)
def test_the_pool_says_which_version(cognito: Cognito, make_app: MakeApp, config: dict[str, Any], number: str) -> None:
    app = make_app(LambdaConfig=config)
    app.pool.create_user("alice", email="alice@example.com")
    cognito.triggers.register(FUNCTION, unchanged)
    app.sign_in()
    assert cognito.triggers.last("PreTokenGeneration").event["version"] == number


@pytest.mark.needs("GetTokensFromRefreshToken")
def test_the_source_tells_how_the_tokens_came_about(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    app.pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    answer = app.respond(app.begin("bob"), "bob", metadata={"step": "two"}, NEW_PASSWORD=NEW_PASSWORD)
    token = answer["AuthenticationResult"]["RefreshToken"]
    app.refresh(token)
    app.idp.get_tokens_from_refresh_token(ClientId=app.client_id, RefreshToken=token, ClientMetadata={"step": "three"})
    assert [(one.source, one.event["request"].get("clientMetadata")) for one in cognito.triggers] == [
        ("TokenGeneration_NewPasswordChallenge", {"step": "two"}),
        ("TokenGeneration_RefreshTokens", None),
        ("TokenGeneration_RefreshTokens", {"step": "three"}),
    ]


def test_the_metadata_of_a_start_does_not_reach_it(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    app.idp.initiate_auth(
        ClientId=app.client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ClientMetadata={"campaign": "spring"},
    )
    assert "clientMetadata" not in cognito.triggers.last().event["request"]
