"""Google, as an application meets it."""

from __future__ import annotations

import jwt
import pytest
import requests

from pytest_cognito import Cognito
from pytest_cognito.providers.google import Google
from tests.support.provider_pages import address, bearer, get, redeem, sent, soup, submit

AUTHORIZE = "https://accounts.google.com/o/oauth2/v2/auth"
TOKEN = "https://www.googleapis.com/oauth2/v4/token"
PEOPLE = "https://people.googleapis.com/v1/people/me"


@pytest.fixture
def google(cognito: Cognito) -> Google:
    google = cognito.providers.google
    google.add_user("1", email="ann@example.com", name="Ann Lee", family_name="Lee", hd="example.com")
    return google


def tokens(scope: str = "openid email profile", **parameters: str) -> dict[str, str]:
    """Sign in, and redeem the code."""
    signed_in = submit(address(AUTHORIZE, scope=scope, **parameters), sub="1")
    answer: dict[str, str] = redeem(TOKEN, sent(signed_in)["code"]).json()
    return answer


def verified(token: str, audience: str = "app") -> dict[str, object]:
    """The claims, as PyJWT verifies them by Google's published keys."""
    key = jwt.PyJWKClient("https://www.googleapis.com/oauth2/v3/certs").get_signing_key_from_jwt(token)
    claims: dict[str, object] = jwt.decode(
        token, key, ["RS256"], audience=audience, issuer="https://accounts.google.com"
    )
    return claims


def test_a_sign_in(google: Google) -> None:
    signed_in = submit(address(AUTHORIZE, scope="openid email", nonce="n"), sub="1")
    assert sent(signed_in).items() >= {"state": "s 1", "authuser": "0", "scope": "openid email"}.items()

    answer = redeem(TOKEN, sent(signed_in)["code"]).json()

    assert (answer["token_type"], answer["expires_in"], answer["scope"]) == ("Bearer", 3600, "openid email")
    assert "refresh_token" not in answer
    claims = verified(answer["id_token"])
    assert claims.items() >= {"sub": "1", "azp": "app", "nonce": "n", "hd": "example.com"}.items()
    assert (claims["email"], claims["email_verified"]) == ("ann@example.com", True)
    assert "name" not in claims


def test_the_configuration_names_what_is_there(google: Google) -> None:
    found = requests.get("https://accounts.google.com/.well-known/openid-configuration", timeout=5).json()

    assert found["issuer"] == "https://accounts.google.com"
    assert get(address(found["authorization_endpoint"], scope="openid")).status_code == 200
    assert requests.get(found["jwks_uri"], timeout=5).json()["keys"][0]["alg"] == "RS256"
    assert bearer(found["userinfo_endpoint"], tokens()["access_token"])["name"] == "Ann Lee"
    assert redeem(found["token_endpoint"], "x").json()["error"] == "invalid_grant"


def test_the_people_api_gives_the_fields_of_the_mask(google: Google) -> None:
    token = tokens("https://www.googleapis.com/auth/userinfo.email profile")["access_token"]

    person = bearer(f"{PEOPLE}?personFields=names,emailAddresses,birthdays", token)

    assert person["resourceName"] == "people/1"
    assert person["names"][0]["familyName"] == "Lee"
    assert person["emailAddresses"][0]["value"] == "ann@example.com"
    assert person["emailAddresses"][0]["metadata"]["verified"] is True
    assert "birthdays" not in person


@pytest.mark.parametrize(("mask", "said"), [("", "personFields mask is required"), ("email", 'mask path: "email"')])
def test_the_people_api_refuses_other_fields(google: Google, mask: str, said: str) -> None:
    error = bearer(f"{PEOPLE}?personFields={mask}", tokens()["access_token"])["error"]

    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert said in error["message"]


def test_an_access_token_that_is_not_known_is_refused(google: Google) -> None:
    assert bearer(f"{PEOPLE}?personFields=names", "x")["error"]["status"] == "UNAUTHENTICATED"
    assert bearer("https://openidconnect.googleapis.com/v1/userinfo", "x")["error"] == "invalid_token"
    assert bearer("https://www.googleapis.com/oauth2/v2/userinfo", "x")["error"] == "invalid_token"


def test_the_earlier_userinfo_has_other_names(google: Google) -> None:
    found = bearer("https://www.googleapis.com/oauth2/v2/userinfo", tokens()["access_token"])

    assert (found["id"], found["verified_email"]) == ("1", True)


def test_token_information(google: Google, cognito: Cognito) -> None:
    answer = tokens()
    url = "https://oauth2.googleapis.com/tokeninfo"

    of_id = requests.get(url, params={"id_token": answer["id_token"]}, timeout=5).json()
    of_access = requests.get(url, params={"access_token": answer["access_token"]}, timeout=5).json()

    assert (of_id["email_verified"], of_id["aud"]) == ("true", "app")
    assert (of_access["sub"], of_access["expires_in"]) == ("1", "3600")
    cognito.clock.advance(hours=1)
    assert requests.get(url, params={"id_token": answer["id_token"]}, timeout=5).status_code == 400
    assert requests.get(url, params={"access_token": answer["access_token"]}, timeout=5).status_code == 400


def test_offline_access_gives_a_refresh_token_until_it_is_revoked(google: Google) -> None:
    kept = tokens(access_type="offline")["refresh_token"]
    asked = {"grant_type": "refresh_token", "refresh_token": kept, "client_id": "app"}

    answer = requests.post(TOKEN, data=asked, timeout=5).json()

    assert verified(answer["id_token"])["sub"] == "1"
    assert "refresh_token" not in answer
    assert requests.post("https://oauth2.googleapis.com/revoke", data={"token": kept}, timeout=5).json() == {}
    assert requests.post(TOKEN, data=asked, timeout=5).json()["error"] == "invalid_grant"
    assert requests.post("https://oauth2.googleapis.com/revoke", data={"token": kept}, timeout=5).status_code == 400


def test_an_error_of_the_request_is_shown_to_the_user(google: Google) -> None:
    shown = get(address(AUTHORIZE, scope=None))

    assert shown.status_code == 400
    assert "Required parameter is missing: scope" in soup(shown).get_text()


def test_the_keys_as_pem(google: Google) -> None:
    keys = requests.get("https://www.googleapis.com/oauth2/v1/certs", timeout=5).json()
    token = google.token("1", audience="app")

    pem = keys[jwt.get_unverified_header(token)["kid"]]

    assert jwt.decode(token, pem, ["RS256"], audience="app")["email"] == "ann@example.com"
