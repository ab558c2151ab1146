"""Temporary credentials for a user's token, against boto3's part of the calls and one verification of the token.

Each time the token is a new one, as it is in tests: nothing can be known of it from the time before. The sign-in that
it comes from is not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import process_time
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.handles.identity_pool import IdentityPool

from . import floor
from .measure import CALLS, Row, Subject, call_by_call, in_turns

_Take = Callable[[Any, str], dict[str, Any]]
"""Takes credentials by a client for a token."""
_IDENTITY = "GetId and GetCredentialsForIdentity"
_ROLE = "AssumeRoleWithWebIdentity"
_OF_MOTO = f"{_ROLE} in moto's place"
_POLICY = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/*"}],
}
_SIGNED = b"x" * 1000
"""A token's header and payload have about so many bytes."""


def _identity(quick: bool) -> Iterable[Row]:
    """Both calls of an application whose user has signed in."""
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        users, pool = _pools(cognito)
        provider = users.issuer.removeprefix("https://")

        def take(client: Any, token: str) -> dict[str, Any]:
            logins = {provider: token}
            identity_id = client.get_id(IdentityPoolId=pool.id, Logins=logins)["IdentityId"]
            given: dict[str, Any] = client.get_credentials_for_identity(IdentityId=identity_id, Logins=logins)
            return given

        tokens = _Tokens(cognito, users)
        client = floor.plain_client("cognito-identity")
        given = take(client, tokens.new())
        answers = {"GetId": {"IdentityId": given["IdentityId"]}, "GetCredentialsForIdentity": given}
        taken = _in_turns_with_floor(quick, tokens, take, client, answers)
        yield Row(_IDENTITY, "two floors + one verification", 1.5, taken)


def _role(quick: bool) -> Iterable[Row]:
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        take, tokens = _assume_role(cognito)
        client = floor.plain_client("sts")
        taken = _in_turns_with_floor(quick, tokens, take, client, {_ROLE: take(client, tokens.new())})
        yield Row(_ROLE, "floor + one verification", 1.5, taken)


def _role_of_moto(quick: bool) -> Iterable[Row]:
    """moto takes whatever is given as a token, and verifies nothing."""
    from moto import mock_aws

    def ours() -> float:
        with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
            take, tokens = _assume_role(cognito)
            return _mean(take, floor.plain_client("sts"), tokens)

    def theirs() -> float:
        with mock_aws(), mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
            take, tokens = _assume_role(cognito)
        with mock_aws():
            return _mean(take, floor.plain_client("sts"), tokens)

    yield Row(_OF_MOTO, "moto's", 0.3, in_turns(3 if quick else 15, ours, theirs))


def _pools(cognito: Cognito) -> tuple[UserPool, IdentityPool]:
    """A user pool, and an identity pool for its users with a role that has a policy."""
    users = cognito.create_user_pool(PoolName="benchmarks")
    issuer = users.issuer.removeprefix("https://")
    pool = cognito.create_identity_pool(
        CognitoIdentityProviders=[{"ProviderName": issuer, "ClientId": users.client.id, "ServerSideTokenCheck": False}]
    )
    pool.set_roles(authenticated=pool.create_role("users", [_POLICY]))
    return users, pool


class _Tokens:
    """ID tokens of a user who has signed in as often as is needed."""

    def __init__(self, cognito: Cognito, users: UserPool) -> None:
        self._cognito = cognito
        self._alice = users.create_user("alice", email="alice@example.com")
        self._ready: list[str] = []
        self.sign_in()

    def sign_in(self) -> None:
        """Sign the user in, as often as a round takes tokens and once before it."""
        self._ready = [self._alice.sign_in().id_token for _ in range(CALLS + 1)]
        self._cognito.calls.clear()

    def new(self) -> str:
        return self._ready.pop()


def _assume_role(cognito: Cognito) -> tuple[_Take, _Tokens]:
    """A call that assumes a role by a client for a token, and what gives tokens: of users of a user pool."""
    users = cognito.create_user_pool(PoolName="benchmarks")
    issuer = users.issuer.removeprefix("https://")
    provider = cognito.iam.create_oidc_provider(users, [users.client])
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": provider.arn},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {"StringEquals": {f"{issuer}:aud": users.client.id}},
    }
    role = cognito.create_role("users", {"Version": "2012-10-17", "Statement": statement}, [_POLICY])

    def take(client: Any, token: str) -> dict[str, Any]:
        given: dict[str, Any] = client.assume_role_with_web_identity(
            RoleArn=role.arn, RoleSessionName="alice", WebIdentityToken=token
        )
        return given

    return take, _Tokens(cognito, users)


def _in_turns_with_floor(
    quick: bool, tokens: _Tokens, take: _Take, client: Any, answers: Mapping[str, Mapping[str, Any]]
) -> list[list[float]]:
    """Samples of what a client takes for a new token each time, and of the floor with one verification."""
    verify = _one_verification()
    bare = floor.client(answers, service=client.meta.service_model.service_name)
    token = tokens.new()

    def theirs() -> None:
        verify()
        take(bare, token)

    tokens.sign_in()
    return call_by_call(20 if quick else 60, lambda: take(client, tokens.new()), theirs, after=tokens.sign_in)


def _mean(take: _Take, client: Any, tokens: _Tokens) -> float:
    """The seconds of a call, out of many, once it was made and all is loaded."""
    take(client, tokens.new())
    start = process_time()
    for _ in range(CALLS):
        take(client, tokens.new())
    return (process_time() - start) / CALLS


def _one_verification() -> Callable[[], object]:
    """The verification of one RS256 signature, made with cryptography and nothing else."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pkcs1, sha256 = padding.PKCS1v15(), hashes.SHA256()
    signature, public = key.sign(_SIGNED, pkcs1, sha256), key.public_key()
    return lambda: public.verify(signature, _SIGNED, pkcs1, sha256)


SUBJECTS = (Subject((_IDENTITY,), _identity), Subject((_ROLE,), _role), Subject((_OF_MOTO,), _role_of_moto))
