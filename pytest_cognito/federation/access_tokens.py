"""Tokens that say nothing by themselves: who they are about, Facebook, Amazon or Twitter is asked.

The step is left meanwhile: look again at what you had looked up. Only what answers in the test's process or on its
machine is asked, never the provider itself: a simulated provider (``cognito.providers.facebook``), or a stub of the
test's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.federation import asking, errors, oauth1
from pytest_cognito.federation.web_identity import WebIdentity
from pytest_cognito.world import Context

if TYPE_CHECKING:
    from requests import Response

FACEBOOK = "graph.facebook.com"
AMAZON = "www.amazon.com"
TWITTER = "api.twitter.com"
DIGITS = "www.digits.com"
_DEBUG_TOKEN = f"https://{FACEBOOK}/debug_token"
_TOKEN_INFO = "https://api.amazon.com/auth/o2/tokeninfo"
_CREDENTIALS = f"https://{TWITTER}/1.1/account/verify_credentials.json"
_OK, _REFUSED = 200, (400, 401, 403)


def verify(context: Context, provider: str, token: str) -> WebIdentity:
    """The user whom an access token of Facebook or Amazon is about; raise unless it is valid.

    The audience is the id of the application that it was issued to. It is for the caller to look at.
    """
    return _VERIFIERS[provider](context, token)


def _facebook(context: Context, token: str) -> WebIdentity:
    # Of the application's own credentials AWS knows nothing: the token tells of itself.
    response = _ask(context, FACEBOOK, _DEBUG_TOKEN, {"input_token": token, "access_token": token})
    told = asking.json_object(FACEBOOK, response).get("data")
    if not isinstance(told, dict) or not told.get("user_id") or not told.get("app_id"):
        raise errors.OPAQUE_TOKEN_INVALID(provider=FACEBOOK)
    expires = told.get("expires_at")
    if (
        isinstance(expires, int) and 0 < expires <= context.world.clock.timestamp()
    ):  # 0 is that of a token that never expires
        raise errors.OPAQUE_TOKEN_EXPIRED(provider=FACEBOOK)
    if told.get("is_valid") is not True:
        raise errors.OPAQUE_TOKEN_INVALID(provider=FACEBOOK)
    return WebIdentity(FACEBOOK, str(told["user_id"]), str(told["app_id"]), {**told, "id": told["user_id"]})


def _amazon(context: Context, token: str) -> WebIdentity:
    response = _ask(context, AMAZON, _TOKEN_INFO, {"access_token": token})
    told = asking.json_object(AMAZON, response)
    if not isinstance(told.get("user_id"), str) or not isinstance(told.get("aud"), str):
        raise errors.OPAQUE_TOKEN_INVALID(provider=AMAZON)
    return WebIdentity(AMAZON, told["user_id"], told["aud"], told)


_VERIFIERS: Mapping[str, Callable[[Context, str], WebIdentity]] = {FACEBOOK: _facebook, AMAZON: _amazon}
OPAQUE = frozenset(_VERIFIERS)
"""The providers of `verify`."""


def verify_twitter(context: Context, token: str, application: str) -> WebIdentity:
    """The user of a token of Twitter, ``<token>;<secret>``, issued to an application, ``<key>;<secret>``.

    Twitter answers a request that both secrets have signed (OAuth 1.0a). The audience is the ``application``.
    """
    user_token, separator, secret = token.partition(";")
    key, _, key_secret = application.partition(";")
    if not separator or not user_token or not secret:
        raise errors.OPAQUE_TOKEN_INVALID(provider=TWITTER)
    credentials = oauth1.Credentials(key, key_secret, user_token, secret)
    signed = oauth1.authorization(
        "GET", _CREDENTIALS, credentials, context.world.ids.text(32), context.world.clock.timestamp()
    )
    response = _ask(context, TWITTER, _CREDENTIALS, {}, {"Authorization": signed})
    told = asking.json_object(TWITTER, response)
    if not isinstance(told.get("id_str"), str) or not told["id_str"]:
        raise errors.OPAQUE_TOKEN_INVALID(provider=TWITTER)
    return WebIdentity(TWITTER, told["id_str"], application, told)


def _ask(
    context: Context, provider: str, url: str, parameters: Mapping[str, str], headers: Mapping[str, str] | None = None
) -> Response:
    """Ask a provider about a token; raise if it does not know it, or can't be asked."""
    asking.check_answered_here(url)
    options: dict[str, Any] = {"params": parameters}
    with context.world.store.outside():
        response = asking.ask(context.world, "GET", url, headers=headers, **options)
    if response.status_code in _REFUSED:
        raise errors.OPAQUE_TOKEN_INVALID(provider=provider)
    if response.status_code != _OK:
        raise errors.PROVIDER_REFUSED(provider=provider, status=response.status_code, problem="error verifying token")
    return response
