"""/oauth2/token with the grant of token exchange (RFC 8693)."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.hosted import Hosted, refused, said
from tests.support.jwts import claims

pytestmark = pytest.mark.needs("GetDerivedToken")

URN = "urn:ietf:params:oauth:"
GRANT = f"{URN}grant-type:token-exchange"
ACCESS, ID = f"{URN}token-type:access_token", f"{URN}token-type:id_token"
FLOWS = ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"]
SCOPES = ["notes/read", "notes/write"]


@pytest.fixture
def service(hosted: Hosted) -> Hosted:
    scopes = [{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")]
    hosted.pool.call("CreateResourceServer", Identifier="notes", Name="notes", Scopes=scopes)
    settings: dict[str, Any] = {"ExplicitAuthFlows": FLOWS, "AllowedOAuthScopes": ["notes/read"]}
    return hosted.at(hosted.pool.create_client(GenerateSecret=True, **settings))


def ask(service: Hosted, token: str | None = None, **form: str) -> Any:
    subject = token or service.pool.user("alice").tokens(scopes=SCOPES).access_token
    pair = (service.client.id, service.client.secret or "")
    sent = {"grant_type": GRANT, "subject_token": subject, "subject_token_type": ACCESS, **form}
    return service.post("/oauth2/token", pair, **sent)


def test_the_exchange(service: Hosted) -> None:
    answer = said(ask(service, scope="notes/read notes/write", resource="notes"))
    assert list(answer) == ["access_token", "issued_token_type", "token_type", "expires_in", "scope"]
    assert (answer["issued_token_type"], answer["token_type"], answer["scope"]) == (ACCESS, "Bearer", "notes/read")
    found = claims(answer["access_token"])
    assert (found["aud"], found["client_id"], found["username"]) == ("notes", service.client.id, "alice")


def test_an_actor_and_an_id_token(service: Hosted) -> None:
    service.pool.create_user("agent")
    actor = service.pool.user("agent").tokens().access_token
    form = {"actor_token": actor, "actor_token_type": ACCESS, "requested_token_type": ID, "audience": "down"}
    answer = said(ask(service, **form))
    assert (answer["issued_token_type"], answer["token_type"]) == (ID, "N_A")
    assert "scope" not in answer
    assert claims(answer["access_token"])["act"] == {"sub": service.pool.user("agent").sub}


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({"subject_token": ""}, "invalid_request"),
        ({"subject_token_type": ""}, "invalid_request"),
        ({"subject_token_type": "jwt"}, "invalid_request"),
        ({"requested_token_type": f"{URN}token-type:saml2"}, "invalid_request"),
        ({"subject_token_type": ID}, "invalid_request"),
        ({"subject_token": "x"}, "invalid_request"),
        ({"actor_token": "x"}, "invalid_request"),
        ({"audience": "a", "resource": "notes"}, "invalid_request"),
        ({"resource": "unknown"}, "invalid_target"),
    ],
)
def test_what_is_refused(service: Hosted, form: dict[str, str], code: str) -> None:
    status, told = refused(ask(service, **form))
    assert (status, told["error"]) == (400, code)


def test_who_may_not(service: Hosted, hosted: Hosted) -> None:
    other = hosted.at(hosted.pool.create_client(GenerateSecret=True))
    assert refused(ask(other)) == (400, {"error": "unauthorized_client"})
    hosted.pool.call("UpdateUserPoolClient", ClientId=service.client.id)
    hosted.pool.call("UpdateUserPool", UserPoolTier="LITE")
    assert refused(ask(service)) == (400, {"error": "unsupported_grant_type"})


def test_tokens_of_identity_providers_are_for_the_api(service: Hosted, cognito: Cognito) -> None:
    idp = cognito.providers.oidc("https://login.example.com")
    service.pool.create_identity_provider("Login", provider=idp).create_user("1")
    status, told = refused(ask(service, idp.token("1"), subject_token_type=ID))
    assert (status, told["error"]) == (400, "invalid_request")
    status, told = refused(ask(service, "PHNhbWw-", subject_token_type=f"{URN}token-type:saml2"))
    assert (status, told["error"]) == (400, "invalid_request")
