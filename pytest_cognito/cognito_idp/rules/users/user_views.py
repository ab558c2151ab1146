"""Users in the shapes of the API."""

from __future__ import annotations

from typing import Any

from pytest_cognito.cognito_idp.records import User
from pytest_cognito.cognito_idp.rules.factors import mfa


def user_type(user: User, attribute_names: frozenset[str] | None = None) -> dict[str, Any]:
    """The shape ``UserType``, with all attributes or those in ``attribute_names``."""
    return {
        "Username": user.username,
        "Attributes": attributes(user, attribute_names),
        "UserCreateDate": user.created,
        "UserLastModifiedDate": user.modified,
        "Enabled": user.enabled,
        "UserStatus": user.status,
        "MFAOptions": mfa.response_members(user)["MFAOptions"] if user.mfa.legacy_sms else None,
    }


def attributes(user: User, attribute_names: frozenset[str] | None = None) -> list[dict[str, str]]:
    """The attributes as ``[{"Name": …, "Value": …}]``, ``sub`` first: all, or those in ``attribute_names``."""
    listed = [{"Name": "sub", "Value": user.sub}] if attribute_names is None or "sub" in attribute_names else []
    for name, value in user.attributes.items():
        if attribute_names is None or name in attribute_names:
            listed.append({"Name": name, "Value": value})
    return listed
