"""GetDerivedToken for users whom a token or an assertion of an identity provider proves."""

from __future__ import annotations

import base64
from typing import Any

import jwt
import pytest

from pytest_cognito import Unsupported
from pytest_cognito.cognito import Cognito, User
from pytest_cognito.providers.oidc import OIDC
from pytest_cognito.providers.saml import SAML
from tests.support.app import App
from tests.support.refusals import USER_DISABLED, USER_NOT_FOUND, Refusal, not_authorized, refusal
from tests.support.resource_servers import READ, add_notes_api, with_flows

pytestmark = pytest.mark.needs("GetDerivedToken")

FLOWS = ("ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION")
LOGIN, ACME = "https://login.example.com", "https://acme.example.com"


@pytest.fixture
def service(app: App) -> App:
    add_notes_api(app)
    return with_flows(app, *FLOWS)


@pytest.fixture
def login(app: App, cognito: Cognito) -> OIDC:
    """A provider of OpenID Connect, for which Cognito is the client ``pytest``."""
    idp = cognito.providers.oidc(LOGIN)
    app.pool.create_identity_provider("Login", provider=idp)
    return idp


@pytest.fixture
def acme(app: App, cognito: Cognito) -> SAML:
    idp = cognito.providers.saml(ACME)
    app.pool.create_identity_provider("Acme", provider=idp)
    return idp


@pytest.fixture
def ann(app: App, login: OIDC) -> User:
    """A user who has signed in by the provider once."""
    return app.pool.identity_provider("Login").create_user("1", email="ann@example.com")


def call(service: App, token: str, kind: str, provider: str, **more: Any) -> dict[str, Any]:
    given = {"ClientId": service.client_id, "ClientSecret": service.client.secret}
    subject = {"SubjectToken": token, "SubjectTokenType": kind, "SubjectTokenProviderName": provider}
    return service.call("get_derived_token", **given, **subject, **more)


def claims_of(service: App, answer: dict[str, Any]) -> dict[str, Any]:
    token = answer["IssuedToken"]
    key = jwt.PyJWKClient(service.pool.jwks_uri).get_signing_key_from_jwt(token)
    options: Any = {"verify_aud": False}
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=["RS256"], issuer=service.pool.issuer, options=options)
    return claims


def assertion(idp: SAML, pool_id: str, name: str = "1") -> Any:
    """A response that has gone to another service, whose audience is the pool."""
    return idp.assertion(name, audience=f"urn:amazon:cognito:sp:{pool_id}", recipient="https://portal.example.com/acs")


def test_an_id_token_of_a_provider(service: App, login: OIDC, ann: User) -> None:
    answer = call(service, login.token("1"), "ID_TOKEN", "Login", Audiences=["notes"])

    claims = claims_of(service, answer)
    assert (claims["sub"], claims["username"], claims["aud"]) == (ann.sub, "Login_1", "notes")
    assert claims["client_id"] == service.client_id
    assert answer["Scopes"] == []
    as_id_token = claims_of(
        service, call(service, login.token("1"), "ID_TOKEN", "Login", RequestedTokenType="ID_TOKEN")
    )
    assert (as_id_token["token_use"], as_id_token["email"]) == ("id", "ann@example.com")


def test_the_provider_grants_no_scopes_of_the_pool(service: App, login: OIDC, ann: User) -> None:
    token = login.token("1", scope=f"{READ} aws.cognito.signin.user.admin")
    for asked in ({}, {"Scopes": [READ]}):
        answer = call(service, token, "ID_TOKEN", "Login", **asked)
        assert answer["Scopes"] == []
        assert "scope" not in claims_of(service, answer)


def test_a_local_user_who_is_linked(service: App, app: App, login: OIDC, alice: User) -> None:
    app.pool.identity_provider("Login").link("7", alice)
    assert claims_of(service, call(service, login.token("7"), "ID_TOKEN", "Login"))["sub"] == alice.sub


def test_an_assertion_of_a_provider(service: App, app: App, acme: SAML) -> None:
    ann = app.pool.identity_provider("Acme").create_user("1")
    token = assertion(acme, app.pool_id).token
    # Some libraries take the other alphabet of Base64, and pad it.
    padded = base64.b64encode(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))).decode()
    for each in (token, padded):
        assert claims_of(service, call(service, each, "SAML2", "Acme"))["sub"] == ann.sub


