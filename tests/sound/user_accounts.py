"""The users of the state machine: what is known of each, and what several steps do with an account."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.sound.user_states import (
    ACCESS_LIFETIME,
    BY_STATUS,
    CODE_EXPIRED,
    CODE_LIFETIME,
    CODE_MISMATCH,
    DISABLED,
    HOUR,
    INCORRECT,
    LOCKED,
    MINUTE,
    NEW_PASSWORD,
    PER_HOUR,
    REFRESH_LIFETIME,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_LIFETIME,
    SESSION_RETENTION,
    SESSION_USED,
    STATUSES,
    TEMPORARY_EXPIRED,
    TOKENS,
    TOO_MANY,
    WEAK,
    Refusal,
)


class Refused(Exception):
    """The step is refused, with AWS's code and text."""


@dataclass(eq=False)
class Person:
    """One user from sign-up or creation to deletion; the next of the name is another."""

    name: str
    status: str
    password: str
    email: bool
    verified: bool
    temporary_until: int | None = None
    enabled: bool = True
    gone: bool = False
    passkey: bool = False
    codes: dict[str, Code] = field(default_factory=dict)
    spent: dict[str, list[int]] = field(default_factory=dict)
    failures: int = 0
    last_failure: int = 0
    locked_until: int = 0


@dataclass(frozen=True)
class Code:
    """A code that was sent last for its purpose, and until when it is good."""

    expires: int


@dataclass(eq=False)
class Challenge:
    """A question that waits for an answer; ``person`` is nobody where Cognito only pretends to ask."""

    name: str
    person: Person | None
    expires: int
    password: str | None = None
    used: bool = False
    tries: int = 0
    failed: bool = False
    device: Device | None = None


@dataclass(eq=False)
class Device:
    """A device of a user, from the sign-in that has made it until it is forgotten."""

    person: Person
    confirmed: bool = False
    remembered: bool = False
    forgotten: bool = False


@dataclass(eq=False)
class Grant:
    """One sign-in, with its refresh token."""

    person: Person
    expires: int
    revoked: bool = False
    device: Device | None = None


@dataclass(eq=False)
class Access:
    """An access token."""

    grant: Grant
    expires: int


class Accounts:
    """The users of a pool, and what several steps do with them.

    ``hides`` is whether the pool's client prevents user-existence errors. Times are in seconds.
    """

    def __init__(self, *, hides: bool) -> None:
        self.hides = hides
        self.now = 0
        self.sent = 0
        self.people: dict[str, Person] = {}
        self.challenges: list[Challenge] = []
        self.grants: list[Grant] = []
        self.accesses: list[Access] = []

    def deadlines(self) -> list[int]:
        """When something that is good now will be so no longer, or the other way round."""
        expiring: list[Challenge | Grant | Access] = [*self.challenges, *self.grants, *self.accesses]
        moments = {each.expires for each in expiring} | {each.expires + SESSION_RETENTION for each in self.challenges}
        for person in self.people.values():
            moments |= {code.expires for code in person.codes.values()}
            moments |= {moment + HOUR for spent in person.spent.values() for moment in spent}
            moments |= {person.locked_until, person.temporary_until or 0}
        return sorted(moment for moment in moments if moment > self.now)

    def _prove(self, person: Person, *, right: bool) -> str:
        """The order in which AWS looks at an account and at its password."""
        if not person.enabled:
            raise Refused(*(INCORRECT if self.hides and not right else DISABLED))
        self._refuse_if(self.now < person.locked_until, LOCKED)
        self._after("BeginSignIn", person)
        if not right:
            self._fail(person)
            raise Refused(*INCORRECT)
        outcome = self._after("RightPassword", person)
        if outcome == TOKENS:
            return self._let_in(person)
        self._refuse_if(person.temporary_until is not None and person.temporary_until <= self.now, TEMPORARY_EXPIRED)
        self._ask(NEW_PASSWORD, person)
        return outcome

    def _fail(self, person: Person) -> None:
        """From the fifth failure in a row on, each locks twice as long as the one before, 15 minutes at most."""
        quiet = self.now - person.last_failure >= 15 * MINUTE
        person.failures = 1 if quiet else person.failures + 1
        person.last_failure = self.now
        if person.failures >= 5:
            person.locked_until = self.now + min(2 ** (person.failures - 5), 15 * MINUTE)

    def _forgive(self, person: Person) -> None:
        person.failures = person.locked_until = 0

    def _let_in(self, person: Person) -> str:
        self._forgive(person)
        grant = Grant(person, self.now + REFRESH_LIFETIME)
        self.grants.append(grant)
        self.accesses.append(Access(grant, self.now + ACCESS_LIFETIME))
        return TOKENS

    def _ask(self, name: str, person: Person | None, password: str | None = None) -> None:
        self.challenges.append(Challenge(name, person, self.now + SESSION_LIFETIME, password))

    def _resume(self, challenge: Challenge, unknown: Refusal = SESSION_INVALID) -> None:
        self._refuse_if(challenge.person is not None and challenge.person.gone, unknown)
        self._refuse_if(challenge.expires + SESSION_RETENTION <= self.now, unknown)
        self._refuse_if(challenge.used, SESSION_USED)
        self._refuse_if(challenge.expires <= self.now, SESSION_EXPIRED)

    def _send_code(self, person: Person, purpose: str) -> None:
        person.codes[purpose] = Code(self.now + CODE_LIFETIME[purpose])
        self.sent += 1

    def _check_code(self, person: Person, purpose: str, *, right: bool) -> None:
        code = person.codes.get(purpose)
        self._refuse_if(code is None or code.expires <= self.now, CODE_EXPIRED)
        self._refuse_if(not right, CODE_MISMATCH)

    def _redeem(self, person: Person, purpose: str, *, right: bool) -> None:
        self._check_code(person, purpose, right=right)
        del person.codes[purpose]

    def _spend(self, person: Person, what: str) -> None:
        recent = [moment for moment in person.spent.get(what, ()) if moment > self.now - HOUR]
        self._refuse_if(len(recent) >= PER_HOUR[what], TOO_MANY)
        person.spent[what] = [*recent, self.now]

    def _revoke_all(self, person: Person) -> None:
        for grant in self.grants:
            grant.revoked = grant.revoked or grant.person is person

    def _delete(self, person: Person) -> None:
        person.gone = True
        del self.people[person.name]

    def _known(self, name: str, refusal: Refusal) -> Person:
        self._refuse_if(name not in self.people, refusal)
        return self.people[name]

    def _after(self, step: str, person: Person) -> str:
        outcome = BY_STATUS[step][STATUSES.index(person.status)]
        if isinstance(outcome, tuple):
            raise Refused(*outcome)
        return outcome

    @staticmethod
    def _strong(password: str, refusal: Refusal) -> None:
        Accounts._refuse_if(password == WEAK, refusal)

    @staticmethod
    def _refuse_if(so: bool, refusal: Refusal) -> None:
        if so:
            raise Refused(*refusal)
