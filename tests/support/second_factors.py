"""Pools with second factors, and the independent authenticator app that goes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyotp

from .pools import SES, SMS
from .sign_ins import PASSWORD, begin

BLOCKS: dict[str, dict[str, Any]] = {
    "SMS_MFA": {"SmsMfaConfiguration": {"SmsConfiguration": SMS}},
    "SOFTWARE_TOKEN_MFA": {"SoftwareTokenMfaConfiguration": {"Enabled": True}},
    "EMAIL_OTP": {"EmailMfaConfiguration": {}},
}
"""The block of SetUserPoolMfaConfig that turns a factor on."""
ADDRESSES = {"email": "alice@example.com", "phone_number": "+15555550100"}


def configure(pool: Any, mode: str, *factors: str) -> None:
    """Give a pool these factors and no others."""
    blocks = {name: block for factor in factors for name, block in BLOCKS[factor].items()}
    pool.call("SetUserPoolMfaConfig", MfaConfiguration=mode, **blocks)


def make(cognito: Any, mode: str, *factors: str, recovery: Sequence[str] = (), **settings: Any) -> Any:
    """A pool with these factors that can send e-mail by itself, and a client of it."""
    if recovery:
        mechanisms = [{"Priority": place, "Name": name} for place, name in enumerate(recovery, 1)]
        settings["AccountRecoverySetting"] = {"RecoveryMechanisms": mechanisms}
    pool = cognito.create_user_pool(**{"EmailConfiguration": SES, **settings})
    pool.create_client()
    configure(pool, mode, *factors)
    return pool


@dataclass
class Authenticator:
    """An app that shows the codes of a secret, by Cognito's clock."""

    cognito: Any
    secret: str

    def code(self, steps: int = 0) -> str:
        """The code that is shown now, or so many steps of 30 seconds from now."""
        return str(pyotp.TOTP(self.secret).at(self.cognito.clock.now() + dt.timedelta(seconds=30 * steps)))

    def wrong(self) -> str:
        """Six digits that are no code of about now."""
        shown = {self.code(steps) for steps in range(-3, 4)}
        return next(code for code in ("000000", "111111", "222222", "333333") if code not in shown)


def enrol(cognito: Any, idp: Any, access_token: str, **more: str) -> Authenticator:
    """Register a software token with an access token. The code of this moment is used up."""
    app = Authenticator(cognito, idp.associate_software_token(AccessToken=access_token)["SecretCode"])
    idp.verify_software_token(AccessToken=access_token, UserCode=app.code(), **more)
    return app


def enrolled(cognito: Any, idp: Any, pool: Any, username: str = "alice", **more: str) -> Authenticator:
    """Register a software token for a user and turn it on, without signing in; its codes are unused."""
    app = enrol(cognito, idp, pool.tokens_for(username).access_token, **more)
    prefer(pool, username, SoftwareToken={"Enabled": True})
    cognito.clock.advance(minutes=2)
    return app


def prefer(pool: Any, username: str = "alice", **settings: Any) -> None:
    """AdminSetUserMFAPreference: ``prefer(pool, SMS={"Enabled": True})``."""
    pool.call(
        "AdminSetUserMFAPreference",
        Username=username,
        **{f"{factor}MfaSettings": given for factor, given in settings.items()},
    )


def challenged(idp: Any, pool: Any, username: str = "alice", **more: str) -> dict[str, Any]:
    """The answer to a sign-in with the right password."""
    return begin(idp, pool.client.id, USERNAME=username, PASSWORD=PASSWORD, **more)


def respond(
    idp: Any, pool: Any, challenge: dict[str, Any], username: str = "alice", *, metadata: Any = None, **responses: str
) -> dict[str, Any]:
    """The answer to RespondToAuthChallenge."""
    more = {"ClientMetadata": metadata} if metadata else {}
    answer: dict[str, Any] = idp.respond_to_auth_challenge(
        ClientId=pool.client.id,
        ChallengeName=challenge["ChallengeName"],
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": username, **responses},
        **more,
    )
    return answer
