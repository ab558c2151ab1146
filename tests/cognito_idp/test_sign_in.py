"""Sign-in with a password: flows and their permissions, the order of checks, who may know what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.refusals import (
    INCORRECT,
    NOT_CONFIRMED,
    RESET_REQUIRED,
    TEMPORARY_PASSWORD_EXPIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    invalid_parameter,
    missing_parameter,
    no_client,
    no_pool,
    refusal,
)

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

ALL_FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]
ALICE = {"USERNAME": "alice", "PASSWORD": PASSWORD}


# What a sign-in gives


def test_a_password_gives_tokens(app: App) -> None:
    answer = app.initiate_auth(**ALICE)
    result = answer.pop("AuthenticationResult")
    assert answer == {"ChallengeParameters": {}}
    assert set(result) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}
    assert (result["TokenType"], result["ExpiresIn"]) == ("Bearer", 3600)


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_an_administrators_server_signs_in_with_a_password(app: App, flow: str) -> None:
    answer = app.admin_initiate_auth(flow, **ALICE)
    assert answer["ChallengeParameters"] == {}
    assert "RefreshToken" in answer["AuthenticationResult"]


def test_no_aws_credentials_are_needed(pool: UserPool) -> None:
    idp = boto3.client("cognito-idp", region_name="us-east-1", config=Config(signature_version=UNSIGNED))
    assert "IdToken" in App(idp, pool).sign_in()


# Flows and clients


@pytest.mark.parametrize(
    ("flow", "message"),
    [
        ("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH flow not enabled for this client"),
        ("USER_SRP_AUTH", "USER_SRP_AUTH is not enabled for the client."),
        ("CUSTOM_AUTH", "CUSTOM_AUTH is not enabled for the client."),
        ("USER_AUTH", "USER_AUTH is not enabled for the client."),
        ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN_AUTH is not enabled for the client."),
        ("REFRESH_TOKEN", "REFRESH_TOKEN_AUTH is not enabled for the client."),
        ("ADMIN_USER_PASSWORD_AUTH", "Initiate Auth method not supported."),
        ("ADMIN_NO_SRP_AUTH", "Initiate Auth method not supported."),
    ],
)
def test_a_flow_that_the_client_lacks_is_refused(app: App, flow: str, message: str) -> None:
    admin_only = app.with_client(ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    assert refusal(admin_only.initiate_auth, flow=flow, **ALICE) == invalid_parameter(message)


@pytest.mark.parametrize("flow", ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"])
def test_an_admin_flow_that_the_client_lacks_is_refused(app: App, flow: str) -> None:
    public_only = app.with_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    expected = invalid_parameter("Auth flow not enabled for this client")
    assert refusal(public_only.admin_initiate_auth, flow=flow, **ALICE) == expected


def test_a_flow_is_refused_before_parameters_are_missed(app: App) -> None:
    client_id = app.with_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"]).client_id
    expected = invalid_parameter("USER_PASSWORD_AUTH flow not enabled for this client")
    assert refusal(app.idp.initiate_auth, ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH") == expected


@pytest.mark.parametrize(
    ("legacy", "flow"), [("USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"), ("ADMIN_NO_SRP_AUTH", "ADMIN_NO_SRP_AUTH")]
)
def test_the_legacy_names_of_flows_allow_them(app: App, legacy: str, flow: str) -> None:
    old = app.with_client(ExplicitAuthFlows=[legacy])
    initiate = old.admin_initiate_auth if flow.startswith("ADMIN") else old.initiate_auth
    assert "IdToken" in initiate(flow, **ALICE)["AuthenticationResult"]


def test_an_unknown_flow_is_a_validation_error(app: App) -> None:
    code, message = refusal(app.idp.initiate_auth, ClientId=app.client_id, AuthFlow="MAGIC")
    assert code == "InvalidParameterException"
    assert message.startswith(
        "1 validation error detected: Value 'MAGIC' at 'authFlow' failed to satisfy constraint: "
        "Member must satisfy enum value set: ["
    )


def test_custom_auth_needs_its_triggers(app: App) -> None:
    custom = app.with_client(ExplicitAuthFlows=ALL_FLOWS)
    expected = invalid_parameter("Custom auth lambda trigger is not configured for the user pool.")
    assert refusal(custom.initiate_auth, flow="CUSTOM_AUTH", USERNAME="alice") == expected


@pytest.mark.parametrize(
    ("given", "missing"),
    [({}, "USERNAME"), ({"PASSWORD": PASSWORD}, "USERNAME"), ({"USERNAME": "alice"}, "PASSWORD")],
)
def test_a_missing_parameter_is_named(app: App, given: dict[str, str], missing: str) -> None:
    assert refusal(app.initiate_auth, **given) == missing_parameter(missing)
    assert refusal(app.admin_initiate_auth, **given) == missing_parameter(missing)


@pytest.mark.parametrize(("flow", "missing"), [("USER_SRP_AUTH", "SRP_A"), ("REFRESH_TOKEN_AUTH", "REFRESH_TOKEN")])
def test_what_another_flow_needs_is_named(app: App, flow: str, missing: str) -> None:
    assert refusal(app.initiate_auth, flow=flow, USERNAME="alice") == missing_parameter(missing)


def test_auth_parameters_may_be_left_out_as_a_whole(app: App) -> None:
    call = {"ClientId": app.client_id, "AuthFlow": "USER_PASSWORD_AUTH"}
    assert refusal(app.idp.initiate_auth, **call) == missing_parameter("USERNAME")


def test_an_unknown_client_is_refused(cognito_idp: CognitoIdentityProviderClient) -> None:
    call: dict[str, Any] = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "alice"}}
    assert refusal(cognito_idp.initiate_auth, ClientId="nobody", **call) == no_client("nobody")


def test_a_client_of_another_pool_is_refused(app: App, make_app: MakeApp) -> None:
    other = make_app().client
    mixed = App(app.idp, app.pool, other)
    assert refusal(mixed.admin_initiate_auth, USERNAME="alice") == no_client(other.id)


def test_an_unknown_pool_is_refused(app: App) -> None:
    call = {"ClientId": app.client_id, "AuthFlow": "ADMIN_USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "alice"}}
    unknown = "us-east-1_Nothing00"
    assert refusal(app.idp.admin_initiate_auth, UserPoolId=unknown, **call) == no_pool(unknown)


def test_a_client_is_not_found_from_another_region(pool: UserPool) -> None:
    abroad = App(boto3.client("cognito-idp", region_name="eu-west-1"), pool)
    assert refusal(abroad.initiate_auth, USERNAME="alice") == no_client(abroad.client_id)


# Users and their states


def test_a_wrong_password_is_refused(app: App) -> None:
    assert refusal(app.sign_in, password="wrong") == INCORRECT


def test_a_disabled_user_is_told_so_whatever_the_password(app: App) -> None:
    app.admin("admin_disable_user")
    for password in (PASSWORD, "wrong"):
        assert refusal(app.sign_in, password=password) == USER_DISABLED
    app.admin("admin_enable_user")
    assert "IdToken" in app.sign_in()


def test_that_a_password_was_reset_is_told_to_who_knows_it(app: App, hiding: App) -> None:
    app.admin("admin_reset_user_password")
    for through in (app, hiding):
        assert refusal(through.sign_in) == RESET_REQUIRED
        assert refusal(through.sign_in, password="wrong") == INCORRECT


@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_an_unconfirmed_user_is_told_before_the_password_is_looked_at(app: App, hiding: App, password: str) -> None:
    app.sign_up("bob")
    for through in (app, hiding):
        for _ in range(6):  # such a password is no failure that would lock the user
            assert refusal(through.sign_in, username="bob", password=password) == NOT_CONFIRMED
    admin = app.with_client(ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    assert refusal(admin.admin_initiate_auth, USERNAME="bob", PASSWORD=password) == NOT_CONFIRMED


@pytest.mark.parametrize(("days", "expires"), [(None, 7), (2, 2)])
def test_a_temporary_password_expires(cognito: Cognito, make_app: MakeApp, days: int | None, expires: int) -> None:
    policy = {"PasswordPolicy": {"MinimumLength": 8} | ({"TemporaryPasswordValidityDays": days} if days else {})}
    app = make_app(Policies=policy)
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    cognito.clock.advance(days=expires, seconds=-5)
    assert app.begin("bob")["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito.clock.advance(seconds=5)
    assert refusal(app.begin, username="bob") == TEMPORARY_PASSWORD_EXPIRED


# PreventUserExistenceErrors


@pytest.fixture
def revealing(app: App) -> App:
    return app.with_client(PreventUserExistenceErrors="LEGACY")


def test_an_unknown_user_is_told_by_default(app: App, revealing: App) -> None:
    for each in (app, revealing):
        assert refusal(each.sign_in, username="nobody") == USER_NOT_FOUND


def test_an_unknown_user_is_hidden(hiding: App) -> None:
    assert refusal(hiding.sign_in, username="nobody") == INCORRECT


def test_an_administrators_sign_in_follows_the_client_too(hiding: App, revealing: App) -> None:
    nobody = {"USERNAME": "nobody", "PASSWORD": PASSWORD}
    assert refusal(hiding.admin_initiate_auth, **nobody) == INCORRECT
    assert refusal(revealing.admin_initiate_auth, **nobody) == USER_NOT_FOUND


@pytest.mark.parametrize(
    ("operation", "told"), [("admin_disable_user", USER_DISABLED), ("admin_reset_user_password", RESET_REQUIRED)]
)
def test_the_state_of_a_user_is_told_only_to_who_knows_the_password(hiding: App, operation: str, told: Refusal) -> None:
    hiding.admin(operation)
    assert refusal(hiding.sign_in) == told
    assert refusal(hiding.sign_in, password="wrong") == INCORRECT


# Names to sign in with


@pytest.mark.parametrize("name", ["alice", "alice@example.com", "+15555550100"])
def test_a_verified_alias_signs_in(make_app: MakeApp, name: str) -> None:
    app = make_app(AliasAttributes=["email", "phone_number"])
    app.pool.create_user("alice", email="alice@example.com", phone_number="+15555550100")
    assert app.idp.get_user(AccessToken=app.access_token(name))["Username"] == "alice"


def test_an_alias_that_is_not_verified_does_not_sign_in(make_app: MakeApp) -> None:
    app = make_app(AliasAttributes=["email"])
    app.pool.create_user("alice", email="alice@example.com", email_verified="false")
    assert refusal(app.sign_in, username="alice@example.com") == USER_NOT_FOUND


def test_an_attribute_that_is_no_alias_does_not_sign_in(app: App) -> None:
    assert refusal(app.sign_in, username="alice@example.com") == USER_NOT_FOUND


def test_a_username_attribute_signs_in_and_so_does_the_sub(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email"])
    alice = app.pool.create_user("alice@example.com")
    for name in ("alice@example.com", alice.sub):
        assert app.idp.get_user(AccessToken=app.access_token(name))["Username"] == alice.sub


def test_names_of_a_case_insensitive_pool(make_app: MakeApp) -> None:
    app = make_app(UsernameConfiguration={"CaseSensitive": False})
    app.pool.create_user("Alice", email="alice@example.com")
    assert "IdToken" in app.sign_in("ALICE")


def test_names_of_a_case_sensitive_pool(make_app: MakeApp) -> None:
    app = make_app(UsernameConfiguration={"CaseSensitive": True})
    app.pool.create_user("Alice", email="alice@example.com")
    assert refusal(app.sign_in, username="alice") == USER_NOT_FOUND


def test_the_refresh_token_has_the_form_of_cognitos(app: App) -> None:
    token = app.sign_in()["RefreshToken"]
    assert token.startswith("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.")
    assert re.fullmatch(r"([A-Za-z0-9_-]+\.){4}[A-Za-z0-9_-]+", token)
    assert 1700 <= len(token) <= 1800
