"""USER_SRP_AUTH: the user proves the password with the Secure Remote Password protocol, without sending it."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import follow_ups, password
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import PASSED, Challenge, Outcome, Prompt, SessionParameters
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.flows.users import accounts, lockout
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import srp

_PRIVATE_BYTES = 32
_SALT_BYTES = 16
_BLOCK_BYTES = 1150
_BLOCK_PREFIX = b"\x02\x05\x78"  # as the secret blocks of AWS begin
_IN_CHALLENGE = "SECRET_BLOCK"
_IN_ANSWER = "PASSWORD_CLAIM_SECRET_BLOCK"
_verifier = lru_cache(maxsize=4096)(srp.verifier)


class Exchange(NamedTuple):
    """The state of PASSWORD_VERIFIER: the public values of both sides, the server's private value and secret block."""

    client_public: int
    server_public: int
    private: int
    secret_block: str


def begin(attempt: Attempt) -> None:
    """Begin with the client's public value ``SRP_A``. The answer to PASSWORD_VERIFIER proves the password."""
    _client_public(attempt)
    username = attempt.parameters["USERNAME"]
    user = lookup.find_user(attempt.context, attempt.pool, username)
    if user is None:
        if not attempt.client.hides_existence:
            raise errors.USER_NOT_FOUND()
        password.pre_authentication(attempt, username, None)
        attempt.simulated = simulated_name(attempt.pool, username)
        return
    if not user.enabled and not attempt.client.hides_existence:
        raise errors.USER_DISABLED()
    password.pre_authentication(attempt, user.username, user)
    attempt.found = lookup.user(attempt.context, attempt.pool, username)


def decide(attempt: Attempt) -> Decision:
    """PASSWORD_VERIFIER first, then the challenges that can follow any first factor."""
    return follow_ups.decide(attempt) if attempt.history else PASSWORD_VERIFIER.role


def _client_public(attempt: Attempt) -> int:
    public = srp.parse_client_public(attempt.required("SRP_A"))
    if public is None:
        raise errors.SRP_A_INVALID()
    return public


def _prompt(attempt: Attempt) -> Prompt:
    """Generate the server's values. User id and salt of a user who does not exist are the same each time."""
    if attempt.simulated is None:
        name = attempt.user.username
        secret = attempt.user.password or _digest(attempt.pool, name)
    else:
        name = attempt.simulated
        secret = _digest(attempt.pool, attempt.pool.fold(attempt.required("USERNAME")))
    salt = _salt(attempt.pool, name, secret)
    verifier = _verifier(_identity(attempt.pool, name), secret, salt)
    ids = attempt.context.world.ids
    private = int.from_bytes(ids.data(_PRIVATE_BYTES), "big")
    public = srp.public_value(private, verifier)
    block = base64.b64encode(_BLOCK_PREFIX + ids.data(_BLOCK_BYTES)).decode()
    return Prompt(
        {
            "SALT": salt,
            "SRP_B": srp.hexadecimal(public),
            "USERNAME": name,
            "USER_ID_FOR_SRP": name,
            _IN_CHALLENGE: block,
        },
        Exchange(_client_public(attempt), public, private, block),
    )


def simulated_name(pool: UserPool, username: str) -> str:
    """A made-up ``sub`` for a user who does not exist, the same each time."""
    return accounts.format_sub(_digest(pool, pool.fold(username)))


def _digest(pool: UserPool, name: str) -> str:
    """A made-up secret for a user without a password, the same each time."""
    return hashlib.sha256(f"{pool.id}/{name}".encode()).hexdigest()


def _identity(pool: UserPool, name: str) -> str:
    """The identity in the hashes: the pool id after ``_``, and ``USER_ID_FOR_SRP``."""
    return pool.id.partition("_")[2] + name


def _salt(pool: UserPool, name: str, secret: str) -> str:
    """The salt of a user in hexadecimal digits, the same until the password changes."""
    digest = hashlib.sha256(f"{pool.id}/{name}/{secret}".encode()).digest()
    return srp.hexadecimal(int.from_bytes(digest[:_SALT_BYTES], "big"))


def _answer(attempt: Attempt) -> Outcome:
    """Check the signature, then the status of the user as after any password."""
    signature, timestamp = attempt.required("PASSWORD_CLAIM_SIGNATURE"), attempt.required("TIMESTAMP")
    user = attempt.found
    if user is None:
        raise errors.INCORRECT()
    correct = _is_fresh(attempt, timestamp) and signature == _signature(attempt, user, timestamp)
    if not user.enabled:
        raise errors.INCORRECT() if attempt.client.hides_existence and not correct else errors.USER_DISABLED()
    lockout.check(attempt.context, user)
    if user.status == "RESET_REQUIRED" and (correct or not attempt.client.hides_existence):
        raise errors.RESET_REQUIRED()
    if not correct:
        lockout.count_failure(attempt.context, user)
        raise errors.INCORRECT()
    password.check_status(attempt)
    return PASSED


def _signature(attempt: Attempt, user: User, timestamp: str) -> str | None:
    """The correct signature; ``None`` if the user has no password or the secret block is wrong."""
    exchange, block = attempt.state_of(Exchange), attempt.required(_IN_ANSWER)
    if user.password is None or block != exchange.secret_block:
        return None
    name = user.username
    identity = _identity(attempt.pool, name)
    verifier = _verifier(identity, user.password, _salt(attempt.pool, name, user.password))
    key = srp.key(exchange.client_public, exchange.server_public, exchange.private, verifier)
    return srp.signature(key, identity, base64.b64decode(block), timestamp)


def _is_fresh(attempt: Attempt, timestamp: str) -> bool:
    """Whether a timestamp is within AuthSessionValidity of now.

    The client's clock may be the mocked one or, if a test has moved only Cognito's clock, the system clock.
    """
    time = srp.parse_timestamp(timestamp)
    if time is None:
        return False
    clock, tolerance = attempt.context.world.clock, attempt.client.session_validity
    return any(abs(now - time) <= tolerance for now in (clock.now(), clock.unmoved()))


PASSWORD_VERIFIER = Challenge(
    "PASSWORD_VERIFIER",
    _prompt,
    _answer,
    session_parameters=SessionParameters(challenge=_IN_CHALLENGE, answer=_IN_ANSWER),
    first_factor=True,
)