def test_the_actor_may_be_a_user_of_a_provider(service: App, login: OIDC, ann: User, alice: User) -> None:
    given = {"ClientId": service.client_id, "SubjectToken": alice.tokens().access_token}
    actor = {"ActorToken": login.token("1"), "ActorTokenType": "ID_TOKEN", "ActorTokenProviderName": "Login"}
    answer = service.call("get_derived_token", **given, SubjectTokenType="ACCESS_TOKEN", **actor)
    assert claims_of(service, answer)["act"] == {"sub": ann.sub}


def test_it_ends_with_the_users_sign_out(service: App, app: App, login: OIDC, ann: User) -> None:
    issued = call(service, login.token("1"), "ID_TOKEN", "Login")["IssuedToken"]
    app.admin("admin_user_global_sign_out", ann.username)
    given = {"ClientId": service.client_id, "SubjectToken": issued, "SubjectTokenType": "ACCESS_TOKEN"}
    assert refusal(service.call, operation="get_derived_token", **given) == not_authorized(
        "Subject Token has been revoked"
    )


# What is refused


def refused(service: App, token: str, kind: str = "ID_TOKEN", provider: str = "Login") -> Refusal:
    return refusal(call, service=service, token=token, kind=kind, provider=provider)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ("expired", "Subject Token has expired"),
        ("tampered", "Could not verify signature for Subject Token"),
        ("wrong_signer", "Could not verify signature for Subject Token"),
        ("wrong_audience", "Invalid Subject Token: Bad id_token audience"),
        ("wrong_issuer", "Invalid Subject Token: Bad id_token issuer"),
        ("unsigned", "Invalid Subject Token: Bad id_token algorithm"),
    ],
)
def test_a_spoiled_id_token(service: App, login: OIDC, ann: User, spoil: str, message: str) -> None:
    found = refused(service, getattr(login.token("1"), spoil)())
    assert found.code == "NotAuthorizedException"
    assert found.message.startswith(message)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ("expired", "Subject Token has expired"),
        ("tampered", "Could not verify signature for Subject Token"),
        ("wrong_signer", "Could not verify signature for Subject Token"),
        ("unsigned", "Could not verify signature for Subject Token"),
        ("wrong_audience", "Invalid Subject Token: SAML audience is not"),
        ("wrong_issuer", "Invalid Subject Token: SAML issuer"),
    ],
)
def test_a_spoiled_assertion(service: App, app: App, acme: SAML, spoil: str, message: str) -> None:
    app.pool.identity_provider("Acme").create_user("1")
    found = refused(service, getattr(assertion(acme, app.pool_id), spoil)().token, "SAML2", "Acme")
    assert found.code == "NotAuthorizedException"
    assert found.message.startswith(message)


def test_what_is_no_assertion(service: App, app: App, acme: SAML) -> None:
    whole = str(assertion(acme, app.pool_id))
    for token in (whole, "PHNhbWw+", "x"):
        assert refused(service, token, "SAML2", "Acme") == not_authorized(
            "Invalid Subject Token: SAML Response can't be read"
        )


def test_a_user_whom_the_pool_does_not_know(service: App, app: App, login: OIDC) -> None:
    assert refused(service, login.token("99")) == USER_NOT_FOUND
    assert app.call("list_users", UserPoolId=app.pool_id, Filter='username ^= "Login_"')["Users"] == []


def test_a_user_who_is_disabled(service: App, app: App, login: OIDC, ann: User) -> None:
    app.admin("admin_disable_user", ann.username)
    assert refused(service, login.token("1")) == USER_DISABLED


def test_a_token_of_another_provider(service: App, login: OIDC, acme: SAML, ann: User) -> None:
    assert refused(service, login.token("1"), provider="Acme") == not_authorized("Invalid Subject Token")
    assert refused(service, login.token("1"), kind="SAML2") == not_authorized("Invalid Subject Token")
    missing = refused(service, login.token("1"), provider="Okta")
    assert missing.code == "ResourceNotFoundException"


def test_a_provider_that_does_not_answer(service: App, login: OIDC, ann: User) -> None:
    login.fail("jwks", status=503)
    found = refused(service, login.token("1"))
    assert found == not_authorized("Invalid Subject Token: Login Error - 503 error getting jwks")
    assert call(service, login.token("1"), "ID_TOKEN", "Login")["IssuedToken"]


def test_what_aws_says_nothing_of(service: App, app: App, login: OIDC, cognito: Cognito) -> None:
    app.pool.create_identity_provider("Google")
    with pytest.raises(Unsupported, match="SubjectTokenType='ACCESS_TOKEN' with SubjectTokenProviderName='Login'"):
        call(service, login.token("1"), "ACCESS_TOKEN", "Login")
    with pytest.raises(Unsupported, match="which is of the type Google"):
        call(service, cognito.providers.google.token("1"), "ID_TOKEN", "Google")
