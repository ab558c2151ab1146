"""USER_AUTH in the model of sign-ins: which first factors a user can choose, and what a choice proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tests.sound import challenge_model as model
from tests.sound.challenge_model import (
    CHOOSE,
    CUSTOM,
    FIRST_CODES,
    NEW_PASSWORD,
    PASSKEY,
    PASSWORDS,
    VERIFIER,
    Open,
    Person,
    SignIn,
)


def preferences(person: Person | None) -> tuple[str | None, ...]:
    """What a user may prefer, whether they have it or not; who has a passkey, that more often."""
    return (None, *PASSWORDS, *FIRST_CODES, *([PASSKEY] * (5 if person and person.passkey else 1)))


def available(person: Person) -> tuple[str, ...]:
    """Codes and passkeys are for who needs no second factor and has no temporary password to replace."""
    others = (*FIRST_CODES, PASSKEY) if person.passkey else FIRST_CODES
    return (*(() if person.passwordless else PASSWORDS), *(() if person.temporary or person.second_factor else others))


def begun(sign_in: SignIn, preferred: str | None, *, right: bool) -> SignIn | None:
    """The sign-in after its first request, with a password that is right or not; None if that is refused.

    Somebody who doesn't exist is said to have what they prefer, or else a code by e-mail.
    """
    person = sign_in.person
    chosen: str | None
    if person is None:
        chosen = FIRST_CODES[0] if preferred is None else preferred
    else:
        chosen = preferred if preferred in available(person) else None
    if chosen != PASSWORDS[0]:
        return replace(sign_in, first=chosen)
    return replace(sign_in, proven=frozenset({model.BY_PASSWORD})) if right and person is not None else None


def right_choice(person: Person, pick: str, srp_a: str) -> dict[str, str]:
    """The answer to SELECT_CHALLENGE by which a first factor is chosen."""
    inline = {"PASSWORD": {"PASSWORD": person.password}, "PASSWORD_SRP": {"SRP_A": srp_a}}
    return {"ANSWER": pick, **inline.get(pick, {})}


def may_begin(person: Person, flow: str) -> bool:
    """A temporary password is replaced by who has proven it, and nobody proves one that isn't there."""
    if person.passwordless:
        return flow in (model.CHOICE, model.CUSTOM_AUTH)
    return not person.temporary or flow != model.CUSTOM_AUTH


def answers(challenge: Open, name: str) -> bool:
    """Whether an answer under this name is one to the challenge.

    The choice of a password has names of its own, and the answer of a passkey can have that of a choice.
    """
    as_choice = challenge.name == PASSKEY and name == CHOOSE
    return name == challenge.name or as_choice or (challenge.name == CHOOSE and name in PASSWORDS)


def is_right(challenge: Open, name: str, right: Mapping[str, str], given: Mapping[str, str]) -> bool:
    """Whether an answer has all that a right one has; by whom it is given is another matter."""
    person = challenge.sign_in.person
    if challenge.name == PASSKEY and name == CHOOSE and given.get("ANSWER") != PASSKEY:
        return False
    if challenge.name != CHOOSE or person is None:
        return all(given.get(key) == value for key, value in right.items() if key != "USERNAME")
    chosen = name if name in PASSWORDS else given.get("ANSWER")
    if chosen not in available(person):
        return False
    if chosen == "PASSWORD":
        return given.get("PASSWORD") == person.password
    return chosen != "PASSWORD_SRP" or "SRP_A" in given


def is_good(challenge: Open) -> bool:
    """Whether the right answer to a challenge is still good: the password is the same, or to be replaced."""
    person = challenge.sign_in.person
    if person is None:
        return challenge.name == CUSTOM
    if challenge.name == VERIFIER:
        return person.password == challenge.password and not person.passwordless
    return challenge.name != NEW_PASSWORD or person.temporary
