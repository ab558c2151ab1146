"""SignUp: who may, what it makes and sends, and the passwords that it takes."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.app import PASSWORD, SUB, App, MakeApp, pairs
from tests.support.refusals import (
    USERNAME_TAKEN,
    Refusal,
    no_client,
    not_authorized,
    refusal,
    secret_hash_missing,
    secret_hash_wrong,
)
from tests.support.settings import PASSWORDLESS, VERIFY

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+15555550123"}
OTP_POOL: dict[str, Any] = {
    **VERIFY,
    "Policies": PASSWORDLESS,
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users that verifies addresses and phone numbers."""
    return cognito.create_user_pool(**VERIFY)


def test_the_answer_tells_the_sub_and_where_the_code_went(app: App) -> None:
    answer = app.sign_up("alice", EMAIL)
    assert SUB.fullmatch(answer.pop("UserSub"))
    assert answer == {
        "UserConfirmed": False,
        "CodeDeliveryDetails": {"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email"},
    }


def test_the_user_is_unconfirmed_and_enabled(app: App) -> None:
    sub = app.sign_up("alice", EMAIL)["UserSub"]
    user = app.admin("admin_get_user")
    assert (user["Username"], user["UserStatus"], user["Enabled"]) == ("alice", "UNCONFIRMED", True)
    assert user["UserCreateDate"] == user["UserLastModifiedDate"]
    assert app.sub() == sub


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({}, {}),
        (EMAIL, {**EMAIL, "email_verified": "false"}),
        (PHONE, {**PHONE, "phone_number_verified": "false"}),
        ({"name": "Alice"}, {"name": "Alice"}),
    ],
)
def test_address_and_phone_number_are_unverified_at_first(
    app: App, given: dict[str, str], kept: dict[str, str]
) -> None:
    app.sign_up("alice", given)
    assert app.attributes() == kept


@pytest.mark.parametrize(
    ("verified", "given"),
    [([], {**EMAIL, **PHONE}), (["email"], PHONE), (["email"], {}), (["phone_number"], EMAIL)],
)
def test_without_an_attribute_to_verify_nothing_is_sent(
    make_app: MakeApp, cognito_outbox: Outbox, verified: list[str], given: dict[str, str]
) -> None:
    app = make_app(**{**VERIFY, "AutoVerifiedAttributes": verified})
    assert "CodeDeliveryDetails" not in app.sign_up("alice", given)
    assert len(cognito_outbox) == 0


def test_of_address_and_phone_number_the_phone_gets_the_code(app: App, cognito_outbox: Outbox) -> None:
    details = app.sign_up("alice", {**EMAIL, **PHONE})["CodeDeliveryDetails"]
    assert details == {"Destination": "+*******0123", "DeliveryMedium": "SMS", "AttributeName": "phone_number"}
    assert [message.to for message in cognito_outbox] == ["+15555550123"]


def test_it_is_refused_where_only_administrators_create_users(make_app: MakeApp) -> None:
    app = make_app(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})
    assert refusal(app.sign_up) == not_authorized("SignUp is not permitted for this user pool")
    assert app.users() == []


def test_an_unknown_client_is_refused(cognito_idp: CognitoIdentityProviderClient) -> None:
    error = refusal(cognito_idp.sign_up, ClientId="nosuchclient", Username="alice", Password=PASSWORD)
    assert error == no_client("nosuchclient")


@pytest.mark.parametrize("operation", ["sign_up", "confirm_sign_up", "resend_confirmation_code", "forgot_password"])
def test_a_client_with_a_secret_needs_its_hash(make_app: MakeApp, operation: str) -> None:
    app = make_app({"GenerateSecret": True})
    given = {"sign_up": {"Password": PASSWORD}, "confirm_sign_up": {"ConfirmationCode": "123456"}}
    more: dict[str, Any] = given.get(operation, {})
    assert refusal(app.public, operation=operation, **more) == secret_hash_missing(app.client_id)
    assert refusal(app.public, operation=operation, SecretHash="wrong", **more) == secret_hash_wrong(app.client_id)


