"""The second factors of alice, chosen and told."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.app import Answer, App
from tests.support.refusals import Refusal, invalid_parameter

AT_LEAST_ONE = invalid_parameter("At least one MFA method must stay enabled in a pool that requires MFA.")
BY_SMS = {"DeliveryMedium": "SMS", "AttributeName": "phone_number"}
BY_EITHER = ["user", "administrator"]

Choose = Callable[..., Answer]


def no_delivery(factor: str) -> Refusal:
    return invalid_parameter(f"User does not have delivery config set to turn on {factor}")


def preference(app: App, who: str) -> Choose:
    """SetUserMFAPreference, or AdminSetUserMFAPreference, for alice."""
    if who == "administrator":
        return lambda **settings: app.admin("admin_set_user_mfa_preference", **settings)
    token = app.pool.tokens_for("alice").access_token
    return lambda **settings: app.call("set_user_mfa_preference", AccessToken=token, **settings)


def options(app: App, who: str) -> Choose:
    """SetUserSettings, or AdminSetUserSettings, for alice."""
    if who == "administrator":
        return lambda *given: app.admin("admin_set_user_settings", MFAOptions=list(given))
    token = app.pool.tokens_for("alice").access_token
    return lambda *given: app.call("set_user_settings", AccessToken=token, MFAOptions=list(given))


def told(app: App) -> tuple[str | None, list[str] | None, list[dict[str, str]] | None]:
    """Preference, list and options, as all operations that tell them agree."""
    token = app.pool.tokens_for("alice").access_token
    first = app.call("get_user_auth_factors", AccessToken=token)
    by_admin, by_user = (
        (one.get("PreferredMfaSetting"), one.get("UserMFASettingList"), one.get("MFAOptions"))
        for one in (app.admin("admin_get_user"), app.call("get_user", AccessToken=token))
    )
    assert by_admin == by_user
    assert by_admin[:2] == (first.get("PreferredMfaSetting"), first.get("UserMFASettingList"))
    return by_admin
