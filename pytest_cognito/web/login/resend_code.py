"""``/resendcode``: another code for a user who is to confirm their sign-up."""

from __future__ import annotations

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import signing_up
from pytest_cognito.http.messages import Response
from pytest_cognito.web import flash
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.login import accounts, confirm
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.visit import Visit


def _submit(visit: Visit) -> Response:
    hidden, state = accounts.hidden_of_form(visit), accounts.waiting(visit, confirm.CHALLENGE)
    username = hidden.get("username") or (state.username if state else "")
    if not username:
        return accounts.attempt_expired(visit)
    try:
        sent = visit.context.step(signing_up.resend_code, visit.found, username, visit.context_data)
    except AWSError as error:
        return accounts.refused(visit, "/confirm", error, {**hidden, "username": username})
    values = {
        "username": username,
        "destination": sent[accounts.DESTINATION],
        "deliveryMedium": sent[accounts.MEDIUM],
    }
    flash.keep(visit.context, Flash(notice=texts.NEW_CODE_SENT.english, values=values))
    return visit.to("/confirm")


submit = accounts.local(_submit)
