"""What works in the region of a replica, and what does not."""

from __future__ import annotations

from typing import Any

import jwt
import pytest
import requests
from botocore import xform_name

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import mfa, replicated, smallest
from tests.support.app import App, pairs
from tests.support.refusals import TOO_MANY_ATTEMPTS, refusal
from tests.support.replicated import CONDITIONS, replicate

pytestmark = pytest.mark.needs("CreateUserPoolReplica")

NOT_ENABLED = "OperationNotEnabledException"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return replicated.make_pool(cognito)


def test_a_user_signs_in_in_either_region(app: App) -> None:
    secondary = replicate(app)

    there = secondary.sign_in()

    for one in (app, secondary):
        assert one.call("get_user", AccessToken=there["AccessToken"])["Username"] == "alice"
        assert one.refresh(there["RefreshToken"])["AccessToken"]
    assert secondary.call("get_user", AccessToken=app.access_token())["Username"] == "alice"
    assert secondary.admin("admin_get_user")["UserStatus"] == "CONFIRMED"


def test_tokens_are_verified_with_the_keys_of_one_issuer(app: App) -> None:
    token = replicate(app).access_token()

    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims["iss"] == f"https://issuer-cognito-idp.us-east-1.amazonaws.com/{app.pool_id}" == app.pool.issuer

    document = requests.get(f"{claims['iss']}/.well-known/openid-configuration", timeout=5).json()
    assert document["issuer"] == claims["iss"]
    keys = jwt.PyJWKSet.from_dict(requests.get(document["jwks_uri"], timeout=5).json())
    key = keys[jwt.get_unverified_header(token)["kid"]]
    assert jwt.decode(token, key, algorithms=["RS256"], issuer=claims["iss"])["username"] == "alice"


def test_each_region_serves_the_keys(app: App) -> None:
    replicate(app)
    path = f"{app.pool_id}/.well-known/jwks.json"
    here, there, elsewhere = (
        requests.get(f"https://cognito-idp.{region}.amazonaws.com/{path}", timeout=5)
        for region in ("us-east-1", replicated.SECONDARY, "ap-south-1")
    )
    assert here.json() == there.json()
    assert elsewhere.status_code == 400


def test_an_inactive_replica_has_no_sign_in(app: App) -> None:
    token = app.access_token()
    secondary = replicate(app, status=None)

    assert refusal(secondary.sign_in).code == NOT_ENABLED
    assert refusal(secondary.call, operation="get_user", AccessToken=token).code == NOT_ENABLED
    assert secondary.admin("admin_get_user")["Username"] == "alice"
    secondary.call("update_user_pool", UserPoolId=app.pool_id, **CONDITIONS)


def test_nobody_is_made_or_changed_there(app: App) -> None:
    secondary = replicate(app)
    email = {"UserAttributes": pairs({"email": "new@example.com"})}

    assert refusal(secondary.sign_up, username="bob").code == NOT_ENABLED
    assert refusal(secondary.create, username="bob").code == NOT_ENABLED
    assert refusal(secondary.admin, operation="admin_update_user_attributes", **email).code == NOT_ENABLED
    assert refusal(secondary.public, operation="forgot_password").code == NOT_ENABLED
    assert [user["Username"] for user in secondary.users()] == ["alice"]
    assert app.attributes()["email"] == "alice@example.com"


def test_a_first_password_is_changed_where_the_pool_is(app: App) -> None:
    secondary = replicate(app)
    app.create("bob", TemporaryPassword="Correct-horse-7", MessageAction="SUPPRESS")

    assert refusal(secondary.sign_in, username="bob").code == NOT_ENABLED
    challenge = app.begin("bob")
    answer = {"username": "bob", "NEW_PASSWORD": "Another-horse-8"}
    assert refusal(secondary.respond, challenge=challenge, **answer).code == NOT_ENABLED
    assert app.respond(challenge, "bob", NEW_PASSWORD="Another-horse-8")["AuthenticationResult"]


