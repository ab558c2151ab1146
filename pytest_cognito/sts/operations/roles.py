"""Roles and who assumes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.operation import operation
from pytest_cognito.sts import errors
from pytest_cognito.sts.flows import assuming, mfa, permissions, sessions
from pytest_cognito.sts.flows.authorization import Authorization, authorization
from pytest_cognito.sts.rules import tags as session_tags
from pytest_cognito.sts.rules.tags import SessionTags
from pytest_cognito.world import Context

_KIND = "AssumeRole"


@operation
def assume_role(
    context: Context,
    *,
    role_arn: str,
    role_session_name: str,
    policy_arns: Sequence[Mapping[str, str]] = (),
    policy: str | None = None,
    duration_seconds: int | None = None,
    tags: Sequence[Mapping[str, str]] = (),
    transitive_tag_keys: Sequence[str] = (),
    external_id: str | None = None,
    serial_number: str | None = None,
    token_code: str | None = None,
    source_identity: str | None = None,
    provided_contexts: Sequence[Mapping[str, str]] = (),
    minimum_session_token_size: int = 0,
) -> dict[str, Any]:
    """Begin a session of a role for a caller whom its trust policy, and perhaps their own policies, allow it.

    A session of a role that begins another lasts an hour at most, and hands on its transitive tags and its source
    identity. ``AccessDenied`` is the error for a role that does not exist, too.
    """
    caller = authorization(context, context.caller)
    _check_kind(context, caller)
    if provided_contexts:  # STS signs and encrypts them, and nothing here has made one
        raise errors.CONTEXT_INVALID()
    asked = assuming.wish(
        context,
        role_arn,
        role_session_name,
        duration=duration_seconds,
        policy=policy,
        policy_arns=[each.get("arn", "") for each in policy_arns],
        session_tags=session_tags.requested(tags, transitive_tag_keys),
        source_identity=source_identity,
        minimum_token_size=minimum_session_token_size,
    )
    given = _inheriting(asked, caller)
    role = _find_role(context, caller, role_arn)
    keys = _keys(context, caller, role, replace(given, tags=asked.tags), external_id)
    keys |= mfa.check(context, caller.principal.arn, serial_number, token_code)
    for action in assuming.actions(permissions.ASSUME_ROLE, replace(given, tags=asked.tags)):
        permissions.check_caller(caller, role, action, keys)
    session = assuming.begin(context, role, given, _KIND, {}, chained=caller.principal.role_arn is not None)
    return {
        **sessions.answer(session, asked.packed_size),
        "AssumedRoleUser": {"AssumedRoleId": session.principal.user_id, "Arn": session.principal.arn},
        "SourceIdentity": session.source_identity,
    }


def _check_kind(context: Context, caller: Authorization) -> None:
    """Refuse those who may assume no role, whatever policies say."""
    permissions.check_kind(context, caller, _KIND)
    if caller.principal.is_root:
        raise errors.ROOT_ACCOUNT()


def _find_role(context: Context, caller: Authorization, role_arn: str) -> iam.Role:
    role = iam.find_role(context, role_arn)
    if role is None:
        unknown = assuming.unknown_role(context, role_arn)
        raise permissions.refusal(caller, permissions.ASSUME_ROLE, role_arn) from unknown
    return role


def _inheriting(asked: assuming.Wish, caller: Authorization) -> assuming.Wish:
    """What is asked for, with what the new session has of the calling one."""
    tags = session_tags.chained(asked.tags, _tags(caller))
    return replace(asked, tags=tags, source_identity=_source_identity(caller, asked.source_identity))


def _tags(caller: Authorization) -> SessionTags:
    """The tags of the calling session."""
    session = caller.session
    return SessionTags() if session is None else SessionTags(session.tags, session.transitive)


def _source_identity(caller: Authorization, requested: str | None) -> str | None:
    """The source identity of the new session: that of the calling one, which can't be changed, or the requested one."""
    calling = None if caller.session is None else caller.session.source_identity
    if calling is not None and requested not in (None, calling):
        raise errors.SOURCE_IDENTITY_FIXED(source_identity=calling)
    return requested if calling is None else calling


def _keys(
    context: Context, caller: Authorization, role: iam.Role, asked: assuming.Wish, external_id: str | None
) -> dict[str, str | tuple[str, ...]]:
    """The condition keys of the request. Transitive tags of the calling session stand for tags of the role, too."""
    handed_on = session_tags.inherited(_tags(caller))
    of_role = session_tags.keys_of("aws:ResourceTag", session_tags.overlaid(role.tags, handed_on))
    keys = {**assuming.global_keys(context), **of_role, **caller.keys, **asked.keys}
    if external_id is not None:
        keys["sts:ExternalId"] = external_id
    return keys
