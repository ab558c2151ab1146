"""Users whom an identity provider has brought: what they have in common with others, and what they can't do."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import User, UserPool
from pytest_cognito.handles.identity_provider import IdentityProvider
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import NEW_PASSWORD, PASSWORD, SILENT, App, MakeApp
from tests.support.mfa import MakeMfaApp
from tests.support.refusals import INCORRECT, NO_RESET_IN_STATE, USERNAME_TAKEN, not_authorized, refusal

EMAIL = {"email": "ann@example.com"}


@pytest.fixture
def google(pool: UserPool) -> IdentityProvider:
    return pool.create_identity_provider("Google")


@pytest.fixture
def ann(google: IdentityProvider) -> User:
    return google.create_user("1", attributes=EMAIL)


def test_a_user_is_made_without_a_sign_in(app: App, ann: User) -> None:
    assert (ann.username, ann.status, ann.password) == ("Google_1", "EXTERNAL_PROVIDER", None)
    assert (ann.email, ann.attributes["email_verified"]) == ("ann@example.com", "false")
    assert ann.groups == [f"{app.pool_id}_Google"]
    assert app.pool.world.functions.invocations == []
    assert ann.tokens().id_claims["identities"][0]["userId"] == "1"
    assert app.pool.identity_provider("Google").sign_in("1").claims["sub"] == ann.sub
    assert app.pool.identity_provider("Google").create_user("2", sub="pinned").sub == "pinned"


def test_a_misspelled_type(pool: UserPool) -> None:
    with pytest.raises(UsageError, match="did you mean 'Google'"):
        pool.create_identity_provider("google")

    assert pool.create_identity_provider("google", ProviderType="OIDC").sign_in("1").claims["username"] == "google_1"


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "USER_SRP_AUTH"])
def test_no_sign_in_with_a_password(app: App, ann: User, flow: str) -> None:
    given = {"PASSWORD": PASSWORD} if flow == "USER_PASSWORD_AUTH" else {"SRP_A": "a" * 32}
    assert refusal(app.initiate_auth, flow=flow, USERNAME=ann.username, **given) == INCORRECT


def test_the_handle_says_how_they_sign_in(ann: User) -> None:
    with pytest.raises(UsageError, match=r"Google_1 has no password.*pool.identity_provider"):
        ann.sign_in()


def test_no_second_factor_is_asked_for(make_mfa_app: MakeMfaApp) -> None:
    app = make_mfa_app("ON", "SOFTWARE_TOKEN_MFA")
    assert app.pool.create_identity_provider("Google").sign_in("1").access_token


def test_no_custom_sign_in(custom_pool: UserPool) -> None:
    ann = custom_pool.create_identity_provider("Google").create_user("1")
    with pytest.raises(AWSError, match="Incorrect username or password"):
        custom_pool.call(
            "AdminInitiateAuth",
            ClientId=custom_pool.client.id,
            AuthFlow="CUSTOM_AUTH",
            AuthParameters={"USERNAME": ann.username},
        )


def test_no_password_to_change_or_reset(app: App, ann: User) -> None:
    token = ann.tokens().access_token
    change: dict[str, Any] = {"AccessToken": token, "ProposedPassword": NEW_PASSWORD}
    for more in ({}, {"PreviousPassword": PASSWORD}):
        assert refusal(app.call, operation="change_password", **change, **more) == INCORRECT
    assert refusal(app.public, operation="forgot_password", username=ann.username) == NO_RESET_IN_STATE
    assert refusal(app.admin, operation="admin_reset_user_password", username=ann.username) == NO_RESET_IN_STATE
    confirmed = not_authorized("User cannot be confirmed. Current status is EXTERNAL_PROVIDER")
    assert refusal(app.admin, operation="admin_confirm_sign_up", username=ann.username) == confirmed
    assert ann.status == "EXTERNAL_PROVIDER"


def test_an_administrator_gives_them_a_password(app: App, google: IdentityProvider, ann: User) -> None:
    app.admin("admin_set_user_password", ann.username, Password=PASSWORD, Permanent=True)
    assert ann.status == "CONFIRMED"
    token = app.access_token(ann.username)
    app.call("change_password", AccessToken=token, PreviousPassword=PASSWORD, ProposedPassword=NEW_PASSWORD)
    assert app.sign_in(ann.username, NEW_PASSWORD)
    assert google.sign_in("1").claims["username"] == ann.username


def test_attributes_are_updated_as_those_of_others(app: App, ann: User) -> None:
    token = ann.tokens().access_token
    app.call("update_user_attributes", AccessToken=token, UserAttributes=[{"Name": "name", "Value": "Ann"}])
    app.admin("admin_update_user_attributes", ann.username, UserAttributes=[{"Name": "nickname", "Value": "A"}])
    assert {"name": "Ann", "nickname": "A"}.items() <= ann.attributes.items()
    assert "identities" in ann.attributes


@pytest.mark.parametrize("settings", [{"UsernameAttributes": ["email"]}, {"AliasAttributes": ["email"]}])
def test_the_address_is_no_name_of_theirs(make_app: MakeApp, settings: dict[str, Any]) -> None:
    app = make_app(**settings)
    google = app.pool.create_identity_provider("Google")
    claims = {**EMAIL, "email_verified": True}
    assert google.sign_in("1", claims).claims["username"] == "Google_1"
    name = EMAIL["email"] if "UsernameAttributes" in settings else "ann"
    app.create(name, {**EMAIL, "email_verified": "true"}, **SILENT)
    google.sign_in("1", {**claims, "name": "Ann"})
    app.admin("admin_update_user_attributes", "Google_1", UserAttributes=[{"Name": "name", "Value": "B"}])
    found = app.admin("admin_get_user", EMAIL["email"])
    assert found["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert len(app.pool.users) == 2


def test_a_linked_user_keeps_the_address_with_which_they_sign_in(make_app: MakeApp) -> None:
    app = make_app(UsernameAttributes=["email"])
    google = app.pool.create_identity_provider("Google")
    bob = app.pool.create_user("bob@example.com")
    google.link("1", bob)
    google.sign_in("1", {"email": "bob@example.com"})
    with pytest.raises(AWSError, match=r"user\.email: Attribute cannot be updated\."):
        google.sign_in("1", {"email": "robert@example.com"})


def test_the_name_is_folded_where_case_does_not_matter(make_app: MakeApp) -> None:
    app = make_app(UsernameConfiguration={"CaseSensitive": False})
    ann = app.pool.create_identity_provider("Google").create_user("Ab")
    assert ann.username == "google_ab"
    assert ann.tokens().id_claims["identities"][0]["userId"] == "Ab"
    assert ann.groups == [f"{app.pool_id}_Google"]


def test_names_that_others_have(app: App, google: IdentityProvider, ann: User) -> None:
    assert refusal(app.sign_up, username="Google_1", attributes=EMAIL) == USERNAME_TAKEN
    app.pool.create_user("Google_2")
    with pytest.raises(AWSError) as caught:
        google.sign_in("2")
    assert (caught.value.code, caught.value.message) == (
        "invalid_request",
        "Already found an entry for username Google_2",
    )


def test_users_and_tokens_outlive_the_provider(app: App, ann: User) -> None:
    token = str(app.pool.identity_provider("Google").sign_in("1").refresh_token)
    app.call("delete_identity_provider", UserPoolId=app.pool_id, ProviderName="Google")
    assert app.refresh(token)["AccessToken"]
    again = app.pool.create_identity_provider("Google")
    assert again.sign_in("1").claims["sub"] == ann.sub
