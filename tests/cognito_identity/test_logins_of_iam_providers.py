"""Logins by providers that IAM knows: ID tokens of OpenID Connect and responses of SAML providers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.providers.oidc import OIDC
from pytest_cognito.providers.saml import SAML
from tests.support import jwts
from tests.support.identities import PROVIDER_NOT_SUPPORTED, Identities, invalid_token
from tests.support.refusals import Refusal, invalid_parameter, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

URL = "https://idp.example.com/realm"
ISSUER = "idp.example.com/realm"
IAM = "arn:aws:iam::123456789012"
OIDC_ARN, SAML_ARN = f"{IAM}:oidc-provider/{ISSUER}", f"{IAM}:saml-provider/acme"
NOT_VERIFIED = invalid_token("Couldn't verify signed token.")


@pytest.fixture
def idp(cognito: Cognito) -> OIDC:
    return cognito.providers.oidc(URL)


@pytest.fixture
def acme(cognito: Cognito) -> SAML:
    return cognito.providers.saml("https://acme.example.com")


@pytest.fixture
def identities(cognito: Cognito, cognito_identity: CognitoIdentityClient, acme: SAML) -> Identities:
    """An identity pool that knows an OIDC provider with two clients and a SAML provider."""
    cognito.iam.create_oidc_provider(URL, client_ids=["web", "phone"])
    cognito.iam.create_saml_provider("acme", acme)
    providers = {"OpenIdConnectProviderARNs": [OIDC_ARN], "SamlProviderARNs": [SAML_ARN]}
    return Identities(cognito, cognito_identity, pools=0, **providers)


def refused(identities: Identities, provider: str, login: str) -> Refusal:
    """What GetId says to a login. It leaves nothing behind."""
    found = refusal(identities.client.get_id, IdentityPoolId=identities.pool_id, Logins={provider: login})
    assert identities.enabled() == set()
    return found


def test_a_user_of_any_client_of_an_issuer(identities: Identities, idp: OIDC) -> None:
    logins = {ISSUER: idp.token("7", audience="web")}
    identity = identities.get(logins)
    token = identities.client.get_open_id_token(IdentityId=identity, Logins=logins)["Token"]

    assert identities.get({ISSUER: idp.token("7", audience="phone")}) == identity
    assert identities.get({ISSUER: idp.token("8", audience="web")}) != identity
    assert jwts.claims(token)["amr"] == ["authenticated", ISSUER, f"{OIDC_ARN}:OIDC:7"]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda token: token.wrong_audience(), PROVIDER_NOT_SUPPORTED),
        (lambda token: token.wrong_issuer(), invalid_token("Issuer doesn't match providerName")),
        (lambda token: token.wrong_signer(), NOT_VERIFIED),
        (lambda token: token.tampered(), NOT_VERIFIED),
        (lambda token: token.unsigned(), NOT_VERIFIED),
    ],
)
def test_a_spoiled_token(identities: Identities, idp: OIDC, spoil: Callable[[Any], str], expected: Refusal) -> None:
    assert refused(identities, ISSUER, spoil(idp.token("7", audience="web"))) == expected


def test_issuers_that_the_pool_or_iam_does_not_know(identities: Identities, idp: OIDC, cognito: Cognito) -> None:
    other = cognito.providers.oidc("https://other.example.com")
    absent = f"{IAM}:oidc-provider/absent.example.com"
    identities.update(OpenIdConnectProviderARNs=[OIDC_ARN, absent])

    assert refused(identities, "other.example.com", other.token("7", audience="web")) == PROVIDER_NOT_SUPPORTED
    assert refused(identities, "absent.example.com", idp.token("7", audience="web")) == PROVIDER_NOT_SUPPORTED
    identities.update(OpenIdConnectProviderARNs=[])
    assert refused(identities, ISSUER, idp.token("7", audience="web")) == PROVIDER_NOT_SUPPORTED


def test_google_as_a_provider_of_iam(identities: Identities, cognito: Cognito) -> None:
    """Beside the client of SupportedLoginProviders, those of IAM count."""
    arn = cognito.iam.create_oidc_provider("https://accounts.google.com", client_ids=["phone"]).arn
    applications = {"accounts.google.com": "web"}
    identities.update(OpenIdConnectProviderARNs=[arn], SupportedLoginProviders=applications)

    found = {
        identities.get({"accounts.google.com": cognito.providers.google.token("7", audience=client)})
        for client in ("web", "phone")
    }
    assert len(found) == 1


def test_a_user_of_a_saml_provider(identities: Identities, acme: SAML) -> None:
    """The same response is sent several times, for the identity and for its credentials."""
    logins = {SAML_ARN: acme.assertion_for_aws("ann", role=f"{IAM}:role/notes", provider=SAML_ARN)}
    identity = identities.get(logins)

    assert identities.get(logins) == identity
    other = {SAML_ARN: acme.assertion_for_aws("ben", role=f"{IAM}:role/notes", provider=SAML_ARN)}
    assert identities.get(other) != identity
    assert identities.providers(identity) == [SAML_ARN]


def test_spoiled_responses(identities: Identities, acme: SAML, cognito: Cognito) -> None:
    response = acme.assertion_for_aws("ann", role=f"{IAM}:role/notes", provider=SAML_ARN)
    other = cognito.providers.saml("https://other.example.com")
    of_another = other.assertion_for_aws("ann", role=f"{IAM}:role/notes", provider=SAML_ARN)

    assert refused(identities, SAML_ARN, "nonsense") == invalid_token("SAML Response can't be read")
    assert refused(identities, SAML_ARN, of_another) == invalid_token(
        "SAML issuer https://other.example.com is not the identity provider"
    )
    cognito.clock.advance(minutes=20)
    assert refused(identities, SAML_ARN, response).message.startswith("Invalid login token. SAML ")
    identities.update(SamlProviderARNs=[])
    assert refused(identities, SAML_ARN, response) == PROVIDER_NOT_SUPPORTED


def test_saml_is_for_the_enhanced_flow(identities: Identities, acme: SAML) -> None:
    logins = {SAML_ARN: acme.assertion_for_aws("ann", role=f"{IAM}:role/notes", provider=SAML_ARN)}
    members = {"IdentityId": identities.get(logins), "Logins": logins}

    text = "Basic (classic) flow is not supported with SAML providers, please use enhanced flow."
    assert refusal(identities.client.get_open_id_token, **members) == invalid_parameter(text)
