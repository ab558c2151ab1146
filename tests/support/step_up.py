"""Step-up authentication: pools with every factor, and the steps of a sign-in to a level."""

from __future__ import annotations

from typing import Any

import jwt

from tests.support import mfa
from tests.support.app import Answer, App, MakeApp
from tests.support.choice import BOTH, first_factors
from tests.support.codes import last_code
from tests.support.settings import SES, SMS

LEVELS = LOA1, LOA2, LOA3, LOA4 = tuple(f"urn:cognito:loa:{level}" for level in (1, 2, 3, 4))
CLIENT: dict[str, Any] = {
    "ExplicitAuthFlows": ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}


def step_up_app(make_app: MakeApp, *factors: str, **settings: Any) -> App:
    """A pool with passwords and codes as first factors, and optional MFA; alice has a password and both addresses."""
    allowed = first_factors(*(factors or ("PASSWORD", "EMAIL_OTP", "SMS_OTP")))
    app = make_app(CLIENT, **{**allowed, "SmsConfiguration": SMS, "EmailConfiguration": SES, **settings})
    mfa.configure(app.pool, "OPTIONAL", mfa.SMS_MFA, mfa.TOTP, mfa.EMAIL_OTP)
    app.pool.create_user("alice", attributes=BOTH)
    return app


def aim(app: App, *levels: str, username: str = "alice", **more: str) -> Answer:
    """The answer to InitiateAuth with USER_AUTH and these TARGET_ACR_VALUES."""
    given = {"USERNAME": username, "TARGET_ACR_VALUES": " ".join(levels), **more}
    return app.initiate_auth("USER_AUTH", **given)


def tokens(answer: Answer) -> Answer:
    """The tokens of a completed sign-in."""
    result: Answer = answer["AuthenticationResult"]
    return result


def claims(result: Answer, token: str = "AccessToken") -> dict[str, Any]:
    found: dict[str, Any] = jwt.decode(result[token], options={"verify_signature": False})
    return found


def proof(result: Answer) -> tuple[str | None, list[str] | None]:
    """The claims ``acr`` and ``amr``, which both tokens share."""
    access, identity = claims(result), claims(result, "IdToken")
    assert (access.get("acr"), access.get("amr")) == (identity.get("acr"), identity.get("amr"))
    return access.get("acr"), access.get("amr")


def with_code(app: App, challenge: Answer, username: str = "alice") -> Answer:
    """Answer a challenge with the code that was sent."""
    name = challenge["ChallengeName"]
    address = BOTH["phone_number" if name.startswith("SMS") else "email"]
    code: dict[str, Any] = {f"{name}_CODE": last_code(app.pool.world.outbox, address)}
    return app.respond(challenge, username, **code)
