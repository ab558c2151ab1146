"""The sign-up page and the page that confirms: users who register at a domain, and are signed in once confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.authorization.sign_in import HostedSignIn, Step
from pytest_cognito.cognito_idp.flows.sign_in import sign_up_sessions
from pytest_cognito.cognito_idp.records import LOCAL, PAGE_STATES, PageState, User, UserPool
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.cognito_idp.rules.oauth import authorization_requests
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.cognito_idp.rules.users import attribute_rules
from pytest_cognito.cognito_idp.web import client_calls, page_states
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.world import Context

SUB, BY_LINK = "sub", "link"
"""Keys of `PageState.parameters`: the sub of the user, and that they were sent a link in place of a code."""
_PROVEN = "proven"


class SignUp(NamedTuple):
    """What a user has entered on the sign-up page."""

    username: str
    password: str
    attributes: Mapping[str, str]


class SignedUp(NamedTuple):
    """The sign-up that waits, and whether PreSignUp has confirmed the user already."""

    state: PageState
    confirmed: bool


def check_local(found: ClientOfRequest) -> None:
    """Raise unless users of the pool itself sign in at the app client."""
    if LOCAL not in authorization_requests.providers(found.client):
        raise errors.LOGIN_OPTION_NOT_AVAILABLE()


def check_open(found: ClientOfRequest) -> None:
    """Raise unless users may sign up at the app client by themselves."""
    check_local(found)
    if found.pool.admin_only_sign_up:
        raise errors.SIGN_UP_OFF()


def sign_up_attributes(pool: UserPool) -> tuple[str, ...]:
    """The attributes that the sign-up page asks for: that which is the user name, if it is one, and required ones."""
    by_name = pool.username_attributes if len(pool.username_attributes) == 1 else ()
    return tuple(dict.fromkeys((*by_name, *attribute_rules.missing_required(pool, {}))))


def needs_password(found: ClientOfRequest) -> bool:
    """Whether a user must choose a password, because the pool has no sign-in by a one-time code."""
    return not any(factor in found.pool.first_factors for factor in first_factors.ATTRIBUTE)


def offers_passkey(found: ClientOfRequest) -> bool:
    """Whether managed login offers a passkey to users who have signed up."""
    return first_factors.PASSKEY in found.pool.first_factors


def sign_up(context: Context, found: ClientOfRequest, entered: SignUp, context_data: Mapping[str, Any]) -> SignedUp:
    """Create a user, as SignUp does."""
    attributes = [{"Name": name, "Value": value} for name, value in entered.attributes.items()]
    password = {"Password": entered.password} if entered.password else {}
    answer = client_calls.call(
        context, found, "SignUp", entered.username, context_data, UserAttributes=attributes, **password
    )
    user = _user(context, found.pool, answer["UserSub"])
    parameters = {**_delivery(found.pool, answer["CodeDeliveryDetails"]), _PROVEN: "true"}
    return SignedUp(_wait(context, found, user, parameters), user.status != "UNCONFIRMED")


def confirm_sign_up(
    context: Context, found: ClientOfRequest, username: str, code: str, context_data: Mapping[str, Any]
) -> None:
    """Confirm a user with the code that they were sent, as ConfirmSignUp does."""
    client_calls.call(context, found, "ConfirmSignUp", username, context_data, ConfirmationCode=code)


def resend_code(
    context: Context, found: ClientOfRequest, username: str, context_data: Mapping[str, Any]
) -> dict[str, str]:
    """Send a new code, as ResendConfirmationCode does, and tell where it went to: parameters of a `PageState`."""
    answer = client_calls.call(context, found, "ResendConfirmationCode", username, context_data)
    return _delivery(found.pool, answer["CodeDeliveryDetails"])


def check_confirmed(context: Context, found: ClientOfRequest, state: PageState) -> None:
    """Raise unless a user who has signed up is confirmed by now."""
    if _user(context, found.pool, state.parameters[SUB]).status == "UNCONFIRMED":
        raise errors.NOT_CONFIRMED()


def sign_in_signed_up(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    state: PageState,
    context_data: Mapping[str, Any],
) -> Step | None:
    """Sign in a user who has signed up in this browser and is confirmed; second factors are asked for as ever.

    None for a user who has not signed up in this browser: they have to prove first who they are.
    """
    if _PROVEN not in state.parameters:
        return None
    check_confirmed(context, found, state)
    user = _user(context, found.pool, state.parameters[SUB])
    context.table(PAGE_STATES).delete(state.token)
    session = sign_up_sessions.confirmed(context, found.client, user)
    attempt = HostedSignIn(context, found.pool, found.client, request, context_data)
    return attempt.begin("USER_AUTH", {"USERNAME": user.username}, session)


def _user(context: Context, pool: UserPool, sub: str) -> User:
    """The user with a sub, who may be gone, or another one may have got their name."""
    user = lookup.find_user(context, pool, sub)
    if user is None or user.sub != sub:
        raise errors.USER_NOT_FOUND()
    return user


def _wait(context: Context, found: ClientOfRequest, user: User, parameters: Mapping[str, str]) -> PageState:
    given = {SUB: user.sub, **parameters}
    return page_states.keep(context, found, page_states.CONFIRM_SIGN_UP, user.username, given)


def _delivery(pool: UserPool, details: Mapping[str, str] | None) -> dict[str, str]:
    """The parameters of a `PageState` that tell where a code, or a link, was sent to."""
    if details is None:
        return {}
    template: Mapping[str, str] = pool.settings.get("VerificationMessageTemplate") or {}
    by_link = details["DeliveryMedium"] == "EMAIL" and template.get("DefaultEmailOption") == "CONFIRM_WITH_LINK"
    sent = page_states.delivery(details)
    return {**sent, BY_LINK: "true"} if by_link else sent
