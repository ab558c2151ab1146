"""Choice-based sign-in: pools where users choose how, and the steps of such a sign-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .app import Answer, App, MakeApp
from .refusals import Refusal, invalid_parameter, not_authorized
from .settings import SMS

ALL = ("PASSWORD", "EMAIL_OTP", "SMS_OTP")
BOTH = {"email": "alice@example.com", "phone_number": "+15555550100"}
CHOICE: dict[str, Any] = {"ExplicitAuthFlows": ["ALLOW_USER_AUTH"]}
HIDING: dict[str, Any] = {**CHOICE, "PreventUserExistenceErrors": "ENABLED"}
PASSWORDS = ["PASSWORD", "PASSWORD_SRP"]

NOT_AVAILABLE = invalid_parameter("Invalid challenge selected.")
WRONG_CODE = Refusal("CodeMismatchException", "Invalid code or auth state for the user.")
INVALID_SESSION = not_authorized("Invalid session for the user.")
SESSION_IS_EXPIRED = not_authorized("Invalid session for the user, session is expired.")
SESSION_IS_USED = not_authorized("Invalid session for the user, session can only be used once.")


def missing(name: str) -> Refusal:
    return invalid_parameter(f"Missing required parameter {name}")


def first_factors(*names: str) -> dict[str, Any]:
    """The setting of a pool that allows these first factors."""
    return {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": list(names)}}}


def choice_app(
    make_app: MakeApp, *names: str, client: Mapping[str, Any] = CHOICE, sms: bool = True, **settings: Any
) -> App:
    """A pool that allows these first factors, by default all but passkeys, and a client for choice-based sign-in."""
    with_sms = {"SmsConfiguration": SMS} if sms else {}
    return make_app(client, **{**first_factors(*(names or ALL)), **with_sms, **settings})


def start(app: App, username: str = "alice", preferred: str | None = None, **more: str) -> Answer:
    """The answer to InitiateAuth with USER_AUTH."""
    wish = {} if preferred is None else {"PREFERRED_CHALLENGE": preferred}
    return app.initiate_auth("USER_AUTH", USERNAME=username, **wish, **more)


def response(factor: str, code: str) -> dict[str, Any]:
    """A factor's code as ChallengeResponses have it."""
    return {f"{factor}_CODE": code}


def named(challenge: Answer, name: str) -> Answer:
    """A challenge as if it had another name, to answer it directly."""
    return {**challenge, "ChallengeName": name}
