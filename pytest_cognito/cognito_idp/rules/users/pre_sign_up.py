"""The response of the PreSignUp trigger: whether the new user is confirmed, and which addresses are verified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors

_VERIFY = {"autoVerifyEmail": "email", "autoVerifyPhone": "phone_number"}
CONFIRM = "autoConfirmUser"


def flags(response: Mapping[str, Any] | None) -> dict[str, bool]:
    """The flags of a response that have a value. Raises for one that is no boolean."""
    given = {flag: value for flag, value in (response or {}).items() if value is not None}
    if any(not isinstance(given.get(flag, False), bool) for flag in (CONFIRM, *_VERIFY)):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    return given


def with_flags(attributes: Mapping[str, str], given: Mapping[str, bool]) -> dict[str, str]:
    """The attributes of the user with ``email_verified`` and ``phone_number_verified``, as the flags say.

    What the attributes say themselves stays. Raises if an address is to be verified that the user does not have.
    """
    verified = dict(attributes)
    for flag, attribute in _VERIFY.items():
        if given.get(flag):
            if not attributes.get(attribute):
                raise errors.AUTO_VERIFY_WITHOUT_VALUE(attribute=attribute)
            verified[f"{attribute}_verified"] = "true"
        elif attributes.get(attribute):
            verified.setdefault(f"{attribute}_verified", "false")
    return verified
