"""The pools, clients and users of the search through sign-ins, and the right answer to every challenge."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

import boto3
from pycognito.aws_srp import AWSSRP

from pytest_cognito.cognito import Cognito, UserPool
from tests.sound.challenge_choice import right_choice
from tests.sound.challenge_devices import BY_DEVICE, DEVICE_VERIFIER, Device
from tests.sound.challenge_model import (
    CHOOSE,
    CUSTOM,
    NEW_PASSWORD,
    PASSKEY,
    SELECT,
    SENT,
    SETUP,
    VERIFIER,
    Open,
    Person,
)
from tests.support import choice, custom, mfa, passkeys
from tests.support.app import PASSWORD, App
from tests.support.codes import last_code
from tests.support.devices import ALWAYS
from tests.support.functions import Event
from tests.support.mfa import EMAIL_OTP, SMS_MFA, TOTP, Authenticator

REPLACEMENT = "Another-horse-8"
FALSIFIED: list[dict[str, Any]] = [{"tampered": True}, {"origin": "https://evil.test"}, {"relying_party": "evil.test"}]
"""What is wrong with an answer of a passkey."""
VALIDITY = dt.timedelta(minutes=15)
WATCHED: dict[str, Any] = {
    "AdvancedSecurityMode": "AUDIT",
    "AdvancedSecurityAdditionalFlows": {"CustomAuthMode": "AUDIT"},
}
"""Threat protection that changes nothing but what is recorded."""
CLIENT: dict[str, Any] = {"ExplicitAuthFlows": [*custom.FLOWS, "ALLOW_USER_AUTH"], "AuthSessionValidity": 15}


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


def define(event: Event, context: object) -> Event:
    """Ask for another password after the proof of the old one alone; whether the user is confirmed is not looked at."""
    event = custom.define(event, context)
    if event["response"]["challengeName"] == NEW_PASSWORD and not event["request"]["session"]:
        event["response"]["challengeName"] = CUSTOM
    return event


def create(event: Event, context: object) -> Event:
    """A question of this very user and round."""
    number = str(len(event["request"]["session"]))
    event["response"].update(
        publicChallengeParameters={"round": number},
        privateChallengeParameters={"answer": f"{event['userName']} {number}"},
    )
    return event


class ChallengeWorld:
    """Two pools: in one a second factor is the user's choice, in the other everybody needs one."""

    def __init__(self, cognito: Cognito) -> None:
        self.cognito = cognito
        self._proofs: dict[tuple[str, str], dict[str, str]] = {}
        tracking = {"DeviceConfiguration": ALWAYS}
        optional = self._pool("OPTIONAL", *mfa.FACTORS, **tracking, **choice.first_factors(*choice.ALL, PASSKEY))
        factors = {name: block for factor in mfa.FACTORS for name, block in mfa.BLOCKS[factor].items()}
        passkeys.configure(optional, "OPTIONAL", factors)
        self.people = [
            self._person(optional, "alice"),
            self._person(optional, "sam", SMS_MFA),
            self._person(optional, "tess", TOTP),
            self._person(optional, "chris", SMS_MFA, EMAIL_OTP),
            self._person(optional, "tim", EMAIL_OTP, temporary=True),
            self._person(optional, "olga", passwordless=True),
            self._person(optional, "petra"),
            self._person(optional, "pat", SMS_MFA),
        ]
        self.petra = self.people[-2]
        self.people.insert(0, self._with_device(optional, "dora"))
        for person in self.people[-2:]:
            person.passkey = cognito.passkey(roaming=True)
            optional.user(person.name).register(person.passkey)
        required = self._pool("ON", TOTP)
        self.people += [self._person(required, "alice"), self._person(required, "tess", TOTP)]
        self.people.append(self._person(required, "tim", temporary=True))
        self.pools = {client.id: pool.id for pool in (optional, required) for client in pool.clients}
        self.hiding = optional.clients[1].id

    def _pool(self, mode: str, *factors: str, **settings: Any) -> UserPool:
        pool = mfa.make_pool(self.cognito, mode, *factors, UserPoolAddOns=WATCHED, **settings)
        pool.create_client(**CLIENT)
        pool.create_client(**CLIENT, PreventUserExistenceErrors="ENABLED")
        custom.set_functions(pool)
        pool.set_trigger("DefineAuthChallenge", define)
        pool.set_trigger("CreateAuthChallenge", create)
        return pool

    def _person(
        self, pool: UserPool, name: str, *factors: str, temporary: bool = False, passwordless: bool = False
    ) -> Person:
        addresses = {"email": f"{name}@example.com", "phone_number": mfa.ADDRESSES["phone_number"]}
        status = "FORCE_CHANGE_PASSWORD" if temporary else "CONFIRMED"
        password = f"{PASSWORD}-{name}"
        given = {"passwordless": True} if passwordless else {"password": password}
        pool.create_user(name, attributes=addresses, status=status, **given)
        authenticator = None
        for factor in factors:
            if factor == TOTP:
                authenticator = mfa.enrolled(App(idp(), pool), name)
            else:
                mfa.turn_on(pool, factor, username=name)
        required = pool.call("DescribeUserPool")["UserPool"]["MfaConfiguration"] == "ON"
        return Person(pool.id, name, password, factors, required, temporary, passwordless, authenticator)

    def _with_device(self, pool: UserPool, name: str) -> Person:
        """A user with a second factor, and a device that is remembered in its place."""
        person, client = self._person(pool, name, SMS_MFA), {"ClientId": pool.clients[0].id}
        given = {"USERNAME": name, "PASSWORD": person.password}
        asked = idp().initiate_auth(**client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
        code = {"USERNAME": name, **mfa.response(SMS_MFA, last_code(self.cognito.outbox))}
        answer = {"ChallengeName": SMS_MFA, "Session": asked["Session"], "ChallengeResponses": code}
        tokens = idp().respond_to_auth_challenge(**client, **answer)["AuthenticationResult"]
        person.device = Device.confirmed(idp(), tokens)
        return person

    def proof(self, told: Any, password: str, pool_id: str) -> dict[str, str]:
        """The answer of a client of its own kind to PASSWORD_VERIFIER, computed once: for it, time stands still."""
        key = told["SECRET_BLOCK"], password
        if key not in self._proofs:
            client = prover()
            client.username, client.password, client.pool_id = told["USERNAME"], password, pool_id
            self._proofs[key] = client.process_challenge(told, {"USERNAME": told["USERNAME"]})
        return self._proofs[key]

    def right(self, challenge: Open) -> dict[str, str]:
        """The right answer to a challenge. Time passes where the code that an authenticator shows was used."""
        person, told = challenge.sign_in.person, challenge.told
        name = person.name if person is not None else "nobody"
        if challenge.name == VERIFIER:
            password = person.password if person is not None else PASSWORD
            return {**self.proof(told, password, self.pools[challenge.sign_in.client_id]), "USERNAME": name}
        answers = {
            NEW_PASSWORD: {"NEW_PASSWORD": REPLACEMENT},
            CUSTOM: {"ANSWER": f"{told.get('USERNAME')} {told.get('round')}"},
            SELECT: {"ANSWER": EMAIL_OTP},
            SETUP: {},
        }
        if challenge.name in (BY_DEVICE, DEVICE_VERIFIER):
            device = challenge.sign_in.device
            assert device is not None
            by_device = device.public_value(prover()) if challenge.name == BY_DEVICE else self.device_proof(challenge)
            return {**by_device, "USERNAME": name}
        if challenge.name == TOTP:
            assert person is not None
            assert person.authenticator is not None
            if person.authenticator.code() == person.used:
                self.cognito.clock.advance(seconds=90)
            answers[TOTP] = mfa.response(TOTP, person.authenticator.code())
        elif challenge.name == PASSKEY:
            answers[PASSKEY] = self.assertion(challenge)
        elif challenge.name in SENT:
            answers[challenge.name] = {f"{challenge.name}_CODE": challenge.code}
        elif challenge.name == CHOOSE:
            assert person is not None
            answers[CHOOSE] = right_choice(person, challenge.pick, f"{prover().large_a_value:x}")
        return {"USERNAME": name, **answers[challenge.name]}

    def device_proof(self, challenge: Open) -> dict[str, str]:
        """The answer of the device of a sign-in to DEVICE_PASSWORD_VERIFIER, computed once as well."""
        key, device = (challenge.token, "device"), challenge.sign_in.device
        if key not in self._proofs:
            assert device is not None
            self._proofs[key] = device.proof(prover(), challenge)
        return self._proofs[key]

    def assertion(self, challenge: Open, **falsified: Any) -> dict[str, str]:
        """The answer of a passkey; one of somebody else's for who does not exist."""
        options = json.loads(challenge.told["CREDENTIAL_REQUEST_OPTIONS"])
        person = challenge.sign_in.person
        passkey = None if person is None else person.passkey
        if passkey is None:
            passkey, options["allowCredentials"] = self.petra.passkey, []
        assert passkey is not None
        return {"CREDENTIAL": json.dumps(passkey.get(options, **falsified))}

    def set_up(self, challenge: Open, *, right: bool = True) -> bool:
        """Register an authenticator in the midst of a sign-in, which then goes on with another Session."""
        associated = idp().associate_software_token(Session=challenge.token)
        authenticator = Authenticator(self.cognito.clock, associated["SecretCode"])
        challenge.token = associated["Session"]
        if not right:
            return False
        code = authenticator.code()
        challenge.token = idp().verify_software_token(Session=challenge.token, UserCode=code)["Session"]
        challenge.expires = self.cognito.clock.now() + VALIDITY
        person = challenge.sign_in.person
        assert person is not None
        person.authenticator, person.factors, person.used = authenticator, (TOTP,), code
        return True
