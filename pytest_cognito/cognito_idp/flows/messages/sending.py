"""Sending messages: from the template and the CustomMessage trigger to the outbox, or to a custom sender trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import DOMAINS, POOLS, AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.messages import templates
from pytest_cognito.cognito_idp.rules.messages.delivery import MEDIUM, delivery_details
from pytest_cognito.cognito_idp.triggers import custom_sender, engine, events
from pytest_cognito.kernel.outbox import Message
from pytest_cognito.world import Context

_MAX_LENGTH = {"smsMessage": 140, "emailMessage": 20_000, "emailSubject": 140}
_TEXT = {"SMS": "smsMessage", "EMAIL": "emailMessage"}
_INVITATION = "AdminCreateUser"


class _Draft(NamedTuple):
    """A message to one attribute of a user, not filled with the code yet."""

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
    """Send a code to an attribute of a user and return its ``CodeDeliveryDetails``.

    A custom sender trigger, if the pool has one for the medium, gets the code instead. ``source`` is the reason, as in
    the events of CustomMessage: ``SignUp``, ``ForgotPassword`` and so on.
    """
    medium = MEDIUM[attribute]
    if custom_sender.is_configured(pool, medium):
        custom_sender.send(context, pool, client, user, source, medium, code, client_metadata)
        return delivery_details(attribute, user.attributes[attribute])
    draft = _draft(context, pool, user, client, source, attribute, code)
    [draft] = _customised(context, pool, user, client, source, [draft], code, client_metadata)
    _deliver(context, user, source, draft, code)
    return delivery_details(attribute, user.attributes[attribute])


def invite(
    context: Context,
    pool: UserPool,
    user: User,
    attributes: Sequence[str],
    client_metadata: Mapping[str, str] | None,
) -> None:
    """Send the invitation to attributes of a user, with the temporary password if they have one.

    Custom sender triggers send it for their medium. For the other messages the CustomMessage trigger runs once. A text
    without the placeholder for the password is not sent.
    """
    drafts = []
    for attribute in attributes:
        if custom_sender.is_configured(pool, MEDIUM[attribute]):
            custom_sender.send(
                context, pool, None, user, _INVITATION, MEDIUM[attribute], user.password, client_metadata
            )
        else:
            drafts.append(_draft(context, pool, user, None, _INVITATION, attribute, user.password))
    if not drafts:
        return
    for draft in _customised(context, pool, user, None, _INVITATION, drafts, user.password, client_metadata):
        if user.password is None or draft.template.has_placeholder(draft.template.text):
            _deliver(context, user, _INVITATION, draft, user.password)


def _draft(
    context: Context,
    pool: UserPool,
    user: User,
    client: AppClient | None,
    source: str,
    attribute: str,
    code: str | None,
) -> _Draft:
    if MEDIUM[attribute] == "SMS" and not pool.settings.get("SmsConfiguration"):
        raise errors.SMS_NOT_CONFIGURED()
    template = templates.template(pool, source, attribute, with_code=code is not None)
    domains = context.table(DOMAINS).owned(POOLS, pool.id) if template.link else ()
    link = templates.confirmation_link(domains, user, client, code) if template.link and code else None
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
    """Run the CustomMessage trigger, if the pool has it, and return the drafts with its changes."""
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
    for member, max_length in _MAX_LENGTH.items():
        text = response.get(member)
        if text is not None and (not isinstance(text, str) or len(text) > max_length):
            raise errors.TRIGGER_OUTPUT_UNKNOWN()
    if response.get("emailMessage") is not None and not templates.uses_ses_identity(pool):
        raise errors.CUSTOM_EMAIL_NEEDS_SES()


def _rewritten(draft: _Draft, source: str, response: Mapping[str, Any], *, with_code: bool) -> _Draft:
    """A draft with the text and the subject in the response of CustomMessage, if they are present."""
    member = _TEXT[draft.medium]
    text = response.get(member) or draft.template.text
    if response.get(member):
        lacks_code = with_code and not draft.template.has_placeholder(text)
        if lacks_code or (source == _INVITATION and templates.USERNAME not in text):
            raise errors.MESSAGE_WITHOUT_PLACEHOLDER(member=member)
    subject = draft.template.subject
    if draft.medium == "EMAIL":
        subject = response.get("emailSubject") or subject
    return draft._replace(template=draft.template._replace(text=text, subject=subject))
