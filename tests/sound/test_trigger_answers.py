"""Whatever a trigger's function returns: the call goes on, or fails with an error of AWS, never of Python."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.triggers.catalog import TRIGGERS
from tests.sound.challenge_world import idp
from tests.support import custom
from tests.support.app import NEW_PASSWORD, App
from tests.support.functions import Event
from tests.support.settings import SES, VERIFY

SETTINGS = settings(max_examples=settings().max_examples // 4, suppress_health_check=list(HealthCheck))
EMAIL, PHONE = {"email": "ann@example.com"}, {"phone_number": "+15550001111"}
Call = Callable[[App], object]

ODD = (
    *("", "{####}", "{username} {####}", "{##here##}", "\0", "\x1b[31m", "\ud800", "a b", "\u2028", "%s", "x" * 30_000),
    *("CONFIRMED", "SUPPRESS", "EMAIL", "CUSTOM_CHALLENGE", "ann@example.com", "ann\0@example.com", "cognito:groups"),
    *(0, -1, 1.5, 10**400, 1e308, float("nan"), float("inf")),
)
NAMES = (
    *("claimsToAddOrOverride", "claimsToSuppress", "groupOverrideDetails", "groupsToOverride", "iamRolesToOverride"),
    *("preferredRole", "idTokenGeneration", "accessTokenGeneration", "scopesToAdd", "scopesToSuppress"),
    *("email", "phone_number", "email_verified", "username", "sub", "exp", "aud", "scope", "custom:x", "", "\ud800"),
)
LEAVES = st.none() | st.booleans() | st.sampled_from(ODD) | st.text(max_size=5)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = {"more": value}
    return value


VALUES = VALUES | st.sampled_from([50, 95, 101, 900, 3000]).map(deep)


def details(*members: str) -> st.SearchStrategy[Any]:
    """An object with these members, in which anything may be."""
    return st.fixed_dictionaries({}, optional=dict.fromkeys(members, VALUES))


CLAIMS = details("claimsToAddOrOverride", "claimsToSuppress", "scopesToAdd", "scopesToSuppress", "groupOverrideDetails")
SHAPED = {
    "claimsOverrideDetails": CLAIMS,
    "claimsAndScopeOverrideDetails": st.fixed_dictionaries(
        {}, optional={"idTokenGeneration": CLAIMS, "accessTokenGeneration": CLAIMS, "groupOverrideDetails": VALUES}
    ),
    "userAttributes": details("email", "phone_number", "email_verified", "username", "custom:x"),
}


def responses(trigger: str) -> st.SearchStrategy[Any]:
    """What the event's ``response`` may become: anything, or its members with anything in them."""
    members = {name for response in TRIGGERS[trigger].response.values() for name in response or ()}
    shaped = {name: SHAPED[name] | VALUES if name in SHAPED else VALUES for name in members}
    return VALUES | st.fixed_dictionaries({}, optional=shaped)


def sign_up(app: App) -> None:
    app.sign_up("ann", {**EMAIL, **PHONE})
    app.public("resend_confirmation_code", "ann")


def invite(app: App) -> None:
    app.create("ann", {**EMAIL, **PHONE}, DesiredDeliveryMediums=["EMAIL", "SMS"])


def confirm(app: App) -> None:
    app.admin("admin_confirm_sign_up", "sam")


def sign_in(app: App) -> None:
    app.refresh(str(app.sign_in()["RefreshToken"]))


def sign_in_by_srp(app: App) -> None:
    custom.proven(app)


def sign_in_by_custom_challenge(app: App) -> None:
    app.respond(custom.begin(app), ANSWER=custom.RIGHT)


def forget(app: App) -> None:
    app.public("forgot_password")


def come_from_elsewhere(app: App) -> None:
    app.begin("nobody", NEW_PASSWORD)


def forget_elsewhere(app: App) -> None:
    app.public("forgot_password", "nobody")


def come_by_a_provider(app: App) -> None:
    app.pool.identity_provider("Google").sign_in("1", EMAIL)


CALLS: dict[str, tuple[Call, ...]] = {
    "PreSignUp": (sign_up, invite),
    "PostConfirmation": (confirm,),
    "PreAuthentication": (sign_in,),
    "PostAuthentication": (sign_in,),
    "PreTokenGeneration": (sign_in,),
    "UserMigration": (come_from_elsewhere, forget_elsewhere),
    "CustomMessage": (sign_up, invite, forget),
    "CustomEmailSender": (sign_up, invite, forget),
    "CustomSMSSender": (sign_up, invite),
    "DefineAuthChallenge": (sign_in_by_custom_challenge, sign_in_by_srp),
    "CreateAuthChallenge": (sign_in_by_custom_challenge,),
    "VerifyAuthChallengeResponse": (sign_in_by_custom_challenge,),
    "InboundFederation": (come_by_a_provider,),
}


def prepare(cognito: Cognito) -> App:
    """A pool in which every trigger has its occasion, with alice, and with sam, who is not confirmed yet."""
    pool = custom.make_pool(
        cognito,
        EmailConfiguration=SES,
        Schema=[{"Name": "x", "AttributeDataType": "String"}],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
        **VERIFY,
    )
    app = App(idp(), pool)
    app.sign_up("sam", EMAIL)
    pool.create_identity_provider("Google")
    return app


VERSIONS = [(name, version) for name, trigger in TRIGGERS.items() for version in trigger.response]


@pytest.mark.parametrize(("trigger", "version"), VERSIONS)
def test_any_response(cognito: Cognito, trigger: str, version: str) -> None:
    app = prepare(cognito)
    answer: list[Any] = []
    config_version = version if len(TRIGGERS[trigger].response) > 1 else None
    app.pool.set_trigger(trigger, lambda event, context: {**event, "response": answer[0]}, version=config_version)

    @SETTINGS
    @given(responses(trigger), st.sampled_from(CALLS[trigger]))
    def check(response: Any, call: Call) -> None:
        answer[:] = [response]
        with cognito.world.store.rolled_back(), suppress(ClientError, AWSError):
            call(app)

    check()
    assert cognito.triggers.of(trigger)


ENVELOPE = details(
    "version", "triggerSource", "region", "userPoolId", "userName", "callerContext", "request", "response"
)
"""Members of an event, in which anything may be."""


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_any_result(cognito: Cognito, trigger: str) -> None:
    app = prepare(cognito)
    answer: list[Any] = []

    def function(event: Event, context: object) -> Any:
        changes = answer[0]
        return {**event, **changes} if isinstance(changes, dict) else changes

    app.pool.set_trigger(trigger, function)

    @SETTINGS
    @given(VALUES | ENVELOPE, st.sampled_from(CALLS[trigger]))
    def check(result: Any, call: Call) -> None:
        answer[:] = [result]
        with cognito.world.store.rolled_back(), suppress(ClientError, AWSError):
            call(app)

    check()
    assert cognito.triggers.of(trigger)
