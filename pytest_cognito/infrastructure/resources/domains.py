"""``AWS::Cognito::UserPoolDomain``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import Modelled

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolDomainType(Modelled):
    """A domain: a prefix, or a name of one's own with a certificate."""

    required = frozenset(("Domain", "UserPoolId"))
    create_only = frozenset(("Domain", "UserPoolId"))
    creates = "CreateUserPoolDomain"
    updates = "UpdateUserPoolDomain"
    deletes = "DeleteUserPoolDomain"

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        found = deployment.call("DescribeUserPoolDomain", Domain=deployed.physical_id)["DomainDescription"]
        if found.get("UserPoolId") == deployed.properties["UserPoolId"]:
            super().delete(deployment, deployed)

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"UserPoolId": str(deployed.properties["UserPoolId"]), "Domain": deployed.physical_id}

    def made(self, deployment: Deployment, given: Mapping[str, Any], answer: Mapping[str, Any]) -> Made:
        description = deployment.call("DescribeUserPoolDomain", Domain=given["Domain"])["DomainDescription"]
        return Made(given["Domain"], {"CloudFrontDistribution": description["CloudFrontDistribution"]})
