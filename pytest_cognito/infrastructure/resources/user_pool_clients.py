"""``AWS::Cognito::UserPoolClient``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled, depends_on, with_hint

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolClientType(Modelled):
    """An app client. A change sends all its settings: AWS resets what the template has no longer."""

    required = frozenset(("UserPoolId",))
    create_only = frozenset(("GenerateSecret", "UserPoolId"))
    creates = "CreateUserPoolClient"
    updates = "UpdateUserPoolClient"
    deletes = "DeleteUserPoolClient"
    not_offered = frozenset(("ClientSecret", "PublishSecretsInAWSSecretsManager"))
    named = "ClientName"

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        try:
            return super().create(deployment, declared, properties)
        except AWSError as error:
            _explain(error, deployment, declared, properties)
            raise

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        try:
            return super().update(deployment, declared, properties, deployed)
        except AWSError as error:
            _explain(error, deployment, declared, properties)
            raise

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "ClientId": deployed.physical_id}

    def name_of(self, deployed: Deployed) -> Any:
        return deployed.attributes["Name"]

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        client = answer["UserPoolClient"]
        secret = {"ClientSecret": client["ClientSecret"]} if "ClientSecret" in client else {}
        return Made(client["ClientId"], {"ClientId": client["ClientId"], "Name": client["ClientName"], **secret})

    def changed(
        self, deployment: Deployment, given: Mapping[str, Any], deployed: Deployed, answer: Mapping[str, Any]
    ) -> Made:
        return Made(deployed.physical_id, self.made(deployment, given, answer).attributes)


def _explain(error: AWSError, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> None:
    """Raise a refusal with what a client should depend on, where the template has the provider or scope that lacks."""
    missing = list(_not_made(deployment, error.message, properties))
    if missing:
        raise with_hint(error, depends_on(declared.logical_id, *missing)) from error


def _not_made(deployment: Deployment, message: str, properties: Mapping[str, Any]) -> Iterator[str]:
    """The resources of the template that a refusal is about, and that are not there yet."""
    for logical_id, other in deployment.template.resources.items():
        if logical_id in deployment.resources:
            continue
        if other.type == "AWS::Cognito::UserPoolIdentityProvider":
            name = other.properties.get("ProviderName")
            if name in properties.get("SupportedIdentityProviders", ()) and f"provider {name} " in message:
                yield logical_id
        if other.type == "AWS::Cognito::UserPoolResourceServer":
            scope = f"{other.properties.get('Identifier')}/"
            if f": {scope}" in message:
                yield logical_id
