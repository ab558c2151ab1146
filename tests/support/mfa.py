"""Pools with second factors, and the independent authenticator app that goes with them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyotp

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.clock import Clock
from tests.support.app import App
from tests.support.settings import SES, SMS, recovery

FACTORS = SMS_MFA, TOTP, EMAIL_OTP = ("SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP")
BLOCKS: dict[str, dict[str, Any]] = {
    SMS_MFA: {"SmsMfaConfiguration": {"SmsConfiguration": SMS}},
    TOTP: {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
    EMAIL_OTP: {"EmailMfaConfiguration": {}},
}
"""The block of SetUserPoolMfaConfig that turns a factor on."""
SETTINGS = {SMS_MFA: "SMS", TOTP: "SoftwareToken", EMAIL_OTP: "Email"}
"""The name of a factor in SetUserMFAPreference, without ``MfaSettings``."""
CODES = {SMS_MFA: "SMS_MFA_CODE", TOTP: "SOFTWARE_TOKEN_MFA_CODE", EMAIL_OTP: "EMAIL_OTP_CODE"}
"""The key of a factor's code in ChallengeResponses."""
ATTRIBUTE = {SMS_MFA: "phone_number", EMAIL_OTP: "email"}
ON = {"Enabled": True}
OFF = {"Enabled": False}
PREFERRED = {"Enabled": True, "PreferredMfa": True}
ADDRESSES = {"email": "alice@example.com", "phone_number": "+15555550100"}


def configure(pool: UserPool, mode: str, *factors: str) -> None:
    """Give a pool these factors and no others."""
    blocks = {name: block for factor in factors for name, block in BLOCKS[factor].items()}
    pool.call("SetUserPoolMfaConfig", MfaConfiguration=mode, **blocks)


def prefer(pool: UserPool, username: str = "alice", **settings: dict[str, bool]) -> None:
    """AdminSetUserMFAPreference: ``prefer(pool, SMS=ON)``."""
    blocks: dict[str, Any] = {f"{factor}MfaSettings": given for factor, given in settings.items()}
    pool.call("AdminSetUserMFAPreference", Username=username, **blocks)


def turn_on(pool: UserPool, factor: str, setting: dict[str, bool] = ON, username: str = "alice") -> None:
    """Turn a factor of a user on, or give it this setting."""
    pool.call("AdminSetUserMFAPreference", Username=username, **setting_of(factor, setting))


def setting_of(factor: str, setting: dict[str, bool] = ON) -> dict[str, Any]:
    """The parameter of SetUserMFAPreference for a factor."""
    return {f"{SETTINGS[factor]}MfaSettings": setting}


def response(factor: str, code: str) -> dict[str, Any]:
    """A factor's code as ChallengeResponses have it."""
    return {CODES[factor]: code}


class MakeMfaApp(Protocol):
    """Makes a user pool with these factors that can send e-mail by itself, without users, and an app client of it."""

    def __call__(self, mode: str, *factors: str, **settings: Any) -> App: ...


def make_pool(cognito: Cognito, mode: str, *factors: str, **settings: Any) -> UserPool:
    """A pool with these factors that can send e-mail by itself."""
    pool = cognito.create_user_pool(**{"EmailConfiguration": SES, **settings})
    configure(pool, mode, *factors)
    return pool


@dataclass
class Authenticator:
    """An authenticator app that shows the codes of a secret, by Cognito's clock."""

    clock: Clock
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code that is shown now, or so many steps of 30 seconds from now."""
        return str(pyotp.TOTP(self.secret).at(self.clock.now() + dt.timedelta(seconds=30 * steps)))

    def wrong(self) -> str:
        """Six digits that are no code of about now."""
        shown = {self.code(steps) for steps in range(-3, 4)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in shown)


def enrol(app: App, access_token: str, **more: str) -> Authenticator:
    """Register a software token with an access token. The code of this moment is used up."""
    secret = app.idp.associate_software_token(AccessToken=access_token)["SecretCode"]
    authenticator = Authenticator(app.pool.world.clock, secret)
    app.idp.verify_software_token(AccessToken=access_token, UserCode=authenticator.code(), **more)
    return authenticator


def enrolled(app: App, username: str = "alice", **more: str) -> Authenticator:
    """Register a software token for a user and turn it on, without signing in; its codes are unused."""
    authenticator = enrol(app, app.pool.tokens_for(username).access_token, **more)
    prefer(app.pool, username, SoftwareToken=ON)
    app.pool.world.clock.advance(minutes=2)
    return authenticator


# Pools in every state

PHONE_FIRST = ["verified_phone_number", "verified_email"]
EMAIL_FIRST = ["verified_email", "verified_phone_number"]
"""Where accounts are recovered: by the first address before the second."""


def arranged(
    make_app: MakeMfaApp, mode: str, offered: str, has: str, *, preferred: str = "", recovering: Sequence[str] = ()
) -> App:
    """A pool that offers some factors (``sms totp email``), and alice, who has some of them.

    ``phone`` and ``email`` stand for the address alone, ``sms``, ``totp`` and ``EMAIL`` for a factor that is turned on.
    """
    words = has.split()
    app = make_app("OPTIONAL", *FACTORS, **(recovery(*recovering) if recovering else {}))
    kept = {"phone_number": {"phone", "sms"}, "email": {"email", "EMAIL"}}
    addresses = {name: ADDRESSES[name] for name in kept if not kept[name].isdisjoint(words)}
    app.pool.create_user("alice", attributes=addresses)
    if "totp" in words:
        enrolled(app)
    for word, factor in (("sms", SMS_MFA), ("EMAIL", EMAIL_OTP)):
        if word in words:
            turn_on(app.pool, factor)
    if preferred:
        turn_on(app.pool, preferred, PREFERRED)
    _offer(app.pool, mode, offered.split())
    return app


def _offer(pool: UserPool, mode: str, words: Sequence[str]) -> None:
    factors = {"sms": SMS_MFA, "totp": TOTP, "email": EMAIL_OTP}
    if "sms" not in words:
        # AWS has no way to take SMS from a pool's MFA but to take it from the pool.
        kept = pool.call("DescribeUserPool")["UserPool"]["AccountRecoverySetting"]
        pool.call("UpdateUserPool", EmailConfiguration=SES, AccountRecoverySetting=kept)
    configure(pool, mode, *(factors[word] for word in words))


Asked = str | tuple[str, list[str]]


def asked(app: App) -> Asked:
    """The challenge after the right password, with the factors that it names; or that there are tokens."""
    answer = app.begin()
    if "AuthenticationResult" in answer:
        return "tokens"
    told = answer["ChallengeParameters"]
    named = told.get("MFAS_CAN_CHOOSE") or told.get("MFAS_CAN_SETUP")
    challenge = str(answer["ChallengeName"])
    return (challenge, json.loads(named)) if named else challenge


def select(*factors: str) -> Asked:
    return "SELECT_MFA_TYPE", list(factors)


def set_up(*factors: str) -> Asked:
    return "MFA_SETUP", list(factors)
