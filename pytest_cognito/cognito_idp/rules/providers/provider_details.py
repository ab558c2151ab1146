"""ProviderDetails: what each type of identity provider needs, and what Cognito adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.federation import addresses
from pytest_cognito.federation.documents import Metadata, openid_configuration, saml_metadata

Details = Mapping[str, str]
Documents = Mapping[str, str]
"""The documents at addresses outside, such as SAML metadata, by URL."""

_FACEBOOK_VERSION = "v17.0"


class ProviderType(NamedTuple):
    """A type of identity provider.

    ``needed`` are the details that a request must have, ``missing`` is the error without them. ``added`` gives the
    details that Cognito adds, which replace those of the request with the same names. ``subject`` is the claim that
    identifies a user, ``named`` says that the provider can have no other name than the type.
    """

    needed: tuple[str, ...]
    missing: ErrorText
    added: Callable[[Details, Documents], Details]
    subject: str | None
    named: bool = True


def complete(provider_type: str, request: Details, documents: Documents) -> dict[str, str]:
    """All details of a provider from those of a request, with what Cognito adds. Raises for what AWS refuses."""
    definition = TYPES[provider_type]
    if not all(request.get(name) for name in definition.needed):
        raise definition.missing()
    return {**request, **definition.added(request, documents)}


def entity_id(details: Details, documents: Documents) -> str | None:
    """The entity id of a SAML provider, if its metadata are known."""
    metadata = _metadata(details, documents)
    return metadata.entity_id if metadata else None


def _google(_details: Details, _documents: Documents) -> Details:
    return {
        "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
        "oidc_issuer": "https://accounts.google.com",
        "token_request_method": "POST",
        "token_url": "https://www.googleapis.com/oauth2/v4/token",
    }


def _facebook(details: Details, _documents: Documents) -> Details:
    version = details.get("api_version") or _FACEBOOK_VERSION
    return {
        "api_version": version,
        "attributes_url": f"https://graph.facebook.com/{version}/me?fields=",
        "attributes_url_add_attributes": "true",
        "authorize_url": f"https://www.facebook.com/{version}/dialog/oauth",
        "token_request_method": "GET",
        "token_url": f"https://graph.facebook.com/{version}/oauth/access_token",
    }


def _amazon(_details: Details, _documents: Documents) -> Details:
    return {
        "attributes_url": "https://api.amazon.com/user/profile",
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://www.amazon.com/ap/oa",
        "token_request_method": "POST",
        "token_url": "https://api.amazon.com/auth/o2/token",
    }


def _apple(_details: Details, _documents: Documents) -> Details:
    return {
        "attributes_url_add_attributes": "false",
        "authorize_url": "https://appleid.apple.com/auth/authorize",
        "oidc_issuer": "https://appleid.apple.com",
        "token_request_method": "POST",
        "token_url": "https://appleid.apple.com/auth/token",
    }


_DISCOVERED = {
    "authorize_url": "authorization_endpoint",
    "token_url": "token_endpoint",
    "attributes_url": "userinfo_endpoint",
    "jwks_uri": "jwks_uri",
}


def _oidc(details: Details, documents: Documents) -> Details:
    """The endpoints are those of the request or else of the issuer's OpenID configuration, if that is known."""
    if details["attributes_request_method"] not in ("GET", "POST"):
        raise errors.REQUEST_METHOD_INVALID(value=details["attributes_request_method"])
    issuer = details["oidc_issuer"]
    given = [details[name] for name in _DISCOVERED if details.get(name)]
    if not all(map(addresses.is_secure, (issuer, *given))):
        raise errors.OIDC_WITHOUT_HTTPS()
    document = documents.get(discovery_url(details))
    found = openid_configuration(document) if document is not None else {}
    return {**discovered(details, found), "attributes_url_add_attributes": "false"}


def discovery_url(details: Details) -> str:
    """The address of the OpenID configuration of a provider of the type OIDC."""
    return f"{details['oidc_issuer'].rstrip('/')}/.well-known/openid-configuration"


def discovered(details: Details, configuration: Mapping[str, Any]) -> dict[str, str]:
    """The endpoints that the details of a provider lack, from its OpenID configuration."""
    return {
        name: configuration[member]
        for name, member in _DISCOVERED.items()
        if not details.get(name) and isinstance(configuration.get(member), str)
    }


def _saml(details: Details, documents: Documents) -> Details:
    if details.get("MetadataURL") and details.get("MetadataFile"):
        raise errors.METADATA_TWICE()
    if not (details.get("MetadataURL") or details.get("MetadataFile")):
        raise errors.METADATA_MISSING()
    _check_values(details)
    metadata = _metadata(details, documents)
    added = {"EncryptedResponses": details.get("EncryptedResponses") or "false"}
    if metadata is not None:
        added["SSORedirectBindingURI"] = metadata.sign_in_url
        if metadata.sign_out_url is not None:
            added["SLORedirectBindingURI"] = metadata.sign_out_url
    return added


def _check_values(details: Details) -> None:
    for name, values in _SAML_VALUES.items():
        if details.get(name) and details[name].lower() not in values:
            raise errors.PROVIDER_DETAIL_INVALID(name=name, value=details[name], values=", ".join(values))


def _metadata(details: Details, documents: Documents) -> Metadata | None:
    """The metadata of a SAML provider: those of the request, or those at its URL, if there is a document there."""
    text = details.get("MetadataFile")
    if not text:
        url = details["MetadataURL"]
        if not addresses.can_have_metadata(url):
            raise errors.METADATA_NOT_RETRIEVED(url=url)
        text = documents.get(url)
    return saml_metadata(text) if text is not None else None


_BOOLEAN = ("true", "false")
_SAML_VALUES = {
    **dict.fromkeys(("IDPSignout", "IDPInit", "EncryptedResponses"), _BOOLEAN),
    "RequestSigningAlgorithm": ("rsa-sha256",),
}
_CREDENTIALS = ("client_id", "client_secret", "authorize_scopes")

TYPES: Mapping[str, ProviderType] = MappingProxyType(
    {
        "Google": ProviderType(_CREDENTIALS, errors.SOCIAL_DETAILS_MISSING, _google, "sub"),
        "Facebook": ProviderType(_CREDENTIALS, errors.SOCIAL_DETAILS_MISSING, _facebook, "id"),
        "LoginWithAmazon": ProviderType(_CREDENTIALS, errors.SOCIAL_DETAILS_MISSING, _amazon, "user_id"),
        "SignInWithApple": ProviderType(
            ("client_id", "team_id", "key_id", "private_key", "authorize_scopes"),
            errors.APPLE_DETAILS_MISSING,
            _apple,
            "sub",
        ),
        "OIDC": ProviderType(
            ("client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"),
            errors.OIDC_DETAILS_MISSING,
            _oidc,
            "sub",
            named=False,
        ),
        "SAML": ProviderType((), errors.METADATA_MISSING, _saml, None, named=False),
    }
)
