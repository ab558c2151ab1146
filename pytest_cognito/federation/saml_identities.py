"""What a SAML response says that is meant for AWS itself: for roles (AssumeRoleWithSAML) and for identity pools."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pytest_cognito.federation import saml_assertions, saml_responses, saml_xml
from pytest_cognito.federation.documents import Metadata
from pytest_cognito.http import hosts

_LIFETIME = dt.timedelta(minutes=5)
"""For how long after it was issued AWS takes an assertion."""
_FORMAT = "urn:oasis:names:tc:SAML:2.0:nameid-format:"
_UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"
_NAMES = "https://aws.amazon.com/SAML/Attributes/"
ROLE = f"{_NAMES}Role"
ROLE_SESSION_NAME = f"{_NAMES}RoleSessionName"
SOURCE_IDENTITY = f"{_NAMES}SourceIdentity"
PRINCIPAL_TAG = f"{_NAMES}PrincipalTag:"
TRANSITIVE_TAG_KEYS = f"{_NAMES}TransitiveTagKeys"


class GrantedRole(NamedTuple):
    """A value of the attribute for roles: a role, and the SAML provider by which it is assumed, both ARNs."""

    role: str
    provider: str


@dataclass(frozen=True)
class SamlIdentity:
    """A user whom a verified assertion tells of.

    ``issuer`` is the entity id of the provider, ``recipient`` the address that the response is for. ``subject_type`` is
    the format of the NameID, as AWS says it: ``persistent``, ``transient``, or the whole URN of another. ``attributes``
    have all their values. ``session_ends`` is SessionNotOnOrAfter.
    """

    issuer: str
    subject: str
    subject_type: str
    recipient: str
    attributes: Mapping[str, tuple[str, ...]]
    session_ends: dt.datetime | None

    def first(self, attribute: str) -> str | None:
        """The first value of an attribute."""
        values = self.attributes.get(attribute)
        return values[0] if values else None

    @property
    def roles(self) -> tuple[GrantedRole, ...]:
        """The roles that the provider gives to the user. Role and provider may stand in either order."""
        pairs = (tuple(part.strip() for part in value.split(",")) for value in self.attributes.get(ROLE, ()))
        return tuple(_granted(*pair) for pair in pairs if len(pair) == _PAIR)

    @property
    def tags(self) -> dict[str, str]:
        """The session tags."""
        names = (name for name in self.attributes if name.startswith(PRINCIPAL_TAG))
        return {name.removeprefix(PRINCIPAL_TAG): self.attributes[name][0] for name in names}

    def name_qualifier(self, account: str, provider: str) -> str:
        """A value that is the same for all subjects of a provider with a name in an account, and no others."""
        digest = hashlib.sha1(f"{self.issuer}{account}/{provider}".encode()).digest()
        return base64.b64encode(digest).decode()


_PAIR = 2


def _granted(one: str, other: str) -> GrantedRole:
    return GrantedRole(other, one) if ":saml-provider/" in one else GrantedRole(one, other)


def verify(response: str, metadata: Metadata, *, region: str, now: dt.datetime) -> SamlIdentity:
    """The user of a response in Base64; raise unless the provider of the metadata has signed it, for AWS, for now.

    Its audience is ``urn:amazon:webservices`` or the address at which AWS takes responses, its recipient that address.
    It is good for five minutes, as often as it is sent.
    """
    consumers = hosts.saml_consumers(region)
    expected = saml_assertions.Expected(
        (hosts.saml_audience(region), *consumers), consumers, metadata.entity_id, None, now, _LIFETIME
    )
    root = saml_responses.root(response, "Response")
    saml_assertions.check_response(root, expected)
    assertion = saml_responses.assertion_of(root, saml_xml.certificates_of(metadata.certificates), None)
    asserted = saml_assertions.read(assertion, expected)
    name_format = dict(asserted.session.name_id_attributes).get("Format", _UNSPECIFIED)
    attributes = {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in asserted.attributes.items()
    }
    return SamlIdentity(
        asserted.issuer,
        asserted.session.name_id,
        name_format.removeprefix(_FORMAT),
        asserted.recipient,
        attributes,
        asserted.session_ends,
    )
