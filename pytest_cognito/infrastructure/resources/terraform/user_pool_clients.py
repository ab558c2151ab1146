"""``aws_cognito_user_pool_client`` and ``aws_cognito_managed_user_pool_client``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.base import TerraformType
from pytest_cognito.infrastructure.resources.terraform.errors import NO_MANAGED_CLIENT
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_UNITS = {"access_token": "hours", "id_token": "hours", "refresh_token": "days"}
_NOT_SET_AS_ZERO = ("access_token_validity", "id_token_validity", "refresh_token_validity")


class UserPoolClientType(TerraformType):
    """An app client. Nothing is sent that is not configured, but units that a block of them leaves out."""

    required = frozenset(("name", "user_pool_id"))
    create_only = frozenset(("generate_secret", "user_pool_id"))
    creates, updates, deletes = "CreateUserPoolClient", "UpdateUserPoolClient", "DeleteUserPoolClient"
    names = {"ClientName": "name"}  # noqa: RUF012 - ClassVar of the base

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        given = {name: value for name, value in properties.items() if value or name not in _NOT_SET_AS_ZERO}
        units = block(properties, "token_validity_units")
        if units is not None:
            given["token_validity_units"] = {**_UNITS, **{name: unit for name, unit in units.items() if unit}}
        if given.get("client_secret"):  # of a client that was imported, a state has a secret alone
            given["generate_secret"] = True
        given.pop("client_secret", None)
        return super().request(operation, given)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": deployed.properties["user_pool_id"], "ClientId": deployed.physical_id}

    def made(self, deployment: Deployment, properties: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        client = answer["UserPoolClient"]
        return Made(client["ClientId"], {"id": client["ClientId"], "client_secret": client.get("ClientSecret", "")})


class ManagedUserPoolClientType(UserPoolClientType):
    """A client that another service of AWS has made: it is found by its name, changed, and never deleted."""

    required = frozenset(("user_pool_id",))
    create_only = frozenset(("name_pattern", "name_prefix", "user_pool_id"))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        pool_id = properties["user_pool_id"]
        argument = "name_prefix" if properties.get("name_prefix") else "name_pattern"
        wanted = str(properties.get(argument) or "")
        clients = deployment.call("ListUserPoolClients", UserPoolId=pool_id, MaxResults=60)["UserPoolClients"]
        found = [each for each in clients if _matches(each["ClientName"], argument, wanted)]
        if len(found) != 1:
            raise NO_MANAGED_CLIENT(number=len(found), argument=argument, value=wanted)
        key = {"UserPoolId": pool_id, "ClientId": found[0]["ClientId"]}
        request = self.request(self.updates, {**properties, "name": found[0]["ClientName"]})
        return self.made(deployment, properties, deployment.call(self.updates, **{**request, **key}))

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Forget the client, which belongs to whoever made it."""


def _matches(name: str, argument: str, wanted: str) -> bool:
    return name.startswith(wanted) if argument == "name_prefix" else re.search(wanted, name) is not None
