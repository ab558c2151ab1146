"""AdminCreateUser: the user it makes, the invitation it sends, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL, PHONE, VERIFIED_EMAIL
from tests.support.app import BY_EMAIL, PASSWORD, RESEND, SILENT, App, MakeApp, pairs
from tests.support.codes import last_code
from tests.support.refusals import NO_SMS, Refusal, invalid_parameter, no_pool, refusal
from tests.support.settings import SMS

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


BOTH = {**EMAIL, **PHONE}


def one_time_codes(*factors: str) -> dict[str, Any]:
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", *factors]}}}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(SmsConfiguration=SMS)


def test_the_answer_is_the_user(app: App) -> None:
    user = app.create("alice", VERIFIED_EMAIL, **SILENT)
    assert user.pop("UserCreateDate") == user.pop("UserLastModifiedDate")
    sub = app.sub()
    assert user == {
        "Username": "alice",
        "Attributes": pairs({"sub": sub, **EMAIL, "email_verified": "true"}),
        "Enabled": True,
        "UserStatus": "FORCE_CHANGE_PASSWORD",
    }


def test_nothing_is_said_of_what_was_not_given(app: App) -> None:
    app.create("alice", BOTH, **SILENT)
    assert app.attributes() == BOTH


@pytest.mark.parametrize(
    ("mediums", "given", "sent"),
    [
        (None, BOTH, [("SMS", PHONE["phone_number"])]),
        (None, EMAIL, []),
        (None, {}, []),
        (["EMAIL"], BOTH, [("EMAIL", EMAIL["email"])]),
        (["SMS"], BOTH, [("SMS", PHONE["phone_number"])]),
        (["SMS", "EMAIL"], BOTH, [("EMAIL", EMAIL["email"]), ("SMS", PHONE["phone_number"])]),
        (["SMS", "EMAIL"], EMAIL, [("EMAIL", EMAIL["email"])]),
    ],
)
def test_the_invitation_goes_by_the_mediums_asked_for(
    app: App,
    cognito_outbox: Outbox,
    mediums: list[str] | None,
    given: dict[str, str],
    sent: list[Refusal],
) -> None:
    app.create("alice", given, **({"DesiredDeliveryMediums": mediums} if mediums else {}))
    assert [(message.medium, message.to) for message in cognito_outbox] == sent
    assert app.status() == "FORCE_CHANGE_PASSWORD"


@pytest.mark.parametrize(
    ("mediums", "given"),
    [(["EMAIL"], PHONE), (["EMAIL"], {}), (["EMAIL", "SMS"], PHONE), (["SMS", "EMAIL"], {})],
)
@pytest.mark.parametrize("action", [{}, RESEND])
def test_an_invitation_by_email_needs_an_address(
    app: App, mediums: list[str], given: dict[str, str], action: dict[str, str]
) -> None:
    if action:
        app.create("alice", given, **SILENT)
    before = app.users()
    assert refusal(app.create, attributes=given, DesiredDeliveryMediums=mediums, **action) == invalid_parameter(
        "No email provided but desired delivery medium was Email"
    )
    assert app.users() == before


def test_an_invitation_by_sms_alone_needs_a_number(app: App) -> None:
    error = refusal(app.create, attributes=EMAIL, DesiredDeliveryMediums=["SMS"])
    assert error.code == "InvalidParameterException"
    assert app.users() == []


def test_suppress_sends_nothing_whatever_the_medium(app: App, cognito_outbox: Outbox) -> None:
    app.create("alice", DesiredDeliveryMediums=["EMAIL"], **SILENT)
    assert len(cognito_outbox) == 0


def test_the_invitation_brings_user_name_and_password(app: App, cognito_outbox: Outbox) -> None:
    app.create("alice", EMAIL, TemporaryPassword=PASSWORD, **BY_EMAIL)
    message = cognito_outbox.last()
    assert (message.subject, message.code, message.source, message.username) == (
        "Your temporary password",
        PASSWORD,
        "AdminCreateUser",
        "alice",
    )
    assert message.body == f"Your username is alice and temporary password is {PASSWORD}. "


@pytest.mark.parametrize("length", [6, 8, 40, 99])
def test_a_drawn_password_conforms_and_leads_to_a_new_one(
    make_app: MakeApp, cognito_outbox: Outbox, length: int
) -> None:
    policy = {f"Require{kind}": True for kind in ("Uppercase", "Lowercase", "Numbers", "Symbols")}
    app = make_app(Policies={"PasswordPolicy": {"MinimumLength": length, **policy}})
    app.create("alice", EMAIL, **BY_EMAIL)
    drawn = last_code(cognito_outbox)
    assert len(drawn) >= length
    assert app.begin("alice", drawn)["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    app.create("bob", TemporaryPassword=drawn, **SILENT)


def test_without_a_way_to_send_sms_the_user_is_made_but_not_invited(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app()
    assert refusal(app.create, attributes=PHONE) == NO_SMS
    assert (app.status(), len(cognito_outbox)) == ("FORCE_CHANGE_PASSWORD", 0)


@pytest.mark.parametrize(
    ("password", "reason"),
    [("Passw0rd", "Password must have symbol characters"), ("Password!", "Password must have numeric characters")],
)
@pytest.mark.parametrize("again", [False, True])
def test_a_given_password_conforms_to_the_policy(app: App, password: str, reason: str, again: bool) -> None:
    if again:
        app.create("alice", **SILENT)
    before = app.users()
    more = RESEND if again else {}
    assert refusal(app.create, TemporaryPassword=password, **more) == Refusal(
        "InvalidPasswordException", f"Password did not conform with password policy: {reason}"
    )
    assert app.users() == before


def test_an_unknown_pool_is_refused(cognito_idp: CognitoIdentityProviderClient) -> None:
    unknown = "us-east-1_Unknown00"
    assert refusal(cognito_idp.admin_create_user, UserPoolId=unknown, Username="alice") == no_pool(unknown)


def test_an_immutable_attribute_is_set_here(make_app: MakeApp) -> None:
    app = make_app(Schema=[{"Name": "born", "AttributeDataType": "String", "Mutable": False}])
    app.create("alice", {"custom:born": "here"}, **SILENT)
    assert app.attributes() == {"custom:born": "here"}


@pytest.mark.parametrize(
    ("factors", "given"),
    [
        (["EMAIL_OTP"], EMAIL),
        (["SMS_OTP"], PHONE),
        (["EMAIL_OTP", "SMS_OTP"], PHONE),
    ],
)
def test_where_one_time_codes_sign_in_a_user_has_no_password(
    make_app: MakeApp, factors: list[str], given: dict[str, str]
) -> None:
    app = make_app(SmsConfiguration=SMS, **one_time_codes(*factors))
    assert app.create("alice", given, **SILENT)["UserStatus"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("factor", "given", "settings"),
    [
        ("EMAIL_OTP", PHONE, {}),
        ("SMS_OTP", EMAIL, {}),
        ("EMAIL_OTP", {}, {}),
        ("EMAIL_OTP", EMAIL, {"Schema": [{"Name": "name", "Required": True}]}),
    ],
)
def test_a_user_without_a_password_needs_an_attribute_for_codes_and_all_required_ones(
    make_app: MakeApp, factor: str, given: dict[str, str], settings: dict[str, Any]
) -> None:
    app = make_app(SmsConfiguration=SMS, **one_time_codes(factor), **settings)
    assert refusal(app.create, attributes=given, **SILENT)[0] == "InvalidParameterException"
    assert app.users() == []


def test_a_password_can_be_given_there_too(make_app: MakeApp) -> None:
    app = make_app(**one_time_codes("EMAIL_OTP"))
    assert app.create("alice", TemporaryPassword=PASSWORD, **SILENT)["UserStatus"] == "FORCE_CHANGE_PASSWORD"


def test_the_invitation_without_a_password_states_the_user_name(make_app: MakeApp, cognito_outbox: Outbox) -> None:
    app = make_app(**one_time_codes("EMAIL_OTP"))
    app.create("alice", EMAIL, **BY_EMAIL)
    message = cognito_outbox.last()
    assert (message.body, message.code) == ("Your username is alice. ", None)
