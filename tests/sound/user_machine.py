"""A pool in Cognito and its model, and what the steps of a user's life have in common."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import Any, TypeVar

import boto3
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from pycognito.aws_srp import AWSSRP

from pytest_cognito import mock_cognito
from tests.sound.user_accounts import Access, Challenge, Device, Grant, Refused
from tests.sound.user_questions import UsersWithQuestions
from tests.sound.user_states import NEW_PASSWORD, TOKENS, VERIFIER
from tests.support.consistency import inconsistencies
from tests.support.refusals import refusal
from tests.support.settings import PASSWORDLESS

T = TypeVar("T")
U = TypeVar("U")

NOW = 1_772_000_000
FLOWS = (
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
)
TRACKING = {"DeviceConfiguration": {"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}}


@cache
def idp() -> Any:
    return boto3.client(
        "cognito-idp", region_name="us-east-1", aws_access_key_id="testing", aws_secret_access_key="testing"
    )


@cache
def prover() -> Any:
    """A client of SRP that is none of ours, with a private value of 1 to be quick."""
    made = AWSSRP("alice", "", "us-east-1_made", "client", client=idp())
    made.small_a_value, made.large_a_value = 1, 2
    return made


class UserMachine(RuleBasedStateMachine):
    """The model is asked first, then Cognito, and both must say the same."""

    draw: Callable[..., Any]

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(time_machine.travel(NOW, tick=False))
        self.cognito = self.stack.enter_context(mock_cognito(region="us-east-1", seed="lifecycle"))
        self.sessions: dict[Challenge, dict[str, Any]] = {}
        self.refresh_tokens: dict[Grant, str] = {}
        self.access_tokens: dict[Access, str] = {}
        self.device_keys: dict[Device, str] = {}

    def make_pool(self, *, hides: bool, tracks: bool) -> None:
        self.users = UsersWithQuestions(hides=hides, tracks=tracks)
        settings: dict[str, Any] = {"AutoVerifiedAttributes": ["email"], "Policies": PASSWORDLESS}
        settings |= TRACKING if tracks else {}
        pool = idp().create_user_pool(PoolName="app", **settings)["UserPool"]
        client = idp().create_user_pool_client(
            UserPoolId=pool["Id"],
            ClientName="web",
            ExplicitAuthFlows=FLOWS,
            PreventUserExistenceErrors="ENABLED" if hides else "LEGACY",
        )["UserPoolClient"]
        self.pool, self.client = {"UserPoolId": pool["Id"]}, {"ClientId": client["ClientId"]}

    def teardown(self) -> None:
        """In the end every token is used once more, everybody signs in, and the tables are sound."""
        with self.stack:
            for access in list(self.access_tokens):
                self.uses(access)
            for grant in list(self.refresh_tokens):
                self.refreshes(grant, grant.device)
            for person in list(self.users.people.values()):
                self.sign_in(person.name, person.password)
            assert inconsistencies(self.cognito.world.store) == []

    # Both at once

    def both(self, expected: Callable[[], T], call: Callable[[], Any]) -> tuple[T | None, Any]:
        """What the model says and what Cognito answers; the same refusal of both gives nothing."""
        try:
            wanted = expected()
        except Refused as refused:
            refused_with = refused.args
        else:
            return wanted, call()
        found = refusal(call)
        assert found == refused_with, (found, refused_with)
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
        if newest and newest.name == NEW_PASSWORD and self.draw(st.booleans()):
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
        found = answer.get("ChallengeName", TOKENS)
        assert found == outcome, (found, outcome)
        if outcome == TOKENS:
            result = answer["AuthenticationResult"]
            _keep(self.refresh_tokens, self.users.grants[-1], result["RefreshToken"])
            _keep(self.access_tokens, self.users.accesses[-1], result["AccessToken"])
            assert ("NewDeviceMetadata" in result) == (self.users.made is not None)
            if self.users.made is not None:
                self.device_keys[self.users.made] = result["NewDeviceMetadata"]["DeviceKey"]
        else:
            sent = [message.code for message in self.cognito.outbox if message.source == "Authentication"]
            _keep(self.sessions, self.users.challenges[-1], {**answer, "sent": (sent or ["000000"])[-1]})
        return True

    def refreshes(self, grant: Grant, device: Device | None) -> None:
        given = {"REFRESH_TOKEN": self.refresh_tokens[grant]}
        if device is not None:
            given["DEVICE_KEY"] = self.device_keys[device]
        outcome, answer = self.both(
            lambda: self.users.refresh(grant, device),
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
        return str(self.draw(st.sampled_from([*(apt * 2), "alice", "bob", "nobody"])))

    def with_email(self) -> list[str]:
        return [name for name, person in self.users.people.items() if person.email]

    def password(self, name: str, right: bool) -> str:
        person = self.users.people.get(name)
        return person.password if person and right else "not-it"

    def code(self, name: str, purpose: str, right: bool) -> str:
        """The code that was sent last, though it may be used, expired or another's of the name; or else an earlier."""
        sources = ("SignUp", "ResendCode") if purpose == "SignUp" else (purpose,)
        sent = [message for message in self.cognito.outbox if message.username == name and message.source in sources]
        last, *earlier = [str(message.code) for message in reversed(sent)] or ["000000"]
        return last if right else next((code for code in earlier if code != last), f"{(int(last) + 1) % 10**6:06d}")

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
