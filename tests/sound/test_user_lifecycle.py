"""Users through any sequence of operations and any time between them, against the state machine of the facts."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from tests.sound.question_steps import QuestionSteps
from tests.sound.user_machine import idp
from tests.sound.user_states import (
    CHOICE,
    CODE,
    CONFIRMED,
    CUSTOM,
    FORCED,
    MINUTE,
    NEW_PASSWORD,
    PASSKEY,
    UNCONFIRMED,
    UNKNOWN,
)
from tests.sound.user_steps import ANY_NAME, GOOD, MOSTLY, PASSWORDS, STEPS, step
from tests.support.refusals import refusal


class UserLifecycle(QuestionSteps):
    """One rule takes all steps: of many rules Hypothesis leaves out about half in each run, and users would hardly ever
    get through the longer paths.
    """

    @initialize(
        hides=st.booleans(),
        tracks=st.booleans(),
        password=st.sampled_from(GOOD),
        email=MOSTLY,
        status=st.sampled_from([UNCONFIRMED, FORCED, CONFIRMED]),
    )
    def begin(self, hides: bool, tracks: bool, password: str, email: bool, status: str) -> None:
        """A pool with Alice, who has signed in, and Bob in some state: users from the first step on."""
        self.make_pool(hides=hides, tracks=tracks)
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
        elif challenge.name == PASSKEY:
            self.answer_passkey(challenge, right)
        elif challenge.name == CUSTOM:
            self.answer_question(challenge, right)
        elif challenge.name in (CODE, CHOICE):
            self.answer_to_choice(challenge, right)
        else:
            self.answer_verifier(challenge, self.password(challenge.person.name if challenge.person else "", right))

    # Tokens

    @step(when=lambda self: self.refresh_tokens)
    def refresh(self) -> None:
        self.refresh_from_device()

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

    @step(when=lambda self: self.access_tokens, by_the_user=MOSTLY)
    def delete(self, by_the_user: bool) -> None:
        access = self.draw(self.an_access_token())
        name = access.grant.person.name
        if by_the_user:
            self.both(
                lambda: self.users.delete(access),
                lambda: idp().delete_user(AccessToken=self.access_tokens[access]),
            )
        else:
            self.admin("admin_delete_user", name, lambda: self.users.admin_delete(name))

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
    def every_device_is_as_in_the_model(self) -> None:
        for name, person in self.users.people.items() if self.users.tracks else ():
            listed = idp().admin_list_devices(**self.pool, Username=name)["Devices"]
            shown = [_attribute(one, "dev:device_remembered_status") == "remembered" for one in listed]
            assert shown == [device.remembered for device in self.users.devices_of(person)]

    @invariant()
    def as_many_messages_were_sent(self) -> None:
        assert len(self.cognito.outbox) == self.users.sent


def _attribute(device: dict[str, Any], name: str) -> str:
    return str({one["Name"]: one["Value"] for one in device["DeviceAttributes"]}[name])


TestUserLifecycle = UserLifecycle.TestCase
TestUserLifecycle.settings = settings(max_examples=settings().max_examples // 2, stateful_step_count=50)
