"""The events that functions get: the envelope that all have, and what is in the ``request`` of each trigger's.

A member that is always there has ``None`` where there is nothing to say; ``clientMetadata`` is mostly left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..records import User, UserPool
from ..rules import templates
from ..rules.claims import Groups
from . import user_attributes
from .catalog import TRIGGERS

NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"
_MESSAGES = (
    "SignUp",
    "ResendCode",
    "ForgotPassword",
    "UpdateUserAttribute",
    "VerifyUserAttribute",
    "AdminCreateUser",
    "Authentication",
)
SOURCES = {
    "PreSignUp": ("SignUp", "AdminCreateUser"),
    "PostConfirmation": ("ConfirmSignUp", "ConfirmForgotPassword"),
    "PreAuthentication": ("Authentication",),
    "PostAuthentication": ("Authentication",),
    "PreTokenGeneration": (
        "Authentication",
        "NewPasswordChallenge",
        "RefreshTokens",
        "HostedAuth",
        "AuthenticateDevice",
    ),
    "UserMigration": ("Authentication", "ForgotPassword"),
    "CustomMessage": _MESSAGES,
    "CustomEmailSender": _MESSAGES,
    "CustomSMSSender": _MESSAGES,
}
Request = dict[str, Any]
Pairs = Mapping[str, str] | None


def envelope(
    pool: UserPool,
    trigger: str,
    source: str,
    version: str,
    *,
    username: str,
    client_id: str | None,
    request: Mapping[str, Any],
    user_agent: str = "",
) -> dict[str, Any]:
    """The whole event of a trigger; without a client it is of an operation that names none."""
    kind = TRIGGERS[trigger]
    event = {
        "version": version,
        "triggerSource": f"{kind.prefix}_{source}",
        "region": pool.region,
        "userPoolId": pool.id,
        "userName": username,
        "callerContext": {"awsSdkVersion": _sdk(user_agent), "clientId": client_id or NO_CLIENT},
        "request": dict(request),
    }
    response = kind.response[version]
    return event if response is None else {**event, "response": dict(response)}


def pre_sign_up(attributes: Mapping[str, str], validation_data: Pairs, metadata: Pairs) -> Request:
    """PreSignUp: there is no user yet, so neither ``sub`` nor a status."""
    request = {"userAttributes": dict(attributes), "validationData": dict(validation_data or {}) or None}
    return _with_metadata(request, metadata)


def post_confirmation(user: User, metadata: Pairs) -> Request:
    return _with_metadata({"userAttributes": user_attributes.of(user)}, metadata)


def pre_authentication(user: User | None, validation_data: Pairs, *, hides_existence: bool) -> Request:
    """PreAuthentication: a client that hides who exists lets the function be asked about nobody, and says so."""
    request: Request = {
        "userAttributes": user_attributes.of(user) if user else {},
        "validationData": dict(validation_data or {}) or None,
    }
    return {**request, "userNotFound": user is None} if hides_existence else request


def post_authentication(user: User, metadata: Pairs) -> Request:
    return _with_metadata({"userAttributes": user_attributes.of(user)}, metadata)


def user_migration(password: str | None, validation_data: Pairs, metadata: Pairs) -> Request:
    """UserMigration: with the password at a sign-in, without one where it was forgotten."""
    request: Request = {} if password is None else {"password": password}
    return _with_metadata({**request, "validationData": dict(validation_data or {}) or None}, metadata)


def custom_message(user: User, source: str, metadata: Pairs) -> Request:
    request = {
        "userAttributes": user_attributes.of(user),
        "codeParameter": templates.CODE,
        "linkParameter": templates.LINK,
        "usernameParameter": templates.USERNAME if source == "AdminCreateUser" else None,
    }
    return _with_metadata(request, metadata)


def custom_sender(trigger: str, user: User, sealed: str | None, metadata: Pairs) -> Request:
    """CustomEmailSender and CustomSMSSender: ``sealed`` is the encrypted code, left out where there is none to send."""
    kind = {"CustomEmailSender": "customEmailSenderRequestV1", "CustomSMSSender": "customSMSSenderRequestV1"}
    return {
        "type": kind[trigger],
        **({} if sealed is None else {"code": sealed}),
        "clientMetadata": dict(metadata or {}) or None,
        "userAttributes": user_attributes.of(user),
    }


def pre_token_generation(user: User, groups: Groups, scopes: Sequence[str], version: str, metadata: Pairs) -> Request:
    """PreTokenGeneration; from version 2 on with the scopes."""
    request: Request = {
        "userAttributes": user_attributes.of(user),
        "groupConfiguration": {
            "groupsToOverride": list(groups.names),
            "iamRolesToOverride": list(groups.roles),
            "preferredRole": groups.preferred_role,
        },
    }
    request = _with_metadata(request, metadata)
    return request if version == "1" else {**request, "scopes": list(scopes)}


def _with_metadata(request: Mapping[str, Any], metadata: Pairs) -> Request:
    return {**request, "clientMetadata": dict(metadata)} if metadata else dict(request)


def _sdk(user_agent: str) -> str:
    """What Cognito makes of a user agent: the JavaScript SDK's by name and version, any other unknown."""
    for word in user_agent.split():
        if word.startswith("aws-sdk-js/"):
            return word.replace("/", "-")
    return "aws-sdk-unknown-unknown"
