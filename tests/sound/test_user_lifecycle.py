"""Users through any sequence of operations and any time between them, against the state machine of the facts."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import boto3
import time_machine
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from pycognito.aws_srp import AWSSRP

from pytest_cognito import mock_cognito
from tests.sound.user_model import (
    CONFIRMED,
    DAY,
    FORCED,
    HOUR,
    MINUTE,
    NEW_PASSWORD,
    RESET,
    TOKENS,
    UNCONFIRMED,
    UNKNOWN,
    VERIFIER,
    WEAK,
    Access,
    Challenge,
    Grant,
    Refused,
    Users,
)
from tests.support.refusals import refusal

T = TypeVar("T")
U = TypeVar("U")

NOW = 1_772_000_000
NAMES = st.sampled_from(["alice", "bob"])
ANY_NAME = st.sampled_from(["alice"] * 4 + ["bob"] * 3 + ["nobody"])
GOOD = ("Passw0rd-1", "Passw0rd-2", "Passw0rd-3")
PASSWORDS = st.sampled_from((*GOOD, *GOOD, *GOOD, WEAK))
MOMENTS = st.sampled_from((1, 30, 3 * MINUTE, 20 * MINUTE, HOUR, DAY, 7 * DAY, 31 * DAY))
MOSTLY = st.sampled_from((True, True, True, False))
FLOWS = (
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
)


@cache
def idp() -> Any:
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return boto3.client("cognito-idp", region_name="us-east-1", **keys)


@cache
def prover() -> Any:
    """A client of SRP that is none of ours, with a private value of 1 to be quick."""
    made = AWSSRP("alice", "", "us-east-1_made", "client", client=idp())
    made.small_a_value, made.large_a_value = 1, 2
    return made


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


class UserLifecycle(RuleBasedStateMachine):
    """The model is asked first, then Cognito, and both must say the same.

    There is one rule for all steps: of many rules, Hypothesis would leave out about half in each run, and users would
    hardly ever get through the longer paths.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(time_machine.travel(NOW, tick=False))
        self.cognito = self.stack.enter_context(mock_cognito(region="us-east-1", seed="lifecycle"))
        self.sessions: dict[Challenge, dict[str, Any]] = {}
        self.refresh_tokens: dict[Grant, str] = {}
        self.access_tokens: dict[Access, str] = {}

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

    def make_pool(self, hides: bool) -> None:
        self.users = Users(hides=hides)
        pool = idp().create_user_pool(PoolName="app", AutoVerifiedAttributes=["email"])["UserPool"]
        client = idp().create_user_pool_client(
            UserPoolId=pool["Id"],
            ClientName="web",
            ExplicitAuthFlows=FLOWS,
            PreventUserExistenceErrors="ENABLED" if hides else "LEGACY",
        )["UserPoolClient"]
        self.pool, self.client = {"UserPoolId": pool["Id"]}, {"ClientId": client["ClientId"]}

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

    @step(right=MOSTLY)
    def confirm(self, right: bool) -> None:
        name = self.someone(UNCONFIRMED)
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

    @step(name=ANY_NAME, password=PASSWORDS, permanent=st.booleans())
    def admin_set_password(self, name: str, password: str, permanent: bool) -> None:
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

    @step(password=PASSWORDS, right=MOSTLY)
    def confirm_forgotten(self, password: str, right: bool) -> None:
        self.confirm_forgotten_of(self.someone(RESET), password, right)

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
        if asked and self.draw(MOSTLY):
            self.answer_verifier(self.users.challenges[-1], self.password(name, right))
            self.perhaps_answer_with_new_password(new)

    @step(when=lambda self: self.sessions, right=MOSTLY, new=PASSWORDS)
    def answer_earlier_challenge(self, right: bool, new: str) -> None:
        challenge = self.draw(st.sampled_from(list(self.sessions)))
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

    def teardown(self) -> None:
        """In the end every token is used once more, and everybody signs in."""
        with self.stack:
            for access in list(self.access_tokens):
                self.uses(access)
            for grant in list(self.refresh_tokens):
                self.refreshes(grant)
            for person in list(self.users.people.values()):
                self.sign_in(person.name, person.password)

    # Both at once

    def both(self, expected: Callable[[], T], call: Callable[[], Any]) -> tuple[T | None, Any]:
        """What the model says and what Cognito answers; the same refusal of both gives nothing."""
        try:
            wanted = expected()
        except Refused as refused:
            refused_with = refused.args
        else:
            return wanted, call()
        assert refusal(call) == refused_with
        return None, None

    def admin(self, operation: str, name: str, expected: Callable[[], object], **parameters: Any) -> None:
        self.both(expected, lambda: getattr(idp(), operation)(**self.pool, Username=name, **parameters))

    def sign_in(self, name: str, password: str, *, as_admin: bool = False) -> None:
        given: dict[str, Any] = {**self.client, "AuthParameters": {"USERNAME": name, "PASSWORD": password}}
        self.signs_in(
            lambda: self.users.sign_in(name, password),
            (lambda: idp().admin_initiate_auth(**self.pool, AuthFlow="ADMIN_USER_PASSWORD_AUTH", **given))
            if as_admin
            else (lambda: idp().initiate_auth(AuthFlow="USER_PASSWORD_AUTH", **given)),
        )

    def answer_verifier(self, challenge: Challenge, password: str) -> None:
        self.signs_in(
            lambda: self.users.answer_srp(challenge, password),
            lambda: idp().respond_to_auth_challenge(
                **self.client,
                ChallengeName=VERIFIER,
                ChallengeResponses=self.proof(self.sessions[challenge]["ChallengeParameters"], password),
            ),
        )

    def perhaps_answer_with_new_password(self, password: str) -> None:
        newest = next(reversed(self.sessions), None)
        if newest and newest.name == NEW_PASSWORD and self.draw(MOSTLY):
            self.answer_with_new_password(newest, password)

    def answer_with_new_password(self, challenge: Challenge, password: str) -> None:
        person = challenge.person
        self.signs_in(
            lambda: self.users.answer_new_password(challenge, password),
            lambda: idp().respond_to_auth_challenge(
                **self.client,
                ChallengeName=NEW_PASSWORD,
                Session=self.sessions[challenge]["Session"],
                ChallengeResponses={"USERNAME": person.name if person else "", "NEW_PASSWORD": password},
            ),
        )

    def signs_in(self, expected: Callable[[], str], call: Callable[[], Any]) -> bool:
        outcome, answer = self.both(expected, call)
        if outcome is None:
            return False
        assert answer.get("ChallengeName", TOKENS) == outcome
        if outcome == TOKENS:
            _keep(self.refresh_tokens, self.users.grants[-1], answer["AuthenticationResult"]["RefreshToken"])
            _keep(self.access_tokens, self.users.accesses[-1], answer["AuthenticationResult"]["AccessToken"])
        else:
            _keep(self.sessions, self.users.challenges[-1], answer)
        return True

    def refreshes(self, grant: Grant) -> None:
        given = {"REFRESH_TOKEN": self.refresh_tokens[grant]}
        outcome, answer = self.both(
            lambda: self.users.refresh(grant),
            lambda: idp().initiate_auth(**self.client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters=given),
        )
        if outcome is not None:
            assert "RefreshToken" not in answer["AuthenticationResult"]
            _keep(self.access_tokens, self.users.accesses[-1], answer["AuthenticationResult"]["AccessToken"])

    def uses(self, access: Access) -> None:
        person, answer = self.both(
            lambda: self.users.use(access), lambda: idp().get_user(AccessToken=self.access_tokens[access])
        )
        assert (person and person.name) == (answer and answer["Username"])

    # What there is to draw from

    def an_access_token(self) -> st.SearchStrategy[Access]:
        return st.sampled_from(list(self.access_tokens))

    def a_refresh_token(self) -> st.SearchStrategy[Grant]:
        return st.sampled_from(list(self.refresh_tokens))

    def someone(self, *statuses: str) -> str:
        """A name: mostly of a user in one of these states, where there is any."""
        apt = [name for name, person in self.users.people.items() if person.status in statuses]
        return str(self.draw(st.sampled_from([*(apt * 4), "alice", "bob", "nobody"])))

    def with_email(self) -> list[str]:
        return [name for name, person in self.users.people.items() if person.email]

    def password(self, name: str, right: bool) -> str:
        person = self.users.people.get(name)
        return person.password if person and right else "not-it"

    def code(self, name: str, purpose: str, right: bool) -> str:
        """The code that the user was sent last, or another."""
        person = self.users.people.get(name)
        sent = person.codes.get(purpose) if person else None
        code = str(self.cognito.outbox[sent.message].code) if sent else "000000"
        return code if right else f"{(int(code) + 1) % 10**6:06d}"

    def proof(self, told: dict[str, str], password: str) -> dict[str, str]:
        """The answer of a client of its own kind to PASSWORD_VERIFIER."""
        client = prover()
        client.username, client.password = told["USERNAME"], password
        client.pool_id, client.client_id = self.pool["UserPoolId"], self.client["ClientId"]
        answer: dict[str, str] = client.process_challenge(told, {"USERNAME": told["USERNAME"]})
        return answer


def _keep(held: dict[T, U], key: T, value: U) -> None:
    """Hold one more; of too many, the oldest is forgotten, lest every step take longer than the one before."""
    held[key] = value
    if len(held) > 4:
        del held[next(iter(held))]


def _email(name: str) -> list[dict[str, str]]:
    return [{"Name": "email", "Value": f"{name}@example.com"}]


TestUserLifecycle = UserLifecycle.TestCase
TestUserLifecycle.settings = settings(max_examples=settings.default.max_examples * 3 // 5, stateful_step_count=40)
