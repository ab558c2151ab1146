"""Lambda: ``aws_lambda_function``, ``aws_lambda_alias``, ``aws_lambda_permission``, ``aws_lambda_layer_version``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.infrastructure.resource_type import Made
from pytest_cognito.infrastructure.resources.terraform.delegated import DelegatedType
from pytest_cognito.infrastructure.resources.terraform.shapes import block

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment

_LATEST = "$LATEST"
_PERMISSION = {
    "Action": "action",
    "EventSourceToken": "event_source_token",
    "FunctionName": "function_name",
    "FunctionUrlAuthType": "function_url_auth_type",
    "Principal": "principal",
    "PrincipalOrgID": "principal_org_id",
    "SourceAccount": "source_account",
    "SourceArn": "source_arn",
}


class FunctionType(DelegatedType):
    """A function. Its ``id`` is its name."""

    like = "AWS::Lambda::Function"
    required = frozenset(("function_name", "role"))
    create_only = frozenset(("function_name", "package_type"))
    known_as = {"arn": "Arn"}  # noqa: RUF012 - ClassVar of the base

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        environment = block(arguments, "environment") or {}
        code = {"ImageUri": "image_uri", "S3Bucket": "s3_bucket", "S3Key": "s3_key"}
        return {
            "Code": {name: arguments[mine] for name, mine in code.items() if arguments.get(mine)} or {"S3Key": "local"},
            "Environment": {"Variables": environment.get("variables") or {}},
            "FunctionName": arguments.get("function_name"),
            "Handler": arguments.get("handler"),
            "Layers": arguments.get("layers"),
            "MemorySize": arguments.get("memory_size"),
            "PackageType": arguments.get("package_type"),
            "Role": arguments.get("role"),
            "Runtime": arguments.get("runtime"),
            "Timeout": arguments.get("timeout"),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        arn = made.attributes["Arn"]
        return {
            "invoke_arn": invoke_arn(deployment.region, arn),
            "qualified_arn": f"{arn}:{_LATEST}",
            "version": _LATEST,
        }


class AliasType(DelegatedType):
    """An alias. Its ``id`` and its ``arn`` are its ARN."""

    like = "AWS::Lambda::Alias"
    required = frozenset(("function_name", "function_version", "name"))
    create_only = frozenset(("function_name", "name"))

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        names = {"FunctionName": "function_name", "FunctionVersion": "function_version", "Name": "name"}
        return {name: arguments.get(mine) for name, mine in names.items()}

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        return {"arn": made.physical_id, "invoke_arn": invoke_arn(deployment.region, made.physical_id)}


class PermissionType(DelegatedType):
    """A statement of a function's policy."""

    like = "AWS::Lambda::Permission"
    required = frozenset(("action", "function_name", "principal"))
    create_only = frozenset((*_PERMISSION.values(), "qualifier", "statement_id"))

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        found = {name: arguments.get(mine) for name, mine in _PERMISSION.items()}
        if arguments.get("qualifier"):
            found["FunctionName"] = f"{found['FunctionName']}:{arguments['qualifier']}"
        return found


class LayerVersionType(DelegatedType):
    """A version of a layer. Its ``id`` and its ``arn`` are its ARN, with the version."""

    like = "AWS::Lambda::LayerVersion"
    required = frozenset(("layer_name",))
    create_only = frozenset(("filename", "layer_name", "s3_bucket", "s3_key", "source_code_hash"))

    def properties(self, deployment: Deployment, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "CompatibleRuntimes": arguments.get("compatible_runtimes"),
            "Content": {"S3Bucket": arguments.get("s3_bucket") or "local", "S3Key": arguments.get("s3_key") or "local"},
            "LayerName": arguments.get("layer_name"),
        }

    def further(self, deployment: Deployment, arguments: Mapping[str, Any], made: Made) -> dict[str, Any]:
        layer, _, version = made.physical_id.rpartition(":")
        return {"arn": made.physical_id, "layer_arn": layer, "version": version}


def invoke_arn(region: str, arn: str) -> str:
    """The ARN by which API Gateway invokes a function."""
    partition = arn.split(":")[1]
    return f"arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations"
