"""USER_SRP_AUTH: the user proves the password with the Secure Remote Password protocol, without sending it."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.sign_in import follow_ups, identification, password, srp_exchange
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import PASSED, Challenge, Outcome, Prompt, SessionParameters
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.flows.sign_in.srp_exchange import Exchange, Proof
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.factors import acr, srp
from pytest_cognito.world import Context

_SALT_BYTES = 16
_verifier = lru_cache(maxsize=4096)(srp.verifier)


def begin(attempt: Attempt) -> None:
    """Begin with the client's public value ``SRP_A``. The answer to PASSWORD_VERIFIER proves the password."""
    srp_exchange.client_public(attempt)
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


def _prompt(attempt: Attempt) -> Prompt:
    """Generate the server's values. User id and salt of a user who does not exist are the same each time."""
    if attempt.simulated is None:
        name = attempt.user.username
        secret = attempt.user.password or identification.made_up(attempt.pool, name)
    else:
        name = attempt.simulated
        secret = identification.made_up(attempt.pool, name)
    salt = _salt(attempt.pool, name, secret)
    exchange = srp_exchange.begin(attempt, _verifier(_identity(attempt.pool, name), secret, salt))
    return Prompt({"SALT": salt, **exchange.parameters(), "USERNAME": name, "USER_ID_FOR_SRP": name}, exchange)


def _identity(pool: UserPool, name: str) -> str:
    """The identity in the hashes: the pool id after ``_``, and ``USER_ID_FOR_SRP``."""
    return pool.id.partition("_")[2] + name


def _salt(pool: UserPool, name: str, secret: str) -> str:
    """The salt of a user in hexadecimal digits, the same until the password changes."""
    digest = hashlib.sha256(f"{pool.id}/{name}/{secret}".encode()).digest()
    return srp.hexadecimal(int.from_bytes(digest[:_SALT_BYTES], "big"))


def _answer(attempt: Attempt) -> Outcome:
    """Check the proof, then the status of the user as after any password."""
    proof = srp_exchange.sent_proof(attempt)
    if attempt.found is None:
        raise errors.INCORRECT()
    password.judge(attempt, correct=_is_correct(attempt, attempt.found, proof))
    return PASSED


def _is_correct(attempt: Attempt, user: User, proof: Proof) -> bool:
    """Whether a proof is one of the user's password; a user without one can prove nothing."""
    if user.password is None:
        return False
    name = user.username
    identity = _identity(attempt.pool, name)
    verifier = _verifier(identity, user.password, _salt(attempt.pool, name, user.password))
    return proof.is_correct(attempt.state_of(Exchange), identity, verifier)


PASSWORD_VERIFIER = Challenge(
    "PASSWORD_VERIFIER",
    _prompt,
    _answer,
    responses=("USERNAME", *srp_exchange.PROOF),
    session_parameters=SessionParameters(
        challenge=srp_exchange.IN_CHALLENGE, answer=srp_exchange.IN_ANSWER, unknown=errors.INCORRECT
    ),
    first_factor=True,
    method=acr.PASSWORD,
)
