"""GetSigningCertificate: the certificate of a pool's SAML requests."""

from __future__ import annotations

import base64
import datetime as dt
from typing import TYPE_CHECKING

import requests
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App
from tests.support.refusals import no_pool, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


def body(idp: CognitoIdentityProviderClient, pool: UserPool) -> str:
    return idp.get_signing_certificate(UserPoolId=pool.id)["Certificate"]


def certificate(idp: CognitoIdentityProviderClient, pool: UserPool) -> x509.Certificate:
    return x509.load_der_x509_certificate(base64.b64decode(body(idp, pool), validate=True))


def public_numbers(found: x509.Certificate) -> rsa.RSAPublicNumbers:
    key = found.public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    return key.public_numbers()


def public_number(text: str) -> int:
    """The number that a JWKS has as base64url."""
    return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")


def test_it_is_a_self_signed_certificate_of_ten_years(app: App) -> None:
    created = app.idp.describe_user_pool(UserPoolId=app.pool_id)["UserPool"]["CreationDate"]
    found = certificate(app.idp, app.pool)
    found.verify_directly_issued_by(found)
    assert found.subject.rfc4514_string() == f"CN={app.pool_id}"
    assert found.not_valid_before_utc == created.replace(microsecond=0)
    assert found.not_valid_after_utc - found.not_valid_before_utc == dt.timedelta(days=3650)
    assert public_numbers(found).n.bit_length() == 2048


def test_it_stays_the_same_for_a_year(cognito: Cognito, app: App) -> None:
    first = body(app.idp, app.pool)
    cognito.clock.advance(days=364)
    assert body(app.idp, app.pool) == first


def test_then_there_is_another_of_the_same_key(cognito: Cognito, app: App) -> None:
    first = certificate(app.idp, app.pool)
    cognito.clock.advance(days=366)
    second = certificate(app.idp, app.pool)
    assert second.serial_number != first.serial_number
    assert second.not_valid_before_utc - first.not_valid_before_utc == dt.timedelta(days=365)
    assert public_numbers(second) == public_numbers(first)


def test_each_pool_has_a_key_of_its_own_that_signs_no_tokens(
    cognito: Cognito, cognito_idp: CognitoIdentityProviderClient
) -> None:
    pools = [cognito.create_user_pool(), cognito.create_user_pool()]
    keys = {public_numbers(certificate(cognito_idp, pool)).n for pool in pools}
    for pool in pools:
        keys |= {public_number(key["n"]) for key in requests.get(pool.jwks_uri).json()["keys"]}
    assert len(keys) == 6


def test_a_pinned_pool_keeps_its_key() -> None:
    keys = set()
    for _ in range(2):
        with mock_cognito() as cognito:
            pool = cognito.create_user_pool(id="eu-west-1_Fixed0001")
            der = base64.b64decode(pool.call("GetSigningCertificate")["Certificate"])
            keys.add(public_numbers(x509.load_der_x509_certificate(der)).n)
    assert len(keys) == 1


def test_unknown_pools(cognito_idp: CognitoIdentityProviderClient) -> None:
    missing = "us-east-1_Missing00"
    assert refusal(cognito_idp.get_signing_certificate, UserPoolId=missing) == no_pool(missing)
