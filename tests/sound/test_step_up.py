"""Whatever level is aimed at, by whoever: tokens name the level that was proven, which is not below the target."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import boto3
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito.cognito import Cognito
from tests.support import mfa
from tests.support.app import PASSWORD, Answer, App
from tests.support.choice import BOTH, first_factors
from tests.support.mfa import Authenticator
from tests.support.settings import SES, SMS
from tests.support.step_up import CLIENT, LEVELS, aim, proof, with_code

SETTINGS = settings(max_examples=settings().max_examples // 5, suppress_health_check=list(HealthCheck))
UNREACHABLE = "User does not have the factors for any of the requested ACR values."
REACHED = "The access token already meets the requested ACR value."


@dataclass
class Person:
    """A user, and what they can prove."""

    name: str
    methods: frozenset[str]
    authenticator: Authenticator | None
    asked_for_mfa: bool

    def levels(self) -> set[int]:
        """The levels that they can reach. Whoever is asked for MFA reaches more than they aim at."""
        messages = not self.methods.isdisjoint({"email_otp", "sms"})
        reached = {1} | ({2, 3} if messages else set()) | ({4} if "otp" in self.methods else set())
        return set(range(1, max(reached) + 1)) if self.asked_for_mfa else reached


def people_of(app: App) -> list[Person]:
    """Users with and without an e-mail address, a phone number, an authenticator, and MFA turned on."""
    flags = [[bool(number >> place & 1) for place in range(4)] for number in range(16)]
    return [_person(app, *kind) for kind in flags if any(kind[:3]) or not kind[3]]


def _person(app: App, mail: bool, phone: bool, totp: bool, on: bool) -> Person:
    name = f"user-{mail:d}{phone:d}{totp:d}{on:d}"
    addresses = [attribute for attribute, there in (("email", mail), ("phone_number", phone)) if there]
    app.pool.create_user(name, attributes={attribute: BOTH[attribute] for attribute in addresses})
    authenticator = mfa.enrol(app, app.pool.tokens_for(name).access_token) if totp else None
    if on:
        mfa.prefer(app.pool, name, **{"SoftwareToken" if totp else "SMS" if phone else "Email": mfa.ON})
    has = {"pwd": True, "email_otp": mail, "sms": phone, "otp": totp}
    return Person(name, frozenset(method for method, there in has.items() if there), authenticator, on)


def level_of(methods: Iterable[str]) -> int:
    """The table of the documentation, written down a second time."""
    has = set(methods)
    if {"pwd", "otp"} <= has:
        return 4
    if has & {"sms", "email_otp"}:
        return 3 if "pwd" in has else 2
    return 1 if "pwd" in has else 0


def answered(app: App, who: Person, answer: Answer, data: st.DataObject) -> tuple[Answer, set[str]]:
    """Answer each challenge in one of the ways that it offers; gives the tokens, and what was proven."""
    proven: set[str] = set()
    while "AuthenticationResult" not in answer:
        name = str(answer["ChallengeName"])
        if name in ("SELECT_CHALLENGE", "SELECT_MFA_TYPE"):
            offered = answer.get("AvailableChallenges") or json.loads(answer["ChallengeParameters"]["MFAS_CAN_CHOOSE"])
            chosen = data.draw(st.sampled_from([one for one in offered if one != "PASSWORD_SRP"]))
            proven |= {"pwd"} if chosen == "PASSWORD" else set()
            answer = app.respond(answer, who.name, ANSWER=chosen, PASSWORD=PASSWORD)
        elif name == "SOFTWARE_TOKEN_MFA":
            assert who.authenticator is not None
            proven.add("otp")
            answer = app.respond(answer, who.name, SOFTWARE_TOKEN_MFA_CODE=who.authenticator.code())
        else:
            proven.add("sms" if name.startswith("SMS") else "email_otp")
            answer = with_code(app, answer, who.name)
    return answer["AuthenticationResult"], proven


def test_tokens_are_for_what_was_proven(cognito: Cognito) -> None:
    allowed = first_factors("PASSWORD", "EMAIL_OTP", "SMS_OTP")
    pool = cognito.create_user_pool(**allowed, SmsConfiguration=SMS, EmailConfiguration=SES)
    mfa.configure(pool, "OPTIONAL", mfa.SMS_MFA, mfa.TOTP, mfa.EMAIL_OTP)
    app = App(boto3.client("cognito-idp"), pool, pool.create_client(**CLIENT))
    people = people_of(app)
    targets = st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True)

    @SETTINGS
    @given(st.sampled_from(people), targets, st.booleans(), st.data())
    def check(who: Person, targets: list[int], with_token: bool, data: st.DataObject) -> None:
        cognito.clock.advance(minutes=2)
        with cognito.world.store.rolled_back():
            credited = with_token and not who.asked_for_mfa
            token = {"ACCESS_TOKEN": app.access_token(who.name)} if credited else {}
            wanted = next((target for target in targets if target in who.levels()), None)
            message: str | None = None
            try:
                begun = aim(app, *(LEVELS[target - 1] for target in targets), username=who.name, **token)
            except ClientError as error:
                message = error.response["Error"]["Message"]
            if wanted is None or (credited and wanted == 1):
                assert message == (UNREACHABLE if wanted is None else REACHED)
                return
            assert message is None
            result, proven = answered(app, who, begun, data)
            acr, amr = proof(result)
            methods = set(amr or ()) - {"mfa"}
            assert methods == proven | ({"pwd"} if credited else set())
            assert methods <= who.methods
            assert acr == LEVELS[level_of(methods) - 1]
            assert level_of(methods) >= wanted

    check()
