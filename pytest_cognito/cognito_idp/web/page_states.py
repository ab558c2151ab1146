"""What a page remembers for the next one, apart from sign-ins: whose code is awaited, and where it was sent to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pytest_cognito.cognito_idp.flows.authorization import sign_in
from pytest_cognito.cognito_idp.records import PAGE_STATES, PageState
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.world import Context

CONFIRM_SIGN_UP, FORGOT_PASSWORD = "CONFIRM_SIGN_UP", "FORGOT_PASSWORD"
"""The values of `PageState.challenge`. One that a sign-in has left has none."""
DESTINATION, MEDIUM = "CODE_DELIVERY_DESTINATION", "CODE_DELIVERY_DELIVERY_MEDIUM"
"""The keys of `PageState.parameters` that say where a code was sent to, as in ChallengeParameters."""


def keep(
    context: Context, found: ClientOfRequest, challenge: str, username: str, parameters: Mapping[str, str]
) -> PageState:
    """Remember who is to enter a code, for five minutes."""
    new = sign_in.new_state(context, found.pool, found.client, username)
    state = replace(new, challenge=challenge, parameters=parameters)
    context.table(PAGE_STATES).put(state)
    return state


def waiting_for_code(context: Context, found: ClientOfRequest, token: str | None, challenge: str) -> PageState | None:
    """What the cookie of a browser finds; None if there is nothing, or if it is older than five minutes."""
    state = context.table(PAGE_STATES).get(token)
    if state is None or state.client_id != found.client.id or state.expires <= context.now():
        return None
    return state if state.challenge in ("", challenge) and not state.role else None


def delivery(details: Mapping[str, str]) -> dict[str, str]:
    """The parameters that ``CodeDeliveryDetails`` come to."""
    return {DESTINATION: details["Destination"], MEDIUM: details["DeliveryMedium"]}
