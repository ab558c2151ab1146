"""What the token says by which an account vouches for a user or a role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.aws.protocol.timestamps import iso8601
from pytest_cognito.iam import Keys, Principal
from pytest_cognito.sts import errors
from pytest_cognito.sts.records import Session

# AWS's limit is not known.
MOST_BYTES: Final = 8192
_PRINCIPAL_TAG: Final = "aws:PrincipalTag/"


def check_subject(subject_mode: str, scope: str | None) -> None:
    """Refuse a subject that is not the caller: no session has a trusted identity propagation context.

    A scope is for such subjects alone.
    """
    if subject_mode == "OriginIdentity":
        raise errors.ORIGIN_MISSING()
    if scope is not None:
        raise errors.SCOPE_WITHOUT_ORIGIN()


def check_size(payload: bytes) -> bytes:
    """Raise ``JWTPayloadSizeExceededException`` for a payload that is too large."""
    if len(payload) > MOST_BYTES:
        raise errors.PAYLOAD_TOO_LARGE(size=len(payload), most=MOST_BYTES)
    return payload


def subject(principal: Principal) -> str:
    """The claim ``sub``: the ARN of the user, or of the role and not of its session."""
    return principal.role_arn or principal.arn


def details(
    principal: Principal, session: Session | None, keys: Keys, region: str, tags: Mapping[str, str]
) -> dict[str, Any]:
    """What the token says of the caller beside its subject. ``keys`` are the caller's condition keys."""
    principal_tags = {
        name.removeprefix(_PRINCIPAL_TAG): value for name, value in keys.items() if name.startswith(_PRINCIPAL_TAG)
    }
    said: dict[str, Any] = {
        "aws_account": principal.account,
        "source_region": region,
        "principal_id": subject(principal),
    }
    if principal_tags:
        said["principal_tags"] = principal_tags
    if tags:
        said["request_tags"] = dict(tags)
    return said if session is None else {**said, **_of_session(session)}


def _of_session(session: Session) -> dict[str, Any]:
    said: dict[str, Any] = {"original_session_exp": iso8601(session.expires)}
    provider = session.keys.get("aws:FederatedProvider")
    if provider is not None:
        said["federated_provider"] = provider
    if session.source_identity is not None:
        said["source_identity"] = session.source_identity
    return said


def expiration(now: dt.datetime, duration: int, session: Session | None) -> dt.datetime:
    """When the token expires: not after the session that asks for it."""
    end = now + dt.timedelta(seconds=duration)
    if session is not None and end > session.expires:
        raise errors.TOKEN_BEYOND_SESSION()
    return end
