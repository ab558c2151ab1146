"""The first factor of USER_SRP_AUTH: a user proves that he knows his password without sending it."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
from functools import lru_cache

from .. import errors, lookup
from ..records import User, UserPool
from ..rules import srp
from . import lockout, password_proof
from .attempt import Attempt
from .challenge import Carrier, Challenge

_PRIVATE_BYTES = 32
_SALT_BYTES = 16
_FACTS = "srp"
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
    _keep(attempt, attempt.found.username, attempt.found.password or attempt.context.world.ids.hexadecimal(32), public)


def _public(digits: str) -> int:
    """The client's ``A``; one that would make the shared secret known to anybody is refused (RFC 5054 section 2.5.4)."""
    try:
        public = int(digits, 16)
    except ValueError:
        raise errors.SRP_A_INVALID() from None
    if public % srp.N == 0:
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
    """A challenge like any other, the same each time, for a user that does not exist."""
    digest = hashlib.sha256(f"{attempt.pool.id}/{username}".encode()).hexdigest()
    name = f"{digest[:8]}-{digest[8:12]}-70{digest[12:14]}-{digest[14:18]}-{digest[18:30]}"
    attempt.facts["simulated"] = name
    _keep(attempt, name, digest, public)


def _identity(pool: UserPool, name: str) -> str:
    return pool.id.partition("_")[2] + name


def _salt(pool: UserPool, name: str, password: str) -> str:
    """The salt of a user, which stays until the password changes."""
    return srp.salt_digits(hashlib.sha256(f"{pool.id}/{name}/{password}".encode()).digest()[:_SALT_BYTES])


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
    user = attempt.user
    lockout.check(attempt.context, user)
    if user.status == "RESET_REQUIRED":
        raise errors.RESET_REQUIRED()
    if not _proves(attempt, user):
        lockout.failed(attempt.context, user)
        raise errors.INCORRECT()
    lockout.end(attempt.context, user)
    password_proof.check_status(attempt)


def _proves(attempt: Attempt, user: User) -> bool:
    facts = attempt.facts[_FACTS]
    timestamp = attempt.answer("TIMESTAMP")
    given = attempt.answer("PASSWORD_CLAIM_SIGNATURE")
    if user.password is None or not _is_fresh(attempt, timestamp):
        return False
    try:
        secret_block = base64.b64decode(attempt.answer("PASSWORD_CLAIM_SECRET_BLOCK"))
    except binascii.Error:
        return False
    identity = _identity(attempt.pool, user.username)
    verifier = _verifier(identity, user.password, _salt(attempt.pool, user.username, user.password))
    key = srp.key(facts["A"], facts["B"], facts["b"], verifier)
    return hmac.compare_digest(srp.signature(key, identity, secret_block, timestamp).encode(), given.encode())


def _is_fresh(attempt: Attempt, timestamp: str) -> bool:
    """Whether a timestamp is of now: by Cognito's clock or, where a test has moved that one alone, by the machine's."""
    if not srp.is_timestamp(timestamp):
        return False
    moment = dt.datetime.strptime(timestamp, "%a %b %d %H:%M:%S UTC %Y").replace(tzinfo=dt.timezone.utc)
    clock, tolerance = attempt.context.world.clock, attempt.client.session_validity
    return any(abs(now - moment) <= tolerance for now in (clock.now(), clock.unmoved()))


CHALLENGE = Challenge(
    "PASSWORD_VERIFIER",
    _due,
    _tell,
    _answer,
    carrier=Carrier(told="SECRET_BLOCK", given="PASSWORD_CLAIM_SECRET_BLOCK"),
)
