"""Sign-in by an identity provider: the user whom it brings, their attributes, and the triggers that run."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.handles.identity_provider import IdentityProvider
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App, MakeApp
from tests.support.functions import Event, answering, failing, unchanged

FIRST = ["PreSignUp_ExternalProvider", "PostConfirmation_ConfirmSignUp", "TokenGeneration_HostedAuth"]
LATER = ["PreAuthentication_Authentication", "PostAuthentication_Authentication", "TokenGeneration_HostedAuth"]
TRIGGERS = ("PreSignUp", "PostConfirmation", "PreAuthentication", "PostAuthentication", "PreTokenGeneration")
CLAIMS: dict[str, Any] = {"email": "ann@example.com", "email_verified": True, "name": "Ann"}


@pytest.fixture
def google(pool: UserPool) -> IdentityProvider:
    return pool.create_identity_provider("Google")


def error_of(provider: IdentityProvider, subject: str, claims: dict[str, Any]) -> tuple[str, str]:
    """``error`` and ``error_description`` of a sign-in that is refused."""
    with pytest.raises(AWSError) as caught:
        provider.sign_in(subject, claims)
    return caught.value.code, caught.value.message


def test_the_first_sign_in_makes_a_user(app: App, google: IdentityProvider) -> None:
    tokens = google.sign_in("1", CLAIMS)
    user = app.admin("admin_get_user", "Google_1")
    assert (user["UserStatus"], user["Enabled"]) == ("EXTERNAL_PROVIDER", True)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    [identity] = json.loads(attributes.pop("identities"))
    assert {**identity, "dateCreated": 0} == {
        "userId": "1",
        "providerName": "Google",
        "providerType": "Google",
        "issuer": None,
        "primary": True,
        "dateCreated": 0,
    }
    assert attributes == {
        "sub": tokens.claims["sub"],
        "email": "ann@example.com",
        "email_verified": "true",
        "name": "Ann",
    }
    group = f"{app.pool_id}_Google"
    assert (tokens.id_claims["cognito:groups"], tokens.claims["cognito:groups"]) == ([group], [group])
    assert (tokens.claims["username"], tokens.id_claims["cognito:username"]) == ("Google_1", "Google_1")
    assert tokens.id_claims["identities"][0]["primary"] == "true"
    assert app.call("get_user", AccessToken=tokens.access_token)["Username"] == "Google_1"
    assert app.refresh(str(tokens.refresh_token))["IdToken"]


def test_a_later_sign_in_finds_the_user_and_updates_what_is_mapped(app: App, google: IdentityProvider) -> None:
    first = google.sign_in("1", CLAIMS)
    second = google.sign_in("1", {"email": "new@example.com", "given_name": "A"})
    assert second.claims["sub"] == first.claims["sub"]
    attributes = app.pool.user("Google_1").attributes
    del attributes["identities"], attributes["sub"]
    assert attributes == {"email": "new@example.com", "email_verified": "false", "name": "Ann", "given_name": "A"}
    google.sign_in("1", {"name": "", "email": ""})
    assert {"name", "email", "email_verified"}.isdisjoint(app.pool.user("Google_1").attributes)
    assert len(app.pool.users) == 2  # alice, too


def test_the_triggers_of_the_first_sign_in_and_of_later_ones(cognito: Cognito, google: IdentityProvider) -> None:
    for trigger in TRIGGERS:
        google.pool.set_trigger(trigger, unchanged)
    google.sign_in("1", CLAIMS)
    assert [each.source for each in cognito.triggers] == FIRST
    google.sign_in("1", CLAIMS)
    assert [each.source for each in cognito.triggers] == FIRST + LATER


def test_the_event_of_pre_sign_up(cognito: Cognito, google: IdentityProvider) -> None:
    google.pool.set_trigger("PreSignUp", unchanged)
    google.sign_in("1", {"email": "ann@example.com"})
    event = cognito.triggers.last().event
    assert event["userName"] == "Google_1"
    assert event["callerContext"]["clientId"] == google.pool.client.id
    assert event["request"] == {
        "userAttributes": {
            "cognito:email_alias": "",
            "cognito:phone_number_alias": "",
            "email": "ann@example.com",
            "email_verified": "false",
        },
        "validationData": {},
    }
    attributes = {"email": "ann@example.com", "email_verified": "false"}
    assert cognito.events.pre_sign_up("Google_1", attributes, source="ExternalProvider", pool=google.pool) == event


def test_pre_sign_up_verifies_the_address(app: App, google: IdentityProvider) -> None:
    google.pool.set_trigger("PreSignUp", answering(autoVerifyEmail=True, autoConfirmUser=True))
    google.sign_in("1", {"email": "ann@example.com"})
    user = app.pool.user("Google_1")
    assert (user.attributes["email_verified"], user.status) == ("true", "EXTERNAL_PROVIDER")


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_function_that_fails_refuses_the_sign_in(google: IdentityProvider, trigger: str) -> None:
    first = trigger in ("PreSignUp", "PostConfirmation")
    if not first:
        google.sign_in("1", CLAIMS)
    google.pool.set_trigger(trigger, failing)
    assert error_of(google, "1", {"name": "New"}) == (
        "UserLambdaValidationException",
        f"{trigger} failed with error not today.",
    )
    made = google.pool.find_user("Google_1") is not None
    assert made is (trigger != "PreSignUp")


def test_a_function_links_the_identity_in_the_first_sign_in(app: App, google: IdentityProvider) -> None:
    @app.pool.on("PreSignUp")
    def link(event: Event, context: object) -> Event:
        app.call(
            "admin_link_provider_for_user",
            UserPoolId=app.pool_id,
            DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": "alice"},
            SourceUser={
                "ProviderName": "Google",
                "ProviderAttributeName": "Cognito_Subject",
                "ProviderAttributeValue": event["userName"].partition("_")[2],
            },
        )
        return event

    assert google.sign_in("1", {"email": "alice@example.com"}).claims["username"] == "alice"
    assert [user.username for user in app.pool.users] == ["alice"]


def test_a_user_who_is_disabled_or_deleted_gets_no_tokens(app: App, google: IdentityProvider) -> None:
    google.sign_in("1", CLAIMS)
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        app.admin("admin_enable_user", "Google_1")

        @app.pool.on(trigger)
        def disable(event: Event, context: object) -> Event:
            app.admin("admin_disable_user", "Google_1")
            return event

        assert error_of(google, "1", CLAIMS) == ("invalid_request", "User is not enabled")
        app.pool.set_trigger(trigger, unchanged)

    @app.pool.on("PreAuthentication")
    def delete(event: Event, context: object) -> Event:
        app.admin("admin_delete_user", "Google_1")
        return event

    app.admin("admin_enable_user", "Google_1")
    assert error_of(google, "1", CLAIMS)[0] == "UserNotFoundException"


def test_required_attributes(make_app: MakeApp) -> None:
    schema = [{"Name": name, "Required": True} for name in ("email", "given_name")]
    google = make_app(Schema=schema).pool.create_identity_provider("Google")
    missing = ("invalid_request", "attributes required: [given_name, email]")
    assert error_of(google, "1", {"name": "Ann"}) == missing
    assert google.pool.users == []
    google.sign_in("1", {"email": "a@example.com", "given_name": "A"})
    google.sign_in("1", {"name": "Ann"})
    assert error_of(google, "1", {"email": ""}) == ("invalid_request", "attributes required: [email]")
    assert google.pool.users[0].email == "a@example.com"


def test_an_attribute_that_cannot_change_is_refused_at_the_second_sign_in(make_app: MakeApp) -> None:
    schema = [{"Name": "tenant", "AttributeDataType": "String", "Mutable": False}]
    pool = make_app(Schema=schema).pool
    google = pool.create_identity_provider("Google", AttributeMapping={"custom:tenant": "hd"})
    google.sign_in("1", {"hd": "t1"})
    assert error_of(google, "1", {"hd": "t1"}) == (
        "invalid_request",
        "user.custom:tenant: Attribute cannot be updated.\n ",
    )
    google.sign_in("1")


def test_a_value_that_the_schema_does_not_allow(google: IdentityProvider) -> None:
    for first in (True, False):
        code, message = error_of(google, "1", {"name": "n" * 2049})
        assert (code, "String must have a length of at most 2048" in message) == ("InvalidParameterException", True)
        if first:
            google.sign_in("1")
    assert "name" not in google.pool.user("Google_1").attributes


def test_a_client_that_may_not_write_an_attribute_skips_it(google: IdentityProvider) -> None:
    client = google.pool.create_client(WriteAttributes=["name"])
    google.sign_in("1", CLAIMS, client=client)
    assert {"email", "email_verified"}.isdisjoint(google.pool.user("Google_1").attributes)
    assert google.pool.user("Google_1").attributes["name"] == "Ann"


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        (["a b", "c,d", "e~"], "[a+b,c%2Cd,e%7E]"),
        (7, "7"),
        (True, "true"),
        ({"formatted": "Road 1"}, "Road 1"),
    ],
)
def test_claims_become_text(pool: UserPool, claim: Any, value: str) -> None:
    acme = pool.create_identity_provider("Acme", AttributeMapping={"nickname": "what"})
    assert acme.sign_in("1", {"what": claim}).id_claims["nickname"] == value


@pytest.mark.parametrize("kind", ["Facebook", "LoginWithAmazon", "SignInWithApple"])
def test_every_type_of_provider(pool: UserPool, kind: str) -> None:
    tokens = pool.create_identity_provider(kind).sign_in("amzn1.account.AF", CLAIMS)
    assert tokens.id_claims["cognito:username"] == f"{kind}_amzn1.account.AF"
    assert tokens.id_claims["email"] == "ann@example.com"


def test_the_scopes_of_the_access_token(google: IdentityProvider) -> None:
    assert google.sign_in("1").claims["scope"] == "aws.cognito.signin.user.admin"
    assert google.sign_in("1", scopes=["openid", "notes/read"]).claims["scope"] == "openid notes/read"


def test_mistakes(pool: UserPool, google: IdentityProvider) -> None:
    with pytest.raises(UsageError, match=r"write pool.create_identity_provider\('Facebook'\)"):
        pool.identity_provider("Facebook")
    pool.create_identity_provider("Facebook")
    client = pool.create_client(SupportedIdentityProviders=["COGNITO", "Facebook"])
    with pytest.raises(UsageError, match="offers COGNITO, Facebook: add 'Google'"):
        google.sign_in("1", client=client)
    with pytest.raises(UsageError, match="subject is a string"):
        google.sign_in(1)  # type: ignore[arg-type]  # the mistake
    with pytest.raises(UsageError, match="has no attribute 'mail'"):
        google.create_user("1", mail="a@example.com")
    assert repr(pool.identity_provider("Google")) == f"<IdentityProvider Google of {pool.id}>"
