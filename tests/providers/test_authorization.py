"""The authorization page: what is refused, what comes of it, by a provider of OpenID Connect."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito
from pytest_cognito.providers.oidc import OIDC
from tests.support.provider_pages import CALLBACK, address, forwarded, get, sent, soup, submit

ISSUER = "https://idp.example.com"
AUTHORIZE = f"{ISSUER}/authorize"


@pytest.fixture
def idp(cognito: Cognito) -> OIDC:
    return cognito.providers.oidc(ISSUER)


def test_the_page_lists_users_and_takes_others(idp: OIDC) -> None:
    idp.add_user("1", email="ann@example.com", name="<i>Ann</i>")

    page = get(address(AUTHORIZE, scope="openid", login_hint="ben@example.com"))

    assert page.status_code == 200
    assert "<i>" not in page.text
    [listed] = soup(page).select("form[name=user]")
    assert listed.get_text(strip=True) == "<i>Ann</i> · ann@example.com"
    typed = soup(page).select("form#another-user [name]")
    assert [each["name"] for each in typed] == ["sub", "email", "claims", "decision", "decision"]
    assert all(soup(page).select(f"label[for={each['name']}]") for each in typed[:3])
    assert typed[1]["value"] == "ben@example.com"


def test_another_user_signs_in_with_what_is_typed(idp: OIDC) -> None:
    fields = {"sub": "7", "email": "g@example.com", "claims": '{"name": "Gus"}'}

    answer = sent(submit(address(AUTHORIZE, scope="openid"), **fields))

    assert answer.keys() == {"code", "state"}
    assert idp.users == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sub": " "}, "Enter an id."),
        ({"sub": "1", "claims": "[1]"}, "JSON object"),
        ({"sub": "1", "claims": "{"}, "JSON"),
    ],
)
def test_what_is_not_understood_is_asked_for_again(idp: OIDC, fields: dict[str, str], said: str) -> None:
    page = submit(address(AUTHORIZE, scope="openid"), email="a@example.com", **fields)

    assert page.status_code == 400
    alert = soup(page).select_one("[role=alert]")
    assert alert is not None
    assert said in alert.get_text()
    assert soup(page).select("#email")[0]["value"] == "a@example.com"


def test_a_user_who_cancels(idp: OIDC) -> None:
    assert sent(submit(address(AUTHORIZE, scope="openid"), decision="deny")) == {
        "error": "access_denied",
        "state": "s 1",
    }


def test_a_test_that_cancels_the_next_sign_in(idp: OIDC) -> None:
    idp.deny()

    assert sent(get(address(AUTHORIZE, scope="openid")))["error"] == "access_denied"
    assert get(address(AUTHORIZE, scope="openid")).status_code == 200


@pytest.mark.parametrize(
    ("parameters", "error"),
    [
        ({"response_type": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": None}, "invalid_request"),
        ({"prompt": "none"}, "login_required"),
        ({"response_mode": "x"}, "invalid_request"),
        ({"code_challenge": "c", "code_challenge_method": "x"}, "invalid_request"),
    ],
)
def test_an_error_goes_to_the_application(idp: OIDC, parameters: dict[str, str | None], error: str) -> None:
    answer = sent(get(address(AUTHORIZE, **{"scope": "openid", **parameters})))

    assert (answer["error"], answer["state"]) == (error, "s 1")
    assert answer["error_description"]


@pytest.mark.parametrize(
    ("parameters", "status", "said"),
    [
        ({"client_id": None}, 400, "client_id"),
        ({"client_id": "other"}, 401, "not found"),
        ({"redirect_uri": None}, 400, "redirect_uri"),
        ({"redirect_uri": "https://evil.example.com/"}, 400, "not one of the client"),
    ],
)
def test_an_error_of_client_or_redirect_uri_does_not(
    idp: OIDC, parameters: dict[str, str | None], status: int, said: str
) -> None:
    idp.add_client("app", redirect_uris=[CALLBACK])

    shown = get(address(AUTHORIZE, **{"scope": "openid", **parameters}))

    assert shown.status_code == status
    assert said in soup(shown).get_text()


def test_a_redirect_uri_is_an_address(idp: OIDC) -> None:
    for no_address in ("/callback", "https://app.example.com/\r\nSet-Cookie: a=b"):
        assert get(address(AUTHORIZE, scope="openid", redirect_uri=no_address)).status_code == 400
    assert get(address(AUTHORIZE, scope="openid", redirect_uri="com.example.app:/cb")).status_code == 200


def test_the_modes_of_a_response(idp: OIDC) -> None:
    by_post = submit(address(AUTHORIZE, scope="openid", response_mode="form_post"), sub="1")
    in_fragment = submit(address(AUTHORIZE, scope="openid", response_mode="fragment"), sub="1")

    assert forwarded(by_post)[0] == CALLBACK
    assert forwarded(by_post)[1].keys() == {"code", "state"}
    assert in_fragment.headers["Location"].startswith(f"{CALLBACK}#code=")


def test_a_redirect_uri_keeps_its_query(idp: OIDC) -> None:
    signed_in = submit(address(AUTHORIZE, scope="openid", redirect_uri=f"{CALLBACK}?a=b"), sub="1")

    assert signed_in.headers["Location"].startswith(f"{CALLBACK}?a=b&code=")
