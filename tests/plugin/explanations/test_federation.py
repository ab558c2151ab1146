"""What goes wrong in a sign-in by a provider is explained."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito, UserPool
from tests.support import federated
from tests.support.federated import ISSUER, Federated, WayBack


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return federated.make_pool(cognito)


def app(cognito: Cognito, pool: UserPool, kind: str, **settings: Any) -> Federated:
    return Federated(pool, federated.make_client(pool, federated.add_provider(cognito, pool, kind, **settings)))


def why(cognito: Cognito) -> list[str]:
    """What explains the last failure."""
    return next(list(call.explanation) for call in reversed(list(cognito.calls)) if call.error is not None)


@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_a_browser_that_comes_back_wrongly(cognito: Cognito, pool: UserPool, kind: str) -> None:
    ours = app(cognito, pool, kind)
    way, name = WayBack(ours), federated.name_of(kind)
    way.take(ours.another_browser())
    (said,) = why(cognito)
    assert said.startswith(f"the request lacks the cookie csrf-state of the browser that was sent to {name}: ")
    cookies = ours.browser.cookies.copy()
    way.take(ours)
    ours.browser.cookies.update(cookies)
    way.take(ours)
    assert why(cognito) == [f"the browser that was sent to {name} with this state has come back already"]
    way.take(ours, state="H4", RelayState="H4")
    assert why(cognito) == ["Cognito has sent no browser to a provider with this state"]


def test_an_id_token(cognito: Cognito, pool: UserPool) -> None:
    ours = app(cognito, pool, "OIDC", ProviderDetails={"authorize_scopes": "openid"})
    cognito.providers.oidc(ISSUER).spoil("wrong_audience")
    ours.enter()
    assert why(cognito) == [f"Corp (OIDC): oidc_issuer {ISSUER}, client_id pytest, jwks_uri {ISSUER}/jwks"]


def test_an_id_token_that_nobody_has_asked_for(cognito: Cognito, pool: UserPool) -> None:
    app(cognito, pool, "OIDC", ProviderDetails={"authorize_scopes": "email"}).enter()
    assert why(cognito)[1:] == ["authorize_scopes of Corp: email"]


def test_a_provider_that_gives_no_token(cognito: Cognito, pool: UserPool) -> None:
    ours = app(cognito, pool, "OIDC")
    cognito.providers.oidc(ISSUER).fail("token")
    ours.enter()
    assert why(cognito) == [
        (
            f"Corp (OIDC): token_url {ISSUER}/token, attributes_url {ISSUER}/userinfo, jwks_uri {ISSUER}/jwks, "
            "client_id pytest, attributes_request_method GET"
        ),
        f"redirect_uri of the code: {ours.base}/oauth2/idpresponse",
    ]


def test_an_assertion(cognito: Cognito, pool: UserPool) -> None:
    ours = app(cognito, pool, "SAML", ProviderDetails={"EncryptedResponses": "true"})
    ours.enter()
    assert why(cognito)[0] == f"Corp (SAML): issuer {ISSUER}, EncryptedResponses true"
    required = f"a response must have: Audience urn:amazon:cognito:sp:{pool.id}, InResponseTo _"
    assert why(cognito)[1].startswith(required)
    assert why(cognito)[1].endswith(f", Recipient {ours.base}/saml2/idpresponse")


@pytest.mark.parametrize("kind", ["Google", "SAML"])
def test_attributes(cognito: Cognito, kind: str) -> None:
    schema = [{"Name": "nickname", "Required": True}, {"Name": "email", "Mutable": False}]
    pool = federated.make_pool(cognito, Schema=schema)
    app(cognito, pool, kind).enter()
    names = "email=email, name=name" if kind == "SAML" else "username=sub, email=email, name=name"
    assert why(cognito) == [
        f"AttributeMapping of {federated.name_of(kind)}: {names}",
        f"{pool.id} requires: nickname",
        f"{pool.id} does not let change: email",
    ]


def test_attributes_in_a_sign_in_without_pages(cognito: Cognito) -> None:
    pool = federated.make_pool(cognito, Schema=[{"Name": "nickname", "Required": True}])
    ours = app(cognito, pool, "Google")
    with pytest.raises(Exception, match="attributes required"):
        pool.identity_provider("Google").sign_in("1", client=ours.client)
    assert why(cognito)[1] == f"{pool.id} requires: nickname"


def test_a_sign_in_that_a_provider_may_not_initiate(cognito: Cognito, pool: UserPool) -> None:
    ours = app(cognito, pool, "SAML")
    relay_state = f"identity_provider=Corp&client_id={ours.client.id}"
    ours.post_form(f"{ours.base}/saml2/idpresponse", {"SAMLResponse": "x", "RelayState": relay_state})
    assert why(cognito)[0] == f"RelayState names: identity_provider=Corp, client_id={ours.client.id}"
    assert why(cognito)[1] == "IDPInit of Corp (SAML): false"
