"""Which operations work on a user pool in the region of its replica."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import Replica

_READS = frozenset(
    {
        *("AdminGetDevice", "AdminGetUser", "AdminGetUserAuthFactors", "AdminListDevices", "AdminListGroupsForUser"),
        *("AdminListUserAuthEvents", "AdminListUserSessions", "DescribeCIMDPolicy", "DescribeIdentityProvider"),
        *("DescribeManagedLoginBranding", "DescribeManagedLoginBrandingByClient", "DescribePointInTimeRecovery"),
        *("DescribeResourceServer", "DescribeRiskConfiguration", "DescribeTerms", "DescribeTermsByClient"),
        *("DescribeUserImportJob", "DescribeUserPool", "DescribeUserPoolClient", "DescribeUserPoolDomain"),
        *("GetCSVHeader", "GetGroup", "GetLogDeliveryConfiguration", "GetSigningCertificate", "GetUICustomization"),
        *("GetUserPoolClientSessionConfiguration", "GetUserPoolMfaConfig", "GetUserPoolSessionConfiguration"),
        *("ListCIMDPolicies", "ListClientMetadataURLs", "ListGroups", "ListIdentityProviders", "ListResourceServers"),
        *("ListPointInTimeRecoveries", "ListTagsForResource", "ListTerms", "ListUserImportJobs"),
        *("ListUserPoolClientSecrets", "ListUserPoolClients", "ListUserPoolReplicas", "ListUsers", "ListUsersInGroup"),
    }
)
_REGIONAL = frozenset(
    {
        *("CreateUserPoolDomain", "DeleteUserPoolDomain", "SetLogDeliveryConfiguration", "SetRiskConfiguration"),
        *("SetUserPoolMfaConfig", "TagResource", "UntagResource", "UpdateUserPool", "UpdateUserPoolDomain"),
        "UpdateUserPoolReplica",
    }
)
_INACTIVE = _READS | _REGIONAL
_ACTIVE = _INACTIVE | {
    *("AdminInitiateAuth", "AdminRespondToAuthChallenge", "AdminUpdateAuthEventFeedback", "AdminUserGlobalSignOut"),
    *("GetDevice", "GetIdentityProviderByIdentifier", "GetTokensFromRefreshToken", "GetUser", "GetUserAuthFactors"),
    *("GlobalSignOut", "InitiateAuth", "ListDevices", "ListWebAuthnCredentials", "RespondToAuthChallenge"),
    *("RevokeToken", "UpdateAuthEventFeedback"),
}
_UNDECLARED = frozenset(
    {
        *("AddUserPoolClientSecret", "CreateIdentityProvider", "DeleteIdentityProvider", "UpdateIdentityProvider"),
        *("DeleteUserPoolClientSecret", "GetIdentityProviderByIdentifier"),
    }
)
"""Operations whose models do not declare OperationNotEnabledException."""


_PRIMARY_PATHS = (
    *("/signup", "/signup/confirm", "/confirm", "/confirmUser", "/resendcode", "/forgotPassword"),
    *("/confirmforgotPassword", "/confirmForgotPassword", "/changePassword", "/passkeys/add", "/oauth2/register"),
)
"""The ends of the paths of a domain that change users or app clients, which only the pool's own region does."""


def check(operation: str, replica: Replica) -> None:
    """Raise if an operation does not work where the replica is, or not while it is inactive.

    That of a web request is its method and path: the domain of an active replica signs users in.
    """
    _, is_web, path = operation.partition(" ")
    works = replica.active and not path.endswith(_PRIMARY_PATHS) if is_web else operation in _operations(replica)
    if not works:
        raise refusal(operation)(operation=operation, pool_id=replica.pool_id)


def _operations(replica: Replica) -> frozenset[str]:
    return _ACTIVE if replica.active else _INACTIVE


def refusal(operation: str) -> ErrorText:
    """The error of an operation that does not work where the replica is."""
    return errors.OPERATION_NOT_ENABLED_UNDECLARED if operation in _UNDECLARED else errors.OPERATION_NOT_ENABLED
