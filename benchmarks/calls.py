"""Calls in process, against the floor."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore import xform_name
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito

from . import floor
from .measure import Row, Subject, call_by_call

_READS = ("AdminGetUser", "DescribeUserPool", "ListUserPools", "ListUsers")
_SIGNED = b"x" * 1000
"""A token's header and payload have about so many bytes."""


def _rounds(quick: bool) -> int:
    return 20 if quick else 100


def _read(operation: str) -> Subject:
    name = f"{operation} in process"

    def measure(quick: bool) -> Iterable[Row]:
        with _prepared(operation) as (cognito, ours, theirs):
            yield Row(name, "floor", 1.3, call_by_call(_rounds(quick), ours, theirs, after=cognito.calls.clear))

    return Subject((name,), measure)


def _sign_in() -> Subject:
    name = "InitiateAuth with a password"

    def measure(quick: bool) -> Iterable[Row]:
        with _prepared("InitiateAuth", two_signatures()) as (cognito, ours, theirs):
            taken = call_by_call(_rounds(quick), ours, theirs, after=cognito.calls.clear)
            yield Row(name, "floor + two signatures", 1.2, taken)

    return Subject((name,), measure)


def two_signatures() -> Callable[[], object]:
    """Two RS256 signatures with two keys, made with cryptography and nothing else."""
    signatures = one_signature(), one_signature()
    return lambda: [sign() for sign in signatures]


def one_signature() -> Callable[[], object]:
    """One RS256 signature."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pkcs1, sha256 = padding.PKCS1v15(), hashes.SHA256()
    return lambda: key.sign(_SIGNED, pkcs1, sha256)


@contextmanager
def _prepared(
    operation: str, work: Callable[[], object] = lambda: None
) -> Iterator[tuple[Cognito, Callable[[], Any], Callable[[], Any]]]:
    """A world with one pool, app client and user, and a call of the operation: on the mock, and on the floor.

    The floor's handler does ``work`` before it answers.
    """
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool = cognito.create_user_pool(PoolName="benchmarks", AutoVerifiedAttributes=["email"])
        user = pool.create_user("alice", email="alice@example.com")
        parameters: dict[str, dict[str, Any]] = {
            "AdminGetUser": {"UserPoolId": pool.id, "Username": "alice"},
            "ListUserPools": {"MaxResults": 10},
            "DescribeUserPool": {"UserPoolId": pool.id},
            "ListUsers": {"UserPoolId": pool.id},
            "InitiateAuth": {
                "ClientId": pool.client.id,
                "AuthFlow": "USER_PASSWORD_AUTH",
                "AuthParameters": {"USERNAME": "alice", "PASSWORD": user.password},
            },
        }
        given = parameters[operation]
        method = xform_name(operation)
        # The mock hooks each client at its first call; the floor's own handler is there before it, and is asked first.
        ours = getattr(floor.plain_client(), method)
        theirs = getattr(floor.client({operation: ours(**given)}, work), method)
        yield cognito, lambda: ours(**given), lambda: theirs(**given)


SUBJECTS = (*map(_read, _READS), _sign_in())
