"""USER_AUTH: which first factors there are to choose from, and how one is chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import PASSWORD, App, MakeApp
from tests.support.choice import (
    ALL,
    BOTH,
    CHOICE,
    INVALID_SESSION,
    NOT_AVAILABLE,
    PASSWORDS,
    SESSION_IS_EXPIRED,
    SESSION_IS_USED,
    choice_app,
    missing,
    named,
    start,
)
from tests.support.mfa import SMS_MFA, TOTP, enrolled, turn_on
from tests.support.refusals import INCORRECT, invalid_parameter, refusal
from tests.support.srp import SrpClient, gives_tokens


@pytest.fixture
def app(make_app: MakeApp) -> App:
    """A pool with every way to sign in, and alice, who has all of them."""
    app = choice_app(make_app)
    app.pool.create_user("alice", attributes=BOTH)
    return app


# What there is to choose from


def test_who_has_several_first_factors_is_asked(app: App) -> None:
    asked = start(app)
    assert (asked["ChallengeName"], asked["ChallengeParameters"]) == ("SELECT_CHALLENGE", {})
    assert sorted(asked["AvailableChallenges"]) == sorted([*PASSWORDS, "EMAIL_OTP", "SMS_OTP"])


@pytest.mark.parametrize(
    ("allowed", "attributes", "status", "available"),
    [
        (("PASSWORD",), BOTH, "CONFIRMED", PASSWORDS),
        (ALL, {}, "CONFIRMED", PASSWORDS),
        (ALL, {"email": BOTH["email"], "email_verified": "false"}, "CONFIRMED", [*PASSWORDS, "EMAIL_OTP"]),
        (ALL, BOTH, "FORCE_CHANGE_PASSWORD", PASSWORDS),
        (ALL, BOTH, "UNCONFIRMED", [*PASSWORDS, "EMAIL_OTP", "SMS_OTP"]),
    ],
)
def test_what_the_pool_allows_and_the_user_has_is_available(
    make_app: MakeApp, allowed: tuple[str, ...], attributes: dict[str, str], status: str, available: list[str]
) -> None:
    app = choice_app(make_app, *allowed)
    app.pool.create_user("alice", attributes=attributes, status=status)
    assert sorted(start(app)["AvailableChallenges"]) == sorted(available)


def test_a_preferred_one_that_is_not_available_leads_to_the_choice(app: App) -> None:
    app.pool.create_user("bob")
    for preferred in ("EMAIL_OTP", "WEB_AUTHN", "TELEPATHY"):
        asked = start(app, "bob", preferred)
        assert (asked["ChallengeName"], sorted(asked["AvailableChallenges"])) == ("SELECT_CHALLENGE", PASSWORDS)


def test_the_only_one_is_taken_at_once(app: App) -> None:
    app.pool.create_user("carol", email="carol@example.com", passwordless=True)
    asked = start(app, "carol")
    assert (asked["ChallengeName"], asked["AvailableChallenges"]) == ("EMAIL_OTP", ["EMAIL_OTP"])


def test_who_has_none_can_not_sign_in(app: App) -> None:
    app.pool.create_user("carol", email="carol@example.com", passwordless=True)
    app.admin("admin_delete_user_attributes", "carol", UserAttributeNames=["email"])
    assert refusal(start, app=app, username="carol") == INCORRECT


def test_who_signs_in_with_an_identity_provider_can_not_sign_in_here(app: App) -> None:
    app.pool.create_user("Google_1", email="g@example.com", status="EXTERNAL_PROVIDER")
    assert refusal(start, app=app, username="Google_1", preferred="EMAIL_OTP") == INCORRECT


@pytest.mark.parametrize("factor", [SMS_MFA, TOTP])
def test_who_needs_a_second_factor_can_begin_with_a_password_alone(make_app: MakeApp, factor: str) -> None:
    app = choice_app(make_app, AutoVerifiedAttributes=["phone_number"], MfaConfiguration="OPTIONAL")
    app.pool.call("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})
    app.pool.create_user("alice", attributes=BOTH)
    code = start(app, preferred="EMAIL_OTP")
    if factor == TOTP:
        enrolled(app)
    else:
        turn_on(app.pool, factor)
    assert sorted(start(app, preferred="EMAIL_OTP")["AvailableChallenges"]) == PASSWORDS
    sent = app.pool.world.outbox.last("alice@example.com").code
    assert refusal(app.respond, challenge=code, EMAIL_OTP_CODE=sent) == INVALID_SESSION
    assert start(app, preferred="PASSWORD", PASSWORD=PASSWORD)["ChallengeName"] == factor


# Passwords


def test_a_preferred_password_comes_with_the_request(app: App) -> None:
    answer = start(app, preferred="PASSWORD", PASSWORD=PASSWORD)
    assert gives_tokens(answer)
    assert "AvailableChallenges" not in answer
    assert refusal(start, app=app, preferred="PASSWORD", PASSWORD="wrong") == INCORRECT
    assert refusal(start, app=app, preferred="PASSWORD") == missing("PASSWORD")


@pytest.mark.parametrize(
    ("name", "responses"),
    [
        ("SELECT_CHALLENGE", {"ANSWER": "PASSWORD"}),
        ("PASSWORD", {}),
    ],
)
def test_a_chosen_password_comes_with_the_choice(app: App, name: str, responses: dict[str, Any]) -> None:
    asked = named(start(app), name)
    assert refusal(app.respond, challenge=asked, **responses) == missing("PASSWORD")
    assert refusal(app.respond, challenge=asked, **responses, PASSWORD="wrong") == INCORRECT
    assert gives_tokens(app.respond(asked, **responses, PASSWORD=PASSWORD))
    assert refusal(app.respond, challenge=asked, **responses, PASSWORD=PASSWORD) == SESSION_IS_USED


def test_a_preferred_srp_leads_to_its_proof(app: App) -> None:
    client = SrpClient(app)
    asked = start(app, preferred="PASSWORD_SRP", SRP_A=client.get_auth_params()["SRP_A"])
    assert asked["ChallengeName"] == "PASSWORD_VERIFIER"
    proof: dict[str, Any] = client.proof(asked)
    assert refusal(app.respond, challenge=asked, **{**proof, "PASSWORD_CLAIM_SIGNATURE": "d3Jvbmc="}) == INCORRECT
    assert gives_tokens(app.respond(asked, **proof))
    assert refusal(app.respond, challenge=asked, **proof) == SESSION_IS_USED


@pytest.mark.parametrize(
    ("name", "responses"),
    [
        ("SELECT_CHALLENGE", {"ANSWER": "PASSWORD_SRP"}),
        ("PASSWORD_SRP", {}),
    ],
)
def test_a_chosen_srp_leads_to_its_proof(app: App, name: str, responses: dict[str, Any]) -> None:
    client, asked = SrpClient(app), named(start(app), name)
    assert refusal(app.respond, challenge=asked, **responses) == missing("SRP_A")
    assert "sRPA" in refusal(app.respond, challenge=asked, **responses, SRP_A="no").message
    verifier = app.respond(asked, **responses, SRP_A=client.get_auth_params()["SRP_A"])
    assert verifier["ChallengeName"] == "PASSWORD_VERIFIER"
    assert gives_tokens(app.admin_respond(verifier, **client.proof(verifier)))


def test_what_follows_a_password_follows_it_here(app: App) -> None:
    app.pool.create_user("bob", password="Temporary-7", status="FORCE_CHANGE_PASSWORD")
    asked = start(app, "bob", "PASSWORD", PASSWORD="Temporary-7")
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert "AvailableChallenges" not in asked
    assert gives_tokens(app.respond(asked, "bob", NEW_PASSWORD="Another-horse-8"))


# Choices


def test_an_administrator_chooses_as_well(app: App) -> None:
    asked = app.admin_initiate_auth("USER_AUTH", USERNAME="alice")
    code = app.admin_respond(asked, ANSWER="SMS_OTP")
    assert (code["ChallengeName"], code["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"]) == ("SMS_OTP", "SMS")
    assert gives_tokens(app.admin_respond(code, SMS_OTP_CODE=str(app.pool.world.outbox.last().code)))


def test_what_is_not_available_can_not_be_chosen(app: App) -> None:
    asked = start(app)
    for choice in ("WEB_AUTHN", "SMS_MFA", "nothing"):
        assert refusal(app.respond, challenge=asked, ANSWER=choice) == NOT_AVAILABLE
    assert refusal(app.respond, challenge=asked) == missing("ANSWER")


def test_what_has_become_unavailable_can_not_be_chosen(app: App) -> None:
    asked = start(app)
    app.admin("admin_delete_user_attributes", UserAttributeNames=["email"])
    assert refusal(app.respond, challenge=asked, ANSWER="EMAIL_OTP") == NOT_AVAILABLE


@pytest.mark.parametrize("name", ["SELECT_CHALLENGE", "PASSWORD", "PASSWORD_SRP"])
def test_an_answer_needs_the_session_of_the_choice(app: App, name: str) -> None:
    answer: dict[str, Any] = {"ANSWER": "PASSWORD", "PASSWORD": PASSWORD, "SRP_A": "a1"}
    asked = named(start(app), name)
    for session in ("A" * 30, start(app, preferred="EMAIL_OTP")["Session"]):
        assert refusal(app.respond, challenge={**asked, "Session": session}, **answer) == INVALID_SESSION
    other = app.with_client(**CHOICE)
    assert refusal(other.respond, challenge=asked, **answer) == INVALID_SESSION
    app.pool.create_user("bob")
    assert refusal(app.respond, challenge=asked, username="bob", **answer) == INVALID_SESSION


def test_the_choice_is_wanted_within_three_minutes(app: App) -> None:
    asked = start(app)
    app.pool.world.clock.advance(minutes=3)
    assert refusal(app.respond, challenge=asked, ANSWER="EMAIL_OTP") == SESSION_IS_EXPIRED


def test_the_app_client_must_allow_it(app: App) -> None:
    other = app.with_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    refused = invalid_parameter("USER_AUTH is not enabled for the client.")
    assert refusal(start, app=other) == refused
    assert refusal(other.admin_initiate_auth, flow="USER_AUTH", USERNAME="alice") == refused
    assert refusal(app.initiate_auth, flow="USER_AUTH") == missing("USERNAME")


def test_a_user_name_may_be_an_alias(make_app: MakeApp) -> None:
    app = choice_app(make_app, AliasAttributes=["email"])
    app.pool.create_user("alice", email="alice@example.com")
    asked = start(app, "alice@example.com")
    answer = app.respond(asked, "alice@example.com", ANSWER="PASSWORD", PASSWORD=PASSWORD)
    assert gives_tokens(answer)


def test_a_pool_on_the_smallest_plan_lets_users_choose_passwords(make_app: MakeApp) -> None:
    app = choice_app(make_app, "PASSWORD", sms=False, UserPoolTier="LITE")
    app.pool.create_user("alice")
    assert sorted(start(app)["AvailableChallenges"]) == PASSWORDS
    assert gives_tokens(start(app, preferred="PASSWORD", PASSWORD=PASSWORD))
