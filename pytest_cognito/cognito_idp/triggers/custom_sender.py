"""CustomEmailSender and CustomSMSSender: triggers that send messages instead of Cognito."""

from __future__ import annotations

from collections.abc import Mapping

from pytest_cognito.cognito_idp.records import AppClient, User, UserPool
from pytest_cognito.cognito_idp.triggers import code_encryption, engine, events
from pytest_cognito.world import Context

_BY_MEDIUM = {"EMAIL": "CustomEmailSender", "SMS": "CustomSMSSender"}


def is_configured(pool: UserPool, medium: str) -> bool:
    """Whether a pool has a custom sender trigger for a medium, ``EMAIL`` or ``SMS``.

    Then Cognito does not send the message itself and does not run CustomMessage.
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
) -> str | None:
    """Invoke the custom sender trigger asynchronously with a code or a temporary password.

    Return why it has failed, if it has: AWS logs that, and the operation goes on.
    """
    trigger = _BY_MEDIUM[medium]
    with context.world.store.outside():
        encrypted = None if code is None else code_encryption.encrypt(pool, code)
    return engine.invoke_async(
        context,
        pool,
        trigger,
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=events.custom_sender(trigger, user, encrypted, metadata),
        code=code,
    )
