"""The definitions of the Lambda triggers. To add a trigger, add an entry to ``TRIGGERS`` and invoke it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp.records import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion


class Trigger(NamedTuple):
    """A Lambda trigger, a member of ``LambdaConfig``.

    The event's ``triggerSource`` is the ``prefix``, ``_`` and one of the ``sources``. ``response`` is the initial
    ``response`` of the event, by event version; ``None`` for triggers without a response. ``config_member`` is the
    member of LambdaConfig with ARN and version, for triggers that have event versions.
    """

    name: str
    prefix: str
    sources: tuple[str, ...]
    response: Mapping[str, Mapping[str, Any] | None] = MappingProxyType({"1": {}})
    config_member: str | None = None

    @property
    def trigger_sources(self) -> tuple[str, ...]:
        """The values of ``triggerSource``."""
        return tuple(f"{self.prefix}_{source}" for source in self.sources)

    def version(self, version: str | int) -> str:
        """Normalize an event version: ``2``, ``"2"`` and ``"V2_0"`` become ``"2"``."""
        digit = str(version).removeprefix("V").removesuffix("_0")
        if digit not in self.response:
            raise UsageError(f"version is one of {', '.join(map(lambda_version, self.response))}, not {version!r}")
        return digit


def lambda_version(version: str) -> str:
    """An event version in the format of ``LambdaConfig``: ``V2_0`` for ``2``."""
    return f"V{version}_0"


_AUTHENTICATION = ("Authentication",)
_MESSAGES = (
    "SignUp",
    "ResendCode",
    "ForgotPassword",
    "UpdateUserAttribute",
    "VerifyUserAttribute",
    "AdminCreateUser",
    "Authentication",
)
_NO_CLAIMS_V1 = {"claimsOverrideDetails": None}
_NO_CLAIMS = {"claimsAndScopeOverrideDetails": None}

TRIGGERS = {
    trigger.name: trigger
    for trigger in (
        Trigger(
            "PreSignUp",
            "PreSignUp",
            ("SignUp", "AdminCreateUser", "ExternalProvider"),
            {"1": {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}},
        ),
        Trigger(
            "InboundFederation",
            "InboundFederation",
            ("ExternalProvider",),
            {"1": {"userAttributesToMap": {}}},
            config_member="InboundFederation",
        ),
        Trigger("PostConfirmation", "PostConfirmation", ("ConfirmSignUp", "ConfirmForgotPassword")),
        Trigger(
            "UserMigration",
            "UserMigration",
            ("Authentication", "ForgotPassword"),
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
        Trigger("PreAuthentication", "PreAuthentication", _AUTHENTICATION),
        Trigger("PostAuthentication", "PostAuthentication", _AUTHENTICATION),
        Trigger(
            "DefineAuthChallenge",
            "DefineAuthChallenge",
            _AUTHENTICATION,
            {"1": {"challengeName": None, "issueTokens": None, "failAuthentication": None}},
        ),
        Trigger(
            "CreateAuthChallenge",
            "CreateAuthChallenge",
            _AUTHENTICATION,
            {"1": {"publicChallengeParameters": None, "privateChallengeParameters": None, "challengeMetadata": None}},
        ),
        Trigger(
            "VerifyAuthChallengeResponse",
            "VerifyAuthChallengeResponse",
            _AUTHENTICATION,
            {"1": {"answerCorrect": None}},
        ),
        Trigger(
            "PreTokenGeneration",
            "TokenGeneration",
            (
                "Authentication",
                "NewPasswordChallenge",
                "RefreshTokens",
                "HostedAuth",
                "AuthenticateDevice",
                "ClientCredentials",
            ),
            {"1": _NO_CLAIMS_V1, "2": _NO_CLAIMS, "3": _NO_CLAIMS},
            config_member="PreTokenGenerationConfig",
        ),
        Trigger(
            "CustomMessage",
            "CustomMessage",
            _MESSAGES,
            {"1": {"smsMessage": None, "emailMessage": None, "emailSubject": None}},
        ),
        Trigger(
            "CustomEmailSender",
            "CustomEmailSender",
            (*_MESSAGES, "AccountTakeOverNotification"),
            {"1": None},
            config_member="CustomEmailSender",
        ),
        Trigger("CustomSMSSender", "CustomSMSSender", _MESSAGES, {"1": None}, config_member="CustomSMSSender"),
    )
}


def definition(name: str) -> Trigger:
    """The trigger with AWS's name. Raises `UsageError` if there is none."""
    if name not in TRIGGERS:
        raise UsageError(f"there is no trigger {name!r}: {suggestion(name, sorted(TRIGGERS))}")
    return TRIGGERS[name]


def check_trigger(name: str, others: Sequence[str] = ()) -> None:
    """Raise `UsageError` unless this is the name of a trigger, or a ``triggerSource``, or one of ``others``."""
    sources = [source for trigger in TRIGGERS.values() for source in trigger.trigger_sources]
    if name not in TRIGGERS and name not in sources and name not in others:
        known = sorted([*TRIGGERS, *others])
        raise UsageError(f"there is no trigger {name!r}: {suggestion(name, [*known, *sources])}")


def function_of(pool: UserPool, trigger: Trigger) -> tuple[str, str] | None:
    """The ARN of the function of a pool's trigger, and the version of its event; ``None`` if there is none."""
    config = pool.triggers.get(trigger.config_member) if trigger.config_member else None
    if config:
        return config["LambdaArn"], trigger.version(config["LambdaVersion"])
    arn = pool.triggers.get(trigger.name)
    return (arn, "1") if arn else None
