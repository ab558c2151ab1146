"""AdminLinkProviderForUser and AdminDisableProviderForUser: users who also sign in by an identity provider."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, User, UserPool
from pytest_cognito.handles.identity_provider import IdentityProvider
from tests.support.app import PASSWORD, App
from tests.support.providers import ENTITY, SAML
from tests.support.refusals import INCORRECT, USER_NOT_FOUND, Refusal, invalid_parameter, no_pool, refusal

MERGING = invalid_parameter(
    "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link"
)
LINKED = invalid_parameter("SourceUser is already linked to DestinationUser")
LOCAL_SOURCE = invalid_parameter(
    "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a "
    "DestinationUser"
)
SUBJECT = "Cognito_Subject"


@pytest.fixture
def google(pool: UserPool) -> IdentityProvider:
    return pool.create_identity_provider("Google")


@pytest.fixture
def acme(pool: UserPool) -> IdentityProvider:
    """A SAML provider that calls the e-mail address ``mail``."""
    return pool.create_identity_provider(
        "Acme", ProviderType="SAML", ProviderDetails=SAML, AttributeMapping={"email": "mail"}
    )


def identity(provider: str, value: str, attribute: str = SUBJECT) -> dict[str, str]:
    return {"ProviderName": provider, "ProviderAttributeName": attribute, "ProviderAttributeValue": value}


def link(app: App, source: dict[str, str], destination: dict[str, str] | None = None) -> None:
    to = destination or {"ProviderName": "Cognito", "ProviderAttributeValue": "alice"}
    answer = app.call("admin_link_provider_for_user", UserPoolId=app.pool_id, DestinationUser=to, SourceUser=source)
    assert answer == {}


def unlink(app: App, user: dict[str, str]) -> None:
    assert app.call("admin_disable_provider_for_user", UserPoolId=app.pool_id, User=user) == {}


def identities(user: User) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(user.attributes.get("identities", "[]"))
    return found


def test_a_linked_user_signs_in_by_the_provider(app: App, alice: User, google: IdentityProvider) -> None:
    link(app, identity("Google", "1"))
    before = alice.attributes
    tokens = google.sign_in("1", {"name": "Alice"})
    assert (tokens.claims["username"], tokens.claims["sub"]) == ("alice", alice.sub)
    assert "cognito:groups" not in tokens.id_claims, "the group is of the users whom the provider has brought"
    assert (alice.attributes, alice.status) == ({**before, "name": "Alice"}, "CONFIRMED")
    assert [user.username for user in app.pool.users] == ["alice"]
    assert app.sign_in()["AccessToken"], "the password is as good as before"


@pytest.mark.usefixtures("time_stands_still")
def test_the_identity_is_in_the_attribute_and_in_the_claim(app: App, alice: User, google: IdentityProvider) -> None:
    link(app, identity("Google", "1"))
    expected = {
        "userId": "1",
        "providerName": "Google",
        "providerType": "Google",
        "issuer": None,
        "primary": False,
        "dateCreated": 1_800_000_000_000,
    }
    assert identities(alice) == [expected]
    claim = {**expected, "primary": "false", "dateCreated": "1800000000000"}
    assert alice.sign_in().id_claims["identities"] == [claim]


def test_an_identity_is_the_same_for_a_client_that_may_read_little(
    app: App, alice: User, google: IdentityProvider
) -> None:
    link(app, identity("Google", "1"))
    client = app.pool.create_client(ReadAttributes=["email"])
    tokens = alice.sign_in(client=client)
    assert tokens.id_claims["identities"][0]["userId"] == "1"
    read = app.call("get_user", AccessToken=tokens.access_token)["UserAttributes"]
    assert {attribute["Name"] for attribute in read} == {"sub", "email"}


def test_a_saml_user_is_linked_by_a_mapped_attribute(app: App, alice: User, acme: IdentityProvider) -> None:
    link(app, identity("Acme", "alice@example.com", "email"))
    assert identities(alice)[0]["issuer"] == ENTITY
    assert acme.sign_in("A1", {"mail": "alice@example.com"}).claims["username"] == "alice"
    assert identities(alice)[0]["userId"] == "A1", "the NameID is known from now on"
    assert acme.sign_in("A1", {"mail": "other@example.com"}).claims["username"] == "alice"
    assert refusal(unlink, app=app, user=identity("Acme", "alice@example.com", "email")) == USER_NOT_FOUND
    unlink(app, identity("Acme", "A1"))
    assert acme.sign_in("A1", {"mail": "a@example.com"}).claims["username"] == "Acme_A1"


def test_an_openid_user_is_linked_by_a_claim(app: App, alice: User) -> None:
    provider = app.pool.create_identity_provider("Beta", AttributeMapping={"name": "staff_id"})
    link(app, identity("Beta", "77", "staff_id"))
    for subject in ("a", "b"):
        assert provider.sign_in(subject, {"staff_id": 77}).claims["username"] == "alice"
    assert provider.sign_in("c", {"staff_id": 78}).claims["username"] == "Beta_c"


def test_a_user_of_a_provider_is_linked_to_another(app: App, google: IdentityProvider) -> None:
    ann = google.create_user("1", email="ann@example.com")
    other = app.pool.create_identity_provider("Facebook")
    link(app, identity("Facebook", "f"), {"ProviderName": "Google", "ProviderAttributeValue": "1"})
    assert other.sign_in("f").claims["username"] == "Google_1"
    assert [found["primary"] for found in identities(ann)] == [True, False]


def test_an_unlinked_identity_makes_a_user_of_its_own(app: App, alice: User, google: IdentityProvider) -> None:
    link(app, identity("Google", "1"))
    unlink(app, identity("Google", "1"))
    assert "identities" not in alice.attributes
    tokens = google.sign_in("1", {"email": "alice@example.com"})
    assert tokens.claims["username"] == "Google_1"
    assert refusal(unlink, app=app, user=identity("Google", "2")) == USER_NOT_FOUND


def test_a_user_of_a_provider_is_kept_from_signing_in_by_it(app: App, google: IdentityProvider) -> None:
    ann = google.create_user("1")
    unlink(app, identity("Google", "1"))
    assert identities(ann) == []
    with pytest.raises(AWSError, match="Already found an entry for username Google_1"):
        google.sign_in("1")


def test_the_password_of_a_user_is_disabled(app: App, alice: User, google: IdentityProvider) -> None:
    link(app, identity("Google", "1"))
    unlink(app, identity("Cognito", "alice"))
    assert alice.status == "EXTERNAL_PROVIDER"
    assert refusal(app.sign_in) == INCORRECT
    assert google.sign_in("1").claims["username"] == "alice"
    app.admin("admin_set_user_password", Password=PASSWORD, Permanent=True)
    assert app.sign_in()
    assert refusal(unlink, app=app, user=identity("Cognito", "nobody")) == USER_NOT_FOUND
    by_email = identity("Cognito", "alice@example.com", "email")
    wanted = invalid_parameter("ProviderAttributeName must be Cognito_Subject for Cognito")
    assert refusal(unlink, app=app, user=by_email) == wanted


def test_links_that_are_refused(app: App, alice: User, google: IdentityProvider, acme: IdentityProvider) -> None:
    google.create_user("signed-in")
    app.pool.create_user("bob")
    app.pool.create_user("Google_77")
    link(app, identity("Google", "1"))
    to_bob = {"ProviderName": "Cognito", "ProviderAttributeValue": "bob"}
    before = alice.attributes
    expected: list[tuple[dict[str, str], dict[str, str] | None, str | Refusal]] = [
        (identity("Cognito", "bob"), None, LOCAL_SOURCE),
        (identity("Google", "77"), None, LOCAL_SOURCE),
        (identity("Google", "signed-in"), None, MERGING),
        (identity("Google", "1"), None, LINKED),
        (identity("Google", "1"), to_bob, "AliasExistsException"),
        (identity("Google", "2", "email"), None, "InvalidParameterException"),
        (identity("Acme", "2", "name"), None, "InvalidParameterException"),
        (identity("Nobody", "2"), None, "ResourceNotFoundException"),
        (identity("Google", ""), None, "InvalidParameterException"),
        (identity("Google", "2" * (128 - len("GoogleCognito_Subject") + 1)), None, "InvalidParameterException"),
        (identity("Google", "2"), {"ProviderName": "Cognito"}, "InvalidParameterException"),
        (identity("Google", "2"), {**to_bob, "ProviderAttributeValue": "nobody"}, USER_NOT_FOUND),
        (identity("Acme", "2"), {**to_bob, "ProviderName": "Google"}, USER_NOT_FOUND),
    ]
    for source, destination, wanted in expected:
        answer = refusal(link, app=app, source=source, destination=destination)
        assert wanted in (answer, answer.code), (source, answer)
    assert alice.attributes == before
    assert refusal(unlink, app=app, user=identity("Google", "1", "email")).code == "InvalidParameterException"
    app.pool_id = "us-east-1_Nowhere00"
    assert refusal(link, app=app, source=identity("Google", "3")) == no_pool(app.pool_id)


def test_a_user_has_five_identities_at_most(app: App, alice: User, google: IdentityProvider) -> None:
    for number in range(5):
        link(app, identity("Google", str(number)))
    assert refusal(link, app=app, source=identity("Google", "5")).code == "LimitExceededException"
    assert [found["userId"] for found in identities(alice)] == list("01234")
    unlink(app, identity("Google", "2"))
    link(app, identity("Google", "5"))


def test_users_of_a_provider_are_linked_by_five_attributes_at_most(app: App) -> None:
    names = ("name", "nickname", "website", "profile", "gender", "locale")
    app.pool.create_identity_provider("Beta", AttributeMapping={name: name for name in names})
    for name in names[:5]:
        app.pool.create_user(f"user-{name}")
        link(app, identity("Beta", "x", name), {"ProviderName": "Cognito", "ProviderAttributeValue": f"user-{name}"})
    assert refusal(link, app=app, source=identity("Beta", "x", "locale")).code == "LimitExceededException"
    link(app, identity("Beta", "x"))
    link(app, identity("Beta", "y", "name"))


def test_a_user_with_attributes_that_cannot_change_is_not_linked(cognito: Cognito, app: App) -> None:
    schema = [{"Name": "tenant", "AttributeDataType": "String", "Mutable": False}]
    fixed = App(app.idp, cognito.create_user_pool(Schema=schema))
    fixed.pool.create_identity_provider("Google")
    fixed.pool.create_user("alice", attributes={"custom:tenant": "t1"})
    fixed.pool.create_user("bob")
    assert refusal(link, app=fixed, source=identity("Google", "1")).code == "InvalidParameterException"
    link(fixed, identity("Google", "1"), {"ProviderName": "Cognito", "ProviderAttributeValue": "bob"})


def test_a_deleted_user_leaves_the_identity_free(app: App, alice: User, google: IdentityProvider) -> None:
    link(app, identity("Google", "1"))
    app.admin("admin_delete_user")
    assert google.sign_in("1").claims["username"] == "Google_1"
