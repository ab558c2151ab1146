"""Tokens of issuers outside: what they may say, and issuers that do not answer."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, JwtAuthorizer
from tests.support.every_front import part
from tests.support.fronts import told

ISSUER = "https://idp.example.com"
NOWHERE = "https://nowhere.example.com"


@pytest.mark.parametrize(
    ("claims", "statuses"),
    [
        ({"scope": "notes"}, [200, 200]),
        ({"scope": ["notes"]}, [200, 200]),
        ({"scp": ["other", "notes"]}, [200, 200]),
        ({"scope": None}, [200, 403]),
        ({"scope": 5}, [200, 403]),
        ({"scp": [1, {}, "other"]}, [200, 403]),
        ({"scope": {"notes": True}}, [200, 403]),
        ({"scope": "notesx xnotes"}, [200, 403]),
        ({"exp": "soon"}, [401, 401]),
        ({"aud": None}, [401, 401]),
        ({"aud": {"app": 1}}, [401, 401]),
        ({"aud": [["app"]]}, [401, 401]),
    ],
)
def test_claims_of_other_types(cognito: Cognito, claims: dict[str, Any], statuses: list[int]) -> None:
    provider = cognito.providers.oidc(ISSUER)
    routes = {"GET /open": told, "GET /notes": (told, ["notes"])}
    api = cognito.http_api(routes, authorizer=JwtAuthorizer(provider.url, ["app"]))
    headers = {"Authorization": f"Bearer {provider.token(**{'sub': '1', 'aud': 'app', **claims})}"}
    assert [api.get(path, headers=headers).status_code for path in ("/open", "/notes")] == statuses


def test_an_issuer_that_does_not_answer_vouches_for_nobody(cognito: Cognito) -> None:
    token = f"{part({'alg': 'RS256', 'kid': '1'})}.{part({'iss': NOWHERE, 'aud': 'app', 'exp': 9_999_999_999})}.x"
    api = cognito.http_api(told, authorizer=JwtAuthorizer(NOWHERE, ["app"]))
    refused = api.get("/", headers={"Authorization": token})
    assert (refused.status_code, refused.text) == (401, '{"message":"Unauthorized"}')
    assert "the keys of its issuer can not be had" in "".join(cognito.calls.of("GET /")[-1].explanation)
    mode = {"authenticationType": "OPENID_CONNECT", "openIDConnectConfig": {"issuer": NOWHERE}}
    graphql = cognito.appsync("type Query { a: Int }", {"Query.a": lambda event, context: 1}, mode)
    assert graphql.query("{ a }", auth=token).status_code == 401
