"""The page that takes the code of a sign-up: who is signed in by it, and who is not."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import AppClient, Cognito, UserPool
from pytest_cognito.cognito_idp import authorization, signing_in
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.outbox import Outbox
from tests.support.codes import last_code, wrong
from tests.support.forms import Visitor, client_of

PASSWORD = "Correct-horse-7"
SETTINGS: dict[str, Any] = {
    "AutoVerifiedAttributes": ["email"],
    "Schema": [{"Name": "email", "Required": True, "Mutable": True}],
}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(**SETTINGS)


@pytest.fixture
def client(pool: UserPool) -> AppClient:
    return client_of(pool)


@pytest.fixture
def page(client: AppClient) -> Visitor:
    """Bob has signed up, and is asked for the code."""
    return sign_up(client)


def sign_up(client: AppClient, username: str = "bob") -> Visitor:
    page = Visitor(client).open("/signup")
    return page.submit(username=username, attribute_email="bob@example.com", password=PASSWORD)


@pytest.mark.parametrize("code", ["", "a b", "x" * 3000])
def test_a_code_that_none_can_be(page: Visitor, pool: UserPool, code: str) -> None:
    page.submit("/confirm", code=code)

    assert "validation error" in page.error_at("code")
    assert pool.user("bob").status == "UNCONFIRMED"


def test_a_new_code_replaces_the_first(page: Visitor, cognito_outbox: Outbox) -> None:
    first = last_code(cognito_outbox)
    page.submit("/resendcode")
    assert "We have sent a new code to b***@e***." in page.text
    assert last_code(cognito_outbox) != first

    page.submit("/confirm", code=first)
    assert "Invalid verification code provided" in page.error_at("code")

    assert "code" in page.submit("/confirm", code=last_code(cognito_outbox)).back


def test_too_many_codes_are_asked_for(page: Visitor) -> None:
    for _ in range(6):
        page.submit("/resendcode")

    assert "Attempt limit exceeded, please try after some time." in page.text


def test_after_a_day_the_code_is_expired(page: Visitor, cognito_clock: Clock, cognito_outbox: Outbox) -> None:
    cognito_clock.advance(hours=24)
    page.submit("/confirm", code=last_code(cognito_outbox))

    assert "Invalid code provided, please request a code again." in page.error_at("code")


def test_after_five_minutes_the_code_still_confirms_but_the_user_has_to_sign_in(
    page: Visitor, pool: UserPool, cognito_clock: Clock, cognito_outbox: Outbox
) -> None:
    cognito_clock.advance(minutes=5)
    page.submit("/confirm", code=wrong(last_code(cognito_outbox)))
    assert page.forms[0].values["username"] == "bob"
    page.submit("/confirm", code=last_code(cognito_outbox))

    assert (page.path, "Your registration has been confirmed!" in page.text) == ("/login", True)
    assert pool.user("bob").status == "CONFIRMED"
    assert "code" in page.submit(username="bob", password=PASSWORD).back


def test_another_browser_confirms_but_is_not_signed_in(
    client: AppClient, page: Visitor, cognito_outbox: Outbox
) -> None:
    other = Visitor(client)
    other.http.cookies.update({"XSRF-TOKEN": "1"})
    form = {"_csrf": "1", "username": "bob", "code": last_code(cognito_outbox)}
    other.post("/confirm", form)

    assert other.path == "/login"
    assert "Confirmed" not in page.open("/oauth2/authorize").response.headers.get("Location", "")
    assert page.path == "/login"


def test_the_sign_up_of_one_browser_signs_in_nobody_else(
    pool: UserPool, client: AppClient, page: Visitor, cognito_outbox: Outbox
) -> None:
    eve = sign_up(client, "eve")
    code = last_code(cognito_outbox, "bob@example.com")
    pool.call("AdminConfirmSignUp", Username="bob")

    eve.submit("/confirm", username="bob", code=code)

    assert eve.path == "/confirm"
    assert "User cannot be confirmed. Current status is CONFIRMED" in eve.text
    assert pool.user("eve").status == "UNCONFIRMED"


def test_a_user_who_is_gone_or_another_is_not_signed_in(pool: UserPool, page: Visitor, cognito_outbox: Outbox) -> None:
    pool.call("AdminDeleteUser", Username="bob")
    attributes = [{"Name": "email", "Value": "b@example.com"}]
    pool.call("AdminCreateUser", Username="bob", UserAttributes=attributes, MessageAction="SUPPRESS")

    page.submit("/confirm", code=last_code(cognito_outbox))

    assert page.path == "/confirm"
    assert "User cannot be confirmed" in page.text


def test_an_address_that_another_user_has(cognito: Cognito, cognito_outbox: Outbox) -> None:
    pool = cognito.create_user_pool(**SETTINGS, AliasAttributes=["email"])
    pool.create_user("alice", email="bob@example.com")
    page = sign_up(client_of(pool)).submit("/confirm", code=last_code(cognito_outbox))

    assert (page.path, "An account with the given email already exists." in page.text) == ("/confirm", True)


def test_a_function_that_denies_the_sign_in_keeps_the_user_confirmed(
    cognito: Cognito, pool: UserPool, page: Visitor, cognito_outbox: Outbox
) -> None:
    @cognito.triggers.on("PreAuthentication")
    def deny(_: dict[str, Any], __: object) -> None:
        raise ValueError("not today")

    page.submit("/confirm", code=last_code(cognito_outbox))

    assert (page.path, pool.user("bob").status) == ("/login", "CONFIRMED")
    assert "PreAuthentication failed with error not today." in page.text


def test_the_functions_of_a_sign_up(cognito: Cognito, client: AppClient, cognito_outbox: Outbox) -> None:
    sources: list[str] = []
    for trigger in ("PreSignUp", "CustomMessage", "PostConfirmation", "PostAuthentication", "PreTokenGeneration"):

        @cognito.triggers.on(trigger)
        def note(event: dict[str, Any], _: object) -> dict[str, Any]:
            assert event["callerContext"]["clientId"] == client.id
            sources.append(event["triggerSource"])
            return event

    sign_up(client).submit("/confirm", code=last_code(cognito_outbox))

    assert sources == [
        "PreSignUp_SignUp",
        "CustomMessage_SignUp",
        "PostConfirmation_ConfirmSignUp",
        "PostAuthentication_Authentication",
        "TokenGeneration_HostedAuth",
    ]


def test_a_link_in_place_of_a_code(cognito: Cognito, cognito_outbox: Outbox) -> None:
    pool = cognito.create_user_pool(**SETTINGS, VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"})
    page = sign_up(client_of(pool))
    assert "We have sent a link by email to b***@e***." in page.text
    assert list(page.fields) == []

    assert "User is not confirmed." in page.submit("/confirm").text
    assert page.http.get(str(cognito_outbox.last().link), timeout=5).status_code == 200
    assert "code" in page.submit("/confirm").back


def test_nobody_is_asked_for_a_code(client: AppClient) -> None:
    page = Visitor(client).open("/confirm")

    assert (page.path, "Something went wrong" in page.text) == ("/login", True)


def test_a_user_who_has_tried_to_sign_in_elsewhere_has_proven_nothing(
    pool: UserPool, client: AppClient, page: Visitor, cognito_outbox: Outbox
) -> None:
    other = Visitor(client)
    with pool.world.handle_step("an attempt to sign in") as context:
        found = authorization.client_of_request(context, None, other.query)
        state = signing_in.remember_unconfirmed(context, found, "bob")
    other.http.cookies.set("page-data", state.token)

    other.open("/confirm").submit("/confirm", code=last_code(cognito_outbox))

    assert (other.path, pool.user("bob").status) == ("/login", "CONFIRMED")
