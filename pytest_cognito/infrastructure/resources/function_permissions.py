"""``AWS::Lambda::Permission``: a statement of a function's policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.functions import registry
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import FixedType, Made
from pytest_cognito.lambda_functions.records import PERMISSIONS, Permission, split


class PermissionType(FixedType):
    """Permissions. One for a function that is in no template of the test is accepted: nobody here asks for it."""

    required = frozenset(("Action", "FunctionName", "Principal"))
    create_only = frozenset(
        (
            *("Action", "EventSourceToken", "FunctionName", "FunctionUrlAuthType", "InvokedViaFunctionUrl"),
            *("Principal", "PrincipalOrgID", "SourceAccount", "SourceArn"),
        )
    )

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        arn, qualifier = split(registry.function_arn(deployment, properties["FunctionName"]))
        account = properties.get("SourceAccount")
        name = deployment.physical_name(declared.logical_id)
        permission = Permission(
            arn,
            qualifier,
            name,
            properties["Action"],
            properties["Principal"],
            source_arn=properties.get("SourceArn"),
            source_account=None if account is None else str(account),
            event_source_token=properties.get("EventSourceToken"),
        )
        with registry.step(deployment) as context:
            context.table(PERMISSIONS).put(permission)
        return Made(name, {"Id": name})

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        arn, qualifier = split(registry.function_arn(deployment, deployed.properties["FunctionName"]))
        with registry.step(deployment) as context:
            context.table(PERMISSIONS).delete((arn, qualifier, deployed.physical_id))
