"""What Cognito asks of OpenID Connect and social providers: the addresses and parameters of its requests."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import IdentityProvider
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.providers.attribute_mapping import USERNAME

WITH_ID_TOKEN = frozenset({"OIDC", "Google", "SignInWithApple"})
"""The types whose token response has an ID token."""
_COMMA_SEPARATED = frozenset({"Facebook"})
_SCOPES = re.compile(r"[,\s]+")
FEDERATED = "fed"
"""The claim ``amr`` of a sign-in of which a provider says nothing more."""
_METHODS = frozenset(
    {acr.PASSWORD, acr.TOTP, acr.SMS, acr.EMAIL, acr.PLATFORM_PASSKEY, acr.ROAMING_PASSKEY, "mfa", FEDERATED}
)
_KEYS = {
    "Google": "https://www.googleapis.com/oauth2/v3/certs",
    "SignInWithApple": "https://appleid.apple.com/auth/keys",
}
_APPLE_SECRET_LIFETIME = dt.timedelta(minutes=5)
_PERSON = (
    "addresses ageRanges biographies birthdays calendarUrls clientData coverPhotos emailAddresses events externalIds "
    "genders imClients interests locales locations memberships metadata miscKeywords names nicknames occupations "
    "organizations phoneNumbers photos relations sipAddresses skills urls userDefined"
)
_PERSON_FIELDS = frozenset(_PERSON.split())
"""What Google's People API tells of a person; the other claims are in the ID token."""


def authorization_url(
    provider: IdentityProvider,
    levels: acr.Names,
    *,
    callback_url: str,
    state: str,
    nonce: str | None,
    login_hint: str | None,
    prompt: str | None,
    acr_values: str | None,
) -> str:
    """The address at the provider to which a browser is sent for a sign-in.

    ``levels`` are the names of the pool's authentication levels, by which ``acr_values`` asks for some.
    """
    parameters = {
        "client_id": provider.details["client_id"],
        "redirect_uri": callback_url,
        "scope": scope(provider),
        "response_type": "code",
        "state": state,
    }
    oidc = provider.type == "OIDC"
    optional = {
        "nonce": nonce if provider.type in WITH_ID_TOKEN else None,
        "login_hint": login_hint if oidc else None,
        "prompt": " ".join(value for value in (prompt or "").split() if value != "none"),
        "acr_values": " ".join(_acr_values(provider, levels, acr_values or "")) if oidc else None,
        "response_mode": "form_post" if provider.type == "SignInWithApple" else None,
    }
    parameters.update((name, value) for name, value in optional.items() if value)
    address = provider.details["authorize_url"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


def scope(provider: IdentityProvider) -> str:
    """The parameter ``scope``, in which Facebook separates by commas and the others by blanks."""
    scopes = [each for each in _SCOPES.split(provider.details["authorize_scopes"]) if each]
    return ("," if provider.type in _COMMA_SEPARATED else " ").join(scopes)


def _acr_values(provider: IdentityProvider, levels: acr.Names, requested: str) -> list[str]:
    """The provider's names of the levels that are asked for, the best first; levels that it has no name of are not."""
    wanted = (f"Level{level}" for level in acr.levels_named(levels, requested))
    return [provider.acr_mapping[level] for level in wanted if level in provider.acr_mapping]


def level_reached(provider: IdentityProvider, id_token: Mapping[str, Any]) -> int:
    """The authentication level that the claim ``acr`` of an ID token stands for: 1 to 4, 0 without the claim.

    A value that AcrMapping doesn't name stands for the lowest level.
    """
    value = id_token.get("acr")
    if provider.type != "OIDC" or not isinstance(value, str) or not value:
        return 0
    named = {name: int(level.removeprefix("Level")) for level, name in provider.acr_mapping.items()}
    return named.get(value, 1)


def methods(id_token: Mapping[str, Any]) -> list[str]:
    """The claim ``amr`` for a sign-in by a provider: its own values as far as Cognito knows them, else ``fed``."""
    claimed = id_token.get("amr")
    known = [value for value in claimed if value in _METHODS] if isinstance(claimed, list) else []
    return known or [FEDERATED]


def token_parameters(provider: IdentityProvider, code: str, callback_url: str, now: dt.datetime) -> dict[str, str]:
    """The parameters that redeem an authorization code. The client's secret is among them (``client_secret_post``)."""
    apple = provider.type == "SignInWithApple"
    secret = apple_secret(provider, now) if apple else provider.details.get("client_secret")
    return {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": provider.details["client_id"],
        **({"client_secret": secret} if secret else {}),
        "redirect_uri": callback_url,
    }


def apple_secret(provider: IdentityProvider, now: dt.datetime) -> str:
    """The client's secret at Apple: a JWT that is signed with the private key of the developer's account."""
    # Importing PyJWT is slow, and few tests need it.
    import jwt

    issued = int(now.timestamp())
    claims = {
        "iss": provider.details["team_id"],
        "iat": issued,
        "exp": issued + int(_APPLE_SECRET_LIFETIME.total_seconds()),
        "aud": provider.details["oidc_issuer"],
        "sub": provider.details["client_id"],
    }
    try:
        return jwt.encode(
            claims, _pem(provider.private_key or ""), "ES256", headers={"kid": provider.details["key_id"]}
        )
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError):  # for a key that is none, or of another kind
        raise errors.APPLE_KEY_INVALID(provider=provider.name) from None


def _pem(key: str) -> str:
    """A private key with the header and footer of PEM, which many leave out."""
    if "-----BEGIN" in key:
        return key.replace("\\n", "\n")
    return f"-----BEGIN PRIVATE KEY-----\n{key.strip()}\n-----END PRIVATE KEY-----\n"


def user_info_url(provider: IdentityProvider) -> str | None:
    """The address that tells more of a user; ``None`` without one, or if nothing of what it tells is mapped.

    Google and Facebook are asked for the mapped claims by name.
    """
    address = provider.details.get("attributes_url")
    mapped = sorted({claim for attribute, claim in provider.mapping.items() if attribute != USERNAME})
    if provider.type == "Google":
        fields = [claim for claim in mapped if claim in _PERSON_FIELDS]
        return f"{address}{','.join(fields)}" if fields else None
    if provider.type == "Facebook":
        named = [claim for claim in mapped if claim not in ("id", "access_token")]
        return f"{address}{','.join(['id', *named])}"
    return address


def keys_url(provider: IdentityProvider) -> str | None:
    """The address of the keys with which a provider signs ID tokens."""
    return _KEYS.get(provider.type) or provider.details.get("jwks_uri")
