"""USER_AUTH for users who don't exist: told, or made up so that nobody can tell; and those whom a function knows."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Triggers
from pytest_cognito.kernel.outbox import Outbox
from tests.support.app import App, MakeApp
from tests.support.choice import ALL, HIDING, INVALID_SESSION, NOT_AVAILABLE, PASSWORDS, WRONG_CODE, choice_app, start
from tests.support.functions import unchanged
from tests.support.migration import CONFIRMED, OLD, migrating
from tests.support.refusals import INCORRECT, RESET_REQUIRED, USER_NOT_FOUND, refusal
from tests.support.srp import SrpClient, gives_tokens


@pytest.fixture
def app(make_app: MakeApp) -> App:
    """A pool with every way to sign in, and a client that hides who exists."""
    return choice_app(make_app, client=HIDING)


@pytest.mark.parametrize("preferred", [None, "PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"])
def test_where_nothing_is_hidden_it_is_told(make_app: MakeApp, preferred: str | None) -> None:
    app = choice_app(make_app)
    given = {"preferred": preferred, "PASSWORD": "x", "SRP_A": "a1"}
    assert refusal(start, app=app, username="nobody", **given) == USER_NOT_FOUND


def test_who_does_not_exist_gets_a_code_that_never_comes(app: App, cognito_outbox: Outbox) -> None:
    asked = start(app, "nobody@example.com")
    assert (asked["ChallengeName"], asked["AvailableChallenges"]) == ("EMAIL_OTP", ["EMAIL_OTP"])
    assert asked["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL",
        "CODE_DELIVERY_DESTINATION": "n***@e***",
    }
    assert len(cognito_outbox) == 0
    for code in ("00000000", "12345678"):
        assert refusal(app.respond, challenge=asked, username="nobody@example.com", EMAIL_OTP_CODE=code) == WRONG_CODE


def test_a_name_is_always_answered_alike(app: App) -> None:
    for preferred in (None, "SMS_OTP"):
        first, second = start(app, "nobody", preferred), start(app, "nobody", preferred)
        assert first["ChallengeParameters"] == second["ChallengeParameters"]
        assert first["Session"] != second["Session"]


@pytest.mark.parametrize(("allowed", "mfa"), [(("PASSWORD",), "OFF"), (("PASSWORD",), "ON")])
def test_where_there_are_passwords_alone_the_choice_is_between_those(
    make_app: MakeApp, allowed: tuple[str, ...], mfa: str
) -> None:
    app = choice_app(make_app, *allowed, client=HIDING, AutoVerifiedAttributes=["phone_number"], MfaConfiguration=mfa)
    asked = start(app, "nobody", "EMAIL_OTP")
    assert (asked["ChallengeName"], sorted(asked["AvailableChallenges"])) == ("SELECT_CHALLENGE", PASSWORDS)
    answer = {"ANSWER": "PASSWORD", "PASSWORD": "x"}
    assert refusal(app.respond, challenge=asked, username="nobody", **answer) == INCORRECT
    assert refusal(app.respond, challenge=asked, username="nobody", ANSWER="EMAIL_OTP") == NOT_AVAILABLE


def test_no_password_is_right(app: App) -> None:
    assert refusal(start, app=app, username="nobody", preferred="PASSWORD", PASSWORD="x") == INCORRECT
    client = SrpClient(app, "nobody")
    asked = start(app, "nobody", "PASSWORD_SRP", SRP_A=client.get_auth_params()["SRP_A"])
    assert refusal(app.respond, challenge=asked, username="nobody", **client.proof(asked)) == INCORRECT


def test_who_comes_to_exist_meanwhile_begins_again(app: App) -> None:
    asked = start(app, "bob", "PASSWORD_SRP", SRP_A="a1")
    code = start(app, "bob", "EMAIL_OTP")
    app.pool.create_user("bob", email="bob@example.com")
    assert refusal(app.respond, challenge=code, username="bob", EMAIL_OTP_CODE="12345678") == WRONG_CODE
    assert asked["ChallengeParameters"]["USER_ID_FOR_SRP"] != app.sub("bob")


# Users of an old directory


@pytest.mark.parametrize("client", [{}, {"PreventUserExistenceErrors": "ENABLED"}])
def test_a_user_is_taken_along_with_a_password(make_app: MakeApp, client: dict[str, str]) -> None:
    app = choice_app(make_app, client={**HIDING, "PreventUserExistenceErrors": "LEGACY", **client})
    migrating(app, **CONFIRMED)
    assert gives_tokens(start(app, preferred="PASSWORD", PASSWORD=OLD))
    assert app.status() == "CONFIRMED"


def test_a_user_is_taken_along_with_the_choice_of_a_password(make_app: MakeApp) -> None:
    app = choice_app(make_app, "PASSWORD", client=HIDING)
    migrating(app, **CONFIRMED)
    asked, late = start(app), start(app)
    assert gives_tokens(app.respond(asked, ANSWER="PASSWORD", PASSWORD=OLD))
    assert refusal(app.respond, challenge=late, ANSWER="PASSWORD", PASSWORD=OLD) == INCORRECT
    assert gives_tokens(app.respond(start(app), ANSWER="PASSWORD", PASSWORD=OLD))


def test_a_user_who_must_reset_the_old_password_is_told(make_app: MakeApp) -> None:
    app = choice_app(make_app, *ALL)
    migrating(app)
    assert refusal(start, app=app, preferred="PASSWORD", PASSWORD=OLD) == RESET_REQUIRED
    assert sorted(start(app)["AvailableChallenges"]) == sorted([*PASSWORDS, "EMAIL_OTP"])


def test_a_function_is_asked_about_a_user_once(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("UserMigration")(unchanged)
    cognito_triggers.on("PreAuthentication")(unchanged)
    assert refusal(start, app=app, preferred="PASSWORD", PASSWORD=OLD) == INCORRECT
    assert [call.event["triggerSource"] for call in cognito_triggers] == [
        "UserMigration_Authentication",
        "PreAuthentication_Authentication",
    ]


def test_without_a_password_nobody_is_taken_along(app: App) -> None:
    migrating(app, **CONFIRMED)
    for preferred in (None, "EMAIL_OTP"):
        start(app, "alice", preferred)
    assert app.users() == []


def test_a_made_up_sign_in_is_not_one_of_another_name(app: App) -> None:
    app.pool.create_user("bob", email="bob@example.com")
    asked = start(app, "bob", "EMAIL_OTP")
    assert refusal(app.respond, challenge=asked, username="nobody", EMAIL_OTP_CODE="12345678") == INVALID_SESSION
