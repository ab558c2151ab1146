"""The errors of a domain's OAuth 2.0 endpoints, which say little, are explained."""

from __future__ import annotations

import re

import pytest

from pytest_cognito import Cognito
from tests.support.hosted import CALLBACK, OAUTH, PKCE, PREFIX, Hosted, parameters


@pytest.fixture
def hosted(cognito: Cognito) -> Hosted:
    pool = cognito.create_user_pool()
    pool.call("CreateUserPoolDomain", Domain=PREFIX)
    pool.create_user("alice")
    return Hosted(pool, pool.create_client(**OAUTH))


def why(hosted: Hosted, _done: object) -> list[str]:
    """What explains the failure of the last request."""
    call = hosted.pool.world.calls[-1]
    assert call.error is not None
    return [re.sub(r"\b\d\d:\d\d:\d\d\b", "TIME", line) for line in call.explanation]


def test_a_redirect_uri_that_is_not_registered(hosted: Hosted) -> None:
    assert why(hosted, hosted.authorize(redirect_uri=f"{CALLBACK}/")) == [
        f"CallbackURLs of {hosted.client.id}: {CALLBACK}, https://app.example.com/other",
        f"the request has: {CALLBACK}/",
    ]


def test_requests_for_authorization(hosted: Hosted) -> None:
    client_id = hosted.client.id
    assert why(hosted, hosted.authorize(client_id="x"))[0].startswith(f"app clients: {client_id}")
    said = why(hosted, hosted.authorize(scope="openid notes/read"))
    assert said[1:] == ["the request has others: notes/read", "no resource server has notes/read"]
    assert why(hosted, hosted.authorize(identity_provider="Google")) == [
        f"SupportedIdentityProviders of {client_id}: COGNITO"
    ]
    hosted.pool.call("UpdateUserPoolClient", ClientId=client_id, **{**OAUTH, "AllowedOAuthFlows": ["implicit"]})
    assert why(hosted, hosted.authorize()) == [f"AllowedOAuthFlows of {client_id}: implicit"]
    hosted.pool.call("UpdateUserPoolClient", ClientId=client_id, CallbackURLs=[CALLBACK])
    (said_of_client,) = why(hosted, hosted.authorize())
    assert "AllowedOAuthFlowsUserPoolClient=False" in said_of_client


def test_a_used_code(hosted: Hosted) -> None:
    code = hosted.code()
    hosted.redeem(code)
    assert why(hosted, hosted.redeem(code)) == ["the code was used by an earlier request, and is good once"]
    assert why(hosted, hosted.redeem("x"))[0].startswith("no sign-in here has given this code")


def test_an_expired_code(hosted: Hosted, cognito: Cognito) -> None:
    code = hosted.code()
    cognito.clock.advance(minutes=6)
    assert why(hosted, hosted.redeem(code)) == ["the code is good for five minutes: expired TIME, now TIME"]


def test_codes_with_something_else(hosted: Hosted) -> None:
    other = hosted.at(hosted.pool.create_client(**OAUTH))
    (said,) = why(hosted, other.redeem(hosted.code(**PKCE)))
    assert said == f"the code was given to {hosted.client.id}; the request is of {other.client.id}"

    def again() -> str:
        return parameters(hosted.authorize(**PKCE))["code"]

    (said,) = why(hosted, hosted.redeem(again(), redirect_uri="myapp://x"))
    assert said == f"the code was asked for with redirect_uri {CALLBACK}; the request has myapp://x"
    assert why(hosted, hosted.redeem(again()))[0].endswith("the request has no code_verifier")
    assert why(hosted, hosted.redeem(again(), code_verifier="y"))[0].endswith("is not the one of the code_challenge")
    code = again()
    hosted.pool.call("AdminDisableUser", Username="alice")
    assert "alice is disabled" in why(hosted, hosted.redeem(code, code_verifier="y"))


def test_attributes_that_may_not_be_read(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(**OAUTH, ReadAttributes=["email"]))
    assert "ReadAttributes" in why(hosted, client.redeem(client.code(scope="openid email")))[0]


def test_refresh_tokens(hosted: Hosted) -> None:
    token = hosted.tokens()["refresh_token"]
    assert why(hosted, hosted.refresh("x")) == ["no sign-in here has given this refresh token"]
    hosted.pool.call("AdminDisableUser", Username="alice")
    assert why(hosted, hosted.refresh(token))[-1] == "alice is disabled"
    hosted.pool.call("UpdateUserPoolClient", ClientId=hosted.client.id, ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    assert why(hosted, hosted.refresh(token)) == [
        f"{hosted.client.id} may not refresh tokens: its ExplicitAuthFlows are ALLOW_USER_AUTH"
    ]


def test_who_the_client_is(hosted: Hosted) -> None:
    client = hosted.at(hosted.pool.create_client(GenerateSecret=True, **OAUTH))
    client_id = client.client.id
    assert why(hosted, client.refresh("x"))[0].endswith("which the request does not send or which is wrong")
    assert why(hosted, client.refresh("x", (client_id, "y")))[0].startswith(f"{client_id} has a secret")
    assert why(hosted, client.post("/oauth2/revoke", client_secret="y")) == [
        f"{client_id} has another secret than the request sends"
    ]
    assert why(hosted, hosted.redeem("x", client_secret="y"))[0].startswith(f"{hosted.client.id} has no secret")
    assert why(hosted, hosted.redeem("x", client_id="y"))[0].startswith("app clients: ")


def test_a_client_of_another_domain_s_pool(hosted: Hosted, cognito: Cognito) -> None:
    pool = cognito.create_user_pool()
    other = hosted.at(pool.create_client(**OAUTH))
    said = f"{other.client.id} is a client of {pool.id}, whose domain is none: no other knows it"
    assert why(hosted, other.redeem("x"))[-1] == said


def test_what_a_request_lacks(hosted: Hosted) -> None:
    assert why(hosted, hosted.redeem("")) == [
        "the request lacks code; a body is read if it is application/x-www-form-urlencoded"
    ]


def test_scopes_of_a_machine(hosted: Hosted) -> None:
    settings = {
        **OAUTH,
        "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthScopes": ["aws.cognito/dcr/register"],
    }
    machine = hosted.at(hosted.pool.create_client(GenerateSecret=True, **settings))
    pair = (machine.client.id, machine.client.secret or "")
    said = why(hosted, machine.post("/oauth2/token", pair, grant_type="client_credentials", scope="notes/read"))
    assert said[0] == f"AllowedOAuthScopes of {machine.client.id}: aws.cognito/dcr/register"


def test_tokens_for_user_info(hosted: Hosted) -> None:
    token = hosted.tokens(scope="email")["access_token"]
    assert why(hosted, hosted.user_info(token))[0].startswith("access token of alice, scope email, good until ")
    assert why(hosted, hosted.user_info("x"))[0] == "what the call has for an access token is no JWT"


def test_revocation(hosted: Hosted) -> None:
    assert why(hosted, hosted.post("/oauth2/revoke")) == ["the request has no token"]
    client = hosted.at(hosted.pool.create_client(**OAUTH, EnableTokenRevocation=False))
    assert why(hosted, client.post("/oauth2/revoke", token="x")) == [
        f"EnableTokenRevocation of {client.client.id} is off"
    ]
