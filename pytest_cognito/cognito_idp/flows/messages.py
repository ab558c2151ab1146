"""Messages to users: which template, what the CustomMessage trigger makes of it, and off to the outbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...kernel.outbox import Message
from ...world import Context
from .. import errors
from ..records import AppClient, User, UserPool
from ..rules import templates
from ..rules.delivery import MEDIUM, details
from ..triggers import custom_sender, engine, events

_LONGEST = {"smsMessage": 140, "emailMessage": 20_000, "emailSubject": 140}
_TEXT = {"SMS": "smsMessage", "EMAIL": "emailMessage"}
_INVITATION = "AdminCreateUser"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message to one attribute of a user, before the CustomMessage trigger has seen it."""

    attribute: str
    template: templates.Template
    link: str | None

    @property
    def medium(self) -> str:
        return MEDIUM[self.attribute]


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
    """Send a code to an attribute of a user, or let the pool's own sender do it; gives its ``CodeDeliveryDetails``.

    ``source`` is why, in the words of the CustomMessage trigger: ``SignUp``, ``ForgotPassword`` …
    """
    medium = MEDIUM[attribute]
    if custom_sender.sends(pool, medium):
        custom_sender.send(context, pool, client, user, source, medium, code, client_metadata)
        return details(attribute, user.attributes[attribute])
    draft = _draft(pool, user, client, source, attribute, code)
    [draft] = _customised(context, pool, user, client, source, [draft], code, client_metadata)
    _deliver(context, user, source, draft, code)
    return details(attribute, user.attributes[attribute])


def invite(
    context: Context,
    pool: UserPool,
    user: User,
    attributes: Sequence[str],
    client_metadata: Mapping[str, str] | None,
) -> None:
    """Send the invitation to attributes of a user, with the temporary password if he has one.

    Each medium that the pool has a sender of its own for is that one's. For all others, the CustomMessage trigger runs
    once; a text that lacks the placeholder for the password is not delivered.
    """
    drafts = []
    for attribute in attributes:
        if custom_sender.sends(pool, MEDIUM[attribute]):
            custom_sender.send(
                context, pool, None, user, _INVITATION, MEDIUM[attribute], user.password, client_metadata
            )
        else:
            drafts.append(_draft(pool, user, None, _INVITATION, attribute, user.password))
    if not drafts:
        return
    for draft in _customised(context, pool, user, None, _INVITATION, drafts, user.password, client_metadata):
        if user.password is None or draft.template.has_placeholder(draft.template.text):
            _deliver(context, user, _INVITATION, draft, user.password)


def _draft(
    pool: UserPool, user: User, client: AppClient | None, source: str, attribute: str, code: str | None
) -> _Draft:
    if MEDIUM[attribute] == "SMS" and not pool.settings.get("SmsConfiguration"):
        raise errors.SMS_NOT_CONFIGURED()
    template = templates.of(pool, source, attribute, with_code=code is not None)
    link = templates.confirmation_link(pool, user, client, code) if template.link and code else None
    return _Draft(attribute, template, link)


def _deliver(context: Context, user: User, source: str, draft: _Draft, code: str | None) -> None:
    context.send(
        Message(
            medium=draft.medium,
            to=user.attributes[draft.attribute],
            subject=draft.template.subject,
            body=templates.fill(draft.template.text, user, code, draft.link),
            code=code,
            link=draft.link,
            source=source,
            pool_id=user.pool_id,
            username=user.username,
            sent=context.now(),
        )
    )


def _customised(
    context: Context,
    pool: UserPool,
    user: User,
    client: AppClient | None,
    source: str,
    drafts: list[_Draft],
    code: str | None,
    client_metadata: Mapping[str, str] | None,
) -> list[_Draft]:
    """The drafts as the CustomMessage trigger wants them, checked; as they are if the pool has no such trigger."""
    response = engine.run(
        context,
        pool,
        "CustomMessage",
        source,
        username=user.username,
        client_id=client.id if client else None,
        request=events.custom_message(user, source, client_metadata),
    )
    if not response:
        return drafts
    _check_form(pool, response)
    return [_rewritten(draft, source, response, with_code=code is not None) for draft in drafts]


def _check_form(pool: UserPool, response: Mapping[str, Any]) -> None:
    for member, longest in _LONGEST.items():
        text = response.get(member)
        if text is not None and (not isinstance(text, str) or len(text) > longest):
            raise errors.TRIGGER_OUTPUT_UNKNOWN()
    if response.get("emailMessage") is not None and not templates.own_sender(pool):
        raise errors.CUSTOM_EMAIL_NEEDS_SES()


def _rewritten(draft: _Draft, source: str, response: Mapping[str, Any], *, with_code: bool) -> _Draft:
    """A draft with the text and the subject that the trigger gave for its medium, if it gave any."""
    member = _TEXT[draft.medium]
    text = response.get(member) or draft.template.text
    if response.get(member):
        lacks_code = with_code and not draft.template.has_placeholder(text)
        if lacks_code or (source == _INVITATION and templates.USERNAME not in text):
            raise errors.MESSAGE_WITHOUT_PLACEHOLDER(member=member)
    subject = draft.template.subject
    if draft.medium == "EMAIL":
        subject = response.get("emailSubject") or subject
    return replace(draft, template=replace(draft.template, text=text, subject=subject))
