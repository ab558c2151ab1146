"""The stored records of user pools, each with the schema of its table.

The settings of a pool or an app client are stored under the names of the API, with all defaults filled in; properties
read single settings. Records are immutable: a change replaces the record in its table.
"""

from pytest_cognito.cognito_idp.records.clients import CLIENTS, AppClient, ClientSecret
from pytest_cognito.cognito_idp.records.codes import CODES, Code
from pytest_cognito.cognito_idp.records.devices import DEVICES, Device
from pytest_cognito.cognito_idp.records.domains import DOMAINS, Domain
from pytest_cognito.cognito_idp.records.grants import GRANTS, TOKEN_SETS, Grant, TokenSet
from pytest_cognito.cognito_idp.records.groups import GROUPS, MEMBERSHIPS, Group, Membership
from pytest_cognito.cognito_idp.records.identity_providers import (
    IDENTITIES,
    IDENTITY_PROVIDERS,
    SUBJECT,
    Identity,
    IdentityProvider,
)
from pytest_cognito.cognito_idp.records.limits import HOUR, LOCKOUT_RESET, LOCKOUTS, RECENT_CALLS, Lockout, RecentCalls
from pytest_cognito.cognito_idp.records.passkeys import (
    PASSKEY_REGISTRATIONS,
    PASSKEYS,
    Passkey,
    PasskeyRegistration,
)
from pytest_cognito.cognito_idp.records.pools import POOLS, UserPool
from pytest_cognito.cognito_idp.records.resource_servers import RESOURCE_SERVERS, ResourceServer
from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.cognito_idp.records.sessions import SESSIONS, Answered, Session, StepUp
from pytest_cognito.cognito_idp.records.user_sessions import USER_SESSIONS, UserSession
from pytest_cognito.cognito_idp.records.users import NO_MFA, SEARCHABLE, USERS, Attributes, Mfa, User

__all__ = [
    "CLIENTS",
    "CODES",
    "DEVICES",
    "DOMAINS",
    "GRANTS",
    "GROUPS",
    "HOUR",
    "IDENTITIES",
    "IDENTITY_PROVIDERS",
    "LOCKOUTS",
    "LOCKOUT_RESET",
    "MEMBERSHIPS",
    "NO_MFA",
    "PASSKEYS",
    "PASSKEY_REGISTRATIONS",
    "POOLS",
    "RECENT_CALLS",
    "RESOURCE_SERVERS",
    "RETENTION",
    "SEARCHABLE",
    "SESSIONS",
    "SUBJECT",
    "TOKEN_SETS",
    "USERS",
    "USER_SESSIONS",
    "Answered",
    "AppClient",
    "Attributes",
    "ClientSecret",
    "Code",
    "Device",
    "Domain",
    "Grant",
    "Group",
    "Identity",
    "IdentityProvider",
    "Lockout",
    "Membership",
    "Mfa",
    "Passkey",
    "PasskeyRegistration",
    "RecentCalls",
    "ResourceServer",
    "Session",
    "StepUp",
    "TokenSet",
    "User",
    "UserPool",
    "UserSession",
]
