"""Sign-ins with the Secure Remote Password protocol, against its arithmetic."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from time import process_time
from typing import Any

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp.rules.factors.srp import N

from . import floor
from .calls import two_signatures
from .measure import Row, Sample, Subject, in_turns, repeated
from .sign_ins import mean_of, rounds, totp

_SRP = "sign-in with SRP, the server's side"
_DEVICE = "sign-in with SRP and a device, the server's side"
_PRIVATE = int.from_bytes(bytes(range(1, 33)), "big")


def _srp(quick: bool) -> Iterable[Row]:
    """Each time another user, so that nothing is known of the password: its verifier is to be computed, too."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool = cognito.create_user_pool(PoolName="benchmarks")
        samples = _srp_sign_in(cognito, pool), repeated(_exponentiations_and_signatures())
        yield Row(_SRP, "exponentiations + signatures", 1.3, in_turns(rounds(quick), *samples))


def _srp_sign_in(cognito: Cognito, pool: UserPool) -> Sample:
    from pycognito.aws_srp import AWSSRP

    client = floor.plain_client()
    client_id = pool.client.id
    numbers = itertools.count()

    def one() -> float:
        user = pool.create_user(f"user{next(numbers)}")
        srp = AWSSRP(user.username, str(user.password), pool.id, client_id, client=client)
        start = process_time()
        asked = client.initiate_auth(
            ClientId=client_id, AuthFlow="USER_SRP_AUTH", AuthParameters=srp.get_auth_params()
        )["ChallengeParameters"]
        seconds = process_time() - start
        answer = srp.process_challenge(asked, {"USERNAME": user.username})
        start = process_time()
        client.respond_to_auth_challenge(
            ClientId=client_id, ChallengeName="PASSWORD_VERIFIER", ChallengeResponses=answer
        )
        return seconds + process_time() - start

    return mean_of(one, cognito)


def _device(quick: bool) -> Iterable[Row]:
    """The password is proven first: its verifier is known from the sign-in that has made the device."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool = cognito.create_user_pool(
            PoolName="benchmarks", DeviceConfiguration={"ChallengeRequiredOnNewDevice": True}
        )
        pool.call("SetUserPoolMfaConfig", MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})
        samples = _device_sign_in(cognito, pool), repeated(_exponentiations_of_both_and_signatures())
        yield Row(_DEVICE, "exponentiations + signatures", 1.3, in_turns(rounds(quick), *samples))


def _device_sign_in(cognito: Cognito, pool: UserPool) -> Sample:
    from pycognito.aws_srp import AWSSRP

    client, alice = floor.plain_client(), pool.create_user("alice")
    given = {"ClientId": pool.client.id}
    device = alice.remember_device()
    _enrol(cognito, pool)
    keys = {"device_key": device.key, "device_group_key": device.group_key, "device_password": device.secret}
    srp = AWSSRP("alice", str(alice.password), pool.id, pool.client.id, client=client, **keys)

    def one() -> float:
        answer = client.initiate_auth
        parameters: dict[str, Any] = {"AuthFlow": "USER_SRP_AUTH", "AuthParameters": srp.get_auth_params()}
        seconds = 0.0
        while parameters:
            start = process_time()
            asked = answer(**given, **parameters)
            seconds += process_time() - start
            answer, parameters = client.respond_to_auth_challenge, _next(srp, asked)
        return seconds

    return mean_of(one, cognito)


def _next(srp: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of the client to a challenge; nothing once it has tokens."""
    challenge = asked.get("ChallengeName")
    if challenge is None:
        return {}
    if challenge == "PASSWORD_VERIFIER":
        responses = srp.process_challenge(asked["ChallengeParameters"], {"USERNAME": "alice"})
    elif challenge == "DEVICE_SRP_AUTH":
        responses = {"USERNAME": "alice", "DEVICE_KEY": srp.device_key, "SRP_A": f"{srp.large_a_value:x}"}
    else:
        responses = srp.process_device_challenge(asked["ChallengeParameters"])
    return {"ChallengeName": challenge, "ChallengeResponses": responses}


def _enrol(cognito: Cognito, pool: UserPool) -> None:
    """Give alice a software token, in whose place the device signs in."""
    token = pool.tokens_for("alice").access_token
    secret = cognito.call("AssociateSoftwareToken", AccessToken=token)["SecretCode"]
    cognito.call("VerifySoftwareToken", AccessToken=token, UserCode=totp(secret, cognito))
    pool.call("AdminSetUserMFAPreference", Username="alice", SoftwareTokenMfaSettings={"Enabled": True})


def _exponentiations_of_both_and_signatures() -> Callable[[], object]:
    """The server's public value and the two powers in the shared secret, for password and device; then two tokens."""
    sign = two_signatures()

    def work() -> None:
        for _ in range(2):
            public = pow(2, _PRIVATE, N)
            pow(public * pow(public, _PRIVATE, N) % N, _PRIVATE, N)
        sign()

    return work


def _exponentiations_and_signatures() -> Callable[[], object]:
    """The verifier, the server's public value, and the two powers in the shared secret; then two tokens."""
    sign = two_signatures()

    def work() -> None:
        verifier = pow(2, _PRIVATE, N)
        public = pow(2, _PRIVATE, N)
        pow(public * pow(verifier, _PRIVATE, N) % N, _PRIVATE, N)
        sign()

    return work


SUBJECTS = (Subject((_SRP,), _srp), Subject((_DEVICE,), _device))
