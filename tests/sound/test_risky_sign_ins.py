"""Sign-ins under risks that come and go: a risky one needs a second factor, and no replay gets around it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

import time_machine
from botocore.exceptions import ClientError
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito
from tests.sound.challenge_world import idp
from tests.support import mfa
from tests.support.app import Answer, App
from tests.support.jwts import claims
from tests.support.mfa import ADDRESSES, EMAIL_OTP, SMS_MFA, TOTP, Authenticator
from tests.support.refusals import refusal
from tests.support.srp import SrpClient
from tests.support.threats import FULL, SIGN_IN_BLOCKED, events, respond

SETTINGS = settings(max_examples=settings().max_examples // 12, phases=(Phase.generate,))
STEPS = 14
PEOPLE = {"pat": ("phone_number",), "tess": ("phone_number", "email"), "nora": ()}
"""The users and their addresses; tess has an authenticator as well, nora no factor at all."""


@dataclass(frozen=True)
class Waiting:
    """A challenge that waits: whether its sign-in was risky, and whether a second factor was proven in it."""

    user: str
    challenge: Answer
    risky: bool
    proven: bool = False
    srp: SrpClient | None = None


class World:
    """A pool that asks for a second factor where there is a risk, and what waits in it."""

    def __init__(self, cognito: Cognito, random: Random) -> None:
        self.cognito = cognito
        self.random = random
        pool = mfa.make_pool(cognito, "OPTIONAL", SMS_MFA, EMAIL_OTP, TOTP, UserPoolAddOns=FULL)
        pool.create_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"])
        self.app = App(idp(), pool)
        for name, attributes in PEOPLE.items():
            pool.create_user(name, attributes={each: ADDRESSES[each] for each in attributes})
        secret = mfa.enrol(self.app, pool.tokens_for("tess").access_token).secret
        self.authenticator = Authenticator(cognito.clock, secret)
        respond(self.app, "MFA_REQUIRED")
        self.risk = False
        self.waiting: list[Waiting] = []

    def step(self) -> None:
        """Begin a sign-in, answer what waits, or let the risk come or go."""
        what = self.random.choice(["risk", "risk", "begin", "begin", "answer", "answer", "answer", "answer"])
        if what == "risk":
            self.risk = not self.risk
            self.cognito.threats.risk(level="High" if self.risk else "None")
        elif what == "begin" or not self.waiting:
            self.begin(self.random.choice(list(PEOPLE)))
        else:
            self.answer(self.random.choice(self.waiting))

    def begin(self, user: str) -> None:
        if self.random.randrange(4) == 0:
            client = SrpClient(self.app, user, now=self.cognito.clock.now())
            client.small_a_value, client.large_a_value = 1, 2  # to be quick
            self.waiting.append(Waiting(user, client.begin(), risky=False, srp=client))
            return
        if self.risk and not PEOPLE[user]:
            assert refusal(self.app.begin, username=user) == SIGN_IN_BLOCKED
        else:
            self.comes(Waiting(user, {}, risky=self.risk), self.app.begin(user))

    def answer(self, waiting: Waiting) -> None:
        """Answer rightly or not; answers are given again and again."""
        name = waiting.challenge["ChallengeName"]
        risky = self.risk if name == "PASSWORD_VERIFIER" else waiting.risky
        right = self.random.choice([True, True, False])
        try:
            answer = self.given(waiting, right=right)
        except ClientError:
            return
        assert right or name == "SELECT_MFA_TYPE"
        codes = (SMS_MFA, EMAIL_OTP, TOTP)
        self.comes(replace(waiting, risky=risky, proven=waiting.proven or name in codes), answer)

    def given(self, waiting: Waiting, *, right: bool) -> Answer:
        name = waiting.challenge["ChallengeName"]
        if waiting.srp is not None and name == "PASSWORD_VERIFIER":
            spoiled = {} if right else {"PASSWORD_CLAIM_SIGNATURE": "AAAA"}
            return waiting.srp.answer(waiting.srp.proof(waiting.challenge, **spoiled))
        if name == "SELECT_MFA_TYPE":
            chosen = self.random.choice([SMS_MFA, TOTP, EMAIL_OTP])
            return self.app.respond(waiting.challenge, waiting.user, ANSWER=chosen)
        if name == TOTP:
            self.cognito.clock.advance(seconds=60)
            code = self.authenticator.code() if right else self.authenticator.wrong()
        else:
            code = str(self.cognito.outbox.last().code) if right else "no"
        return self.app.respond(waiting.challenge, waiting.user, **mfa.response(name, code))

    def comes(self, waiting: Waiting, answer: Answer) -> None:
        """Another challenge waits, or there are tokens, for which everything must be proven."""
        if "AuthenticationResult" not in answer:
            self.waiting.append(replace(waiting, challenge=answer))
            return
        assert waiting.proven or not waiting.risky
        event_id = claims(answer["AuthenticationResult"]["AccessToken"])["event_id"]
        [event] = [one for one in events(self.app, waiting.user) if one["EventId"] == event_id]
        assert event["EventResponse"] == "Pass"
        mfa_proven = {"ChallengeName": "Mfa", "ChallengeResponse": "Success"} in event["ChallengeResponses"]
        assert (mfa_proven, "RiskLevel" in event["EventRisk"]) == (waiting.proven, waiting.risky)


@SETTINGS
@given(st.integers(0, 2**64))
def test_tokens_of_a_risky_sign_in_need_a_second_factor(seed: int) -> None:
    with time_machine.travel(1_772_000_000, tick=False), mock_cognito(region="us-east-1", seed="risks") as cognito:
        world = World(cognito, Random(seed))
        for _ in range(STEPS):
            world.step()
