"""What becomes of a user, step by step: the state machine of Cognito's documentation without tables, tokens or texts.

`BY_STATUS` says what an operation makes of each status; here stand the conditions around it that don't depend on it.
"""

from __future__ import annotations

from tests.sound.user_accounts import Access, Accounts, Challenge, Grant, Person, Refused
from tests.sound.user_states import (
    ACCESS_EXPIRED,
    ACCESS_LIFETIME,
    ACCESS_REVOKED,
    ACCOUNT_EXISTS,
    CHOICE,
    CODE,
    CODE_EXPIRED,
    CODE_MISMATCH,
    DISABLED,
    EXISTS,
    FORCED,
    INCORRECT,
    NO_CHANNEL,
    NOTHING_TO_RESEND,
    PASSKEY,
    REFRESH_EXPIRED,
    REFRESH_OF_DELETED_USER,
    REFRESH_REVOKED,
    TEMPORARY_PASSWORD_LIFETIME,
    TOKENS,
    UNCONFIRMED,
    UNKNOWN,
    UNKNOWN_TO_CLIENT,
    VERIFIER,
    WEAK_AT_SIGN_UP,
    WEAK_BY_ADMIN,
    WEAK_BY_USER,
    WRONG_CODE,
    Refusal,
)


class Users(Accounts):
    """The steps, by what the user or an administrator does. Each changes what is known, or is refused."""

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
        if person is not None:
            self._after("BeginSignIn", person)
        self._ask(VERIFIER, person, person.password if person else None)
        return VERIFIER

    def answer_srp(self, challenge: Challenge, password: str) -> str:
        """A proof is good again until its secret block expires; a block of nobody is like a wrong password."""
        self._resume(challenge, unknown=INCORRECT)
        person = challenge.person
        if person is None:
            raise Refused(*INCORRECT)
        return self._prove(person, right=password == person.password == challenge.password)

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

    def begin_by_code(self, name: str) -> str:
        """USER_AUTH with a wish for a code by e-mail; who can't get one is asked to choose."""
        person = self.people.get(name)
        if not self.hides:
            self._refuse_if(not self._known(name, UNKNOWN).enabled, DISABLED)
        gets_one = person is None or (person.email and person.status != FORCED)
        if person is not None and not gets_one:
            self._after("BeginSignIn", person)
        self.sent += bool(person and gets_one and person.enabled)
        self._ask(CODE if gets_one else CHOICE, person, person.password if person and person.enabled else None)
        return CODE if gets_one else CHOICE

    def answer_code(self, challenge: Challenge, *, right: bool) -> str:
        """A right code verifies the address and confirms the user.

        Where it is hidden who is disabled, they were sent none.
        """
        self._resume(challenge)
        person = challenge.person
        if person is None:
            raise Refused(*WRONG_CODE)
        self._refuse_if(not person.enabled and not self.hides, DISABLED)
        self._refuse_if(not right or challenge.password is None, WRONG_CODE)
        self._refuse_if(not person.enabled, DISABLED)
        after = self._after("RightCode", person)
        person.status, person.verified, challenge.used = after, True, True
        return self._let_in(person)

    def answer_choice(self, challenge: Challenge, password: str) -> str:
        """The choice of a password, which comes with it."""
        self._resume(challenge)
        person = challenge.person
        assert person is not None
        self._refuse_if(not person.enabled and not self.hides, DISABLED)
        outcome = self._prove(person, right=password == person.password)
        challenge.used = True
        return outcome

    def with_passkey(self, *but: str) -> list[Person]:
        """The users who have a passkey, but for those in these states."""
        return [person for person in self.people.values() if person.passkey and person.status not in but]

    def register_passkey(self, access: Access) -> Person:
        person = self.use(access, gone=ACCESS_REVOKED)
        person.passkey = True
        return person

    def begin_by_passkey(self, person: Person) -> str:
        """Whoever has a passkey is asked for it, unless it is told that they are disabled."""
        self._refuse_if(not person.enabled and not self.hides, DISABLED)
        self._ask(PASSKEY, person)
        return PASSKEY

    def answer_passkey(self, challenge: Challenge, *, right: bool) -> str:
        """Wrong answers are not counted."""
        self._resume(challenge)
        person = challenge.person
        assert person is not None
        self._refuse_if(not person.enabled and not self.hides, DISABLED)
        self._refuse_if(not right, INCORRECT)
        self._refuse_if(not person.enabled, DISABLED)
        self._after("RightPasskey", person)
        challenge.used = True
        return self._let_in(person)

    # Tokens

    def refresh(self, grant: Grant) -> str:
        person = grant.person
        self._refuse_if(person.gone, REFRESH_OF_DELETED_USER)
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
