"""What becomes of a user, step by step: the state machine of Cognito's documentation without tables, tokens or texts.

`BY_STATUS` says what an operation makes of each status; here stand the conditions around it that don't depend on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.sound.user_states import (
    ACCESS_EXPIRED,
    ACCESS_LIFETIME,
    ACCESS_REVOKED,
    ACCOUNT_EXISTS,
    BY_STATUS,
    CODE_EXPIRED,
    CODE_LIFETIME,
    CODE_MISMATCH,
    DISABLED,
    EXISTS,
    FORCED,
    HOUR,
    INCORRECT,
    LOCKED,
    MINUTE,
    NEW_PASSWORD,
    NO_CHANNEL,
    NOTHING_TO_RESEND,
    PER_HOUR,
    REFRESH_EXPIRED,
    REFRESH_INVALID,
    REFRESH_LIFETIME,
    REFRESH_REVOKED,
    RESET,
    RESET_REQUIRED,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_LIFETIME,
    SESSION_USED,
    STATUSES,
    TEMPORARY_EXPIRED,
    TEMPORARY_PASSWORD_LIFETIME,
    TOKENS,
    TOO_MANY,
    UNCONFIRMED,
    UNKNOWN,
    UNKNOWN_TO_CLIENT,
    VERIFIER,
    WEAK,
    WEAK_AT_SIGN_UP,
    WEAK_BY_ADMIN,
    WEAK_BY_USER,
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


@dataclass(eq=False)
class Grant:
    """One sign-in, with its refresh token."""

    person: Person
    expires: int
    revoked: bool = False


@dataclass(eq=False)
class Access:
    """An access token."""

    grant: Grant
    expires: int


class Users:
    """All users of a pool; ``hides`` where its client prevents user-existence errors. Times are in seconds."""

    def __init__(self, *, hides: bool) -> None:
        self.hides = hides
        self.now = 0
        self.sent = 0
        self.people: dict[str, Person] = {}
        self.challenges: list[Challenge] = []
        self.grants: list[Grant] = []
        self.accesses: list[Access] = []

    # Becoming a user

    def sign_up(self, name: str, password: str, *, email: bool) -> None:
        self._strong(password, WEAK_AT_SIGN_UP)
        self._refuse_if(name in self.people, EXISTS)
        person = self.people[name] = Person(name, UNCONFIRMED, password, email, verified=False)
        if email:
            self._send_code(person, "SignUp")

    def admin_create(self, name: str, password: str, *, email: bool, invite: bool) -> None:
        self._strong(password, WEAK_BY_ADMIN)
        self._refuse_if(name in self.people, ACCOUNT_EXISTS)
        until = self.now + TEMPORARY_PASSWORD_LIFETIME
        self.people[name] = Person(name, FORCED, password, email, verified=email, temporary_until=until)
        self.sent += invite

    def invite_again(self, name: str, password: str) -> None:
        person = self._known(name, UNKNOWN)
        impossible = ("UnsupportedUserStateException", f"Resend not possible. {name} status is not {FORCED}")
        self._refuse_if(person.status != FORCED, impossible)
        self._strong(password, WEAK_BY_ADMIN)
        person.password, person.temporary_until = password, self.now + TEMPORARY_PASSWORD_LIFETIME
        self.sent += person.email

    def confirm(self, name: str, *, right: bool) -> None:
        person = self._known(name, CODE_EXPIRED if self.hides else UNKNOWN_TO_CLIENT)
        self._spend(person, "ConfirmSignUp")
        after = self._after("ConfirmSignUp", person)
        self._redeem(person, "SignUp", right=right)
        person.status, person.verified = after, True

    def admin_confirm(self, name: str) -> None:
        person = self._known(name, UNKNOWN)
        person.status = self._after("ConfirmSignUp", person)

    def resend(self, name: str) -> None:
        if name not in self.people and self.hides:
            return
        person = self._known(name, UNKNOWN_TO_CLIENT)
        self._spend(person, "ResendConfirmationCode")
        self._after("ResendConfirmationCode", person)
        self._refuse_if(not person.email, NOTHING_TO_RESEND)
        self._send_code(person, "SignUp")

    # Passwords

    def admin_set_password(self, name: str, password: str, *, permanent: bool) -> None:
        person = self._known(name, UNKNOWN)
        self._strong(password, WEAK_BY_ADMIN)
        person.status = self._after("SetPermanentPassword" if permanent else "SetTemporaryPassword", person)
        person.password = password
        person.temporary_until = None if permanent else self.now + TEMPORARY_PASSWORD_LIFETIME
        self._forgive(person)

    def admin_reset(self, name: str) -> None:
        person = self._known(name, UNKNOWN)
        self._refuse_if(not person.enabled, DISABLED)
        after = self._after("AdminResetUserPassword", person)
        self._refuse_if(not person.verified, NO_CHANNEL)
        person.status = after
        self._send_code(person, "ForgotPassword")

    def forgot(self, name: str) -> None:
        person = self.people.get(name)
        if self.hides and (person is None or not person.enabled):
            return
        person = self._known(name, UNKNOWN_TO_CLIENT)
        self._refuse_if(not person.enabled, DISABLED)
        self._spend(person, "ForgotPassword")
        self._after("ForgotPassword", person)
        if person.verified:
            self._send_code(person, "ForgotPassword")
        else:
            self._refuse_if(not self.hides, NO_CHANNEL)

    def confirm_forgotten(self, name: str, password: str, *, right: bool) -> None:
        person = self._known(name, CODE_MISMATCH if self.hides else UNKNOWN_TO_CLIENT)
        self._refuse_if(not person.enabled, CODE_MISMATCH if self.hides else DISABLED)
        self._spend(person, "ForgotPassword")
        self._check_code(person, "ForgotPassword", right=right)
        self._strong(password, WEAK_BY_USER)
        self._redeem(person, "ForgotPassword", right=right)
        person.status = self._after("ConfirmForgotPassword", person)
        person.password, person.temporary_until = password, None
        self._forgive(person)

    def change_password(self, access: Access, password: str, *, right: bool) -> None:
        person = self.use(access)
        self._spend(person, "ChangePassword")
        self._refuse_if(not right, INCORRECT)
        self._strong(password, WEAK_BY_USER)
        person.password, person.temporary_until = password, None

    # Signing in

    def sign_in(self, name: str, password: str) -> str:
        person = self._known(name, INCORRECT if self.hides else UNKNOWN)
        return self._prove(person, right=password == person.password)

    def begin_srp(self, name: str) -> str:
        person = self.people.get(name)
        if not self.hides:
            self._refuse_if(not self._known(name, UNKNOWN).enabled, DISABLED)
        self._ask(VERIFIER, person, person.password if person else None)
        return VERIFIER

    def answer_srp(self, challenge: Challenge, password: str) -> str:
        self._resume(challenge)
        person = challenge.person
        if person is None:
            raise Refused(*INCORRECT)
        outcome = self._prove(person, right=password == person.password == challenge.password)
        challenge.used = True
        return outcome

    def answer_new_password(self, challenge: Challenge, password: str) -> str:
        self._resume(challenge)
        person = challenge.person
        assert person is not None
        self._refuse_if(not person.enabled, DISABLED)
        after = self._after("AnswerNewPassword", person)
        self._strong(password, WEAK_BY_USER)
        person.status, person.password, person.temporary_until = after, password, None
        challenge.used = True
        return self._let_in(person)

    # Tokens

    def refresh(self, grant: Grant) -> str:
        person = grant.person
        self._refuse_if(person.gone, REFRESH_INVALID)
        self._refuse_if(not person.enabled, DISABLED)
        self._refuse_if(grant.revoked, REFRESH_REVOKED)
        self._refuse_if(grant.expires <= self.now, REFRESH_EXPIRED)
        self._after("UseToken", person)
        self.accesses.append(Access(grant, self.now + ACCESS_LIFETIME))
        return TOKENS

    def use(self, access: Access, gone: Refusal = UNKNOWN) -> Person:
        person = access.grant.person
        self._refuse_if(access.expires <= self.now, ACCESS_EXPIRED)
        self._refuse_if(person.gone, gone)
        self._refuse_if(not person.enabled, DISABLED)
        self._refuse_if(access.grant.revoked, ACCESS_REVOKED)
        self._after("UseToken", person)
        return person

    def revoke(self, grant: Grant) -> None:
        grant.revoked = True

    def sign_out(self, access: Access) -> None:
        self._revoke_all(self.use(access, gone=ACCESS_REVOKED))

    def admin_sign_out(self, name: str) -> None:
        self._revoke_all(self._known(name, UNKNOWN))

    # The account

    def enable(self, name: str, *, enabled: bool) -> None:
        person = self._known(name, UNKNOWN)
        person.enabled = enabled
        if not enabled:
            self._revoke_all(person)

    def verify_email(self, name: str, *, verified: bool) -> None:
        self._known(name, UNKNOWN).verified = verified

    def admin_delete(self, name: str) -> None:
        self._delete(self._known(name, UNKNOWN))

    def delete(self, access: Access) -> None:
        self._delete(self.use(access))

    def deadlines(self) -> list[int]:
        """When something that is good now will be so no longer, or the other way round."""
        moments = {each.expires for each in (*self.challenges, *self.grants, *self.accesses)}
        for person in self.people.values():
            moments |= {code.expires for code in person.codes.values()}
            moments |= {moment + HOUR for spent in person.spent.values() for moment in spent}
            moments |= {person.locked_until, person.temporary_until or 0}
        return sorted(moment for moment in moments if moment > self.now)

    # What the steps have in common

    def _prove(self, person: Person, *, right: bool) -> str:
        """The order in which AWS looks at an account and at its password."""
        if not person.enabled:
            raise Refused(*(INCORRECT if self.hides and not right else DISABLED))
        self._refuse_if(self.now < person.locked_until, LOCKED)
        self._refuse_if(person.status == RESET and (right or not self.hides), RESET_REQUIRED)
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

    def _resume(self, challenge: Challenge) -> None:
        self._refuse_if(challenge.person is not None and challenge.person.gone, SESSION_INVALID)
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
        Users._refuse_if(password == WEAK, refusal)

    @staticmethod
    def _refuse_if(so: bool, refusal: Refusal) -> None:
        if so:
            raise Refused(*refusal)
