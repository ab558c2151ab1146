"""Sign-in by OpenID Connect and social providers: where a browser is sent, and what its code is redeemed for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.federation import discovery
from pytest_cognito.cognito_idp.records import IdentityProvider, UserPool
from pytest_cognito.cognito_idp.rules.providers import described_users, oauth_requests
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.federation import asking, id_tokens, issuers
from pytest_cognito.world import Context, World

if TYPE_CHECKING:
    from requests import Response

_OK = 200


def authorization_url(
    context: Context,
    pool: UserPool,
    provider: IdentityProvider,
    *,
    callback_url: str,
    state: str,
    nonce: str | None = None,
    login_hint: str | None = None,
    prompt: str | None = None,
    acr_values: str | None = None,
) -> str:
    """The address at a provider to which a browser is sent for a sign-in.

    ``callback_url`` is ``/oauth2/idpresponse`` on the pool's domain. ``login_hint``, ``prompt`` and ``acr_values`` are
    those of the application's request, as far as the provider gets them. The step is left if the provider has to be
    asked for its endpoints.
    """
    return oauth_requests.authorization_url(
        discovery.located(context, pool, provider),
        pool.settings["AcrConfiguration"],
        callback_url=callback_url,
        state=state,
        nonce=nonce,
        login_hint=login_hint,
        prompt=prompt,
        acr_values=acr_values,
    )


def check_callback(parameters: Mapping[str, str]) -> str:
    """The code with which a provider sends a browser back; raise what it says instead."""
    error = parameters.get("error")
    if error is not None:
        kind = errors.PROVIDER_DENIED if error in _DENIALS else errors.PROVIDER_ERROR
        raise kind(description=parameters.get("error_description") or error)
    if not parameters.get("code"):
        raise errors.PROVIDER_ERROR(description="Required String parameter 'code' is not present")
    return parameters["code"]


_DENIALS = ("access_denied", "user_cancelled_authorize", "user_cancelled_login")


def redeem(
    world: World,
    provider: IdentityProvider,
    code: str,
    *,
    callback_url: str,
    nonce: str | None = None,
    apple_user: str | None = None,
) -> ExternalUser:
    """The user for whom a provider has issued a code; raise unless all that it says is verified.

    ``nonce`` is the one of the `authorization_url`, ``apple_user`` the form field ``user`` of Apple. No step may be
    open. The provider's details name its endpoints, because it was `authorization_url` that sent the browser there.
    """
    response = exchange(world, provider, code, callback_url=callback_url)
    claims = verified_claims(world, provider, response, nonce=nonce)
    apple = provider.type == "SignInWithApple"
    told = described_users.apple_user(apple_user) if apple else user_info(world, provider, response)
    return described_users.external_user(provider, response, claims, told)


def exchange(world: World, provider: IdentityProvider, code: str, *, callback_url: str) -> dict[str, Any]:
    """Redeem a code at the provider's token endpoint, and return the token response."""
    parameters = oauth_requests.token_parameters(provider, code, callback_url, world.clock.now())
    by_get = provider.details.get("token_request_method") == "GET"
    options: dict[str, Any] = {"params" if by_get else "data": parameters}
    response = asking.ask(
        world,
        "GET" if by_get else "POST",
        provider.details["token_url"],
        timed_out=errors.TOKEN_TIMEOUT,
        headers={"Accept": "application/json"},
        **options,
    )
    if response.status_code != _OK:
        raise _token_error(provider, response)
    return asking.json_object(provider.name, response)


def _token_error(provider: IdentityProvider, response: Response) -> AWSError:
    """Why no token was given, as Google and Amazon say it; of the others' reasons an application learns nothing."""
    problem = _PROBLEMS.get(provider.type, _no_problem)(_members(response))
    if problem:
        return errors.PROVIDER_REFUSED(provider=provider.name, status=response.status_code, problem=problem)
    return errors.TOKEN_NOT_GIVEN(provider=provider.name, status=response.status_code)


def _no_problem(_members: Mapping[str, Any]) -> str:
    return ""


def _google_problem(members: Mapping[str, Any]) -> str:
    error = members.get("error")
    return str((error.get("status") if isinstance(error, dict) else error) or "")


def _amazon_problem(members: Mapping[str, Any]) -> str:
    return " ".join(str(members[name]) for name in ("error", "error_description") if members.get(name))


_PROBLEMS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "Google": _google_problem,
    "LoginWithAmazon": _amazon_problem,
}


def _members(response: Response) -> Mapping[str, Any]:
    """The members of an error response, which may be no JSON."""
    try:
        value = response.json()
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def verified_claims(
    world: World, provider: IdentityProvider, token_response: Mapping[str, Any], *, nonce: str | None = None
) -> dict[str, Any]:
    """The claims of the ID token in a token response, verified; none for Facebook and Amazon, which issue none."""
    if provider.type not in oauth_requests.WITH_ID_TOKEN:
        return {}
    token = token_response.get("id_token")
    if not isinstance(token, str):
        raise errors.ID_TOKEN_MISSING(provider=provider.name)
    expected = id_tokens.Expected(
        issuer=provider.details["oidc_issuer"],
        client_id=provider.details["client_id"],
        secret=provider.details.get("client_secret"),
        nonce=nonce,
        now=world.clock.now(),
    )
    return id_tokens.verify(token, keys(world, provider) if id_tokens.needs_keys(token) else {}, expected)


def keys(world: World, provider: IdentityProvider) -> dict[str, Any]:
    """The keys with which a provider signs ID tokens, which are asked for at every sign-in."""
    url = oauth_requests.keys_url(provider)
    if url is None:
        raise errors.PROVIDER_ADDRESS_UNKNOWN(provider=provider.name, name="jwks_uri")
    return issuers.keys_at(world, provider.name, url)


def user_info(world: World, provider: IdentityProvider, token_response: Mapping[str, Any]) -> dict[str, Any]:
    """What the provider's userInfo endpoint, or what stands for it, tells of the user; nothing if there is none."""
    url = oauth_requests.user_info_url(provider)
    if url is None:
        return {}
    response = asking.ask(
        world,
        provider.details.get("attributes_request_method", "GET"),
        url,
        headers={"Authorization": f"Bearer {token_response.get('access_token', '')}"},
    )
    if response.status_code != _OK:
        problem = _google_problem(_members(response)) if provider.type == "Google" else ""
        raise errors.PROVIDER_REFUSED(
            provider=provider.name, status=response.status_code, problem=problem or "error getting user info"
        )
    return asking.json_object(provider.name, response)
