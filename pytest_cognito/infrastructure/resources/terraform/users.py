"""``aws_cognito_user``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_STANDARD = frozenset(
    (
        *("address", "birthdate", "email", "email_verified", "family_name", "gender", "given_name", "locale"),
        *("middle_name", "name", "nickname", "phone_number", "phone_number_verified", "picture", "preferred_username"),
        *("profile", "sub", "updated_at", "website", "zoneinfo"),
    )
)
_CUSTOM = "custom:"
_DESCRIBED = {
    "status": "UserStatus",
    "mfa_setting_list": "UserMFASettingList",
    "preferred_mfa_setting": "PreferredMfaSetting",
}


class UserType(TerraformType):
    """A user, with an invitation unless message_action suppresses it; a password makes them a confirmed user."""

    required = frozenset(("user_pool_id", "username"))
    create_only = frozenset(("user_pool_id", "username"))
    creates, updates, deletes = "AdminCreateUser", "AdminUpdateUserAttributes", "AdminDeleteUser"
    key = ("user_pool_id", "username")

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = {**properties, "user_attributes": _pairs(properties.get("attributes"))}
        given["validation_data"] = _pairs(properties.get("validation_data"), custom=False)
        return super().request(operation, given)

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        made = super().create(deployment, declared, properties)
        key = {"UserPoolId": properties["user_pool_id"], "Username": properties["username"]}
        if properties.get("enabled") is False:
            deployment.call("AdminDisableUser", **key)
        if properties.get("password"):
            deployment.call("AdminSetUserPassword", **key, Password=properties["password"], Permanent=True)
        return made

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        key = self.identity(deployed)
        before, after = (_named(each.get("attributes")) for each in (deployed.properties, properties))
        gone = sorted(before.keys() - after.keys())
        if gone:
            deployment.call("AdminDeleteUserAttributes", **key, UserAttributeNames=gone)
        changed = [{"Name": name, "Value": value} for name, value in after.items() if before.get(name) != value]
        if changed:
            metadata = self.request(self.updates, {"client_metadata": properties.get("client_metadata")})
            deployment.call(self.updates, **key, **metadata, UserAttributes=changed)
        if deployed.properties.get("enabled", True) != properties.get("enabled", True):
            deployment.call("AdminEnableUser" if properties.get("enabled", True) else "AdminDisableUser", **key)
        for argument, permanent in (("temporary_password", False), ("password", True)):
            password = properties.get(argument)
            if password and password != deployed.properties.get(argument):
                deployment.call("AdminSetUserPassword", **key, Password=password, Permanent=permanent)
        return Made(deployed.physical_id, deployed.attributes)

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name in _DESCRIBED:
            answer = deployment.call("AdminGetUser", **self.identity(deployed))
            return answer.get(_DESCRIBED[name], [] if name == "mfa_setting_list" else "")
        return super().attribute(deployment, deployed, name)

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        attributes = {each["Name"]: each["Value"] for each in answer["User"]["Attributes"]}
        return Made(super().made(deployment, properties, answer).physical_id, {"sub": attributes["sub"]})


def _named(attributes: Mapping[str, Any] | None, *, custom: bool = True) -> dict[str, str]:
    """Attributes by the names that AWS knows them by: what is no standard one is a custom one."""
    return {
        name if not custom or name in _STANDARD or name.startswith(_CUSTOM) else f"{_CUSTOM}{name}": str(value)
        for name, value in (attributes or {}).items()
        if name != "sub" and value is not None
    }


def _pairs(attributes: Mapping[str, Any] | None, *, custom: bool = True) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in _named(attributes, custom=custom).items()]
