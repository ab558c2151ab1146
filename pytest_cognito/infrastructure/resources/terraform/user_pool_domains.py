"""``aws_cognito_user_pool_domain``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resources.terraform.base import TerraformType

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed

_DESCRIBED = {
    "aws_account_id": "AWSAccountId",
    "cloudfront_distribution": "CloudFrontDistribution",
    "cloudfront_distribution_arn": "CloudFrontDistribution",
    "s3_bucket": "S3Bucket",
    "version": "Version",
}
_ZONE_OF_CLOUDFRONT = "Z2FDTNDATAQYW2"


class UserPoolDomainType(TerraformType):
    """A domain of a user pool: a prefix, or with a certificate a domain of one's own."""

    required = frozenset(("domain", "user_pool_id"))
    create_only = frozenset(("domain", "user_pool_id"))
    creates, updates, deletes = "CreateUserPoolDomain", "UpdateUserPoolDomain", "DeleteUserPoolDomain"
    key = ("domain",)

    def request(self, operation: str, properties: Mapping[str, Any]) -> dict[str, Any]:
        certificate = properties.get("certificate_arn")
        custom = {"custom_domain_config": {"certificate_arn": certificate}} if certificate else {}
        return super().request(operation, {**properties, **custom})

    def identity(self, deployed: Deployed) -> dict[str, Any]:
        return {"Domain": deployed.physical_id, "UserPoolId": deployed.properties["user_pool_id"]}

    def attribute(self, deployment: Deployment, deployed: Deployed, name: str) -> Any:
        if name == "cloudfront_distribution_zone_id":
            return _ZONE_OF_CLOUDFRONT
        if name in _DESCRIBED:
            answer = deployment.call("DescribeUserPoolDomain", Domain=deployed.physical_id)["DomainDescription"]
            return answer.get(_DESCRIBED[name], "")
        return super().attribute(deployment, deployed, name)
