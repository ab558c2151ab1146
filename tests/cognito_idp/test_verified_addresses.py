"""What a code proves: the address that it was sent to, and nothing about one that has taken its place since."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import NEW_PASSWORD, Answer, App, MakeApp
from tests.support.attribute_updates import WAITING
from tests.support.codes import last_code
from tests.support.functions import Event
from tests.support.mfa import ATTRIBUTE, EMAIL_OTP, FACTORS, SMS_MFA, TOTP, MakeMfaApp, configure, response, turn_on
from tests.support.passwords import reset
from tests.support.refusals import CODE_EXPIRED, NO_MFA_METHOD, USER_NOT_FOUND, refusal
from tests.support.settings import SES, VERIFY, recovery
from tests.support.user_attributes import admin_update, update

BY_MESSAGE = pytest.mark.parametrize("factor", [SMS_MFA, EMAIL_OTP])
OLD = {"email": "old@example.com", "phone_number": "+15550001111"}
NEW = {"email": "new@example.com", "phone_number": "+15550002222"}
LINK: dict[str, Any] = {
    "AutoVerifiedAttributes": ["email"],
    "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"},
}


def alias_app(make_app: MakeMfaApp) -> App:
    """A pool whose users sign in with verified addresses, and alice with two of them that are not verified."""
    app = make_app("OPTIONAL", *FACTORS, AliasAttributes=["email", "phone_number"])
    app.pool.create_user("alice", attributes={**OLD, "email_verified": "false", "phone_number_verified": "false"})
    return app


def proven(app: App) -> dict[str, bool]:
    """Which of the addresses, old and new, count as verified: by that they lead to the user."""
    found = {}
    for address in (*OLD.values(), *NEW.values()):
        users = app.users(Filter=f'{"email" if "@" in address else "phone_number"} = "{address}"')
        attributes = {one["Name"]: one["Value"] for user in users for one in user["Attributes"]}
        name = "email" if "@" in address else "phone_number"
        if attributes.get(f"{name}_verified") == "true":
            found[address] = True
    return found


def challenge_by(app: App, factor: str) -> Answer:
    turn_on(app.pool, factor, {"Enabled": True, "PreferredMfa": True})
    return app.begin()


# Second factors


@BY_MESSAGE
def test_the_code_of_a_second_factor_proves_its_address(
    make_mfa_app: MakeMfaApp, cognito: Cognito, factor: str
) -> None:
    app = alias_app(make_mfa_app)
    challenge = challenge_by(app, factor)
    app.respond(challenge, **response(factor, last_code(cognito.outbox)))
    address = OLD[ATTRIBUTE[factor]]
    assert proven(app) == {address: True}
    assert app.admin("admin_get_user", address)["Username"] == "alice"


@BY_MESSAGE
@pytest.mark.parametrize("by_admin", [True, False])
def test_it_proves_no_address_that_was_put_in_its_place(
    make_mfa_app: MakeMfaApp, cognito: Cognito, factor: str, *, by_admin: bool
) -> None:
    app = alias_app(make_mfa_app)
    challenge = challenge_by(app, factor)
    code, attribute = last_code(cognito.outbox), ATTRIBUTE[factor]
    (admin_update if by_admin else update)(app, app.pool.user("alice"), {attribute: NEW[attribute]})
    assert "IdToken" in app.respond(challenge, **response(factor, code))["AuthenticationResult"]
    assert proven(app) == {}
    assert app.attributes()[f"{attribute}_verified"] == "false"
    assert refusal(app.admin, operation="admin_get_user", username=NEW[attribute]) == USER_NOT_FOUND


@BY_MESSAGE
def test_an_address_that_has_come_back_is_the_one_that_the_code_went_to(
    make_mfa_app: MakeMfaApp, cognito: Cognito, factor: str
) -> None:
    app = alias_app(make_mfa_app)
    challenge = challenge_by(app, factor)
    code, attribute = last_code(cognito.outbox), ATTRIBUTE[factor]
    for address in (NEW[attribute], OLD[attribute]):
        admin_update(app, app.pool.user("alice"), {attribute: address})
    app.respond(challenge, **response(factor, code))
    assert proven(app) == {OLD[attribute]: True}


@BY_MESSAGE
def test_who_has_lost_the_address_has_lost_the_factor(make_mfa_app: MakeMfaApp, cognito: Cognito, factor: str) -> None:
    app = alias_app(make_mfa_app)
    challenge = challenge_by(app, factor)
    app.admin("admin_delete_user_attributes", UserAttributeNames=[ATTRIBUTE[factor]])
    for answer in (app.respond, app.admin_respond):
        given = response(factor, last_code(cognito.outbox))
        assert refusal(answer, challenge=challenge, **given) == NO_MFA_METHOD
    assert proven(app) == {}


# Confirmation


def test_the_code_of_a_sign_up_proves_its_address(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(AutoVerifiedAttributes=["email"], AliasAttributes=["email"])
    app.sign_up("alice", {"email": OLD["email"]})
    app.confirm("alice", last_code(cognito.outbox))
    assert proven(app) == {OLD["email"]: True}


@pytest.mark.parametrize("attribute", ["email", "phone_number"])
@pytest.mark.parametrize("resent", [True, False])
def test_the_code_of_a_sign_up_proves_no_other(
    make_app: MakeApp, cognito: Cognito, attribute: str, *, resent: bool
) -> None:
    settings = {**VERIFY, "AutoVerifiedAttributes": [attribute]}
    app = make_app(**settings, AliasAttributes=["email", "phone_number"])
    app.sign_up("alice", {attribute: OLD[attribute]})
    if resent:
        app.public("resend_confirmation_code")
    code = last_code(cognito.outbox, to=OLD[attribute])
    admin_update(app, app.pool.user("alice"), {attribute: NEW[attribute]})
    app.confirm("alice", code)
    assert app.status() == "CONFIRMED"
    assert proven(app) == {}
    assert refusal(app.admin, operation="admin_get_user", username=NEW[attribute]) == USER_NOT_FOUND


def test_an_address_that_was_deleted_is_not_verified(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(AutoVerifiedAttributes=["email"])
    app.sign_up("alice", {"email": OLD["email"]})
    app.admin("admin_delete_user_attributes", UserAttributeNames=["email"])
    app.confirm("alice", last_code(cognito.outbox))
    assert (app.status(), app.attributes()) == ("CONFIRMED", {})


def test_a_link_proves_no_address_that_was_put_in_its_place(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(**LINK)
    app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain="notes-proof")
    app.sign_up("alice", {"email": OLD["email"]})
    link = cognito.outbox.last(to=OLD["email"]).link
    assert link is not None
    admin_update(app, app.pool.user("alice"), {"email": NEW["email"]})
    assert httpx.get(link).status_code == 200
    assert app.status() == "CONFIRMED"
    assert proven(app) == {}


def test_a_function_that_changes_the_address_while_the_code_is_written(make_app: MakeApp, cognito: Cognito) -> None:
    """The code goes to the address that it was made for."""
    app = make_app(AutoVerifiedAttributes=["email"])

    def change(event: Event, context: object) -> Event:
        if event["triggerSource"] == "CustomMessage_SignUp":
            admin_update(app, app.pool.user("alice"), {"email": NEW["email"]})
        return event

    app.pool.set_trigger("CustomMessage", change)
    app.sign_up("alice", {"email": OLD["email"]})
    app.confirm("alice", last_code(cognito.outbox, to=OLD["email"]))
    assert proven(app) == {}


# Attributes and passwords


def test_a_pending_value_is_proven_by_its_own_code_alone(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(**WAITING)
    alice = app.pool.create_user("alice", attributes={**OLD, "email_verified": "false"})
    token = alice.tokens().access_token
    app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    old_code = last_code(cognito.outbox, to=OLD["email"])
    update(app, alice, {"email": NEW["email"]})
    error = refusal(app.idp.verify_user_attribute, AccessToken=token, AttributeName="email", Code=old_code)
    assert error.code == "CodeMismatchException"
    new_code = last_code(cognito.outbox, to=NEW["email"])
    app.idp.verify_user_attribute(AccessToken=token, AttributeName="email", Code=new_code)
    assert proven(app) == {NEW["email"]: True, OLD["phone_number"]: True}


def test_an_address_set_in_mfa_setup_is_not_proven_by_an_older_code(make_mfa_app: MakeMfaApp, cognito: Cognito) -> None:
    """A code to a pending address, of a user who has none yet, is no proof of the one that a sign-in sets."""
    app = make_mfa_app("OPTIONAL", TOTP, EMAIL_OTP, **recovery("admin_only"), AutoVerifiedAttributes=["email"])
    alice = app.pool.create_user("alice", attributes={"email": OLD["email"], "email_verified": "false"})
    token = alice.tokens().access_token
    app.idp.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    code = last_code(cognito.outbox, to=OLD["email"])
    app.admin("admin_delete_user_attributes", UserAttributeNames=["email"])
    configure(app.pool, "ON", TOTP, EMAIL_OTP)
    app.respond(app.begin(), email=NEW["email"])
    call = {"AccessToken": token, "AttributeName": "email", "Code": code}
    assert refusal(app.idp.verify_user_attribute, **call) == CODE_EXPIRED
    assert proven(app) == {}


def test_a_reset_password_proves_no_address(make_app: MakeApp, cognito: Cognito) -> None:
    app = make_app(EmailConfiguration=SES, AutoVerifiedAttributes=["email"])
    app.pool.create_user("alice", email=OLD["email"])
    app.public("forgot_password")
    code = last_code(cognito.outbox, to=OLD["email"])
    admin_update(app, app.pool.user("alice"), {"email": NEW["email"]})
    reset(app, code)
    assert app.sign_in(password=NEW_PASSWORD)
    assert proven(app) == {}
