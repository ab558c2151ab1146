"""Beginning sessions: temporary credentials in AWS's formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pytest_cognito import iam
from pytest_cognito.sts.records import SESSIONS, Session
from pytest_cognito.sts.rules import sizes
from pytest_cognito.sts.rules.tags import SessionTags
from pytest_cognito.world import Context

_TEMPORARY = "ASIA"


def begin(
    context: Context,
    kind: str,
    principal: iam.Principal,
    duration: int,
    *,
    user_arn: str | None = None,
    policies: Sequence[tuple[iam.NamedPolicy, ...]] = (),
    tags: SessionTags | None = None,
    source_identity: str | None = None,
    keys: iam.Keys | None = None,
    chained: bool = False,
    mfa: dt.datetime | None = None,
    packed_size: int | None = None,
    minimum_token_size: int = 0,
) -> Session:
    """Begin a session of ``duration`` seconds; see `Session`. Nothing is checked.

    ``packed_size`` is PackedPolicySize, by which the token grows; it has at least ``minimum_token_size`` characters.
    """
    now = context.now().replace(microsecond=0)
    own = tags or SessionTags()
    session = Session(
        access_key=iam.key_id(context, _TEMPORARY, principal.account),
        secret_key=iam.secret_key(context),
        token=_token(context, packed_size, minimum_token_size),
        kind=kind,
        principal=principal,
        issued=now,
        expires=now + dt.timedelta(seconds=duration),
        user_arn=user_arn,
        policies=tuple(policies),
        tags=own.tags,
        transitive=own.transitive,
        source_identity=source_identity,
        keys=keys or {},
        chained=chained,
        mfa=mfa,
    )
    context.table(SESSIONS).put(session)
    return session


def narrow(
    context: Context,
    session: Session,
    policy: tuple[iam.NamedPolicy, ...],
    expires: dt.datetime,
    packed_size: int | None,
    minimum_token_size: int,
) -> Session:
    """A session of the same principal with another layer of policies, if there are any, and an own end."""
    narrower = replace(
        session,
        access_key=iam.key_id(context, _TEMPORARY, session.principal.account),
        secret_key=iam.secret_key(context),
        token=_token(context, packed_size, minimum_token_size),
        issued=context.now().replace(microsecond=0),
        expires=expires,
        policies=(*session.policies, policy) if policy else session.policies,
        scoped=session.scoped + bool(policy),
    )
    context.table(SESSIONS).put(narrower)
    return narrower


def _token(context: Context, packed_size: int | None, minimum: int) -> str:
    return sizes.token(context.world.ids.data(sizes.random_bytes(packed_size, minimum)))


def credentials(session: Session) -> dict[str, Any]:
    """The credentials of a session, as an operation answers them."""
    return {
        "AccessKeyId": session.access_key,
        "SecretAccessKey": session.secret_key,
        "SessionToken": session.token,
        "Expiration": session.expires,
    }


def sized(session: Session) -> dict[str, Any]:
    """What nearly every operation that begins a session answers: the credentials and the size of their token."""
    return {
        "Credentials": credentials(session),
        "SessionTokenSize": len(session.token),
        "SessionTokenUtilization": sizes.utilization(session.token),
    }


def answer(session: Session, packed_size: int | None = None) -> dict[str, Any]:
    """What the operations answer that take session policies or tags."""
    return {**sized(session), "PackedPolicySize": packed_size}
