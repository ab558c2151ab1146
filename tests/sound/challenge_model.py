"""A model of sign-ins: who is to prove what, and what has been proven in which sign-in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pytest_cognito import Passkey
from tests.sound.challenge_devices import BY_DEVICE, DEVICE_VERIFIER, Device
from tests.support.mfa import SMS_MFA, TOTP, Authenticator

PASSWORD_AUTH, ADMIN_AUTH, SRP_AUTH = "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH"
CUSTOM_AUTH, CUSTOM_WITH_SRP = "CUSTOM_AUTH", "CUSTOM_AUTH with SRP first"
CHOICE = "USER_AUTH"
FLOWS = (PASSWORD_AUTH, ADMIN_AUTH, SRP_AUTH, CUSTOM_AUTH, CUSTOM_WITH_SRP, CHOICE)

VERIFIER, NEW_PASSWORD, CUSTOM = "PASSWORD_VERIFIER", "NEW_PASSWORD_REQUIRED", "CUSTOM_CHALLENGE"
SELECT, SETUP, TOKENS = "SELECT_MFA_TYPE", "MFA_SETUP", "tokens"
CHOOSE, PASSWORDS, FIRST_CODES = "SELECT_CHALLENGE", ("PASSWORD", "PASSWORD_SRP"), ("EMAIL_OTP", "SMS_OTP")
PASSKEY = "WEB_AUTHN"
SENT = (SMS_MFA, *FIRST_CODES)
"""The challenges for which a code is sent."""
ALONE = (SMS_MFA, TOTP, "EMAIL_OTP")
"""The challenges that prove a second factor of their own, besides `SETUP`."""

NAME_DEVICES = FLOWS[:-1]
"""The flows in which the search names devices."""

PUBLIC_VALUE = "public value of the device"
BY_PASSWORD, BY_OTHER, BY_SECOND_FACTOR, BY_QUESTION = "password", "code or passkey", "second factor", "question"


@dataclass(eq=False)
class Person:
    """A user. ``required`` is whether the pool asks everybody for a second factor.

    ``used`` is the code of the authenticator that was accepted last. ``refused`` counts the wrong answers since
    the last tokens: the search stops short of those that lock the user out.
    """

    pool_id: str
    name: str
    password: str
    factors: tuple[str, ...] = ()
    required: bool = False
    temporary: bool = False
    passwordless: bool = False
    authenticator: Authenticator | None = None
    passkey: Passkey | None = None
    device: Device | None = None
    used: str = "000000"
    refused: int = 0

    @property
    def by_choice(self) -> bool:
        """Whether choice-based sign-in is what the user is there for."""
        return self.passwordless or self.passkey is not None

    @property
    def second_factor(self) -> str | None:
        """The challenge that is to prove one, or that leads to it."""
        if len(self.factors) > 1:
            return SELECT
        return self.factors[0] if self.factors else SETUP if self.required else None


@dataclass(frozen=True)
class SignIn:
    """A sign-in under way. ``person`` is None in one of somebody who doesn't exist.

    ``first`` and ``chosen`` are the first and the second factor that were chosen. ``device`` is the one that was named.
    """

    person: Person | None
    client_id: str
    flow: str
    proven: frozenset[str] = frozenset()
    first: str | None = None
    chosen: str | None = None
    device: Device | None = None

    @property
    def next(self) -> str:
        """What comes next: the challenge for the first thing that is not proven yet, or tokens."""
        if self.flow == CHOICE and BY_PASSWORD not in self.proven:
            first = VERIFIER if self.first == "PASSWORD_SRP" else self.first or CHOOSE
            return TOKENS if BY_OTHER in self.proven else first
        if self.flow != CUSTOM_AUTH:
            if BY_PASSWORD not in self.proven:
                return VERIFIER
            if self.person is not None and self.person.temporary:
                return NEW_PASSWORD
            second_factor = None if self.person is None else self.chosen or self.person.second_factor
            if second_factor is not None and self.device is None and BY_SECOND_FACTOR not in self.proven:
                return second_factor
        if self.flow in (CUSTOM_AUTH, CUSTOM_WITH_SRP) and BY_QUESTION not in self.proven:
            return CUSTOM
        by_device = DEVICE_VERIFIER if PUBLIC_VALUE in self.proven else BY_DEVICE
        return by_device if self.device is not None and BY_SECOND_FACTOR not in self.proven else TOKENS

    def after(self, challenge: str, answer: Mapping[str, str]) -> SignIn:
        """The sign-in once a challenge was answered rightly."""
        if challenge == SELECT:
            return replace(self, chosen=answer["ANSWER"])
        if challenge == self.first and self.next == self.first:
            return replace(self, proven=self.proven | {BY_OTHER})
        if challenge in (CHOOSE, *PASSWORDS):
            first = answer["ANSWER"] if challenge == CHOOSE else challenge
            return replace(self, **({"proven": frozenset({BY_PASSWORD})} if first == "PASSWORD" else {"first": first}))
        proves = {VERIFIER: BY_PASSWORD, CUSTOM: BY_QUESTION, SETUP: BY_SECOND_FACTOR}
        proves |= {BY_DEVICE: PUBLIC_VALUE, DEVICE_VERIFIER: BY_SECOND_FACTOR}
        proves |= dict.fromkeys(ALONE, BY_SECOND_FACTOR)
        added = {proves[challenge]} if challenge in proves else set()
        return replace(self, proven=self.proven | added)


@dataclass(eq=False)
class Open:
    """A challenge that was put: ``token`` leads back to it, a Session or a secret block.

    ``told`` are its parameters, ``code`` is what was sent for it; ``password`` was the user's at the time. ``tries``
    are the wrong answers to questions before. ``pick`` is the first factor that a right answer chooses.
    """

    sign_in: SignIn
    name: str
    token: str
    has_session: bool
    told: Mapping[str, str]
    expires: dt.datetime
    code: str = ""
    password: str = ""
    tries: int = 0
    pick: str = ""
    used: bool = False
