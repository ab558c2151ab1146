"""The MFA configuration of a pool, set and told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.app import Answer, App
from tests.support.refusals import Refusal, refusal
from tests.support.settings import SMS

TOTP_FACTOR: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
NO_TOTP: dict[str, Any] = {"SoftwareTokenMfaConfiguration": {"Enabled": False}}
SMS_FACTOR: dict[str, Any] = {"SmsMfaConfiguration": {"SmsConfiguration": SMS}}
EMAIL_FACTOR: dict[str, Any] = {"EmailMfaConfiguration": {"Message": "Use {####} now", "Subject": "Sign-in"}}
ON_OR_OPTIONAL = pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])


def put(app: App, mode: str | None = None, **blocks: Any) -> Answer:
    """SetUserPoolMfaConfig."""
    given = {"MfaConfiguration": mode} if mode else {}
    return app.call("set_user_pool_mfa_config", UserPoolId=app.pool_id, **given, **blocks)


def get(app: App) -> Answer:
    """GetUserPoolMfaConfig."""
    return app.call("get_user_pool_mfa_config", UserPoolId=app.pool_id)


def described(app: App) -> Answer:
    pool: Answer = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]
    return pool


def refused(app: App, mode: str | None = None, **blocks: Any) -> Refusal:
    """What SetUserPoolMfaConfig is refused with; it changes nothing."""
    before = get(app)
    error = refusal(put, app=app, mode=mode, **blocks)
    assert get(app) == before
    return error