def test_software_tokens_work_where_the_pool_is(cognito: Cognito, app: App) -> None:
    on = {"SoftwareTokenMfaConfiguration": {"Enabled": True}, "MfaConfiguration": "OPTIONAL"}
    app.call("set_user_pool_mfa_config", UserPoolId=app.pool_id, **on)
    mfa.enrolled(app)
    secondary = replicate(app)
    assert refusal(secondary.begin).code == NOT_ENABLED
    assert app.begin()["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_no_user_migrates_to_a_replica(app: App) -> None:
    app.pool.set_trigger("UserMigration", lambda event, _: {**event, "response": {"userAttributes": {}}})
    secondary = replicate(app)
    assert refusal(secondary.sign_in, username="carol").code in ("NotAuthorizedException", "UserNotFoundException")
    assert [user["Username"] for user in app.users()] == ["alice"]


def test_failed_sign_ins_count_in_their_region(app: App) -> None:
    secondary = replicate(app)
    for _ in range(5):
        refusal(secondary.sign_in, password="Wr0ng-horse!")
    assert refusal(secondary.sign_in) == TOO_MANY_ATTEMPTS
    app.sign_in()


def test_functions_are_told_the_region(app: App) -> None:
    seen: list[str] = []

    @app.pool.on("PostAuthentication")
    def note(event: Any, _: Any) -> Any:
        seen.append(event["region"])
        return event

    replicate(app).sign_in()
    app.sign_in()
    assert seen == [replicated.SECONDARY, "us-east-1"]


REFUSED = (
    *("AddUserPoolClient", "AddCustom", "Create", "Delete", "SetUI", "SetUserPoolSession", "SetUserPoolClient"),
    *("AdminAdd", "AdminConfirm", "AdminDelete", "AdminDisable", "AdminEnable", "AdminForget", "AdminLink"),
    *("AdminRemove", "AdminReset", "AdminRevoke", "AdminSet", "AdminUpdateDevice", "AdminUpdateUserA"),
    *("Cancel", "InitiatePoint", "StartPoint", "StartUser", "Stop", "UpdateCIMD", "UpdateClient", "UpdateGroup"),
    *("UpdateIdentity", "UpdateManaged", "UpdateResource", "UpdateTerms", "UpdateUserPoolClient"),
)
"""The beginnings of the names of operations that work in the pool's region alone, unless they are about domains."""
WITH_A_TOKEN = {"GetUser", "GetUserAuthFactors", "GlobalSignOut", "ListDevices", "ListWebAuthnCredentials"}
"""What users can do there, of what their access tokens are for."""


def not_enabled(secondary: App, name: str, **given: Any) -> bool:
    """Whether the smallest request is refused by the error for the region, and not by another or not at all."""
    ids = {"UserPoolId": secondary.pool_id, "ClientId": secondary.client_id}
    call = smallest.request(name, **{**ids, **smallest.IDS, **given})
    return "is not enabled in this region" in refusal(secondary.call, operation=xform_name(name), **call).message


@pytest.mark.parametrize("status", ["ACTIVE", "INACTIVE"])
def test_every_operation_refuses_by_an_error_that_it_declares(app: App, status: str) -> None:
    """The checker of all tests looks at what is declared."""
    secondary = replicate(app, status)
    asked = [name for name in smallest.operations("UserPoolId") if name.startswith(REFUSED) and "Domain" not in name]
    assert len(asked) > 30
    asked += ["UpdateManagedLoginBranding", "GetClientToken", "GetDerivedToken"]
    if status == "INACTIVE":
        asked += ["AdminInitiateAuth", "AdminUserGlobalSignOut", "GetIdentityProviderByIdentifier"]
        asked += ["AdminUpdateAuthEventFeedback", "UpdateAuthEventFeedback"]
    assert [name for name in asked if not not_enabled(secondary, name)] == []


@pytest.mark.parametrize("status", ["ACTIVE", "INACTIVE"])
def test_a_user_changes_nothing_there(app: App, status: str) -> None:
    secondary, token = replicate(app, status), app.access_token()
    asked = {*smallest.operations("AccessToken"), "AssociateSoftwareToken", "ForgetDevice", "VerifySoftwareToken"}
    for name in asked - WITH_A_TOKEN if status == "ACTIVE" else {*asked, "GetDevice"}:
        assert (name, not_enabled(secondary, name, AccessToken=token)) == (name, True)
