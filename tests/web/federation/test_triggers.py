"""The functions that run in a sign-in by a provider, and what they do to it."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support.federated import name_of

from .conftest import MakeFederated

FIRST = [
    "InboundFederation_ExternalProvider",
    "PreSignUp_ExternalProvider",
    "PostConfirmation_ConfirmSignUp",
    "TokenGeneration_HostedAuth",
]
LATER = [
    "InboundFederation_ExternalProvider",
    "PreAuthentication_Authentication",
    "PostAuthentication_Authentication",
    "TokenGeneration_HostedAuth",
]
INBOUND = pytest.mark.needs("LambdaConfigType.InboundFederation")
NAMES = ("InboundFederation", "PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication")
ALL = (*NAMES, "PreTokenGeneration", "CustomMessage", "UserMigration", "DefineAuthChallenge")


def refuse(event: dict[str, Any], _: object) -> dict[str, Any]:
    raise ValueError("not you")


def ran(cognito: Cognito) -> list[str]:
    sources = [invocation.source for call in cognito.calls for invocation in call.invocations]
    cognito.calls.clear()
    return sources


@INBOUND
@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_the_order(cognito: Cognito, pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)
    for name in ALL:
        pool.on(name)(lambda event, _: event)

    app.enter()
    assert ran(cognito) == FIRST
    app.enter()
    assert ran(cognito) == ["TokenGeneration_HostedAuth"]  # by the session of the browser
    app.another_browser().enter()
    assert ran(cognito) == LATER


def test_the_event_of_a_first_sign_in(cognito: Cognito, pool: UserPool, make: MakeFederated) -> None:
    app = make(AttributeMapping={"email": "email", "email_verified": "email_verified", "name": "name"})
    pool.on("PreSignUp")(lambda event, _: event)
    app.enter(name="Ann")

    event = cognito.triggers.last("PreSignUp").event
    assert event["userName"] == "Google_1"
    assert event["callerContext"]["clientId"] == app.client.id
    assert event["request"] == {
        "userAttributes": {
            "cognito:email_alias": "",
            "cognito:phone_number_alias": "",
            "email": "ann@example.com",
            "email_verified": "true",
            "name": "Ann",
        },
        "validationData": {},
    }


@pytest.mark.parametrize(
    ("trigger", "made"),
    [
        pytest.param("InboundFederation", [], marks=INBOUND),
        ("PreSignUp", []),
        ("PostConfirmation", ["1"]),
        ("PreTokenGeneration", ["1"]),
    ],
)
@pytest.mark.parametrize(
    ("kind", "error", "before"),
    [("Google", "invalid_request", ""), ("SAML", "server_error", "Invalid SAML response received: ")],
)
def test_a_function_refuses_a_first_sign_in(
    pool: UserPool, make: MakeFederated, kind: str, error: str, before: str, trigger: str, made: list[str]
) -> None:
    app = make(kind)
    pool.on(trigger)(refuse)

    back = app.enter(query={"state": "s"})

    description = f"{before}{trigger} failed with error not you. "
    assert list(back.items()) == [("error_description", description), ("state", "s"), ("error", error)]
    assert [user.username for user in pool.users] == [f"{name_of(kind)}_{sub}" for sub in made]
    assert "cognito" not in app.browser.cookies


@pytest.mark.parametrize("trigger", ["PreAuthentication", "PostAuthentication"])
def test_a_function_refuses_a_later_sign_in(pool: UserPool, make: MakeFederated, trigger: str) -> None:
    app = make()
    app.enter()
    pool.on(trigger)(refuse)

    back = app.another_browser().enter()

    assert back == {"error_description": f"{trigger} failed with error not you. ", "error": "invalid_request"}


def test_a_function_that_answers_nonsense(pool: UserPool, make: MakeFederated) -> None:
    app = make()
    pool.on("PreSignUp")(lambda event, _: {**event, "response": "yes"})

    assert app.enter() == {"error_description": "Unrecognizable lambda output", "error": "invalid_request"}


@INBOUND
@pytest.mark.parametrize("kind", ["Google", "OIDC"])
def test_inbound_federation_says_what_is_mapped(pool: UserPool, make: MakeFederated, kind: str) -> None:
    app = make(kind)

    @pool.on("InboundFederation")
    def only_a_name(event: dict[str, Any], _: object) -> dict[str, Any]:
        told = event["request"]["attributes"]["idToken"]
        event["response"]["userAttributesToMap"] = {"name": f"{told['email']} of {event['request']['providerName']}"}
        return event

    told = app.claims()
    assert told["name"] == f"ann@example.com of {name_of(kind)}"
    assert "email" not in told


def test_a_function_links_the_identity_in_the_first_sign_in(
    cognito: Cognito, pool: UserPool, make: MakeFederated
) -> None:
    app = make()
    alice = pool.create_user("alice")

    @pool.on("PreSignUp")
    def link(event: dict[str, Any], _: object) -> dict[str, Any]:
        pool.identity_provider("Google").link("1", alice)
        return event

    assert app.claims()["cognito:username"] == "alice"
    assert [user.username for user in pool.users] == ["alice"]
    assert "PostAuthentication" not in ran(cognito)


def test_functions_that_disable_the_user(pool: UserPool, make: MakeFederated) -> None:
    app = make()

    @pool.on("PostConfirmation")
    def disable(event: dict[str, Any], _: object) -> dict[str, Any]:
        pool.call("AdminDisableUser", Username=event["userName"])
        return event

    assert app.enter() == {"error_description": "User is not enabled", "error": "invalid_request"}


def test_what_a_function_adds_is_in_the_tokens(pool: UserPool, make: MakeFederated) -> None:
    app = make()

    @pool.on("PreTokenGeneration")
    def add(event: dict[str, Any], _: object) -> dict[str, Any]:
        groups = event["request"]["groupConfiguration"]["groupsToOverride"]
        event["response"]["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"seen": ",".join(groups)}}
        return event

    assert app.claims()["seen"] == f"{pool.id}_Google"
