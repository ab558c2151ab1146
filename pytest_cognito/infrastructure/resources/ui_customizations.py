"""``AWS::Cognito::UserPoolUICustomizationAttachment``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.modelled import depends_on, with_hint
from pytest_cognito.infrastructure.resources.settings_of_clients import SettingsOfClient

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.declared import Declared
    from pytest_cognito.infrastructure.deployment import Deployment
    from pytest_cognito.infrastructure.records import Deployed


class UserPoolUICustomizationAttachmentType(SettingsOfClient):
    """The style sheet of the classic hosted UI, for an app client or all of a pool. The pool must have a domain."""

    creates = updates = deletes = "SetUICustomization"
    not_offered = frozenset(("ImageFile",))
    prefix = "UserPoolUICustomizationAttachment"
    says_all = True

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        try:
            return super().create(deployment, declared, properties)
        except AWSError as error:
            domains = [
                logical_id
                for logical_id, other in deployment.template.resources.items()
                if other.type == "AWS::Cognito::UserPoolDomain" and logical_id not in deployment.resources
            ]
            if not domains or "domain" not in error.message:
                raise
            raise with_hint(error, depends_on(declared.logical_id, *domains)) from error

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        """Remove the style sheet. Without a domain there is none to see, and nothing to remove."""
        domains = deployment.call("DescribeUserPool", UserPoolId=deployed.properties["UserPoolId"])["UserPool"]
        if "Domain" in domains or "CustomDomain" in domains:
            super().delete(deployment, deployed)
