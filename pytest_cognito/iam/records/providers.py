"""Identity providers of an account: those that roles trust, and that identity pools name by ARN."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class OidcProvider:
    """A provider of OpenID Connect: ``arn:aws:iam::123456789012:oidc-provider/idp.example.com``.

    ``url`` is its issuer, ``client_ids`` are the audiences that tokens may have.
    """

    arn: str
    url: str
    client_ids: tuple[str, ...]
    created: dt.datetime


@dataclass(frozen=True, slots=True)
class SamlProvider:
    """A SAML provider: ``arn:aws:iam::123456789012:saml-provider/name``. ``metadata`` is its document."""

    arn: str
    name: str
    metadata: str
    created: dt.datetime


OIDC_PROVIDERS: Schema[OidcProvider] = Schema("iam/oidc-providers", key=lambda provider: provider.arn)
SAML_PROVIDERS: Schema[SamlProvider] = Schema("iam/saml-providers", key=lambda provider: provider.arn)
