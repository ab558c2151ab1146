"""The stored records of user pools, each with the schema of its table.

The settings of a pool or an app client are stored under the names of the API, with all defaults filled in; properties
read single settings. Records are immutable: a change replaces the record in its table.
"""

from pytest_cognito.cognito_idp.records.accounts import PROVISIONED_LIMITS, SENT_EMAILS, ProvisionedLimit, SentEmails
from pytest_cognito.cognito_idp.records.auth_events import AUTH_EVENTS, AuthEvent, Feedback
from pytest_cognito.cognito_idp.records.authorizations import (
    AUTHORIZATION_CODES,
    BROWSER_SESSIONS,
    PAGE_STATES,
    AuthorizationCode,
    BrowserSession,
    PageState,
)
from pytest_cognito.cognito_idp.records.branding import BRANDINGS, Branding
from pytest_cognito.cognito_idp.records.cimd import CIMD_POLICIES, CLIENT_METADATA, CIMDPolicy, ClientMetadata
from pytest_cognito.cognito_idp.records.clients import CLIENTS, AppClient, ClientSecret
from pytest_cognito.cognito_idp.records.codes import CODES, Code
from pytest_cognito.cognito_idp.records.devices import DEVICES, Device
from pytest_cognito.cognito_idp.records.domains import CLASSIC_HOSTED_UI, DOMAINS, MANAGED_LOGIN, Domain
from pytest_cognito.cognito_idp.records.grants import GRANTS, TOKEN_SETS, Grant, TokenSet
from pytest_cognito.cognito_idp.records.groups import GROUPS, MEMBERSHIPS, Group, Membership
from pytest_cognito.cognito_idp.records.identity_providers import (
    IDENTITIES,
    IDENTITY_PROVIDERS,
    LOCAL,
    SAML_ASSERTIONS,
    SUBJECT,
    Identity,
    IdentityProvider,
    SamlAssertion,
)
from pytest_cognito.cognito_idp.records.limits import HOUR, LOCKOUT_RESET, LOCKOUTS, RECENT_CALLS, Lockout, RecentCalls
from pytest_cognito.cognito_idp.records.log_deliveries import LOG_DELIVERIES, LogDelivery
from pytest_cognito.cognito_idp.records.passkeys import PASSKEY_REGISTRATIONS, PASSKEYS, Passkey, PasskeyRegistration
from pytest_cognito.cognito_idp.records.pools import POOLS, UserPool
from pytest_cognito.cognito_idp.records.provider_visits import PROVIDER_VISITS, ProviderVisit
from pytest_cognito.cognito_idp.records.recoveries import (
    PREVIEW_LIFETIME,
    RECOVERIES,
    RECOVERY_DURATION,
    RECOVERY_PERIODS,
    VERSIONS,
    WRITE_PAUSES,
    EntityCounts,
    Recovery,
    WritePause,
)
from pytest_cognito.cognito_idp.records.replicas import REPLICAS, Replica
from pytest_cognito.cognito_idp.records.resource_servers import RESOURCE_SERVERS, ResourceServer
from pytest_cognito.cognito_idp.records.retention import RETENTION
from pytest_cognito.cognito_idp.records.risk_configurations import RISK_CONFIGURATIONS, RiskConfiguration
from pytest_cognito.cognito_idp.records.sessions import SESSIONS, Answered, Session, StepUp
from pytest_cognito.cognito_idp.records.terms import TERMS, Terms
from pytest_cognito.cognito_idp.records.ui_customizations import ALL_CLIENTS, UI_CUSTOMIZATIONS, UICustomization
from pytest_cognito.cognito_idp.records.user_import_jobs import USER_IMPORT_JOBS, UserImportJob
from pytest_cognito.cognito_idp.records.user_sessions import USER_SESSIONS, UserSession
from pytest_cognito.cognito_idp.records.users import NO_MFA, SEARCHABLE, USERS, Attributes, Mfa, User

__all__ = [
    "ALL_CLIENTS",
    "AUTHORIZATION_CODES",
    "AUTH_EVENTS",
    "BRANDINGS",
    "BROWSER_SESSIONS",
    "CIMD_POLICIES",
    "CLASSIC_HOSTED_UI",
    "CLIENTS",
    "CLIENT_METADATA",
    "CODES",
    "DEVICES",
    "DOMAINS",
    "GRANTS",
    "GROUPS",
    "HOUR",
    "IDENTITIES",
    "IDENTITY_PROVIDERS",
    "LOCAL",
    "LOCKOUTS",
    "LOCKOUT_RESET",
    "LOG_DELIVERIES",
    "MANAGED_LOGIN",
    "MEMBERSHIPS",
    "NO_MFA",
    "PAGE_STATES",
    "PASSKEYS",
    "PASSKEY_REGISTRATIONS",
    "POOLS",
    "PREVIEW_LIFETIME",
    "PROVIDER_VISITS",
    "PROVISIONED_LIMITS",
    "RECENT_CALLS",
    "RECOVERIES",
    "RECOVERY_DURATION",
    "RECOVERY_PERIODS",
    "REPLICAS",
    "RESOURCE_SERVERS",
    "RETENTION",
    "RISK_CONFIGURATIONS",
    "SAML_ASSERTIONS",
    "SEARCHABLE",
    "SENT_EMAILS",
    "SESSIONS",
    "SUBJECT",
    "TERMS",
    "TOKEN_SETS",
    "UI_CUSTOMIZATIONS",
    "USERS",
    "USER_IMPORT_JOBS",
    "USER_SESSIONS",
    "VERSIONS",
    "WRITE_PAUSES",
    "Answered",
    "AppClient",
    "Attributes",
    "AuthEvent",
    "AuthorizationCode",
    "Branding",
    "BrowserSession",
    "CIMDPolicy",
    "ClientMetadata",
    "ClientSecret",
    "Code",
    "Device",
    "Domain",
    "EntityCounts",
    "Feedback",
    "Grant",
    "Group",
    "Identity",
    "IdentityProvider",
    "Lockout",
    "LogDelivery",
    "Membership",
    "Mfa",
    "PageState",
    "Passkey",
    "PasskeyRegistration",
    "ProviderVisit",
    "ProvisionedLimit",
    "RecentCalls",
    "Recovery",
    "Replica",
    "ResourceServer",
    "RiskConfiguration",
    "SamlAssertion",
    "SentEmails",
    "Session",
    "StepUp",
    "Terms",
    "TokenSet",
    "UICustomization",
    "User",
    "UserImportJob",
    "UserPool",
    "UserSession",
    "WritePause",
]
