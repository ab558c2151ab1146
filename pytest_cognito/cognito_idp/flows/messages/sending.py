"""Sending messages: from the template and the CustomMessage trigger to the outbox, or to a custom sender trigger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.messages import email_quota
from pytest_cognito.cognito_idp.records import AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.messages import custom_message, templates
from pytest_cognito.cognito_idp.rules.messages.delivery import MEDIUM, delivery_details
from pytest_cognito.cognito_idp.triggers import custom_sender, engine, events
from pytest_cognito.kernel.outbox import Message
from pytest_cognito.world import Context

_INVITATION = "AdminCreateUser"
_EMAIL = MEDIUM["email"]


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
        _send_by_function(context, pool, client, user, source, medium, code, client_metadata)
        return delivery_details(attribute, user.attributes[attribute])
    draft = _draft(context, pool, user, client, source, attribute, code)
    [draft] = _customised(context, pool, user, client, source, [draft], code, client_metadata)
    _deliver(context, pool, user, source, draft, code)
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
            _send_by_function(context, pool, None, user, _INVITATION, MEDIUM[attribute], user.password, client_metadata)
        else:
            drafts.append(_draft(context, pool, user, None, _INVITATION, attribute, user.password))
    if not drafts:
        return
    for draft in _customised(context, pool, user, None, _INVITATION, drafts, user.password, client_metadata):
        if user.password is None or draft.template.has_placeholder(draft.template.text):
            _deliver(context, pool, user, _INVITATION, draft, user.password)


def notify(
    context: Context, pool: UserPool, client: AppClient, user: User, source: str, subject: str, body: str
) -> None:
    """Send an e-mail without a code to a user, or let the pool's custom sender trigger for e-mail send it."""
    if custom_sender.is_configured(pool, "EMAIL"):
        _send_by_function(context, pool, client, user, source, "EMAIL", None, None)
    else:
        template = templates.Template(body, subject)
        _deliver(context, pool, user, source, _Draft("email", template, None), None)


def _send_by_function(
    context: Context,
    pool: UserPool,
    client: AppClient | None,
    user: User,
    source: str,
    medium: str,
    code: str | None,
    metadata: Mapping[str, str] | None,
) -> None:
    """Let a custom sender trigger send a message. That it fails is no error of the operation, but it is logged."""
    problem = custom_sender.send(context, pool, client, user, source, medium, code, metadata)
    if problem is not None:
        from pytest_cognito.cognito_idp.flows.logs import export

        export.not_delivered(context, pool, f"{medium} message was not delivered: {problem}")


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
    domains = lookup.domains(context, pool) if template.link else ()
    link = templates.confirmation_link(domains, user, client, code) if template.link and code else None
    return _Draft(attribute, template, link)


def _deliver(context: Context, pool: UserPool, user: User, source: str, draft: _Draft, code: str | None) -> None:
    if draft.medium == _EMAIL:
        email_quota.count(context, pool)
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
    custom_message.check_form(response)
    if source == _INVITATION:
        with_code = code is not None
        changed = [custom_message.invitation(one.template, one.medium, response, with_code=with_code) for one in drafts]
    else:
        changed = [custom_message.code_message(one.template, one.medium, response) for one in drafts]
    return [draft._replace(template=template) for draft, template in zip(drafts, changed, strict=True)]
