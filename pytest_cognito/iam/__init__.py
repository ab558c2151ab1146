"""AWS Identity and Access Management (IAM): roles, users, identity providers and policies of a world.

Other packages import the names in ``__all__`` and nothing else. Each name is imported lazily, from its module.
"""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.iam.actions.describe import describe_call
    from pytest_cognito.iam.actions.errors import Unmapped
    from pytest_cognito.iam.actions.http_apis import invoke_api, query_graphql
    from pytest_cognito.iam.actions.mapping import map_call, mapped_calls
    from pytest_cognito.iam.actions.wanted import Wanted
    from pytest_cognito.iam.delegations import create_delegation
    from pytest_cognito.iam.identifiers import account_of_key, key_id, secret_key, was_issued
    from pytest_cognito.iam.identity_providers import (
        create_oidc_provider,
        create_saml_provider,
        find_oidc_provider,
        find_saml_provider,
        oidc_provider_arn,
    )
    from pytest_cognito.iam.managed_policies import attached_policy, create_managed_policy, find_policy
    from pytest_cognito.iam.mfa_devices import create_mfa_device, mfa_code, use_mfa_code
    from pytest_cognito.iam.outbound_federation import disable_outbound_federation, enable_outbound_federation
    from pytest_cognito.iam.policies.decisions import Decision, Ground
    from pytest_cognito.iam.policies.documents import MalformedPolicy, NamedPolicy, Policy, parse
    from pytest_cognito.iam.policies.evaluation import Policies, evaluate, evaluate_trust
    from pytest_cognito.iam.policies.requests import Keys, Principal, Request
    from pytest_cognito.iam.policies.trusts import check_new_trust
    from pytest_cognito.iam.records import (
        ACCESS_KEYS,
        DELEGATIONS,
        MANAGED_POLICIES,
        OIDC_PROVIDERS,
        OUTBOUND_FEDERATION,
        ROLES,
        SAML_PROVIDERS,
        USERS,
        AccessKey,
        Delegation,
        ManagedPolicy,
        OidcProvider,
        OutboundFederation,
        Role,
        SamlProvider,
        User,
    )
    from pytest_cognito.iam.refusals import Refused, reasons_of
    from pytest_cognito.iam.roles import create_role, find_role
    from pytest_cognito.iam.users import create_access_key, create_user, developer, everything, find_user, user_of_key

_HOMES = {
    "describe_call": "actions.describe",
    "Unmapped": "actions.errors",
    "invoke_api": "actions.http_apis",
    "query_graphql": "actions.http_apis",
    "map_call": "actions.mapping",
    "mapped_calls": "actions.mapping",
    "Wanted": "actions.wanted",
    "create_delegation": "delegations",
    "account_of_key": "identifiers",
    "key_id": "identifiers",
    "secret_key": "identifiers",
    "was_issued": "identifiers",
    "create_oidc_provider": "identity_providers",
    "create_saml_provider": "identity_providers",
    "find_oidc_provider": "identity_providers",
    "find_saml_provider": "identity_providers",
    "oidc_provider_arn": "identity_providers",
    "attached_policy": "managed_policies",
    "create_managed_policy": "managed_policies",
    "find_policy": "managed_policies",
    "create_mfa_device": "mfa_devices",
    "mfa_code": "mfa_devices",
    "use_mfa_code": "mfa_devices",
    "disable_outbound_federation": "outbound_federation",
    "enable_outbound_federation": "outbound_federation",
    "Decision": "policies.decisions",
    "Ground": "policies.decisions",
    "MalformedPolicy": "policies.documents",
    "NamedPolicy": "policies.documents",
    "Policy": "policies.documents",
    "parse": "policies.documents",
    "Policies": "policies.evaluation",
    "evaluate": "policies.evaluation",
    "evaluate_trust": "policies.evaluation",
    "Keys": "policies.requests",
    "Principal": "policies.requests",
    "Request": "policies.requests",
    "check_new_trust": "policies.trusts",
    "ACCESS_KEYS": "records",
    "DELEGATIONS": "records",
    "MANAGED_POLICIES": "records",
    "OIDC_PROVIDERS": "records",
    "OUTBOUND_FEDERATION": "records",
    "ROLES": "records",
    "SAML_PROVIDERS": "records",
    "USERS": "records",
    "AccessKey": "records",
    "Delegation": "records",
    "ManagedPolicy": "records",
    "OidcProvider": "records",
    "OutboundFederation": "records",
    "Role": "records",
    "SamlProvider": "records",
    "User": "records",
    "Refused": "refusals",
    "reasons_of": "refusals",
    "create_role": "roles",
    "find_role": "roles",
    "create_access_key": "users",
    "create_user": "users",
    "developer": "users",
    "everything": "users",
    "find_user": "users",
    "user_of_key": "users",
}

__all__ = [
    "ACCESS_KEYS",
    "DELEGATIONS",
    "MANAGED_POLICIES",
    "OIDC_PROVIDERS",
    "OUTBOUND_FEDERATION",
    "ROLES",
    "SAML_PROVIDERS",
    "USERS",
    "AccessKey",
    "Decision",
    "Delegation",
    "Ground",
    "Keys",
    "MalformedPolicy",
    "ManagedPolicy",
    "NamedPolicy",
    "OidcProvider",
    "OutboundFederation",
    "Policies",
    "Policy",
    "Principal",
    "Refused",
    "Request",
    "Role",
    "SamlProvider",
    "Unmapped",
    "User",
    "Wanted",
    "account_of_key",
    "attached_policy",
    "check_new_trust",
    "create_access_key",
    "create_delegation",
    "create_managed_policy",
    "create_mfa_device",
    "create_oidc_provider",
    "create_role",
    "create_saml_provider",
    "create_user",
    "describe_call",
    "developer",
    "disable_outbound_federation",
    "enable_outbound_federation",
    "evaluate",
    "evaluate_trust",
    "everything",
    "find_oidc_provider",
    "find_policy",
    "find_role",
    "find_saml_provider",
    "find_user",
    "invoke_api",
    "key_id",
    "map_call",
    "mapped_calls",
    "mfa_code",
    "oidc_provider_arn",
    "parse",
    "query_graphql",
    "reasons_of",
    "secret_key",
    "use_mfa_code",
    "user_of_key",
    "was_issued",
]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
