"""Sign-ins that take more than a password, against what they can't do without."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Callable, Iterable, Mapping
from hmac import digest
from time import process_time
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool

from . import floor
from .calls import two_signatures
from .measure import Row, Sample, Subject, in_turns, repeated

_TRIGGER = "sign-in with PreTokenGeneration V2"
_TOTP = "sign-in with a software token (two calls)"
_PASSKEY = "sign-in with a passkey (two calls)"
_SIGN_INS_AT_ONCE = 8

Tokens = Mapping[str, Any]


def rounds(quick: bool) -> int:
    return 10 if quick else 60


def _trigger(quick: bool) -> Iterable[Row]:
    """A function that adds a claim to either token, and a scope."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        with_trigger, without = (cognito.create_user_pool(PoolName="benchmarks") for _ in range(2))
        with_trigger.set_trigger("PreTokenGeneration", _add_tenant, version=2)
        samples = (repeated(password_sign_in(pool), cognito.calls.clear) for pool in (with_trigger, without))
        yield Row(_TRIGGER, "without", 1.2, in_turns(rounds(quick), *samples))


def _add_tenant(event: dict[str, Any], context: object) -> dict[str, Any]:
    claims = {"claimsToAddOrOverride": {"tenant": "t1"}}
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "idTokenGeneration": claims,
        "accessTokenGeneration": {**claims, "scopesToAdd": ["notes/read"]},
    }
    return event


def _totp(quick: bool) -> Iterable[Row]:
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool, plain = (cognito.create_user_pool(PoolName="benchmarks") for _ in range(2))
        pool.call("SetUserPoolMfaConfig", MfaConfiguration="ON", SoftwareTokenMfaConfiguration={"Enabled": True})
        floor_client = floor.client({"DescribeUserPool": {"UserPool": {}}})
        password = password_sign_in(plain)

        def one_of_theirs() -> float:
            start = process_time()
            password()
            floor_client.describe_user_pool(UserPoolId=plain.id)
            return process_time() - start

        samples = _totp_sign_in(cognito, pool), mean_of(one_of_theirs, cognito)
        yield Row(_TOTP, "sign-in + floor", 1.3, in_turns(rounds(quick), *samples))


def _totp_sign_in(cognito: Cognito, pool: UserPool) -> Sample:
    """A user whose token is verified signs in with a new code each time: none is taken twice."""
    client, client_id = floor.plain_client(), pool.client.id
    begin = password_sign_in(pool)
    setup = begin()["Session"]
    secret = client.associate_software_token(Session=setup)
    verified = client.verify_software_token(
        Session=secret["Session"], UserCode=totp(secret["SecretCode"], cognito), FriendlyDeviceName="phone"
    )
    answer = {"USERNAME": "alice"}
    client.respond_to_auth_challenge(
        ClientId=client_id, ChallengeName="MFA_SETUP", Session=verified["Session"], ChallengeResponses=answer
    )

    def one() -> float:
        cognito.clock.advance(seconds=30)
        code = {**answer, "SOFTWARE_TOKEN_MFA_CODE": totp(secret["SecretCode"], cognito)}
        start = process_time()
        client.respond_to_auth_challenge(
            ClientId=client_id,
            ChallengeName="SOFTWARE_TOKEN_MFA",
            Session=begin()["Session"],
            ChallengeResponses=code,
        )
        return process_time() - start

    return mean_of(one, cognito)


def _passkey(quick: bool) -> Iterable[Row]:
    """The time of the authenticator, which is the user's, does not count."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        factors = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
        pool = cognito.create_user_pool(PoolName="benchmarks", Policies=factors)
        pool.call("SetUserPoolMfaConfig", WebAuthnConfiguration={"RelyingPartyId": "example.com"})
        floor_client = floor.client({"DescribeUserPool": {"UserPool": {}}})
        verify, sign = _es256_verification(), two_signatures()

        def one_of_theirs() -> float:
            start = process_time()
            verify()
            sign()
            for _ in range(2):
                floor_client.describe_user_pool(UserPoolId=pool.id)
            return process_time() - start

        samples = _passkey_sign_in(cognito, pool), mean_of(one_of_theirs, cognito)
        yield Row(_PASSKEY, "ES256 verification + signatures + two floors", 1.5, in_turns(rounds(quick), *samples))


def _passkey_sign_in(cognito: Cognito, pool: UserPool) -> Sample:
    client, client_id = floor.plain_client(), pool.create_client(ExplicitAuthFlows=["ALLOW_USER_AUTH"]).id
    passkey, username = cognito.passkey(roaming=True), "alice"
    pool.create_user(username).register(passkey)
    preferred = {"USERNAME": username, "PREFERRED_CHALLENGE": "WEB_AUTHN"}

    def begin() -> Any:
        return client.initiate_auth(ClientId=client_id, AuthFlow="USER_AUTH", AuthParameters=preferred)

    def answer(asked: Any, credential: str) -> None:
        client.respond_to_auth_challenge(
            ClientId=client_id,
            ChallengeName="WEB_AUTHN",
            Session=asked["Session"],
            ChallengeResponses={"USERNAME": username, "CREDENTIAL": credential},
        )

    def sample() -> float:
        start = process_time()
        begun = [begin() for _ in range(_SIGN_INS_AT_ONCE)]
        seconds = process_time() - start
        options = (asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"] for asked in begun)
        credentials = [json.dumps(passkey.get(each)) for each in options]
        start = process_time()
        for asked, credential in zip(begun, credentials, strict=True):
            answer(asked, credential)
        seconds += process_time() - start
        cognito.calls.clear()
        return seconds / _SIGN_INS_AT_ONCE

    sample()
    return sample


def _es256_verification() -> Callable[[], object]:
    """The verification of one ECDSA signature, with the key made of its numbers: so they are stored."""
    key, algorithm = ec.generate_private_key(ec.SECP256R1()), ec.ECDSA(hashes.SHA256())
    signature, numbers = key.sign(b"signed", algorithm), key.public_key().public_numbers()
    return lambda: numbers.public_key().verify(signature, b"signed", algorithm)


def totp(secret: str, cognito: Cognito) -> str:
    """The code of an authenticator app (RFC 6238) at this moment."""
    counter = struct.pack(">Q", cognito.clock.timestamp() // 30)
    hashed = digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, "sha1")
    place = hashed[-1] & 0xF
    return f"{(int.from_bytes(hashed[place : place + 4], 'big') & 0x7FFFFFFF) % 10**6:06d}"


def password_sign_in(pool: UserPool) -> Callable[[], Tokens]:
    """Alice of this pool signs in with her password."""
    given = {
        "ClientId": pool.client.id,
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": "alice", "PASSWORD": str(pool.create_user("alice").password)},
    }
    client = floor.plain_client()
    return lambda: client.initiate_auth(**given)


def mean_of(one: Callable[[], float], cognito: Cognito) -> Sample:
    """Samples of something that measures itself: seconds for one, out of a few."""

    def sample() -> float:
        seconds = sum(one() for _ in range(_SIGN_INS_AT_ONCE))
        cognito.calls.clear()
        return seconds / _SIGN_INS_AT_ONCE

    sample()
    return sample


SUBJECTS = (Subject((_TRIGGER,), _trigger), Subject((_TOTP,), _totp), Subject((_PASSKEY,), _passkey))
