"""ListWebAuthnCredentials and DeleteWebAuthnCredential; the passkeys of a user among other things of theirs."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support import passkeys
from tests.support.app import App
from tests.support.passkeys import listed
from tests.support.refusals import PAGINATION_TOKEN_INVALID, Refusal, invalid_parameter, refusal


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return passkeys.make_pool(cognito)


@pytest.fixture
def token(alice: User) -> str:
    return alice.tokens().access_token


def register(cognito: Cognito, user: User, number: int = 1) -> None:
    for _ in range(number):
        user.register(cognito.passkey())


def test_nobody_has_passkeys_by_themselves(app: App, token: str) -> None:
    assert app.call("list_web_authn_credentials", AccessToken=token) == {"Credentials": []}


def test_passkeys_are_listed_in_pages_oldest_first(cognito: Cognito, app: App, alice: User, token: str) -> None:
    register(cognito, alice, 3)
    everything = [one["CredentialId"] for one in listed(app, token)]

    first = app.call("list_web_authn_credentials", AccessToken=token, MaxResults=2)
    rest = app.call("list_web_authn_credentials", AccessToken=token, MaxResults=2, NextToken=first["NextToken"])
    pages = [one["CredentialId"] for answer in (first, rest) for one in answer["Credentials"]]
    assert pages == everything
    assert "NextToken" not in rest
    assert len(listed(app, token, MaxResults=0)) == 3


def test_a_page_of_somebody_else(cognito: Cognito, app: App, alice: User, token: str) -> None:
    register(cognito, alice, 2)
    next_page = app.call("list_web_authn_credentials", AccessToken=token, MaxResults=1)["NextToken"]
    other = app.pool.create_user("bob").tokens().access_token
    found = refusal(app.idp.list_web_authn_credentials, AccessToken=other, NextToken=next_page)
    assert found == PAGINATION_TOKEN_INVALID
    assert (
        refusal(app.idp.list_web_authn_credentials, AccessToken=token, MaxResults=21).code
        == "InvalidParameterException"
    )


def test_a_deleted_passkey_signs_nobody_in(cognito: Cognito, app: App, alice: User, token: str) -> None:
    gone, kept = cognito.passkey(), cognito.passkey()
    alice.register(gone)
    [found] = listed(app, token)
    alice.register(kept)
    assert app.call("delete_web_authn_credential", AccessToken=token, CredentialId=found["CredentialId"]) == {}

    assert len(listed(app, token)) == 1
    allowed = passkeys.request_options(passkeys.prefer(app))["allowCredentials"]
    assert [one["id"] for one in allowed] == [one["CredentialId"] for one in listed(app, token)]


def test_only_ones_own_passkeys_are_deleted(cognito: Cognito, app: App, alice: User, token: str) -> None:
    register(cognito, alice)
    [found] = listed(app, token)
    other = app.pool.create_user("bob").tokens().access_token
    for credential_id in (found["CredentialId"], "AAAA"):
        refused = refusal(app.idp.delete_web_authn_credential, AccessToken=other, CredentialId=credential_id)
        assert refused == passkeys.NOT_FOUND
    assert listed(app, token) == [found]


def test_passkeys_are_among_the_factors_of_a_user(cognito: Cognito, app: App, alice: User, token: str) -> None:
    def factors() -> list[str]:
        answer = app.call("get_user_auth_factors", AccessToken=token)
        return list(answer["ConfiguredUserAuthFactors"])

    assert "WEB_AUTHN" not in factors()
    register(cognito, alice)
    assert factors() == ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]
    passwords_only = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}}
    app.pool.call("UpdateUserPool", Policies=passwords_only)
    assert factors() == ["PASSWORD"]


def test_a_user_who_comes_again_has_no_passkeys(cognito: Cognito, app: App, alice: User) -> None:
    register(cognito, alice)
    app.admin("admin_delete_user")
    again = app.pool.create_user("alice")
    assert listed(app, again.tokens().access_token) == []


# The relying party ID


def test_a_relying_party_is_a_domain_and_no_public_suffix(app: App) -> None:
    def configure(relying_party: str) -> object:
        settings = {"RelyingPartyId": relying_party}
        return app.call("set_user_pool_mfa_config", UserPoolId=app.pool_id, WebAuthnConfiguration=settings)

    for suffix in ("com", "co.uk", "auth.us-east-1.amazoncognito.com"):
        expected = invalid_parameter(f"RelyingPartyId cannot be a public suffix: {suffix}")
        assert refusal(configure, relying_party=suffix) == expected
    for text in ("https://example.com", "example.com:443", "exa mple.com", "127.0.0.1", ".com"):
        expected = invalid_parameter(f"RelyingPartyId is not a valid domain: {text}")
        assert refusal(configure, relying_party=text) == expected
    before = app.call("get_user_pool_mfa_config", UserPoolId=app.pool_id)["WebAuthnConfiguration"]
    assert before["RelyingPartyId"] == "example.com"


def test_without_one_it_is_the_domain_of_managed_login(app: App, token: str) -> None:
    def relying_party() -> str:
        return str(passkeys.start(app, token)["rp"]["id"])

    app.pool.call("SetUserPoolMfaConfig", MfaConfiguration="OFF")
    assert refusal(app.idp.start_web_authn_registration, AccessToken=token) == passkeys.NOT_CONFIGURED
    app.pool.call("CreateUserPoolDomain", Domain="notes-app")
    assert refusal(app.idp.start_web_authn_registration, AccessToken=token) == passkeys.NOT_CONFIGURED
    app.pool.call("UpdateUserPoolDomain", Domain="notes-app", ManagedLoginVersion=2)
    assert relying_party() == f"notes-app.auth.{app.pool.region}.amazoncognito.com"
    certificate = "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
    app.pool.call(
        "CreateUserPoolDomain",
        Domain="auth.example.net",
        ManagedLoginVersion=2,
        CustomDomainConfig={"CertificateArn": certificate},
    )
    assert relying_party() == "auth.example.net"
    passkeys.configure(app.pool)
    assert relying_party() == "example.com"


def test_a_lite_pool_has_no_passkeys(cognito: Cognito, app: App) -> None:
    pool = cognito.create_user_pool(UserPoolTier="LITE")
    passkeys_of = {"RelyingPartyId": "example.com"}
    found = refusal(app.idp.set_user_pool_mfa_config, UserPoolId=pool.id, WebAuthnConfiguration=passkeys_of)
    expected = "The following features need to be disabled for the LITE pricing tier configured: Passwordless Sign-In"
    assert found == Refusal("FeatureUnavailableInTierException", expected)
