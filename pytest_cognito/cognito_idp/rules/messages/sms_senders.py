"""``SmsConfiguration``: what sends the text messages of a pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors


def check(configuration: Mapping[str, Any] | None, region: str) -> None:
    """Raise unless text messages are sent either by Amazon SNS or by AWS End User Messaging, in the pool's region.

    The service model requires neither, ``SnsCallerArn`` no longer.
    """
    if configuration is None:
        return
    eums: Mapping[str, str] | None = configuration.get("EumsSms")
    if bool(configuration.get("SnsCallerArn")) == (eums is not None):
        raise errors.SMS_SENDER_NOT_ONE()
    if eums is not None and eums.get("Region", region) != region:
        raise errors.SMS_REGION_INVALID(region=eums["Region"])
