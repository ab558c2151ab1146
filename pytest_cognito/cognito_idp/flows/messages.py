"""Messages to users: which template, what the CustomMessage trigger makes of it, and off to the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...kernel.outbox import Message
from ...world import Context
from .. import errors
from ..records import AppClient, User, UserPool
from ..rules import templates
from ..rules.delivery import MEDIUM, details
from ..triggers import engine, user_attributes

CODE = "{####}"
USERNAME = "{username}"


def send(
    context: Context,
    pool: UserPool,
    user: User,
    client: AppClient | None,
    source: str,
    attribute: str,
    *,
    code: str,
    client_metadata: Mapping[str, str] | None,
) -> dict[str, str]:
    """Send a code to an attribute of a user; gives its ``CodeDeliveryDetails``.

    ``source`` is why, in the words of the CustomMessage trigger: ``SignUp``, ``AdminCreateUser``, ``ForgotPassword`` …
    """
    template = templates.of(pool, source, attribute)
    medium = MEDIUM[attribute]
    text = template.text
    subject = template.subject
    custom = _customised(context, pool, user, client, source, template, client_metadata)
    if custom is not None:
        text = custom.get("smsMessage" if medium == "SMS" else "emailMessage") or text
        subject = custom.get("emailSubject") or subject if medium == "EMAIL" else None
    body, link = templates.fill(text, pool, user, client, code)
    context.send(
        Message(
            medium=medium,
            to=user.attributes[attribute],
            subject=subject if medium == "EMAIL" else None,
            body=body,
            code=code,
            link=link,
            source=source,
            pool_id=pool.id,
            username=user.username,
            sent=context.now(),
        )
    )
    return details(attribute, user.attributes[attribute])


def _customised(
    context: Context,
    pool: UserPool,
    user: User,
    client: AppClient | None,
    source: str,
    template: templates.Template,
    client_metadata: Mapping[str, str] | None,
) -> dict[str, Any] | None:
    """What the CustomMessage trigger answers, checked; ``None`` if the pool has no such trigger."""
    request: dict[str, Any] = {
        "userAttributes": user_attributes.of(user),
        "codeParameter": CODE,
        "linkParameter": templates.LINK,
        "usernameParameter": USERNAME if source == "AdminCreateUser" else None,
    }
    if client_metadata:
        request["clientMetadata"] = dict(client_metadata)
    response = engine.run(
        context,
        pool,
        "CustomMessage",
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=request,
    )
    if response is not None:
        _check(pool, source, response, template)
    return response


def _check(pool: UserPool, source: str, response: Mapping[str, Any], template: templates.Template) -> None:
    for member, limit in (("smsMessage", 140), ("emailMessage", 20_000)):
        text = response.get(member)
        if text is None:
            continue
        if not isinstance(text, str) or len(text) > limit:
            raise errors.TRIGGER_OUTPUT_UNKNOWN()
        if not template.has_placeholder(text) or (source == "AdminCreateUser" and USERNAME not in text):
            raise errors.MESSAGE_WITHOUT_PLACEHOLDER(member=member)
    subject = response.get("emailSubject")
    if subject is not None and (not isinstance(subject, str) or len(subject) > 140):
        raise errors.TRIGGER_OUTPUT_UNKNOWN()
    if response.get("emailMessage") is not None and not templates.own_sender(pool):
        raise errors.CUSTOM_EMAIL_NEEDS_SES()