def test_the_hash_is_of_user_name_and_client_id(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True})
    described = app.idp.describe_user_pool_client(UserPoolId=app.pool_id, ClientId=app.client_id)
    key = described["UserPoolClient"]["ClientSecret"].encode()
    digest = hmac.new(key, f"alice{app.client_id}".encode(), hashlib.sha256).digest()
    assert app.sign_up(SecretHash=base64.b64encode(digest).decode())["UserConfirmed"] is False


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("Aa1!", "Password not long enough"),
        ("PASSW0RD!", "Password must have lowercase characters"),
        ("passw0rd!", "Password must have uppercase characters"),
        ("Password!", "Password must have numeric characters"),
        ("Passw0rd1", "Password must have symbol characters"),
        ("short", "Password not long enough"),
        ("PASSWORD", "Password must have lowercase characters"),
    ],
)
def test_the_first_thing_that_a_password_lacks_is_told(app: App, password: str, reason: str) -> None:
    assert refusal(app.sign_up, Password=password) == Refusal(
        "InvalidPasswordException",
        f"Password did not conform with policy: {reason}",
    )
    assert app.users() == []


@pytest.mark.parametrize("symbol", "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")
def test_every_symbol_of_the_policy_is_one(app: App, symbol: str) -> None:
    assert app.sign_up(Password=f"Passw0rd{symbol}")["UserConfirmed"] is False


def test_letters_beyond_ascii_are_of_no_class(app: App) -> None:
    assert refusal(app.sign_up, Password="Pässwörd1ß€").message.endswith("Password must have symbol characters")


def test_a_policy_of_length_alone_asks_for_length_alone(make_app: MakeApp) -> None:
    app = make_app(Policies={"PasswordPolicy": {"MinimumLength": 6}})
    assert app.sign_up(Password="aaaaaa")["UserConfirmed"] is False


def test_a_password_has_no_blanks(app: App) -> None:
    error = refusal(app.sign_up, Password="Pass w0rd!")
    assert error.code == "InvalidParameterException"
    assert error.message.startswith("1 validation error detected: Value at 'password' failed to satisfy constraint")


@pytest.mark.parametrize(
    ("flows", "attributes", "accepted"),
    [
        (["ALLOW_USER_AUTH"], EMAIL, True),
        (["ALLOW_USER_PASSWORD_AUTH"], EMAIL, False),
        (["ALLOW_USER_AUTH"], {}, False),
        (["ALLOW_USER_AUTH"], PHONE, False),
    ],
)
def test_a_password_may_be_missing_where_one_time_codes_do(
    make_app: MakeApp, flows: list[str], attributes: dict[str, str], accepted: bool
) -> None:
    app = make_app({"ExplicitAuthFlows": flows}, **OTP_POOL)
    request: dict[str, Any] = {"operation": "sign_up", "UserAttributes": pairs(attributes)}
    if accepted:
        app.public(**request)
        assert app.status() == "UNCONFIRMED"
    else:
        assert refusal(app.public, **request).code == "InvalidParameterException"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"username": "bob"}, "UsernameExistsException"),
        ({"Password": "x"}, "InvalidPasswordException"),
        ({"attributes": {"email": "nobody"}}, "InvalidParameterException"),
        ({"attributes": {"custom:no": "x"}}, "InvalidParameterException"),
        ({"attributes": {"email_verified": "true", **EMAIL}}, "NotAuthorizedException"),
        ({"SecretHash": "wrong"}, "NotAuthorizedException"),
    ],
)
def test_what_is_refused_changes_nothing(app: App, cognito_outbox: Outbox, given: dict[str, Any], code: str) -> None:
    app.confirmed("bob")
    before = app.users()
    assert refusal(app.sign_up, **given).code == code
    assert (app.users(), len(cognito_outbox)) == (before, 0)


def test_existence_is_never_hidden_here(make_app: MakeApp) -> None:
    app = make_app({"PreventUserExistenceErrors": "ENABLED"})
    app.sign_up("alice")
    assert refusal(app.sign_up, username="alice") == USERNAME_TAKEN
