"""What all operations refuse alike: pools, app clients and users that are not there, and access tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from botocore import xform_name

from pytest_cognito.aws.model import operation_model
from pytest_cognito.cognito import Cognito
from tests.support import smallest
from tests.support.app import App
from tests.support.refusals import (
    ACCESS_TOKEN_EXPIRED,
    ACCESS_TOKEN_REVOKED,
    RESET_REQUIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    no_client,
    no_pool,
    not_authorized,
    refusal,
)

OF_THE_USER = (
    *smallest.operations("AccessToken"),
    *("AssociateSoftwareToken", "ForgetDevice", "GetDevice", "VerifySoftwareToken"),
)
"""The operations that take an access token: all models but four require it."""


def refusals(app: App, operations: Iterable[str], **given: Any) -> dict[str, Refusal]:
    """How each operation refuses its smallest request with these values."""
    return {name: refusal(getattr(app.idp, xform_name(name)), **smallest.request(name, **given)) for name in operations}


def declares(name: str, error: str) -> bool:
    return any(shape.name == error for shape in operation_model("cognito-idp", name).error_shapes)


def test_a_pool_that_is_not_there(app: App) -> None:
    found = refusals(app, smallest.operations("UserPoolId"))
    assert found == dict.fromkeys(found, no_pool("us-east-1_Ab0Cd1Ef2"))
    assert len(found) > 50


def test_what_is_no_id_of_a_pool(app: App) -> None:
    found = refusals(app, smallest.operations("UserPoolId"), UserPoolId="nonsense")
    without_a_pattern = {name: found.pop(name) for name in ("AdminDisableProviderForUser", "AdminLinkProviderForUser")}
    assert {each.code for each in found.values()} == {"InvalidParameterException"}
    assert without_a_pattern == dict.fromkeys(without_a_pattern, no_pool("nonsense"))


def test_an_app_client_that_is_not_there(app: App) -> None:
    found = refusals(app, smallest.operations("UserPoolId", "ClientId"), UserPoolId=app.pool_id, ClientId="nobody")
    found.pop("UpdateCIMDPolicy", None)  # looks for its policy first
    assert found == dict.fromkeys(found, no_client("nobody"))
    assert len(found) > 5


def test_a_user_who_is_not_there(cognito: Cognito, app: App) -> None:
    pool = cognito.create_user_pool(
        UserPoolTier="PLUS",
        UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"},
        DeviceConfiguration={"DeviceOnlyRememberedOnUserPrompt": True},
    )
    names = [name for name in smallest.operations("UserPoolId", "Username") if name != "AdminCreateUser"]
    found = refusals(app, names, UserPoolId=pool.id, Username="nobody", DeviceRememberedStatus="remembered")
    undeclared = {name: found.pop(name) for name in names if not declares(name, "UserNotFoundException")}
    assert found == dict.fromkeys(found, USER_NOT_FOUND)
    assert {name: each.code for name, each in undeclared.items()} == dict.fromkeys(
        undeclared, "ResourceNotFoundException"
    )


def test_an_access_token_of_a_user_whose_password_was_reset(app: App) -> None:
    token = app.access_token()
    app.admin("admin_reset_user_password")
    found = refusals(app, OF_THE_USER, AccessToken=token)
    undeclared = found.pop("AssociateSoftwareToken")
    assert found == dict.fromkeys(found, RESET_REQUIRED)
    assert undeclared == not_authorized(RESET_REQUIRED.message)


def test_an_access_token_of_a_disabled_user(app: App) -> None:
    token = app.access_token()
    app.admin("admin_disable_user")
    found = refusals(app, OF_THE_USER, AccessToken=token)
    assert found == dict.fromkeys(OF_THE_USER, USER_DISABLED)


def test_an_access_token_of_a_deleted_user(app: App) -> None:
    token = app.access_token()
    app.admin("admin_delete_user")
    found = refusals(app, OF_THE_USER, AccessToken=token)
    for name, refused in found.items():
        expected = USER_NOT_FOUND if declares(name, "UserNotFoundException") else ACCESS_TOKEN_REVOKED
        assert (name, refused) == (name, expected)


def test_an_access_token_of_a_deleted_client(app: App) -> None:
    token = app.access_token()
    app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)
    found = refusals(app, OF_THE_USER, AccessToken=token)
    for name, refused in found.items():
        expected = no_client(app.client_id) if declares(name, "ResourceNotFoundException") else ACCESS_TOKEN_REVOKED
        assert (name, refused) == (name, expected)


def test_what_cannot_be_an_access_token(app: App) -> None:
    found = refusals(app, OF_THE_USER, AccessToken="no token")
    assert {each.code for each in found.values()} == {"InvalidParameterException"}


def test_a_revoked_access_token(app: App) -> None:
    token = app.access_token()
    app.admin("admin_user_global_sign_out")
    found = refusals(app, OF_THE_USER, AccessToken=token)
    assert found == dict.fromkeys(OF_THE_USER, ACCESS_TOKEN_REVOKED)


def test_an_expired_access_token(cognito: Cognito, app: App) -> None:
    token = app.access_token()
    cognito.clock.advance(hours=1)
    found = refusals(app, OF_THE_USER, AccessToken=token)
    assert found == dict.fromkeys(OF_THE_USER, ACCESS_TOKEN_EXPIRED)
