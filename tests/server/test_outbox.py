"""``/_cognito/outbox``: the messages that were sent, for people and for programs."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import PASSWORD, Answer, Wire

OUTBOX = "/_cognito/outbox"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture
def pool(world: World) -> UserPool:
    return Cognito(world).create_user_pool(AutoVerifiedAttributes=["email"])


def sign_up(world: World, pool: UserPool, name: str = "ann") -> None:
    Cognito(world).call(
        "SignUp",
        ClientId=pool.client.id,
        Username=name,
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": f"{len(world.outbox)}@example.com"}],
    )


class Page(HTMLParser):
    """What a reader sees of a page, and where its links lead."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.feed(answer.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if tag == "a" and name == "href"]

    def handle_data(self, data: str) -> None:
        self.texts += [data] if data.strip() else []


def read(wire: Wire, accept: str | None = None, **headers: str) -> Answer:
    return wire.send("GET", OUTBOX, {**headers, **({} if accept is None else {"Accept": accept})})


def messages(wire: Wire, **headers: str) -> Any:
    return json.loads(read(wire, "application/json", **headers).body)["messages"]


def test_json_has_the_messages_in_the_order_they_were_sent(wire: Wire, world: World, pool: UserPool) -> None:
    assert messages(wire) == []
    for name in ("ann", "bob"):
        sign_up(world, pool, name)

    first, second = messages(wire)

    sent = world.outbox[0]
    assert first == {
        "medium": "EMAIL",
        "to": "0@example.com",
        "subject": sent.subject,
        "body": sent.body,
        "code": sent.code,
        "link": None,
        "local_link": None,
        "source": "SignUp",
        "pool_id": pool.id,
        "username": "ann",
        "sent": sent.sent.isoformat(),
    }
    assert second["username"] == "bob"


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("application/json, text/html;q=0.9", "application/json"),
        ("image/png", "application/json"),
        ("", "application/json"),
        ("text/html", "text/html;charset=UTF-8"),
        ("text/*", "text/html;charset=UTF-8"),
        (BROWSER, "text/html;charset=UTF-8"),
    ],
)
def test_a_browser_gets_a_page_and_a_program_json(wire: Wire, accept: str | None, content_type: str) -> None:
    answer = read(wire, accept)

    assert (answer.status, answer.headers["content-type"]) == (200, content_type)


def test_the_page_has_the_newest_first(wire: Wire, world: World, pool: UserPool) -> None:
    assert "No message was sent yet." in Page(read(wire, BROWSER)).texts
    for name in ("ann", "bob"):
        sign_up(world, pool, name)

    page = Page(read(wire, BROWSER))

    codes = [message.code for message in world.outbox]
    assert [text for text in page.texts if text in codes] == codes[::-1]
    assert {"e-mail to 0@example.com", f"SignUp, ann of {pool.id}"} <= set(page.texts)


def test_what_a_user_has_chosen_is_text_on_the_page(wire: Wire, world: World, pool: UserPool) -> None:
    name = "<script>alert('\"')</script>"
    sign_up(world, pool, name)

    page = Page(read(wire, BROWSER))

    assert "script" not in page.tags
    assert f"SignUp, {name} of {pool.id}" in page.texts


def test_a_temporary_password(wire: Wire, world: World, pool: UserPool) -> None:
    Cognito(world).call(
        "AdminCreateUser",
        UserPoolId=pool.id,
        Username="ann",
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
        DesiredDeliveryMediums=["EMAIL"],
    )

    page = Page(read(wire, BROWSER))

    assert messages(wire)[0]["code"] in page.texts
    assert "temporary password " in page.texts


def test_a_link_leads_to_the_server(wire: Wire, world: World) -> None:
    pool = Cognito(world).create_user_pool(
        AutoVerifiedAttributes=["email"], VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"}
    )
    pool.call("CreateUserPoolDomain", Domain="notes")
    sign_up(world, pool)

    message = messages(wire)[0]
    (on_page,) = Page(read(wire, BROWSER)).links

    assert message["link"].startswith("https://notes.auth.us-east-1.amazoncognito.com/confirmUser/?")
    assert message["local_link"] == f"{wire.endpoint_url}{on_page}"
    assert on_page is not None
    assert wire.send("GET", on_page).status == 200
    assert pool.user("ann").status == "CONFIRMED"
    assert urlsplit(message["link"]).query == urlsplit(on_page).query


def test_what_is_there_is_not_kept_or_shown_elsewhere(wire: Wire) -> None:
    headers = read(wire, BROWSER, Origin="http://localhost:3000").headers

    assert headers["cache-control"] == "no-store"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "access-control-allow-origin" not in headers


def test_the_test_of_a_fixture_has_its_own(
    cognito_user_pool: UserPool, cognito_server: Server, cognito: Cognito
) -> None:
    sign_up(cognito.world, cognito_user_pool)

    with Wire(cognito_server.endpoint_url) as wire:
        assert [message["code"] for message in messages(wire)] == [cognito.outbox.last().code]
