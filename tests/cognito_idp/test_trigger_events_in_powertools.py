"""AWS's own library for functions, Powertools, reads all that is in an event of `cognito.events`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import pytest
from aws_lambda_powertools.utilities.data_classes import cognito_user_pool_event as powertools
from aws_lambda_powertools.utilities.data_classes.common import DictWrapper

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom
from tests.support.functions import Event

EMAIL = {"email": "alice@example.com"}
METADATA = {"lang": "de"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with an app client, without users."""
    pool = cognito.create_user_pool()
    pool.create_client()
    return pool


class Read(Protocol):
    """An event as a class of Powertools reads it."""

    @property
    def request(self) -> DictWrapper: ...


READ: tuple[tuple[str, Callable[[Event], Read]], ...] = (
    ("pre_sign_up", powertools.PreSignUpTriggerEvent),
    ("post_confirmation", powertools.PostConfirmationTriggerEvent),
    ("pre_authentication", powertools.PreAuthenticationTriggerEvent),
    ("post_authentication", powertools.PostAuthenticationTriggerEvent),
    ("define_auth_challenge", powertools.DefineAuthChallengeTriggerEvent),
    ("create_auth_challenge", powertools.CreateAuthChallengeTriggerEvent),
    ("verify_auth_challenge_response", powertools.VerifyAuthChallengeResponseTriggerEvent),
    ("pre_token_generation", powertools.PreTokenGenerationTriggerEvent),
    ("user_migration", powertools.UserMigrationTriggerEvent),
    ("custom_message", powertools.CustomMessageTriggerEvent),
    ("custom_email_sender", powertools.CustomEmailSenderTriggerEvent),
    ("custom_sms_sender", powertools.CustomSMSSenderTriggerEvent),
)


@pytest.mark.parametrize(("name", "kind"), READ)
@pytest.mark.parametrize("said", [True, False])
def test_the_request(cognito: Cognito, pool: UserPool, name: str, kind: Callable[[Event], Read], said: bool) -> None:
    given: tuple[object, ...] = (pool.create_user("alice", groups=["staff"], attributes=EMAIL),)
    if name in ("pre_sign_up", "user_migration"):
        given = ("alice", EMAIL if name == "pre_sign_up" else "old")
    elif name == "verify_auth_challenge_response":
        given = (*given, custom.WRONG, {"answer": custom.RIGHT})
    elif name.endswith("sender"):
        given = (*given, "123456")
    words = "validation_data" if name in ("pre_authentication", "user_migration") else "metadata"
    event = getattr(cognito.events, name)(*given, **({words: METADATA} if said else {}))
    read = kind(event)
    compare(read.request, event["request"])
    compare(read, {member: value for member, value in event.items() if member != "response"})


def test_the_answers_that_came_before(cognito: Cognito, pool: UserPool) -> None:
    answered = {"challengeName": custom.CUSTOM, "challengeResult": True, "challengeMetadata": "ROUND-1"}
    alice = pool.create_user("alice")
    for event, kind in (
        (cognito.events.define_auth_challenge(alice, [answered]), powertools.DefineAuthChallengeTriggerEvent),
        (cognito.events.create_auth_challenge(alice, [answered]), powertools.CreateAuthChallengeTriggerEvent),
    ):
        [read] = kind(event).request.session
        assert (read.challenge_name, read.challenge_result, read.challenge_metadata) == (*answered.values(),)


def test_a_user_of_an_identity_provider(cognito: Cognito, pool: UserPool) -> None:
    sign_up = cognito.events.pre_sign_up("Google_1", EMAIL, source="ExternalProvider")
    read = powertools.PreSignUpTriggerEvent(sign_up)
    compare(read.request, sign_up["request"])
    inbound = cognito.events.inbound_federation(pool.create_identity_provider("Google"), "1", EMAIL)
    for event in (sign_up, inbound):
        common = {member: value for member, value in event.items() if member not in ("request", "response")}
        compare(powertools.BaseTriggerEvent(event), common)


@pytest.mark.parametrize("version", [2, 3])
def test_scopes(cognito: Cognito, pool: UserPool, version: int) -> None:
    event = cognito.events.pre_token_generation(pool.create_user("alice"), version=version, metadata=METADATA)
    read = powertools.PreTokenGenerationV2TriggerEvent(event)
    assert read.request.scopes == ["aws.cognito.signin.user.admin"]
    compare(read, event)
    compare(read.request, event["request"])


def compare(read: object, event: Event) -> None:
    """Every member of an object is a property of its class, with the same value."""
    for member, value in event.items():
        mine = getattr(read, re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", member))
        if member in ("request", "response"):
            assert mine.raw_event == value
        else:
            assert getattr(mine, "raw_event", mine) == ({} if value is None and mine is not None else value)
