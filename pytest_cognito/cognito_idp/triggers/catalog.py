"""The Lambda triggers of a user pool, as data: a new one is an entry here and a call where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..records import UserPool


@dataclass(frozen=True)
class Trigger:
    """One member of ``LambdaConfig``.

    ``prefix`` begins the event's ``triggerSource``; ``response`` is what the event's ``response`` holds before the
    function fills it, by the version of the event (``None``: it has none, for nothing is expected back);
    ``configured`` is the member that holds ARN and version, where one may be set.
    """

    name: str
    prefix: str
    response: Mapping[str, Mapping[str, Any] | None] = field(default_factory=lambda: {"1": {}})
    configured: str | None = None


_NO_CLAIMS_V1 = {"claimsOverrideDetails": None}
_NO_CLAIMS = {"claimsAndScopeOverrideDetails": None}

TRIGGERS = {
    trigger.name: trigger
    for trigger in (
        Trigger(
            "PreSignUp",
            "PreSignUp",
            {"1": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}},
        ),
        Trigger("PostConfirmation", "PostConfirmation"),
        Trigger(
            "UserMigration",
            "UserMigration",
            {
                "1": {
                    "userAttributes": None,
                    "finalUserStatus": None,
                    "messageAction": None,
                    "desiredDeliveryMediums": None,
                    "forceAliasCreation": None,
                    "enableSMSMFA": None,
                }
            },
        ),
        Trigger("PreAuthentication", "PreAuthentication"),
        Trigger("PostAuthentication", "PostAuthentication"),
        Trigger(
            "PreTokenGeneration",
            "TokenGeneration",
            {"1": _NO_CLAIMS_V1, "2": _NO_CLAIMS, "3": _NO_CLAIMS},
            configured="PreTokenGenerationConfig",
        ),
        Trigger(
            "CustomMessage", "CustomMessage", {"1": {"smsMessage": None, "emailMessage": None, "emailSubject": None}}
        ),
        Trigger("CustomEmailSender", "CustomEmailSender", {"1": None}, configured="CustomEmailSender"),
        Trigger("CustomSMSSender", "CustomSMSSender", {"1": None}, configured="CustomSMSSender"),
    )
}


def function_of(pool: UserPool, trigger: Trigger) -> tuple[str, str] | None:
    """The ARN of the function that a pool runs for a trigger, and the version of the event that it gets."""
    config = pool.triggers.get(trigger.configured) if trigger.configured else None
    if config:
        return config["LambdaArn"], config["LambdaVersion"][1]
    arn = pool.triggers.get(trigger.name)
    return (arn, "1") if arn else None
