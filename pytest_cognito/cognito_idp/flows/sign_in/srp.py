"""USER_SRP_AUTH: the user proves the password with the Secure Remote Password protocol, without sending it."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import follow_ups, identification, password
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import PASSED, Challenge, Outcome, Prompt, SessionParameters
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import acr, srp
from pytest_cognito.world import Context

_PRIVATE_BYTES = 32
_SALT_BYTES = 16
_BLOCK_BYTES = 1150
_BLOCK_PREFIX = b"\x02\x05\x78"  # as the secret blocks of AWS begin
_IN_CHALLENGE = "SECRET_BLOCK"
_IN_ANSWER = "PASSWORD_CLAIM_SECRET_BLOCK"
_SIGNATURE, _TIMESTAMP = "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"
_verifier = lru_cache(maxsize=4096)(srp.verifier)


class Exchange(NamedTuple):
    """The state of PASSWORD_VERIFIER: the public values of both sides, the server's private value and secret block."""

    client_public: int
    server_public: int
    private: int
    secret_block: str


def begin(attempt: Attempt) -> None:
    """Begin with the client's public value ``SRP_A``. The answer to PASSWORD_VERIFIER proves the password."""
    check_client_public(attempt)
    user = _find(attempt.context, attempt.pool, attempt.parameters["USERNAME"])
    if user is None:
        identification.pretend(attempt)
        return
    identification.check_enabled(attempt, user)
    identification.admit(attempt, user)


def _find(context: Context, pool: UserPool, username: str) -> User | None:
    """The user with a user name or an active alias. SRP does not know users by a ``sub`` that is not the user name."""
    user = lookup.find_user(context, pool, username)
    return None if user is None or pool.fold(username) == pool.fold(user.sub) != user.key else user


def decide(attempt: Attempt) -> Decision:
    """PASSWORD_VERIFIER first, then the challenges that can follow any first factor."""
    return follow_ups.decide(attempt) if attempt.history else PASSWORD_VERIFIER.role


def check_client_public(attempt: Attempt) -> None:
    """Raise if the client's public value ``SRP_A`` is missing or malformed."""
    _client_public(attempt)


def _client_public(attempt: Attempt) -> int:
    public = srp.parse_client_public(attempt.required("SRP_A"))
    if public is None:
        raise errors.SRP_A_NOT_HEXADECIMAL()
    return public


def _prompt(attempt: Attempt) -> Prompt:
    """Generate the server's values. User id and salt of a user who does not exist are the same each time."""
    if attempt.simulated is None:
        name = attempt.user.username
        secret = attempt.user.password or identification.made_up(attempt.pool, name)
    else:
        name = attempt.simulated
        secret = identification.made_up(attempt.pool, name)
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


def _identity(pool: UserPool, name: str) -> str:
    """The identity in the hashes: the pool id after ``_``, and ``USER_ID_FOR_SRP``."""
    return pool.id.partition("_")[2] + name


def _salt(pool: UserPool, name: str, secret: str) -> str:
    """The salt of a user in hexadecimal digits, the same until the password changes."""
    digest = hashlib.sha256(f"{pool.id}/{name}/{secret}".encode()).digest()
    return srp.hexadecimal(int.from_bytes(digest[:_SALT_BYTES], "big"))


def _answer(attempt: Attempt) -> Outcome:
    """Check the signature, then the status of the user as after any password.

    The time that was signed is not compared with the clock.
    """
    timestamp = srp.canonical_timestamp(attempt.parameters[_TIMESTAMP])
    if timestamp is None:
        raise errors.TIMESTAMP_MALFORMED()
    signature = srp.parse_signature(attempt.parameters[_SIGNATURE])
    if signature is None:
        raise errors.SIGNATURE_NOT_BASE64()
    if attempt.found is None:
        raise errors.INCORRECT()
    password.judge(attempt, correct=signature == _signature(attempt, attempt.found, timestamp))
    return PASSED


def _signature(attempt: Attempt, user: User, timestamp: str) -> bytes | None:
    """The correct signature.

    ``None`` if there is none: the user has no password, the secret block is wrong, or the client's public value is a
    multiple of ``N``, with which anybody could sign (RFC 5054, section 2.5.4).
    """
    exchange, block = attempt.state_of(Exchange), attempt.parameters[_IN_ANSWER]
    if user.password is None or block != exchange.secret_block or exchange.client_public % srp.N == 0:
        return None
    name = user.username
    identity = _identity(attempt.pool, name)
    verifier = _verifier(identity, user.password, _salt(attempt.pool, name, user.password))
    key = srp.key(exchange.client_public, exchange.server_public, exchange.private, verifier)
    return srp.signature(key, identity, base64.b64decode(block), timestamp)


PASSWORD_VERIFIER = Challenge(
    "PASSWORD_VERIFIER",
    _prompt,
    _answer,
    responses=("USERNAME", _TIMESTAMP, _SIGNATURE, _IN_ANSWER),
    session_parameters=SessionParameters(challenge=_IN_CHALLENGE, answer=_IN_ANSWER, unknown=errors.INCORRECT),
    first_factor=True,
    method=acr.PASSWORD,
)
