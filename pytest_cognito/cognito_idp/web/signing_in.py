"""The pages of a sign-in: what the first one offers, and the steps from one to the next.

The functions take the context of a step, and give where the sign-in stands after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import sign_in
from pytest_cognito.cognito_idp.flows.authorization.sign_in import HostedSignIn, Step
from pytest_cognito.cognito_idp.records import IDENTITY_PROVIDERS, LOCAL, PAGE_STATES, IdentityProvider, PageState
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.factors import first_factors
from pytest_cognito.cognito_idp.rules.messages import delivery
from pytest_cognito.cognito_idp.rules.oauth import authorization_requests
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.world import Context

_ADMIN_ONLY = "admin_only"


class SignInOptions(NamedTuple):
    """What a sign-in page offers.

    ``local`` says that users of the pool itself sign in there, whose names are of the kinds ``names``: ``username``,
    ``email``, ``phone_number``. ``sign_up`` and ``recovery`` say that they can sign up, and reset their password;
    ``choice`` that their name is asked for first, and then what they sign in with. ``providers`` are the names and the
    types of the identity providers with a button. ``by_domain`` says that the others are found by an e-mail address.
    """

    local: bool
    names: tuple[str, ...]
    sign_up: bool
    recovery: bool
    choice: bool
    providers: tuple[tuple[str, str], ...]
    by_domain: bool


def sign_in_options(context: Context, found: ClientOfRequest) -> SignInOptions:
    """What the sign-in page of a client offers.

    Where all SAML providers have identifiers, they have no buttons: users enter their e-mail address.
    """
    pool, client = found.pool, found.client
    providers = _providers(context, found)
    saml = [one for one in providers if one.type == "SAML"]
    by_domain = bool(saml) and all(one.identifiers for one in saml)
    shown = [one for one in providers if not (by_domain and one.type == "SAML")]
    others = set(pool.first_factors) - {first_factors.PASSWORD}
    return SignInOptions(
        local=LOCAL in authorization_requests.providers(client),
        names=pool.username_attributes or ("username",),
        sign_up=not pool.admin_only_sign_up,
        recovery=_ADMIN_ONLY not in delivery.recovery_mechanisms(pool),
        choice=bool(others) and "ALLOW_USER_AUTH" in client_settings.allowed_flows(client),
        providers=tuple((one.name, one.type) for one in shown),
        by_domain=by_domain,
    )


def identifier_of_email(context: Context, found: ClientOfRequest, email: str) -> str:
    """The identifier of the provider of the client for an e-mail address: its domain. Raise if there is none."""
    domain = email.rpartition("@")[2].strip().lower()
    for provider in _providers(context, found):
        for identifier in provider.identifiers:
            if domain and identifier.lower() == domain:
                return identifier
    raise errors.LOGIN_OPTION_NOT_AVAILABLE()


def begin_sign_in_with_name(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    username: str,
    context_data: Mapping[str, Any],
) -> Step:
    """Begin choice-based sign-in: the next page asks for what the user has."""
    return HostedSignIn(context, found.pool, found.client, request, context_data).begin_with_name(username)


def verify_new_software_token(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    state: PageState,
    code: str,
    context_data: Mapping[str, Any],
) -> Step:
    """Register the software token that is set up in a sign-in, with its first code."""
    return HostedSignIn(context, found.pool, found.client, request, context_data).verify_software_token(state, code)


def ask_again(
    context: Context,
    found: ClientOfRequest,
    request: AuthorizationRequest,
    state: PageState,
    context_data: Mapping[str, Any],
    *,
    choice: bool = False,
) -> PageState:
    """Send another code of the challenge that waits; with ``choice``, let the user choose another challenge."""
    return HostedSignIn(context, found.pool, found.client, request, context_data).again(state, choice=choice)


def remember_unconfirmed(context: Context, found: ClientOfRequest, username: str) -> PageState:
    """Let a sign-in wait until the user with a name is confirmed."""
    state = sign_in.new_state(context, found.pool, found.client, username)
    context.table(PAGE_STATES).put(state)
    return state


def can_go_on(context: Context, state: PageState) -> bool:
    """Whether the user can try again after an error: a function that fails after a right answer ends the attempt."""
    return sign_in.can_go_on(context, state)


def _providers(context: Context, found: ClientOfRequest) -> list[IdentityProvider]:
    """The identity providers of a client, in the order of SupportedIdentityProviders."""
    table = context.table(IDENTITY_PROVIDERS)
    names = authorization_requests.providers(found.client)
    return [one for one in (table.get((found.pool.id, name)) for name in names) if one is not None]
