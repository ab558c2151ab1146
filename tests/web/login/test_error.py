"""``/error``, the pages of links in messages, and what all pages of a domain have in common."""

from __future__ import annotations

import pytest
import requests

from pytest_cognito import AppClient, Cognito, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.codes import last_code
from tests.support.forms import BASE, CALLBACK, Visitor, client_of

PASSWORD = "Correct-horse-7"


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(AutoVerifiedAttributes=["email"], Schema=[{"Name": "email", "Required": True}])


@pytest.fixture(params=[1, 2], ids=["classic", "managed"])
def client(pool: UserPool, request: pytest.FixtureRequest) -> AppClient:
    return client_of(pool, version=request.param)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"redirect_uri": "https://evil.example.com"}, "redirect_mismatch"),
        ({"client_id": "nobody"}, "invalid_request"),
        ({"identity_provider": "None"}, "Login option is not available. Please try another one"),
    ],
)
def test_what_is_wrong_with_a_request(client: AppClient, query: dict[str, str], message: str) -> None:
    page = Visitor(client, **query).open("/oauth2/authorize")

    assert (page.path, page.response.status_code) == ("/error", 400)
    assert "An error was encountered with the requested page." in page.text
    assert message in page.text


@pytest.mark.parametrize("name", ["error", "error_description"])
def test_any_text_is_shown_as_text(client: AppClient, name: str) -> None:
    said = "</p><script>alert('1')</script>{0.__class__}%s"
    page = requests.get(f"{BASE}/error", params={name: said, "client_id": client.id}, timeout=5)

    assert page.status_code == 400
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;{0.__class__}%s" in page.text


def test_an_error_without_a_text(client: AppClient) -> None:
    assert "An error was encountered" in requests.get(f"{BASE}/error", timeout=5).text


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [(CALLBACK, 302, CALLBACK), ("", 200, None), ("https://evil.example.com/", 400, None), ("//evil", 400, None)],
)
def test_a_link_that_confirms_leads_to_callback_urls_alone(
    pool: UserPool, client: AppClient, cognito_outbox: Outbox, target: str, status: int, location: str | None
) -> None:
    Visitor(client).open("/signup").submit(username="bob", attribute_email="bob@example.com", password=PASSWORD)
    query = {"client_id": client.id, "user_name": "bob", "confirmation_code": last_code(cognito_outbox)}
    more = {"redirect_uri": target} if target else {}

    answer = requests.get(f"{BASE}/confirmUser", params={**query, **more}, timeout=5, allow_redirects=False)

    assert (answer.status_code, answer.headers.get("Location")) == (status, location)
    assert pool.user("bob").status == ("UNCONFIRMED" if status == 400 else "CONFIRMED")
    assert "cognito" not in answer.cookies
