"""Notifying users of risky sign-ins by e-mail."""

from __future__ import annotations

from dataclasses import replace

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.logs import export
from pytest_cognito.cognito_idp.flows.messages import sending
from pytest_cognito.cognito_idp.records import AppClient, AuthEvent, User, UserPool
from pytest_cognito.cognito_idp.rules.threats import notices, responses
from pytest_cognito.kernel.identifiers import LETTERS_AND_DIGITS
from pytest_cognito.world import Context

SOURCE = "AccountTakeOverNotification"
_TOKEN_LENGTH = 128


def send(
    context: Context,
    pool: UserPool,
    client: AppClient,
    user: User,
    event: AuthEvent,
    settings: responses.Settings,
    kind: str,
) -> AuthEvent:
    """Notify a user of an event and return it with the token for their feedback, which the message has.

    The address need not be verified. A user without one, and a pool without NotifyConfiguration, can't notify: that is
    logged as a message that was not delivered.
    """
    configuration, email = responses.notify_configuration(settings), user.attributes.get("email")
    if configuration is None or not email:
        lacking = "NotifyConfiguration is not set" if configuration is None else "the user has no email attribute"
        export.not_delivered(context, pool, f"Threat protection notification was not sent: {lacking}.")
        return event
    event = replace(event, feedback_token=context.world.ids.text(_TOKEN_LENGTH, LETTERS_AND_DIGITS))
    template = notices.template(configuration, kind)
    subject, body = notices.fill(template, event, lookup.domains(context, pool))
    sending.notify(context, pool, client, user, SOURCE, subject, body)
    return event
