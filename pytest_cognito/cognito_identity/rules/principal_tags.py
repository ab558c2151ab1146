"""Attributes for access control: the principal tags that the claims of a login become."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pytest_cognito.cognito_identity import errors
from pytest_cognito.cognito_identity.records import PrincipalTags
from pytest_cognito.cognito_identity.rules import quotas
from pytest_cognito.cognito_identity.rules.role_choice import texts
from pytest_cognito.federation.web_identity import WebIdentity

CLIENT: Final = "client"
USERNAME: Final = "username"
_SAML_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
_SAML_DEFAULTS = {CLIENT: f"{_SAML_CLAIMS}/nameidentifier", USERNAME: f"{_SAML_CLAIMS}/name"}


def of_login(mapping: PrincipalTags, login: WebIdentity) -> dict[str, str]:
    """The tags for a login by the mapping of its provider. A claim that is absent, or has several values, makes none.

    By default these are the application as ``client`` and the user at the provider as ``username``.
    """
    if mapping.use_defaults and not _is_saml(login):
        return {CLIENT: login.audience, USERNAME: login.subject}
    claims = _SAML_DEFAULTS if mapping.use_defaults else mapping.tags
    values = {tag: texts(_claim(login, claim)) for tag, claim in claims.items()}
    return {tag: found[0] for tag, found in values.items() if len(found) == 1}


def check_size(tags: Mapping[str, str]) -> None:
    """Raise if all keys and values together have more than 460 bytes."""
    size = sum(len(text.encode()) for tag in tags.items() for text in tag)
    if size > quotas.PRINCIPAL_TAGS_SIZE:
        raise errors.PRINCIPAL_TAGS_TOO_LARGE(percent=-(-size * 100 // quotas.PRINCIPAL_TAGS_SIZE))


def _claim(login: WebIdentity, name: str) -> Any:
    known = {"aud": login.audience, "sub": login.subject}
    return login.claims.get(name, known.get(name))


def _is_saml(login: WebIdentity) -> bool:
    return ":saml-provider/" in login.provider
