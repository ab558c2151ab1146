"""The categories of operations whose requests AWS counts together, and how many it allows in a second.

The numbers are AWS's defaults for an account in a region.
"""

from __future__ import annotations

from typing import NamedTuple


class Category(NamedTuple):
    """A category: the requests per second that are free of charge, and the operations that share them."""

    free: int
    operations: tuple[str, ...]


_ANSWERS = ("AdminRespondToAuthChallenge", "RespondToAuthChallenge")
_ANSWERS_PER_SIGN_IN = 3
MOST_PER_FREE = 10
"""How many times the free rate an account may provision. AWS sets the maximum for each account in Service Quotas."""

CATEGORIES: dict[str, Category] = {
    "ClientAuthentication": Category(150, ("GetClientToken",)),
    "UserAccountRecovery": Category(30, ("ChangePassword", "ConfirmForgotPassword", "ForgotPassword")),
    "UserAuthentication": Category(120, ("AdminInitiateAuth", "InitiateAuth", *_ANSWERS)),
    "UserCreation": Category(50, ("AdminConfirmSignUp", "AdminCreateUser", "ConfirmSignUp", "SignUp")),
    "UserFederation": Category(25, ()),
    "UserList": Category(30, ("ListUsers", "ListUsersInGroup")),
    "UserPoolClientRead": Category(
        15,
        (
            *("DescribeUserPoolClient", "GetUserPoolClientSessionConfiguration", "ListUserPoolClientSecrets"),
            "ListUserPoolClients",
        ),
    ),
    "UserPoolClientUpdate": Category(
        15,
        (
            *("AddUserPoolClientSecret", "CreateUserPoolClient", "DeleteUserPoolClient", "UpdateUserPoolClient"),
            *("DeleteUserPoolClientSecret", "SetUserPoolClientSessionConfiguration"),
        ),
    ),
    "UserPoolRead": Category(15, ("DescribeUserPool", "ListUserPools")),
    "UserPoolResourceRead": Category(
        20,
        (
            *("DescribeCIMDPolicy", "DescribeIdentityProvider", "DescribeManagedLoginBranding", "DescribeTerms"),
            *("DescribeManagedLoginBrandingByClient", "DescribePointInTimeRecovery", "DescribeResourceServer"),
            *("DescribeRiskConfiguration", "DescribeTermsByClient", "DescribeUserImportJob", "DescribeUserPoolDomain"),
            *("GetCSVHeader", "GetGroup", "GetIdentityProviderByIdentifier", "GetLogDeliveryConfiguration"),
            *("GetSigningCertificate", "GetUICustomization", "GetUserPoolMfaConfig", "ListCIMDPolicies", "ListGroups"),
            *("GetUserPoolSessionConfiguration", "ListClientMetadataURLs", "ListIdentityProviders", "ListTerms"),
            *("ListPointInTimeRecoveries", "ListResourceServers", "ListTagsForResource", "ListUserImportJobs"),
            "ListUserPoolReplicas",
        ),
    ),
    "UserPoolResourceUpdate": Category(
        15,
        (
            *("AddCustomAttributes", "CancelPointInTimeRecovery", "CreateCIMDPolicy", "CreateGroup", "CreateTerms"),
            *("CreateIdentityProvider", "CreateManagedLoginBranding", "CreateResourceServer", "CreateUserImportJob"),
            *("CreateUserPoolDomain", "CreateUserPoolReplica", "DeleteCIMDPolicy", "DeleteGroup", "DeleteTerms"),
            *("DeleteIdentityProvider", "DeleteManagedLoginBranding", "DeleteResourceServer", "DeleteUserPoolDomain"),
            *("DeleteUserPoolReplica", "InitiatePointInTimeRecovery", "SetLogDeliveryConfiguration"),
            *("SetRiskConfiguration", "SetUICustomization", "SetUserPoolMfaConfig", "SetUserPoolSessionConfiguration"),
            *("StartPointInTimeRecovery", "StartUserImportJob", "StopUserImportJob", "TagResource", "UntagResource"),
            *("UpdateCIMDPolicy", "UpdateClientMetadataURLState", "UpdateGroup", "UpdateIdentityProvider"),
            *("UpdateManagedLoginBranding", "UpdateResourceServer", "UpdateTerms", "UpdateUserPoolDomain"),
            "UpdateUserPoolReplica",
        ),
    ),
    "UserPoolUpdate": Category(15, ("CreateUserPool", "DeleteUserPool", "UpdateUserPool")),
    "UserRead": Category(120, ("AdminGetUser", "GetUser")),
    "UserResourceRead": Category(
        50,
        (
            *("AdminGetDevice", "AdminGetUserAuthFactors", "AdminListDevices", "AdminListGroupsForUser", "GetDevice"),
            *("AdminListUserAuthEvents", "AdminListUserSessions", "GetUserAttributeVerificationCode", "ListDevices"),
            *("GetUserAuthFactors", "ListUserSessions", "ListWebAuthnCredentials", "ResendConfirmationCode"),
        ),
    ),
    "UserResourceUpdate": Category(
        25,
        (
            *("AdminDeleteSoftwareToken", "AdminForgetDevice", "AdminRevokeUserSession", "AdminSetUserMFAPreference"),
            *("AdminSetUserSettings", "AdminUpdateAuthEventFeedback", "AdminUpdateDeviceStatus", "ConfirmDevice"),
            *("AssociateSoftwareToken", "CompleteWebAuthnRegistration", "DeleteWebAuthnCredential", "ForgetDevice"),
            *("RevokeUserSession", "SetUserMFAPreference", "SetUserSettings", "StartWebAuthnRegistration"),
            *("UpdateAuthEventFeedback", "UpdateDeviceStatus", "VerifySoftwareToken"),
        ),
    ),
    "UserToken": Category(120, ("GetDerivedToken", "GetTokensFromRefreshToken", "RevokeToken")),
    "UserUpdate": Category(
        25,
        (
            *("AdminAddUserToGroup", "AdminDeleteUser", "AdminDeleteUserAttributes", "AdminDisableProviderForUser"),
            *("AdminDisableUser", "AdminEnableUser", "AdminLinkProviderForUser", "AdminRemoveUserFromGroup"),
            *("AdminResetUserPassword", "AdminSetUserPassword", "AdminUpdateUserAttributes", "DeleteUser"),
            *("AdminUserGlobalSignOut", "DeleteUserAttributes", "GlobalSignOut", "UpdateUserAttributes"),
            "VerifyUserAttribute",
        ),
    ),
}
"""By AWS's names. The operations on provisioned limits belong to none."""
_CATEGORY_OF = {operation: name for name, category in CATEGORIES.items() for operation in category.operations}


def category_of(operation: str) -> str | None:
    """The category of an operation; ``None`` if its requests are not counted."""
    return _CATEGORY_OF.get(operation)


def bucket_of(operation: str, category: str, limit: int) -> tuple[str, int]:
    """The name of the count in which a request is, and its limit.

    Answers to challenges are counted by themselves: there may be three for each sign-in that may begin.
    """
    return (f"{category}/answers", limit * _ANSWERS_PER_SIGN_IN) if operation in _ANSWERS else (category, limit)
