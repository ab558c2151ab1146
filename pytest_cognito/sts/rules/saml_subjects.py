"""What a user of a SAML provider is to IAM: condition keys, and what the assertion says of the session."""

from __future__ import annotations

import re

from pytest_cognito.federation import saml_identities
from pytest_cognito.federation.saml_identities import SamlIdentity
from pytest_cognito.iam import Keys, SamlProvider
from pytest_cognito.sts import errors
from pytest_cognito.sts.rules import token_claims
from pytest_cognito.sts.rules.tags import SessionTags

_NAME = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)
_EDU_PERSON = "urn:oid:1.3.6.1.4.1.5923.1.1.1."
_EDU_ORG = "urn:oid:1.3.6.1.4.1.5923.1.2.1."
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
_ATTRIBUTES = {
    **{
        f"{_EDU_PERSON}{number}": f"edu{name}"
        for number, name in enumerate(
            (
                *("personaffiliation", "personnickname", "personorgdn", "personorgunitdn", "personprimaryaffiliation"),
                *("personprincipalname", "personentitlement", "personprimaryorgunitdn", "personscopedaffiliation"),
                *("persontargetedid", "personassurance"),
            ),
            start=1,
        )
    },
    **{
        f"{_EDU_ORG}{number}": f"eduorg{name}"
        for number, name in enumerate(
            ("homepageuri", "identityauthnpolicyuri", "legalname", "superioruri", "whitepagesuri"), start=2
        )
    },
    "urn:oid:2.5.4.3": "cn",
    "urn:oid:2.5.4.4": "surname",
    "urn:oid:2.5.4.45": "x500UniqueIdentifier",
    "urn:oid:0.9.2342.19200300.100.1.1": "uid",
    "urn:oid:0.9.2342.19200300.100.1.3": "mail",
    "urn:oid:0.9.2342.19200300.100.1.45": "organizationStatus",
    f"{_CLAIMS}name": "name",
    f"{_CLAIMS}givenname": "givenName",
    f"{_CLAIMS}surname": "surname",
    f"{_CLAIMS}emailaddress": "mail",
    "http://schemas.xmlsoap.org/claims/CommonName": "commonName",
}
"""The condition keys of attributes, by the attributes' names."""


def trust_keys(identity: SamlIdentity, provider: SamlProvider) -> Keys:
    """The condition keys in a trust policy: those of the session, and many that no session has."""
    attributes = {
        f"saml:{_ATTRIBUTES[name]}": values if len(values) > 1 else values[0]
        for name, values in identity.attributes.items()
        if name in _ATTRIBUTES and values
    }
    return {
        **session_keys(identity, provider),
        **attributes,
        "saml:aud": identity.recipient,
        "saml:iss": identity.issuer,
        "saml:doc": f"{_account(provider)}/{provider.name}",
    }


def session_keys(identity: SamlIdentity, provider: SamlProvider) -> Keys:
    """The condition keys that a session keeps."""
    return {
        "aws:FederatedProvider": provider.arn,
        "saml:namequalifier": name_qualifier(identity, provider),
        "saml:sub": identity.subject,
        "saml:sub_type": identity.subject_type,
    }


def name_qualifier(identity: SamlIdentity, provider: SamlProvider) -> str:
    """A value that, with the subject, is that of one user of one provider alone."""
    return identity.name_qualifier(_account(provider), provider.name)


def _account(provider: SamlProvider) -> str:
    return provider.arn.split(":")[4]


def session_name(identity: SamlIdentity) -> str:
    """RoleSessionName, which each assertion must have."""
    name = identity.first(saml_identities.ROLE_SESSION_NAME)
    if not name:
        raise errors.SAML_SESSION_NAME_MISSING()
    if _NAME.fullmatch(name) is None:
        raise errors.SAML_SESSION_NAME_INVALID()
    return name


def source_identity(identity: SamlIdentity) -> str | None:
    """SourceIdentity, if the assertion has one."""
    name = identity.first(saml_identities.SOURCE_IDENTITY)
    if name is not None and (_NAME.fullmatch(name) is None or name.startswith("aws:")):
        raise errors.SAML_SOURCE_IDENTITY_INVALID()
    return name


def session_tags(identity: SamlIdentity) -> SessionTags:
    """The session tags of an assertion."""
    transitive = identity.attributes.get(saml_identities.TRANSITIVE_TAG_KEYS, ())
    return token_claims.checked(identity.tags, transitive, saml_identities.TRANSITIVE_TAG_KEYS)
