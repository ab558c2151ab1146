"""Users and groups, by administrators."""

from __future__ import annotations

from tests.conformance.scenarios.common import NO_POOL, PASSWORD, a_pool, a_user, scenario
from tests.conformance.transport import Transport


@scenario
def groups(transport: Transport) -> None:
    pool = a_pool(transport)
    a_user(transport, pool)
    group = {"UserPoolId": pool, "GroupName": "Grüße"}
    user = {"UserPoolId": pool, "Username": "alice"}
    transport.call("CreateGroup", **group, Description="a group", Precedence=3)
    transport.call("CreateGroup", UserPoolId=pool, GroupName="readers")
    transport.refused("CreateGroup", "GroupExistsException", **group)
    transport.call("GetGroup", **group)
    transport.call("UpdateGroup", **group, Precedence=1)
    listed = transport.call("ListGroups", UserPoolId=pool, Limit=1)
    transport.call("ListGroups", UserPoolId=pool, Limit=1, NextToken=listed["NextToken"])
    transport.call("AdminAddUserToGroup", **group, Username="alice")
    transport.call("ListUsersInGroup", **group)
    transport.call("AdminListGroupsForUser", **user)
    transport.call("AdminRemoveUserFromGroup", **group, Username="alice")
    transport.call("DeleteGroup", **group)
    transport.refused("GetGroup", NO_POOL, **group)


@scenario
def users(transport: Transport) -> None:
    pool = a_pool(transport)
    user = {"UserPoolId": pool, "Username": "alice"}
    email = [{"Name": "email", "Value": "alice@example.com"}]
    transport.call("AdminCreateUser", **user, UserAttributes=email, TemporaryPassword=PASSWORD)
    a_user(transport, pool, "bob")
    transport.refused("AdminCreateUser", "UsernameExistsException", **user)
    transport.call("AdminGetUser", **user)
    transport.refused("AdminGetUser", "UserNotFoundException", UserPoolId=pool, Username="nobody")
    transport.call("ListUsers", UserPoolId=pool, Filter='email ^= "alice"', AttributesToGet=["email"])
    listed = transport.call("ListUsers", UserPoolId=pool, Limit=1)
    transport.call("ListUsers", UserPoolId=pool, Limit=1, PaginationToken=listed["PaginationToken"])
    name = [{"Name": "name", "Value": "Älice €"}]
    transport.call("AdminUpdateUserAttributes", **user, UserAttributes=name)
    transport.call("AdminDeleteUserAttributes", **user, UserAttributeNames=["name"])
    transport.call("AdminDisableUser", **user)
    transport.call("AdminEnableUser", **user)
    transport.call("AdminSetUserSettings", **user, MFAOptions=[])
    transport.call("AdminResetUserPassword", UserPoolId=pool, Username="bob")
    transport.call("AdminUserGlobalSignOut", **user)
    transport.call("AdminDeleteUser", **user)
    transport.refused("AdminDeleteUser", "UserNotFoundException", **user)
