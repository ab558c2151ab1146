"""The first factor of USER_SRP_AUTH: a user proves that he knows his password without sending it."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from .. import errors, lookup
from ..records import User, UserPool
from ..rules import srp
from . import accounts, lockout, password_proof
from .attempt import Attempt
from .challenge import Carrier, Challenge

_PRIVATE_BYTES = 32
_SALT_BYTES = 16
_FACTS = "srp"
_SECRET_BLOCK = "PASSWORD_CLAIM_SECRET_BLOCK"
_verifier = lru_cache(maxsize=4096)(srp.verifier)


def begin(attempt: Attempt) -> None:
    """Begin with the client's public value; whether the password is right shows at the answer."""
    public = _public(attempt.parameters["SRP_A"])
    username = attempt.parameters["USERNAME"]
    user = lookup.find_user(attempt.context, attempt.pool, username)
    if user is None:
        if not attempt.client.hides_existence:
            raise errors.USER_NOT_FOUND()
        password_proof.pre_authentication(attempt, username, None)
        _simulate(attempt, username, public)
        return
    if not user.enabled and not attempt.client.hides_existence:
        raise errors.USER_DISABLED()
    password_proof.pre_authentication(attempt, user.username, user)
    attempt.found = lookup.user(attempt.context, attempt.pool, username)
    name = attempt.found.username
    _keep(attempt, name, attempt.found.password or _digest(attempt.pool, name), public)


def _public(digits: str) -> int:
    public = srp.client_public(digits)
    if public is None:
        raise errors.SRP_A_INVALID()
    return public


def _keep(attempt: Attempt, name: str, password: str, public: int) -> None:
    """Draw the server's values and keep what the answer will be held against."""
    identity = _identity(attempt.pool, name)
    salt = _salt(attempt.pool, name, password)
    verifier = _verifier(identity, password, salt)
    private = int.from_bytes(attempt.context.world.ids.data(_PRIVATE_BYTES), "big")
    attempt.facts[_FACTS] = {
        "name": name,
        "salt": salt,
        "A": public,
        "B": srp.public_value(private, verifier),
        "b": private,
    }


def _simulate(attempt: Attempt, username: str, public: int) -> None:
    """A challenge like any other, with the same id and salt each time, for a user that does not exist."""
    digest = _digest(attempt.pool, attempt.pool.fold(username))
    name = accounts.sub_of(digest)
    attempt.facts["simulated"] = name
    _keep(attempt, name, digest, public)


def _digest(pool: UserPool, name: str) -> str:
    """What stands in for a password where there is none."""
    return hashlib.sha256(f"{pool.id}/{name}".encode()).hexdigest()


def _identity(pool: UserPool, name: str) -> str:
    return pool.id.partition("_")[2] + name


def _salt(pool: UserPool, name: str, password: str) -> str:
    """The salt of a user, which stays until the password changes."""
    drawn = hashlib.sha256(f"{pool.id}/{name}/{password}".encode()).digest()
    return srp.hexadecimal(int.from_bytes(drawn[:_SALT_BYTES], "big"))


def _due(attempt: Attempt) -> bool:
    return _FACTS in attempt.facts


def _tell(attempt: Attempt) -> dict[str, str]:
    facts = attempt.facts[_FACTS]
    return {
        "SALT": facts["salt"],
        "SRP_B": srp.hexadecimal(facts["B"]),
        "USERNAME": facts["name"],
        "USER_ID_FOR_SRP": facts["name"],
    }


def _answer(attempt: Attempt) -> None:
    """Check the proof, then what is checked after any password."""
    signature, timestamp = attempt.answer("PASSWORD_CLAIM_SIGNATURE"), attempt.answer("TIMESTAMP")
    user = attempt.found
    if user is None:
        raise errors.INCORRECT()
    right = _is_fresh(attempt, timestamp) and signature == _signature(attempt, user, timestamp)
    if not user.enabled:
        raise errors.INCORRECT() if attempt.client.hides_existence and not right else errors.USER_DISABLED()
    lockout.check(attempt.context, user)
    if user.status == "RESET_REQUIRED" and (right or not attempt.client.hides_existence):
        raise errors.RESET_REQUIRED()
    if not right:
        lockout.failed(attempt.context, user)
        raise errors.INCORRECT()
    password_proof.check_status(attempt)


def _signature(attempt: Attempt, user: User, timestamp: str) -> str | None:
    """The proof that a user gives who knows the password; there is none where he has no password."""
    if user.password is None:
        return None
    facts, name = attempt.facts[_FACTS], user.username
    identity = _identity(attempt.pool, name)
    verifier = _verifier(identity, user.password, _salt(attempt.pool, name, user.password))
    key = srp.key(facts["A"], facts["B"], facts["b"], verifier)
    return srp.signature(key, identity, base64.b64decode(attempt.answer(_SECRET_BLOCK)), timestamp)


def _is_fresh(attempt: Attempt, timestamp: str) -> bool:
    """Whether a timestamp is of now: by Cognito's clock or, where a test has moved that one alone, by the machine's."""
    moment = srp.moment(timestamp)
    if moment is None:
        return False
    clock, tolerance = attempt.context.world.clock, attempt.client.session_validity
    return any(abs(now - moment) <= tolerance for now in (clock.now(), clock.unmoved()))


CHALLENGE = Challenge(
    "PASSWORD_VERIFIER",
    _due,
    _tell,
    _answer,
    carrier=Carrier(told="SECRET_BLOCK", given=_SECRET_BLOCK),
    first_factor=True,
)
