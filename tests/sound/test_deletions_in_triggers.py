"""A function deletes what the operation that runs it is about: no record is left without its owner."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.sound.requests import Request, arrival, ask, prepared, requests
from tests.support.app import NEW_PASSWORD, PASSWORD
from tests.support.consistency import inconsistencies
from tests.support.prepared import Names

TRIGGERS = (
    "PreSignUp",
    "CustomMessage",
    "PostConfirmation",
    "PreAuthentication",
    "PostAuthentication",
    "PreTokenGeneration",
    "UserMigration",
)


class Deletes:
    """A function of every trigger, which does something about the user, the app client or the pool of its event.

    It does so when the trigger ``at`` runs. ``confirms`` is what it tells sign-ups.
    """

    def __init__(self, cognito: Cognito, what: str = "") -> None:
        self.world = cognito.world
        self.what, self.at, self.confirms = what, "", False

    def __call__(self, event: Any, context: Any) -> Any:
        source = event["triggerSource"].partition("_")[0]
        trigger = "PreTokenGeneration" if source == "TokenGeneration" else source
        if trigger == self.at:
            self.at = ""
            getattr(self, f"_{self.what}")(event)
        if trigger == "PreSignUp" and self.confirms:
            event["response"]["autoConfirmUser"] = True
        return event

    def _ask(self, event: Any, name: str, **parameters: Any) -> None:
        ask(self.world, name, {"UserPoolId": event["userPoolId"], **parameters})

    def _user(self, event: Any) -> None:
        self._ask(event, "AdminDeleteUser", Username=event["userName"] or "nobody")

    def _user_for_another(self, event: Any) -> None:
        self._user(event)
        self._ask(event, "AdminCreateUser", Username=event["userName"] or "nobody", MessageAction="SUPPRESS")

    def _client(self, event: Any) -> None:
        self._ask(event, "DeleteUserPoolClient", ClientId=event["callerContext"]["clientId"])

    def _pool(self, event: Any) -> None:
        self._ask(event, "DeleteUserPoolDomain", Domain="prepared")
        self._ask(event, "DeleteUserPoolReplica", RegionName="eu-west-1")
        self._ask(event, "DeleteUserPool")


@cache
def function() -> Deletes:
    """The function, set as that of all triggers of the prepared world."""
    cognito = Cognito(prepared().world)
    made = Deletes(cognito)
    for names in prepared().names:
        for trigger in TRIGGERS:
            cognito.user_pool(names["UserPoolId"][0]).set_trigger(trigger, made)
    return made


def that_run_triggers(names: Names) -> Iterator[Request]:
    """Requests that run triggers for users who are there, and for one who is not."""
    client, pool = {"ClientId": names["ClientId"][0]}, {"UserPoolId": names["UserPoolId"][0]}
    alice, carol, invited = names["Username"]
    new = "erin@example.com" if "@" in alice else "erin"
    email = {"UserAttributes": [{"Name": "email", "Value": "erin@example.com"}]}
    for name in (alice, carol, invited, "newcomer@example.com"):
        given = {"USERNAME": name, "PASSWORD": PASSWORD}
        yield "InitiateAuth", {**client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}
    given = {"USERNAME": alice, "PREFERRED_CHALLENGE": "EMAIL_OTP"}
    yield "InitiateAuth", {**client, "AuthFlow": "USER_AUTH", "AuthParameters": given}
    given = {"REFRESH_TOKEN": names["RefreshToken"][0]}
    yield "InitiateAuth", {**client, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": given}
    for (name, session), (answered, text) in zip(
        zip((invited, alice), names["Session"], strict=True),
        (("NEW_PASSWORD_REQUIRED", NEW_PASSWORD), ("SELECT_CHALLENGE", "EMAIL_OTP")),
        strict=True,
    ):
        given = {"USERNAME": name, "NEW_PASSWORD": text, "ANSWER": text}
        yield (
            "RespondToAuthChallenge",
            {**client, "ChallengeName": answered, "Session": session, "ChallengeResponses": given},
        )
    confirming, resetting = names["ConfirmationCode"]
    yield "ConfirmSignUp", {**client, "Username": carol, "ConfirmationCode": confirming}
    reset = {"ConfirmationCode": resetting, "Password": NEW_PASSWORD}
    yield "ConfirmForgotPassword", {**client, "Username": alice, **reset}
    yield "UpdateUserAttributes", {"AccessToken": names["AccessToken"][0], **email}
    yield "AdminResetUserPassword", {**pool, "Username": alice}
    yield "AdminCreateUser", {**pool, "Username": new, "DesiredDeliveryMediums": ["EMAIL"], **email}


@pytest.mark.parametrize("what", ["user", "user_for_another", "client", "pool"])
def test_no_record_outlives_its_owner(what: str) -> None:
    deletes, checked = function(), set()
    deletes.what = what
    for number, names in enumerate(prepared().names):
        for name, request in [*arrival(names, number), *that_run_triggers(names), *requests(Random(number), [names])]:
            for deletes.confirms in (False, True) if name == "SignUp" else (False,):
                for trigger in TRIGGERS:
                    ran = is_sound_after(name, request, deletes, trigger)
                    checked.add(trigger if ran else "")
    assert checked >= set(TRIGGERS)


def is_sound_after(name: str, request: dict[str, Any], deletes: Deletes, trigger: str) -> bool:
    """Make a call, and look at the tables if the function has deleted what it is to; gives whether it has."""
    world = prepared().world
    deletes.at = trigger
    with world.store.rolled_back():
        ask(world, name, request)
        if not deletes.at:
            assert inconsistencies(world.store) == [], (name, trigger)
    return not deletes.at
