"""The sign-in page: what it offers, and where a password leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from pytest_cognito import Cognito, User, UserPool
from tests.support import pages
from tests.support.functions import answering, failing
from tests.support.pages import BASE, Browser, Site, in_both_versions, open_sign_in, query

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

WRONG = "Incorrect username or password."


def sign_in(browser: Browser, user: User, password: str | None = None) -> pages.Shown:
    return browser.submit(username=user.username, password=password or user.password or "")


@in_both_versions
def test_the_fields_have_the_names_that_scrapers_know(client: Site) -> None:
    page = open_sign_in(client).page

    assert page.path == "/login"
    form = page.forms[0]
    assert set(form.values) >= {"_csrf", "username", "password"}
    assert form.buttons["Sign in"][0] == "signInSubmitButton"
    assert page.ids["signInFormUsername"]["type"] == "text"
    assert page.ids["signInFormPassword"]["type"] == "password"


@in_both_versions
def test_the_right_password_leads_to_the_application(client: Site, alice: User) -> None:
    shown = sign_in(open_sign_in(client), alice)

    assert pages.user_of(client, shown.code) == "alice"
    assert parse_qs(urlsplit(shown.location).query)["state"] == ["s"]


@in_both_versions
def test_a_wrong_password_leads_back_to_the_page_which_says_so_once(client: Site, alice: User) -> None:
    browser = open_sign_in(client)
    shown = sign_in(browser, alice, "Wrong1234!")

    assert (shown.path, shown.error) == ("/login", WRONG)
    assert shown.forms[0].values["username"] == "alice"
    assert shown.forms[0].values["password"] == ""
    assert browser.open(shown.url).error == ""


def test_five_wrong_passwords_lock_the_user_out(client: Site, alice: User) -> None:
    browser = open_sign_in(client)
    for _ in range(5):
        assert sign_in(browser, alice, "Wrong1234!").error == WRONG

    assert sign_in(browser, alice).error == "Password attempts exceeded"


@pytest.mark.parametrize(("hides", "text"), [("ENABLED", WRONG), ("LEGACY", "User does not exist.")])
def test_whether_a_user_exists_is_said_by_clients_that_do_not_hide_it(pool: UserPool, hides: str, text: str) -> None:
    client = pages.make_client(pool, PreventUserExistenceErrors=hides)

    assert open_sign_in(client).submit(username="nobody", password="Wrong1234!").error == text


def test_a_disabled_user_is_told(pool: UserPool, client: Site, alice: User) -> None:
    pool.call("AdminDisableUser", Username="alice")

    assert sign_in(open_sign_in(client), alice).error == "User is disabled."


def test_an_unconfirmed_user_is_sent_to_the_page_that_confirms(
    cognito_idp: CognitoIdentityProviderClient, client: Site
) -> None:
    cognito_idp.sign_up(ClientId=client.id, Username="bob", Password="Right1234!")
    browser = open_sign_in(client)

    assert browser.submit(username="bob", password="Right1234!").path == "/confirm"


def test_a_user_who_must_reset_the_password_is_sent_to_that_page(pool: UserPool, client: Site, alice: User) -> None:
    pool.call(
        "AdminUpdateUserAttributes", Username="alice", UserAttributes=[{"Name": "email_verified", "Value": "true"}]
    )
    pool.call("AdminResetUserPassword", Username="alice")
    browser = open_sign_in(client)

    assert sign_in(browser, alice).path == "/forgotPassword"


def test_triggers_of_a_sign_in_on_the_page(cognito: Cognito, pool: UserPool, client: Site, alice: User) -> None:
    sources: list[str] = []

    def note(event: dict[str, Any], context: object) -> dict[str, Any]:
        sources.append(event["triggerSource"])
        return event

    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        pool.set_trigger(trigger, note)
    shown = sign_in(open_sign_in(client), alice)

    assert shown.code
    assert sources == [
        "PreAuthentication_Authentication",
        "PostAuthentication_Authentication",
        "TokenGeneration_HostedAuth",
    ]


@pytest.mark.parametrize("trigger", ["PreAuthentication", "PostAuthentication", "PreTokenGeneration"])
def test_the_error_of_a_trigger_is_on_the_page(pool: UserPool, client: Site, alice: User, trigger: str) -> None:
    pool.set_trigger(trigger, failing)
    shown = sign_in(open_sign_in(client), alice)

    assert shown.path == "/login"
    assert shown.error.startswith(f"{trigger} failed with error ")


def test_a_user_is_migrated_on_the_page(pool: UserPool, client: Site) -> None:
    pool.set_trigger(
        "UserMigration",
        answering(userAttributes={"email": "bob@example.com"}, finalUserStatus="CONFIRMED", messageAction="SUPPRESS"),
    )
    shown = open_sign_in(client).submit(username="bob", password="Right1234!")

    assert pages.user_of(client, shown.code) == "bob"


@in_both_versions
def test_a_browser_that_is_signed_in_is_sent_straight_back(client: Site, alice: User) -> None:
    browser = open_sign_in(client)
    sign_in(browser, alice)

    assert browser.open(f"{BASE}/login", **query(client)).code


def test_a_user_is_asked_again_if_the_application_says_so(cognito: Cognito) -> None:
    """The classic hosted UI does not know ``prompt``."""
    client = pages.make_client(pages.make_pool(cognito, pages.MANAGED))
    browser = open_sign_in(client)
    sign_in(browser, client.pool.user("alice"))

    assert browser.open(f"{BASE}/login", **query(client, prompt="login")).path == "/login"


def test_each_form_is_protected_against_forgery(client: Site, alice: User) -> None:
    browser = open_sign_in(client)
    shown = browser.submit(username="alice", password=alice.password or "", _csrf="another")

    assert (shown.path, shown.response.status_code) == ("/error", 400)


def test_without_local_users_there_is_no_form(pool: UserPool) -> None:
    pool.create_identity_provider("Google")
    client = pages.make_client(pool, SupportedIdentityProviders=["Google"])
    browser = Browser()
    page = browser.open(f"{BASE}/login", **query(client))

    assert [form.method for form in page.forms] == ["get"]
    refused = browser.post("/login", query(client), username="alice", password=client.password())
    assert refused.error == "Login option is not available. Please try another one"


@pytest.mark.parametrize(
    ("names", "kind"), [(["email"], "email"), (["phone_number"], "tel"), (["email", "phone_number"], "text")]
)
def test_the_name_is_what_users_of_the_pool_sign_in_with(cognito: Cognito, names: list[str], kind: str) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=names)
    pages.give_domain(pool)

    page = open_sign_in(pages.make_client(pool)).page

    assert page.ids["signInFormUsername"]["type"] == kind


def test_who_can_not_sign_up_or_reset_the_password_is_not_invited_to(cognito: Cognito) -> None:
    pool = pages.make_pool(
        cognito,
        AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
        AccountRecoverySetting={"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]},
    )
    page = open_sign_in(pages.make_client(pool)).page

    assert page.links == {}


@in_both_versions
def test_the_login_hint_is_the_name_in_managed_login_alone(pool: UserPool, client: Site, request: Any) -> None:
    page = open_sign_in(client, login_hint="alice").page
    managed = "managed" in request.node.callspec.id

    assert page.forms[0].values["username"] == ("alice" if managed else "")
