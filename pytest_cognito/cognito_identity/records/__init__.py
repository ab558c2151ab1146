"""The stored records of identity pools, each with the schema of its table."""

from pytest_cognito.cognito_identity.records.identities import IDENTITIES, LOGINS, Identity, Login
from pytest_cognito.cognito_identity.records.pools import POOLS, IdentityPool
from pytest_cognito.cognito_identity.records.principal_tags import PRINCIPAL_TAGS, PrincipalTags

__all__ = [
    "IDENTITIES",
    "LOGINS",
    "POOLS",
    "PRINCIPAL_TAGS",
    "Identity",
    "IdentityPool",
    "Login",
    "PrincipalTags",
]
