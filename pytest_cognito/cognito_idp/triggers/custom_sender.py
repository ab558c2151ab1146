"""CustomEmailSender and CustomSMSSender: functions that send messages in Cognito's place."""

from __future__ import annotations

from collections.abc import Mapping

from ...world import Context
from ..records import AppClient, User, UserPool
from . import engine, events, sealing

_BY_MEDIUM = {"EMAIL": "CustomEmailSender", "SMS": "CustomSMSSender"}


def sends(pool: UserPool, medium: str) -> bool:
    """Whether a function of the pool's sends what goes by a medium: Cognito sends nothing itself then, and
    CustomMessage is not asked.
    """
    return engine.version_of(pool, _BY_MEDIUM[medium]) is not None


def send(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    source: str,
    medium: str,
    code: str | None,
    metadata: Mapping[str, str] | None,
) -> None:
    """Hand a code or a temporary password over to the function, which Cognito doesn't wait for."""
    trigger = _BY_MEDIUM[medium]
    with context.world.store.outside():
        sealed = None if code is None else sealing.seal(pool, code)
    engine.tell(
        context,
        pool,
        trigger,
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=events.custom_sender(trigger, user, sealed, metadata),
        code=code,
    )
