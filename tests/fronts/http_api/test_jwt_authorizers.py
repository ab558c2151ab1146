"""JWT authorizers of HTTP APIs: which tokens pass, and what the refusals say."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, HttpApi, JwtAuthorizer, Tokens, UsageError, UserPool
from tests.support.fronts import told

ISSUER = "https://id.example.com"


@pytest.fixture
def api(cognito: Cognito, cognito_user_pool: UserPool) -> HttpApi:
    routes = {"GET /notes": told, "POST /notes": (told, ["notes/write", "notes/all"]), "GET /health": (told, None)}
    return cognito.http_api(routes, authorizer=cognito_user_pool)


def invalid(text: str, scopes: str = "") -> str:
    return f'Bearer scope="{scopes}" error="invalid_token" error_description="{text}"'


def test_no_token_is_refused_with_a_bare_challenge(api: HttpApi) -> None:
    response = api.get("/notes")
    assert (response.status_code, response.text) == (401, '{"message":"Unauthorized"}')
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-length"] == "26"
    assert len(response.headers["apigw-requestid"]) == 16


def test_both_tokens_of_a_sign_in_pass_a_route_without_scopes(api: HttpApi, cognito_tokens: Tokens) -> None:
    for token in (cognito_tokens.access_token, f"Bearer {cognito_tokens.access_token}", cognito_tokens.id_token):
        assert api.get("/notes", headers={"Authorization": token}).status_code == 200


def test_a_public_route_asks_for_nothing(api: HttpApi, cognito_tokens: Tokens) -> None:
    assert api.get("/health").json() is None
    assert api.get("/health", headers=cognito_tokens.expired().auth_header).status_code == 200


@pytest.mark.parametrize(
    ("spoil", "text"),
    [
        (Tokens.expired, "the token has expired"),
        (Tokens.tampered, "the token has an invalid signature"),
        (Tokens.wrong_audience, "the token does not have a valid audience"),
        (Tokens.wrong_issuer, "issuer does not match"),
    ],
)
def test_a_spoiled_token_is_refused_with_the_reason(
    api: HttpApi, cognito_tokens: Tokens, spoil: Any, text: str
) -> None:
    spoiled: Tokens = spoil(cognito_tokens)
    for token in (spoiled.access_token, spoiled.id_token):
        response = api.get("/notes", headers={"Authorization": token})
        assert (response.status_code, response.json()) == (401, {"message": "Unauthorized"})
        assert response.headers["www-authenticate"] == invalid(text)


@pytest.mark.parametrize(
    ("token", "text"),
    [
        ("Bearer not-a-token", "token contains an invalid number of segments"),
        ("Basic YWxpY2U6c2VjcmV0", "token contains an invalid number of segments"),
        ("a.b.c", "token is malformed"),
        ("eyJhbGciOiJub25lIn0.e30.", "signing method is invalid"),
        ("eyJhbGciOiJIUzI1NiJ9.e30.c2ln", "signing method is invalid"),
    ],
)
def test_what_is_no_token_is_refused_with_the_reason(api: HttpApi, token: str, text: str) -> None:
    response = api.get("/notes", headers={"Authorization": token})
    assert (response.status_code, response.headers["www-authenticate"]) == (401, invalid(text))


def test_a_token_is_good_until_it_expires(api: HttpApi, cognito: Cognito, cognito_tokens: Tokens) -> None:
    cognito.clock.advance(seconds=cognito_tokens.expires_in - 1)
    assert api.get("/notes", headers=cognito_tokens.auth_header).status_code == 200
    cognito.clock.advance(seconds=1)
    assert api.get("/notes", headers=cognito_tokens.auth_header).status_code == 401


def test_a_token_from_the_future_is_refused(api: HttpApi, cognito: Cognito, cognito_tokens: Tokens) -> None:
    cognito.clock.advance(minutes=-5)
    response = api.get("/notes", headers=cognito_tokens.auth_header)
    assert response.headers["www-authenticate"] == invalid("the token is not valid yet")


def test_a_token_of_a_user_who_has_signed_out_is_good_until_it_expires(
    api: HttpApi, cognito_user_pool: UserPool, cognito_tokens: Tokens
) -> None:
    cognito_user_pool.call("AdminUserGlobalSignOut", Username="alice")
    assert api.get("/notes", headers=cognito_tokens.auth_header).status_code == 200


def test_one_of_the_scopes_of_a_route_is_enough(api: HttpApi, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.create_user("bob")
    tokens = cognito_user_pool.tokens_for("bob", scopes=["openid", "notes/write"])
    response = api.post("/notes", headers=tokens.auth_header)
    assert response.json()["jwt"]["scopes"] == ["openid", "notes/write"]
    assert api.get("/notes", headers=tokens.auth_header).json()["jwt"]["scopes"] is None


def test_a_token_without_the_scopes_of_a_route_is_forbidden(api: HttpApi, cognito_tokens: Tokens) -> None:
    for token in (cognito_tokens.access_token, cognito_tokens.id_token):
        response = api.post("/notes", headers={"Authorization": token})
        assert (response.status_code, response.text) == (403, '{"message":"Forbidden"}')
        assert response.headers["www-authenticate"] == (
            'Bearer scope="notes/write notes/all" error="insufficient_scope" '
            'error_description="the token does not have any of the required scopes"'
        )
    assert api.post("/notes", headers=cognito_tokens.expired().auth_header).status_code == 401


def test_the_audience_is_every_app_client_of_the_pool_as_it_is_now(
    api: HttpApi, cognito: Cognito, cognito_user_pool: UserPool
) -> None:
    client = cognito_user_pool.create_client(ClientName="later")
    cognito_user_pool.create_user("bob")
    tokens = cognito_user_pool.tokens_for("bob", client=client)
    assert api.get("/notes", headers=tokens.auth_header).status_code == 200
    cognito_user_pool.call("DeleteUserPoolClient", ClientId=client.id)
    assert api.get("/notes", headers=tokens.auth_header).status_code == 401


def test_an_audience_that_is_given_is_the_only_one(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    one, another = (cognito_user_pool.create_client(ClientName=name) for name in ("one", "another"))
    cognito_user_pool.create_user("bob")
    for authorizer in (one, JwtAuthorizer(cognito_user_pool.issuer, [one.id])):
        api = cognito.http_api(told, authorizer=authorizer)
        own, other = (cognito_user_pool.tokens_for("bob", client=client) for client in (one, another))
        assert api.get("/", headers=own.auth_header).status_code == 200
        assert api.get("/", headers=other.auth_header).status_code == 401


def test_routes_may_have_authorizers_of_their_own(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    staff = cognito.create_user_pool(PoolName="staff")
    staff.create_user("eve")
    api = cognito.http_api(
        {"GET /notes": told, "GET /admin": (told, staff), "PUT /admin": (told, staff, ["admin"])},
        authorizer=cognito_user_pool,
    )
    header = staff.tokens_for("eve", scopes=["admin"]).auth_header
    assert [api.get(path, headers=header).status_code for path in ("/notes", "/admin")] == [401, 200]
    assert api.put("/admin", headers=header).status_code == 200


def test_a_token_may_come_in_the_query_string(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.create_user("bob")
    source = "$request.querystring.access_token"
    api = cognito.http_api(told, authorizer=JwtAuthorizer(cognito_user_pool.issuer, identity_source=source))
    token = cognito_user_pool.tokens_for("bob").access_token
    assert api.get("/", params={"access_token": token}).status_code == 200
    assert api.get("/", headers={"Authorization": token}).headers["www-authenticate"] == "Bearer"


def test_tokens_of_any_issuer_of_the_world_are_verified(cognito: Cognito) -> None:
    provider = cognito.providers.oidc(ISSUER)
    api = cognito.http_api(told, authorizer=JwtAuthorizer(ISSUER, ["my-app"]))
    token = provider.token("1", audience="my-app")
    claims = api.get("/", headers={"Authorization": f"Bearer {token}"}).json()["jwt"]["claims"]
    assert (claims["iss"], claims["sub"], claims["aud"]) == (ISSUER, "1", "my-app")
    for spoiled in (token.expired(), token.tampered(), token.wrong_signer(), token.wrong_audience(), token.unsigned()):
        assert api.get("/", headers={"Authorization": spoiled}).status_code == 401


def test_a_pool_that_was_deleted_has_no_keys(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    api = cognito.http_api(told, authorizer=cognito_user_pool)
    cognito_user_pool.create_user("bob")
    header = cognito_user_pool.tokens_for("bob").auth_header
    cognito_user_pool.call("DeleteUserPool")
    assert api.get("/", headers=header).headers["www-authenticate"] == invalid(
        "the token's key is not one of its issuer's"
    )


def test_an_issuer_without_an_audience_is_no_authorizer(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    with pytest.raises(UsageError, match=r"its audience is not known: write JwtAuthorizer\('https://id.example.com'"):
        cognito.http_api(told, authorizer=JwtAuthorizer(ISSUER))
    with pytest.raises(UsageError, match=r"write JwtAuthorizer\(provider.url"):
        cognito.http_api(told, authorizer=cognito.providers.oidc(ISSUER))
    with pytest.raises(UsageError, match=r"an address, such as pool\.issuer"):
        JwtAuthorizer(cognito_user_pool.id)
    with pytest.raises(UsageError, match=r"write \[client.id\]"):
        JwtAuthorizer(ISSUER, "my-app")
    with pytest.raises(UsageError, match="an identity source is text such as"):
        JwtAuthorizer(ISSUER, ["my-app"], identity_source="Authorization")
