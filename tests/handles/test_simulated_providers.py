"""Pools with simulated providers in one line."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import AWSError, Cognito, UsageError, UserPool
from pytest_cognito.providers import ensure
from tests.support.provider_pages import address, bearer, get, redeem, sent, submit


def details(pool: UserPool, name: str) -> dict[str, str]:
    """A provider's details as they are described, with those that are not told."""
    described = pool.call("DescribeIdentityProvider", ProviderName=name)["IdentityProvider"]
    found: dict[str, str] = described["ProviderDetails"]
    return found


@pytest.mark.parametrize("name", ["Google", "Facebook", "LoginWithAmazon"])
def test_made_up_details_are_those_that_the_provider_takes(
    cognito: Cognito, cognito_user_pool: UserPool, name: str
) -> None:
    cognito_user_pool.create_identity_provider(name)
    made = details(cognito_user_pool, name)
    ensure(cognito.world, name, made)
    asked = {"client_id": made["client_id"], "scope": made["authorize_scopes"]}

    signed_in = submit(address(made["authorize_url"], **asked), sub="1", email="ann@example.com")

    given = {"client_id": made["client_id"], "client_secret": made["client_secret"]}
    tokens = redeem(made["token_url"], sent(signed_in)["code"], **given).json()
    described = cognito_user_pool.call("DescribeIdentityProvider", ProviderName=name)["IdentityProvider"]
    if name == "Facebook":
        claims = ",".join(claim for key, claim in described["AttributeMapping"].items() if key != "username")
        assert bearer(f"{made['attributes_url']}{claims}", tokens["access_token"])["email"] == "ann@example.com"
    assert tokens["access_token"]
    assert redeem(made["token_url"], "x", **{**given, "client_secret": "wrong"}).status_code in {400, 401}


def test_apples_made_up_details(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.create_identity_provider("SignInWithApple")

    made, apple = details(cognito_user_pool, "SignInWithApple"), cognito.providers.apple
    told = {name: value for name, value in apple.details().items() if name != "private_key"}
    assert made.items() >= told.items()
    assert get(address(made["authorize_url"], scope="name email", response_mode="form_post")).status_code == 200


def test_a_provider_of_openid_connect(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    idp = cognito.providers.oidc("https://idp.example.com")

    cognito_user_pool.create_identity_provider("Acme", provider=idp, ProviderDetails={"client_secret": "s3cret"})

    made = details(cognito_user_pool, "Acme")
    assert made["oidc_issuer"] == "https://idp.example.com"
    assert (made["client_id"], made["client_secret"]) == ("pytest", "s3cret")
    assert made["token_url"] == "https://idp.example.com/token"
    assert made["jwks_uri"] == "https://idp.example.com/jwks"


@pytest.mark.parametrize("given", [{}, {"ProviderDetails": {"MetadataURL": "https://idp.example.com/metadata"}}])
def test_a_saml_provider(cognito: Cognito, cognito_user_pool: UserPool, given: dict[str, Any]) -> None:
    idp = cognito.providers.saml("https://idp.example.com")

    cognito_user_pool.create_identity_provider("Acme", provider=idp, **given)

    made = details(cognito_user_pool, "Acme")
    assert made["SSORedirectBindingURI"] == "https://idp.example.com/sso"
    assert made["SLORedirectBindingURI"] == "https://idp.example.com/slo"
    assert ("MetadataURL" in made) == bool(given)


def test_a_certificate_for_encrypted_responses(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    idp = cognito.providers.saml("https://idp.example.com")
    cognito_user_pool.create_identity_provider("Acme", provider=idp, ProviderDetails={"EncryptedResponses": "true"})

    idp.encrypts_for(details(cognito_user_pool, "Acme")["ActiveEncryptionCertificate"])

    assert "EncryptedAssertion" in idp.assertion("ann", audience="urn:a", recipient="https://a.example.com").xml


def test_what_cannot_be_meant(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    create = cognito_user_pool.create_identity_provider
    with pytest.raises(UsageError, match="is of the type Google, and 'Acme' is not"):
        create("Acme", provider=cognito.providers.google)
    with pytest.raises(UsageError, match="is of the type SAML, and 'Google' is not"):
        create("Google", provider=cognito.providers.saml("https://idp.example.com"))
    with pytest.raises(UsageError, match="is of the type SAML, and 'Acme' is not"):
        create("Acme", provider=cognito.providers.saml("https://idp.example.com"), ProviderType="OIDC")
    with pytest.raises(UsageError, match="provider takes a simulated one"):
        create("Acme", provider="https://idp.example.com")  # type: ignore[arg-type]  # a mistake that the error explains
    with pytest.raises(AWSError, match="InvalidParameterException"):
        create("Google", ProviderType="Nope")
