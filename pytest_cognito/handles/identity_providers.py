"""Identity providers of an account, as a test holds them: each is what a role trusts, by its ARN."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.federation.documents import saml_metadata
from pytest_cognito.handles import arguments
from pytest_cognito.kernel.errors import UsageError

_ISSUER = re.compile(r"https?://[^/?#\s]+(?:/[^?#\s]*)?")
_NAME = re.compile(r"[\w.-]{1,128}", re.ASCII)
_EXAMPLE = (
    'cognito.providers.oidc("https://idp.example.com"), a user pool, or an address such as "https://idp.example.com"'
)


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """A provider of OpenID Connect of the account: ``create_role("app", trust=provider)``."""

    arn: str
    issuer: str = field(compare=False)
    client_ids: tuple[str, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """A SAML provider of the account: ``create_role("app", trust=provider)``."""

    arn: str
    name: str = field(compare=False)


def issuer_of(issuer: object) -> str:
    """The address of an issuer that a test names: a user pool has an ``issuer``, a simulated provider a ``url``."""
    found = getattr(issuer, "issuer", getattr(issuer, "url", issuer))
    if not isinstance(found, str) or _ISSUER.fullmatch(found) is None:
        raise UsageError(f"issuer is {_EXAMPLE}; not {issuer!r}")
    return found


def client_ids_of(client_ids: object) -> tuple[str, ...]:
    """The audiences that tokens may have: ids of clients, or app clients of a user pool."""
    if isinstance(client_ids, str) or not isinstance(client_ids, Sequence):
        raise UsageError(f"client_ids takes a list: write client_ids=[{client_ids!r}]")
    found: list[Any] = [getattr(each, "id", each) for each in client_ids]
    for each in found:
        arguments.check_text("client_ids", each, '["my-app"]')
    return tuple(found)


def metadata_of(name: object, metadata: object) -> str:
    """The metadata of a SAML provider that a test names, checked as AWS would."""
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise UsageError(f"name is up to 128 letters, digits and characters of ._-; not {name!r}")
    found = getattr(metadata, "metadata", metadata)
    if not isinstance(found, str):
        raise UsageError(f'metadata is a document, or cognito.providers.saml("https://…"); not {metadata!r}')
    try:
        saml_metadata(found)
    except AWSError as error:
        raise UsageError(f"these are no metadata of a SAML provider: {error.message}") from error
    return found
