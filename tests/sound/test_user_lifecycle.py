"""Users through any sequence of operations and any time between them, against the state machine of the facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from tests.sound.user_machine import UserMachine, idp
from tests.sound.user_states import (
    CONFIRMED,
    DAY,
    FORCED,
    HOUR,
    MINUTE,
    NEW_PASSWORD,
    RESET,
    UNCONFIRMED,
    UNKNOWN,
    WEAK,
)
from tests.support.refusals import refusal

NAMES = st.sampled_from(["alice", "bob"])
ANY_NAME = st.sampled_from(["alice"] * 4 + ["bob"] * 3 + ["nobody"])
GOOD = ("Passw0rd-1", "Passw0rd-2", "Passw0rd-3")
PASSWORDS = st.sampled_from((*GOOD, *GOOD, *GOOD, WEAK))
MOMENTS = st.sampled_from((1, 30, 3 * MINUTE, 20 * MINUTE, HOUR, DAY, 7 * DAY, 31 * DAY))
WAITS = st.sampled_from((None, None, None, None, -1, 0))
"""Until so many seconds after a code has ended; or no waiting."""
MOSTLY = st.sampled_from((True, True, True, False))


@dataclass(frozen=True)
class Step:
    """One thing that may happen, with what is drawn for it; ``when`` says whether it can happen now."""

    function: Callable[..., None]
    when: Callable[[UserLifecycle], object]
    arguments: dict[str, st.SearchStrategy[Any]]

    def __repr__(self) -> str:
        return self.function.__name__


STEPS: list[Step] = []


def step(
    when: Callable[[UserLifecycle], object] = lambda _: True, **arguments: st.SearchStrategy[Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def register(function: Callable[..., None]) -> Callable[..., None]:
        STEPS.append(Step(function, when, arguments))
        return function

    return register


class UserLifecycle(UserMachine):
    """One rule takes all steps: of many rules Hypothesis leaves out about half in each run, and users would hardly ever
    get through the longer paths.
    """

    @initialize(
        hides=st.booleans(),
        password=st.sampled_from(GOOD),
        email=MOSTLY,
        status=st.sampled_from([UNCONFIRMED, FORCED, CONFIRMED]),
    )
    def begin(self, hides: bool, password: str, email: bool, status: str) -> None:
        """A pool with Alice, who has signed in, and Bob in some state: users from the first step on."""
        self.make_pool(hides)
        self.admin_create("alice", password, email=True, invite=False)
        self.admin_set_password("alice", password, permanent=True)
        self.sign_in("alice", password)
        if status == UNCONFIRMED:
            self.sign_up("bob", password, email)
        else:
            self.admin_create("bob", password, email, invite=False)
            self.admin_set_password("bob", password, permanent=status == CONFIRMED)

    @rule(data=st.data())
    def next_step(self, data: st.DataObject) -> None:
        self.draw = data.draw
        chosen = data.draw(st.sampled_from([each for each in STEPS if each.when(self)]))
        chosen.function(self, **{name: data.draw(each, label=name) for name, each in chosen.arguments.items()})

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

    # Signing in

    @step(right=MOSTLY, as_admin=st.booleans(), new=PASSWORDS)
    def sign_in_with_password(self, right: bool, as_admin: bool, new: str) -> None:
        name = self.someone(FORCED)
        self.sign_in(name, self.password(name, right), as_admin=as_admin)
        self.perhaps_answer_with_new_password(new)

    @step(name=ANY_NAME, times=st.integers(4, 7))
    def try_passwords(self, name: str, times: int) -> None:
        for _ in range(times):
            self.sign_in(name, "not-it")

    @step(right=MOSTLY, pause=st.sampled_from([0, 0, 0, 2 * MINUTE, 3 * MINUTE]), new=PASSWORDS)
    def sign_in_with_srp(self, right: bool, pause: int, new: str) -> None:
        name = self.someone(FORCED)
        given = {"USERNAME": name, "SRP_A": "2"}
        asked = self.signs_in(
            lambda: self.users.begin_srp(name),
            lambda: idp().initiate_auth(**self.client, AuthFlow="USER_SRP_AUTH", AuthParameters=given),
        )
        self.time_passes(pause)
        if asked and self.draw(st.booleans()):
            self.answer_verifier(self.users.challenges[-1], self.password(name, right))
            self.perhaps_answer_with_new_password(new)

    @step(when=lambda self: self.sessions, right=MOSTLY, new=PASSWORDS)
    def answer_earlier_challenge(self, right: bool, new: str) -> None:
        waiting = [challenge for challenge in self.sessions if not challenge.used]
        challenge = self.draw(st.sampled_from([*self.sessions, *(waiting * 3)]))
        if challenge.name == NEW_PASSWORD:
            self.answer_with_new_password(challenge, new)
        else:
            self.answer_verifier(challenge, self.password(challenge.person.name if challenge.person else "", right))

    # Tokens

    @step(when=lambda self: self.refresh_tokens)
    def refresh(self) -> None:
        self.refreshes(self.draw(self.a_refresh_token()))

    @step(when=lambda self: self.access_tokens)
    def use(self) -> None:
        self.uses(self.draw(self.an_access_token()))

    @step(when=lambda self: self.refresh_tokens)
    def revoke(self) -> None:
        grant = self.draw(self.a_refresh_token())
        self.both(
            lambda: self.users.revoke(grant),
            lambda: idp().revoke_token(**self.client, Token=self.refresh_tokens[grant]),
        )

    @step(when=lambda self: self.access_tokens)
    def sign_out(self) -> None:
        access = self.draw(self.an_access_token())
        self.both(
            lambda: self.users.sign_out(access),
            lambda: idp().global_sign_out(AccessToken=self.access_tokens[access]),
        )

    @step(name=ANY_NAME)
    def admin_sign_out(self, name: str) -> None:
        self.admin("admin_user_global_sign_out", name, lambda: self.users.admin_sign_out(name))

    # The account

    @step(name=ANY_NAME, enabled=MOSTLY)
    def enable(self, name: str, enabled: bool) -> None:
        operation = "admin_enable_user" if enabled else "admin_disable_user"
        self.admin(operation, name, lambda: self.users.enable(name, enabled=enabled))

    @step(when=lambda self: self.with_email(), verified=st.booleans())
    def verify_email(self, verified: bool) -> None:
        name = self.draw(st.sampled_from(self.with_email()))
        self.admin(
            "admin_update_user_attributes",
            name,
            lambda: self.users.verify_email(name, verified=verified),
            UserAttributes=[{"Name": "email_verified", "Value": str(verified).lower()}],
        )

    @step(when=lambda self: self.access_tokens, himself=MOSTLY)
    def delete(self, himself: bool) -> None:
        access = self.draw(self.an_access_token())
        name = access.grant.person.name
        if himself:
            self.both(
                lambda: self.users.delete(access),
                lambda: idp().delete_user(AccessToken=self.access_tokens[access]),
            )
        else:
            self.admin("admin_delete_user", name, lambda: self.users.admin_delete(name))

    # Time

    @step(seconds=MOMENTS)
    def time_passes(self, seconds: int) -> None:
        self.users.now += seconds
        self.cognito.clock.advance(seconds=seconds)

    @step(when=lambda self: self.users.deadlines(), just_before=st.booleans())
    def something_ends(self, just_before: bool) -> None:
        moment = self.draw(st.sampled_from(self.users.deadlines()))
        self.time_passes(moment - self.users.now - just_before)

    def wait_for_code_to_end(self, name: str, purpose: str, beyond: int | None) -> None:
        person = self.users.people.get(name)
        code = person.codes.get(purpose) if person else None
        if code and beyond is not None and code.expires > self.users.now:
            self.time_passes(code.expires - self.users.now + beyond)

    # What holds after each step

    @invariant()
    def every_user_is_in_the_state_of_the_model(self) -> None:
        for name in ("alice", "bob"):
            person = self.users.people.get(name)
            if person is None:
                assert refusal(idp().admin_get_user, **self.pool, Username=name) == UNKNOWN
            else:
                shown = idp().admin_get_user(**self.pool, Username=name)
                assert (shown["UserStatus"], shown["Enabled"]) == (person.status, person.enabled)

    @invariant()
    def as_many_messages_were_sent(self) -> None:
        assert len(self.cognito.outbox) == self.users.sent


def _email(name: str) -> list[dict[str, str]]:
    return [{"Name": "email", "Value": f"{name}@example.com"}]


TestUserLifecycle = UserLifecycle.TestCase
TestUserLifecycle.settings = settings(max_examples=settings.default.max_examples * 4 // 5, stateful_step_count=50)
