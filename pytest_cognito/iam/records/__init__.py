"""What a world has of IAM, each with the schema of its table."""

from pytest_cognito.iam.records.delegations import DELEGATIONS, Delegation
from pytest_cognito.iam.records.managed_policies import MANAGED_POLICIES, ManagedPolicy
from pytest_cognito.iam.records.mapped_calls import MAPPED_CALLS, MappedCall
from pytest_cognito.iam.records.mfa_devices import MFA_DEVICES, MfaDevice
from pytest_cognito.iam.records.outbound_federation import OUTBOUND_FEDERATION, OutboundFederation
from pytest_cognito.iam.records.providers import OIDC_PROVIDERS, SAML_PROVIDERS, OidcProvider, SamlProvider
from pytest_cognito.iam.records.roles import ROLES, Role
from pytest_cognito.iam.records.users import ACCESS_KEYS, USERS, AccessKey, User

__all__ = [
    "ACCESS_KEYS",
    "DELEGATIONS",
    "MANAGED_POLICIES",
    "MAPPED_CALLS",
    "MFA_DEVICES",
    "OIDC_PROVIDERS",
    "OUTBOUND_FEDERATION",
    "ROLES",
    "SAML_PROVIDERS",
    "USERS",
    "AccessKey",
    "Delegation",
    "ManagedPolicy",
    "MappedCall",
    "MfaDevice",
    "OidcProvider",
    "OutboundFederation",
    "Role",
    "SamlProvider",
    "User",
]
