"""Steps that begin an account, and those that give it another password."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.sound.user_machine import idp
from tests.sound.user_states import CONFIRMED, FORCED, RESET, UNCONFIRMED
from tests.sound.user_steps import GOOD, MOSTLY, NAMES, PASSWORDS, WAITS, TimedUsers, step


class AccountSteps(TimedUsers):
    """What makes a user, and what changes a password without a sign-in."""

    # Becoming a user

    @step(name=NAMES, password=PASSWORDS, email=MOSTLY)
    def sign_up(self, name: str, password: str, email: bool) -> None:
        self.both(
            lambda: self.users.sign_up(name, password, email=email),
            lambda: idp().sign_up(
                **self.client, Username=name, Password=password, UserAttributes=_email(name) if email else []
            ),
        )

    @step(
        when=lambda self: len(self.users.people) < 2, name=NAMES, password=PASSWORDS, email=MOSTLY, invite=st.booleans()
    )
    def admin_create(self, name: str, password: str, email: bool, invite: bool) -> None:
        attributes = [*_email(name), {"Name": "email_verified", "Value": "true"}] if email else []
        how = {"DesiredDeliveryMediums": ["EMAIL"]} if email and invite else {"MessageAction": "SUPPRESS"}
        self.both(
            lambda: self.users.admin_create(name, password, email=email, invite=email and invite),
            lambda: idp().admin_create_user(
                **self.pool, Username=name, TemporaryPassword=password, UserAttributes=attributes, **how
            ),
        )

    @step(password=PASSWORDS)
    def invite_again(self, password: str) -> None:
        name = self.someone(FORCED)
        person = self.users.people.get(name)
        how = {"DesiredDeliveryMediums": ["EMAIL"]} if person and person.email else {}
        self.both(
            lambda: self.users.invite_again(name, password),
            lambda: idp().admin_create_user(
                **self.pool, Username=name, TemporaryPassword=password, MessageAction="RESEND", **how
            ),
        )

    @step(right=MOSTLY, wait=WAITS)
    def confirm(self, right: bool, wait: int | None) -> None:
        name = self.someone(UNCONFIRMED)
        self.wait_for_code_to_end(name, "SignUp", wait)
        code = self.code(name, "SignUp", right)
        self.both(
            lambda: self.users.confirm(name, right=right),
            lambda: idp().confirm_sign_up(**self.client, Username=name, ConfirmationCode=code),
        )

    @step()
    def admin_confirm(self) -> None:
        name = self.someone(UNCONFIRMED)
        self.admin("admin_confirm_sign_up", name, lambda: self.users.admin_confirm(name))

    @step()
    def resend(self) -> None:
        name = self.someone(UNCONFIRMED)
        self.both(
            lambda: self.users.resend(name),
            lambda: idp().resend_confirmation_code(**self.client, Username=name),
        )

    # Passwords

    @step(password=PASSWORDS, permanent=st.booleans())
    def admin_sets_password(self, password: str, permanent: bool) -> None:
        self.admin_set_password(self.someone(FORCED), password, permanent=permanent)

    def admin_set_password(self, name: str, password: str, *, permanent: bool) -> None:
        self.admin(
            "admin_set_user_password",
            name,
            lambda: self.users.admin_set_password(name, password, permanent=permanent),
            Password=password,
            Permanent=permanent,
        )

    @step()
    def admin_reset(self) -> None:
        name = self.someone(CONFIRMED)
        self.admin("admin_reset_user_password", name, lambda: self.users.admin_reset(name))

    @step()
    def forgot(self) -> None:
        name = self.someone(CONFIRMED, RESET)
        self.both(
            lambda: self.users.forgot(name),
            lambda: idp().forgot_password(**self.client, Username=name),
        )

    @step(password=PASSWORDS, right=MOSTLY, times=st.integers(1, 2), wait=WAITS)
    def confirm_forgotten(self, password: str, right: bool, times: int, wait: int | None) -> None:
        name = self.someone(RESET)
        self.wait_for_code_to_end(name, "ForgotPassword", wait)
        for _ in range(times):
            self.confirm_forgotten_of(name, password, right)

    def confirm_forgotten_of(self, name: str, password: str, right: bool) -> None:
        code = self.code(name, "ForgotPassword", right)
        self.both(
            lambda: self.users.confirm_forgotten(name, password, right=right),
            lambda: idp().confirm_forgot_password(
                **self.client, Username=name, ConfirmationCode=code, Password=password
            ),
        )

    @step(times=st.integers(10, 21))
    def guess_codes(self, times: int) -> None:
        name = self.someone(RESET, CONFIRMED)
        for _ in range(times):
            self.confirm_forgotten_of(name, GOOD[0], right=False)

    @step(when=lambda self: self.access_tokens, password=PASSWORDS, right=MOSTLY)
    def change_password(self, password: str, right: bool) -> None:
        access = self.draw(self.an_access_token())
        previous = access.grant.person.password if right else "not-it"
        self.both(
            lambda: self.users.change_password(access, password, right=right),
            lambda: idp().change_password(
                AccessToken=self.access_tokens[access], PreviousPassword=previous, ProposedPassword=password
            ),
        )


def _email(name: str) -> list[dict[str, str]]:
    return [{"Name": "email", "Value": f"{name}@example.com"}]
