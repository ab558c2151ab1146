"""The claims of tokens of a domain, and what of them comes back with a refresh."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import jwt
import pytest
import requests

from pytest_cognito import Cognito
from tests.support.hosted import CALLBACK, OAUTH, Hosted, parameters, said
from tests.support.jwts import claims

ALL = "openid email phone profile"


def test_the_id_token(hosted: Hosted) -> None:
    hosted.pool.call("CreateGroup", GroupName="admins")
    hosted.pool.call("AdminAddUserToGroup", GroupName="admins", Username="alice")
    tokens = hosted.tokens(scope=ALL, nonce="n/1")
    digest = hashlib.sha256(tokens["access_token"].encode()).digest()[:16]
    found = claims(tokens["id_token"])
    assert list(found)[:3] == ["at_hash", "sub", "cognito:groups"]
    assert found["at_hash"] == base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert (found["nonce"], found["cognito:groups"]) == ("n/1", ["admins"])
    assert (found["aud"], found["token_use"], found["cognito:username"]) == (hosted.client.id, "id", "alice")
    assert {"version", "scope", "client_id"}.isdisjoint(found)


def test_the_access_token(managed: Hosted) -> None:
    api = "https://api.example.com"
    found = claims(managed.tokens(scope="phone openid", resource=api, nonce="n")["access_token"])
    assert found["scope"] == "phone openid"
    assert (found["version"], found["aud"]) == (2, api)
    assert (found["client_id"], found["username"], found["token_use"]) == (managed.client.id, "alice", "access")
    assert "nonce" not in found
    assert [name for name in found if name in ("iss", "version", "client_id", "aud")] == [
        *("iss", "version", "client_id", "aud")
    ]


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        ("openid", {"email", "email_verified", "phone_number", "phone_number_verified", "name", "custom:team"}),
        ("openid aws.cognito.signin.user.admin", {"email", "phone_number", "name", "custom:team"}),
        ("openid email", {"email", "email_verified"}),
        ("openid phone", {"phone_number", "phone_number_verified"}),
        ("openid profile", {"name", "custom:team"}),
        ("openid profile email", {"name", "custom:team", "email", "email_verified"}),
    ],
)
def test_attributes_by_scope(hosted: Hosted, scope: str, seen: set[str]) -> None:
    tokens = hosted.tokens(scope=scope)
    found = claims(tokens["id_token"])
    every = {"email", "email_verified", "phone_number", "phone_number_verified", "name", "custom:team"}
    exact = seen if "admin" not in scope else every
    assert every & found.keys() == exact
    info = said(hosted.user_info(tokens["access_token"]))
    assert info.keys() == {"sub", "username"} | exact
    assert all(isinstance(value, str) for value in info.values())
    assert info["sub"] == found["sub"]


def test_attributes_that_the_client_may_read(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(**OAUTH, ReadAttributes=["name"]))
    tokens = client.tokens(scope="openid")
    assert {"email", "custom:team"}.isdisjoint(claims(tokens["id_token"]))
    assert said(client.user_info(tokens["access_token"])).keys() == {"sub", "username", "name"}


def test_without_a_scope_the_client_gets_all_of_its_scopes(hosted: Hosted) -> None:
    found = claims(hosted.tokens()["access_token"])
    assert found["scope"].split() == OAUTH["AllowedOAuthScopes"]


def test_a_scope_whose_resource_server_is_gone_is_left_out(hosted: Hosted) -> None:
    scope = {"ScopeName": "read", "ScopeDescription": "reads"}
    hosted.pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=[scope])
    scopes = ["openid", "notes/read"]
    client = hosted.at(hosted.pool.create_client(**{**OAUTH, "AllowedOAuthScopes": scopes}))
    assert claims(client.tokens(scope="notes/read openid")["access_token"])["scope"] == "notes/read openid"
    hosted.pool.call("DeleteResourceServer", Identifier="notes")
    again = said(client.redeem(parameters(client.authorize(scope="notes/read openid"))["code"]))
    assert claims(again["access_token"])["scope"] == "openid"


def test_a_refresh_keeps_all_but_the_nonce(managed: Hosted, cognito: Cognito) -> None:
    cognito.clock.freeze("2026-05-01T12:00:00Z")
    first = managed.tokens(scope="openid email", nonce="n", resource="myapi://notes")
    cognito.clock.advance(minutes=10)
    answer = said(managed.refresh(first["refresh_token"]))
    assert list(answer) == ["id_token", "access_token", "expires_in", "token_type"]
    before, after = claims(first["access_token"]), claims(answer["access_token"])
    kept = ("scope", "version", "aud", "auth_time", "origin_jti", "sub")
    assert {name: before[name] for name in kept} == {name: after[name] for name in kept}
    assert after["iat"] - before["iat"] == 600
    id_claims = claims(answer["id_token"])
    assert "nonce" not in id_claims
    assert id_claims["at_hash"] != claims(first["id_token"])["at_hash"]
    assert "name" not in id_claims


def test_the_implicit_grant(hosted: Hosted, cognito: Cognito) -> None:
    location = hosted.sign_in(response_type="token", scope="openid", state="s", nonce="n")
    assert location.startswith(f"{CALLBACK}#")
    found = parameters(location)
    assert list(found) == ["access_token", "id_token", "token_type", "expires_in", "state"]
    assert (found["token_type"], found["expires_in"], found["state"]) == ("Bearer", "3600", "s")
    assert claims(found["id_token"])["nonce"] == "n"
    bare = parameters(hosted.authorize(response_type="token", scope="email"))
    assert list(bare) == ["access_token", "token_type", "expires_in"]
    assert str((cognito.calls[-1].result or {})["location"]).startswith(CALLBACK)


def test_the_tokens_pass_a_verifier_and_the_api(hosted: Hosted, cognito: Cognito) -> None:
    tokens = hosted.tokens()
    key = jwt.PyJWKClient(hosted.pool.jwks_uri).get_signing_key_from_jwt(tokens["id_token"])
    jwt.decode(tokens["id_token"], key, algorithms=["RS256"], audience=hosted.client.id, issuer=hosted.pool.issuer)
    assert cognito.call("GetUser", AccessToken=tokens["access_token"])["Username"] == "alice"


def test_the_trigger_runs_before_the_code_is_issued(hosted: Hosted) -> None:
    sources = []

    @hosted.pool.on("PreTokenGeneration", version=2)
    def change(event: dict[str, object], context: object) -> dict[str, object]:
        sources.append(event["triggerSource"])
        generation = {"claimsToAddOrOverride": {"tenant": "t1", "nonce": "x", "at_hash": "x"}}
        changes = {"idTokenGeneration": generation, "accessTokenGeneration": {"scopesToAdd": ["more"]}}
        return {**event, "response": {"claimsAndScopeOverrideDetails": changes}}

    code = hosted.code(scope="openid", nonce="n")
    assert sources == ["TokenGeneration_HostedAuth"]
    tokens = said(hosted.redeem(code))
    found = claims(tokens["id_token"])
    assert (found["tenant"], found["nonce"], len(found["at_hash"])) == ("t1", "n", 22)
    assert claims(tokens["access_token"])["scope"] == "openid more"
    said(hosted.refresh(tokens["refresh_token"]))
    assert sources == ["TokenGeneration_HostedAuth", "TokenGeneration_RefreshTokens"]


def test_a_trigger_that_fails(hosted: Hosted) -> None:
    tokens = hosted.tokens()

    @hosted.pool.on("PreTokenGeneration")
    def fail(event: object, context: object) -> None:
        raise ValueError("not today")

    description = "PreTokenGeneration failed with error not today."
    silent = parameters(hosted.authorize(state="s"))
    assert silent == {"error_description": description, "state": "s", "error": "invalid_request"}
    location = hosted.authorize(response_type="token")
    assert location.startswith(f"{CALLBACK}#error_description=PreTokenGeneration+failed")
    refusal = hosted.refresh(tokens["refresh_token"])
    assert refusal.json() == {"error": "invalid_grant", "error_description": description}


def test_a_scope_is_in_tokens_as_long_as_a_resource_server_has_it(hosted: Hosted) -> None:
    server: dict[str, Any] = {"Identifier": "notes", "Name": "Notes"}
    has_read: dict[str, Any] = {"Scopes": [{"ScopeName": "read", "ScopeDescription": "Read notes"}]}
    hosted.pool.call("CreateResourceServer", **server, **has_read)
    app = hosted.at(hosted.pool.create_client(**{**OAUTH, "AllowedOAuthScopes": ["openid", "notes/read"]}))

    def scope_of(answer: requests.Response) -> object:
        return claims(said(answer)["access_token"])["scope"]

    app.sign_in()
    early = parameters(app.authorize())["code"]
    refresh_token = said(app.redeem(parameters(app.authorize())["code"]))["refresh_token"]
    assert scope_of(app.refresh(refresh_token)) == "openid notes/read"

    hosted.pool.call("UpdateResourceServer", **server, Scopes=[])
    assert scope_of(app.redeem(early)) == "openid"
    assert scope_of(app.refresh(refresh_token)) == "openid"
    late = said(app.redeem(parameters(app.authorize())["code"]))["refresh_token"]

    hosted.pool.call("UpdateResourceServer", **server, **has_read)
    assert scope_of(app.refresh(refresh_token)) == "openid notes/read"
    assert scope_of(app.refresh(late)) == "openid notes/read"
