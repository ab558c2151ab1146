"""Beginning sessions: temporary credentials in AWS's formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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
        token=sizes.token(context.world.ids.data(sizes.random_bytes(packed_size, minimum_token_size))),
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
    )
    context.table(SESSIONS).put(session)
    return session


def answer(session: Session, packed_size: int | None = None) -> dict[str, Any]:
    """What every operation that begins a session answers: the credentials and the sizes."""
    return {
        "Credentials": {
            "AccessKeyId": session.access_key,
            "SecretAccessKey": session.secret_key,
            "SessionToken": session.token,
            "Expiration": session.expires,
        },
        "PackedPolicySize": packed_size,
        "SessionTokenSize": len(session.token),
        "SessionTokenUtilization": sizes.utilization(session.token),
    }
