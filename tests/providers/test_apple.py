"""Sign in with Apple, as an application meets it."""

from __future__ import annotations

import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from pytest_cognito import Cognito, UsageError
from pytest_cognito.providers.apple import Apple
from tests.support.provider_pages import address, forwarded, get, redeem, sent, soup, submit

AUTHORIZE = "https://appleid.apple.com/auth/authorize"
TOKEN = "https://appleid.apple.com/auth/token"
MONTH = 30 * 24 * 3600


@pytest.fixture
def apple(cognito: Cognito) -> Apple:
    apple = cognito.providers.apple
    apple.add_client("app")
    apple.add_user("001.a", email="x@privaterelay.appleid.com", given_name="Ann", family_name="Lee", name="Ann Lee")
    return apple


def secret(apple: Apple, now: int, *, kid: str | None = None, key: Any = None, **claims: Any) -> str:
    """A client secret that is made with the developer's key."""
    details = apple.details()
    made = {"iss": details["team_id"], "sub": "app", "aud": "https://appleid.apple.com", "iat": now, "exp": now + 300}
    headers = {"kid": kid or details["key_id"]}
    return jwt.encode({**made, **claims}, key or details["private_key"], "ES256", headers=headers)


def code(scope: str = "name email", **parameters: str) -> dict[str, str]:
    """What the application gets for a user who signs in."""
    return sent(submit(address(AUTHORIZE, scope=scope, response_mode="form_post", **parameters), sub="001.a"))


def test_a_sign_in(apple: Apple, cognito: Cognito) -> None:
    answer = code(nonce="n")
    assert json.loads(answer["user"]) == {
        "name": {"firstName": "Ann", "lastName": "Lee"},
        "email": "x@privaterelay.appleid.com",
    }

    tokens = redeem(TOKEN, answer["code"], client_secret=secret(apple, cognito.clock.timestamp())).json()

    assert tokens.keys() == {"access_token", "expires_in", "id_token", "refresh_token", "token_type"}
    key = jwt.PyJWKClient("https://appleid.apple.com/auth/keys").get_signing_key_from_jwt(tokens["id_token"])
    claims = jwt.decode(tokens["id_token"], key, ["RS256"], audience="app", issuer="https://appleid.apple.com")
    assert (claims["email_verified"], claims["is_private_email"]) == ("true", "true")
    assert (claims["sub"], claims["nonce"], claims["nonce_supported"]) == ("001.a", "n", True)
    assert "name" not in claims


def test_the_name_is_sent_the_first_time_alone(apple: Apple) -> None:
    assert "user" in code()
    assert "user" not in code()
    assert "user" not in code("openid")


def test_name_and_email_come_by_post_alone(apple: Apple) -> None:
    shown = get(address(AUTHORIZE, scope="name", response_mode="query"))

    assert shown.status_code == 400
    assert "must be form_post" in soup(shown).get_text()
    assert submit(address(AUTHORIZE, scope="openid"), sub="001.a").status_code == 302
    assert get(address(AUTHORIZE, scope="profile", response_mode="form_post")).status_code == 400


def test_a_user_who_cancels(apple: Apple) -> None:
    cancelled = submit(address(AUTHORIZE, scope="name", response_mode="form_post"), decision="deny")

    assert forwarded(cancelled)[1] == {"error": "user_cancelled_authorize", "state": "s 1"}


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "OTHER"},
        {"sub": "other"},
        {"aud": "https://other.example.com"},
        {"exp": 1},
        {"exp": 7 * MONTH},
        {"kid": "OTHER"},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
    ids=lambda changes: "-".join(f"{name}" for name in changes),
)
def test_a_client_secret_that_is_not_right(apple: Apple, cognito: Cognito, changes: dict[str, Any]) -> None:
    now = cognito.clock.timestamp()
    wrong = {**changes, **({"exp": now + changes["exp"]} if changes.get("exp", 0) > 1 else {})}

    refused = redeem(TOKEN, code()["code"], client_secret=secret(apple, now, **wrong))

    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_client"})


def test_a_client_secret_that_is_none(apple: Apple) -> None:
    assert redeem(TOKEN, code()["code"]).json() == {"error": "invalid_client"}
    assert redeem(TOKEN, code()["code"], client_secret="s").json() == {"error": "invalid_client"}


def test_a_code_that_is_not_right(apple: Apple, cognito: Cognito) -> None:
    refused = redeem(TOKEN, "x", client_secret=secret(apple, cognito.clock.timestamp()))

    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_grant")


def test_the_key_of_provider_details_is_known(apple: Apple, cognito: Cognito) -> None:
    body = "".join(apple.details()["private_key"].splitlines()[1:-1])
    apple.introduce({"client_id": "cognito", "team_id": "T", "key_id": "K", "private_key": body})
    signed = secret(apple, cognito.clock.timestamp(), kid="K", iss="T", sub="cognito")
    given = code(client_id="cognito")["code"]

    assert redeem(TOKEN, given, client_id="cognito", client_secret=signed).status_code == 200


def test_a_token_in_one_line(apple: Apple) -> None:
    claims = apple.token("001.a", audience="app").claims

    assert claims.items() >= {"aud": "app", "email_verified": "true", "is_private_email": "true"}.items()
    assert apple.token("2", email="b@example.com", email_verified=False).claims["email_verified"] == "false"
    assert apple.token("2", email="b@example.com").claims["is_private_email"] == "false"


def test_a_key_that_is_none(apple: Apple) -> None:
    with pytest.raises(UsageError, match="is a key of P-256"):
        apple.add_client("other", private_key="p3m")


def test_the_configuration(apple: Apple) -> None:
    found = get("https://appleid.apple.com/.well-known/openid-configuration").json()

    assert (found["issuer"], found["jwks_uri"]) == ("https://appleid.apple.com", "https://appleid.apple.com/auth/keys")
