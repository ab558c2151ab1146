"""``AWS::Lambda::Function``: the code runs from the working tree, or is left to whoever mocks Lambda."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws import model
from pytest_cognito.http import hosts
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.functions import refusals, registry, variables
from pytest_cognito.infrastructure.functions.environment import Settings
from pytest_cognito.infrastructure.functions.function import TemplateFunction
from pytest_cognito.infrastructure.functions.sources import code_of
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import Made, ResourceType
from pytest_cognito.lambda_functions.records import FUNCTIONS, LATEST, LambdaFunction
from pytest_cognito.world import Context

_RUNTIME = re.compile(
    r"python\d\.\d+|nodejs(\d+\.\w+)?|java\d+(\.al2)?|dotnet(core)?\d+(\.\d)?|ruby\d\.\d+|go1\.x|provided(\.\w+)?"
)
"""The runtimes that there are: a version may be newer than the installed botocore."""
_MAX_NAME = 64
_SUFFIX = 13  # of a name that CloudFormation gives: a hyphen and twelve characters
_MEMORY_SIZE = 128
_TIMEOUT = 3


class FunctionType(ResourceType):
    """Functions. ``Ref`` gives the name, and ``Fn::GetAtt`` the ARN."""

    required = frozenset(("Code", "Role"))
    create_only = frozenset(("FunctionName",))

    def create(self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Made:
        name = properties.get("FunctionName") or _generated(deployment, declared)
        _check(properties)
        arn = registry.function_arn(deployment, name)
        with registry.step(deployment) as context:
            _check_role(context, properties["Role"])
            if context.table(FUNCTIONS).get(arn) is not None:
                raise refusals.FUNCTION_EXISTS(name=name)
            function = _put(context, LambdaFunction(arn, declared.logical_id), properties)
            code = _runnable(deployment, context, declared, properties, name)
        registry.run_latest(deployment, function, code)
        return Made(name, {"Arn": arn})

    def update(
        self, deployment: Deployment, declared: Declared, properties: Mapping[str, Any], deployed: Deployed
    ) -> Made:
        _check(properties)
        with registry.step(deployment) as context:
            _check_role(context, properties["Role"])
            function = _put(context, registry.existing(deployment, context, deployed.physical_id), properties)
            code = _runnable(deployment, context, declared, properties, deployed.physical_id)
        registry.run_latest(deployment, function, code)
        return Made(deployed.physical_id, deployed.attributes)

    def delete(self, deployment: Deployment, deployed: Deployed) -> None:
        with registry.step(deployment) as context:
            function = registry.existing(deployment, context, deployed.physical_id)
            context.table(FUNCTIONS).delete(function.arn)
        versions = [str(number) for number in range(1, function.published + 1)]
        qualifiers = [LATEST, *versions, *dict(function.aliases)]
        registry.forget(deployment, function.arn, *(f"{function.arn}:{one}" for one in qualifiers))


def _generated(deployment: Deployment, declared: Declared) -> str:
    """The name that CloudFormation gives, which it keeps within Lambda's length."""
    name = deployment.physical_name(declared.logical_id)
    return name if len(name) <= _MAX_NAME else name[: _MAX_NAME - _SUFFIX] + name[-_SUFFIX:]


def _check(properties: Mapping[str, Any]) -> None:
    if properties.get("PackageType", "Zip") == "Zip" and not (properties.get("Handler") and properties.get("Runtime")):
        raise refusals.HANDLER_MISSING()
    runtime = properties.get("Runtime")
    if runtime is not None and _RUNTIME.fullmatch(str(runtime)) is None:
        shape: Any = model.service_model("lambda").shape_for("Runtime")
        raise refusals.RUNTIME_UNKNOWN(runtime=runtime, runtimes=", ".join(shape.enum))
    reserved = sorted(variables.RESERVED & set(_variables(properties)))
    if reserved:
        raise refusals.RESERVED_VARIABLES(names=", ".join(reserved))


def _check_role(context: Context, role_arn: str) -> None:
    """Raise if Lambda may not assume a role. One that nobody here has is taken to be right."""
    role = iam.find_role(context, role_arn)
    if role is None:
        return
    name = hosts.service_principal("lambda")
    service = iam.Principal(arn=name, user_id="", account="", type="Service", service=name)
    if not iam.evaluate_trust(iam.Request(service, "sts:AssumeRole", role.arn, {}), role.trust):
        raise refusals.ROLE_NOT_ASSUMABLE()


def _put(context: Context, function: LambdaFunction, properties: Mapping[str, Any]) -> LambdaFunction:
    changed = dataclasses.replace(
        function,
        timeout=int(properties.get("Timeout", _TIMEOUT)),
        memory_size=int(properties.get("MemorySize", _MEMORY_SIZE)),
    )
    context.table(FUNCTIONS).put(changed)
    return changed


def _runnable(
    deployment: Deployment, context: Context, declared: Declared, properties: Mapping[str, Any], name: str
) -> TemplateFunction | None:
    code = code_of(deployment, context, declared, properties)
    if code is None:
        return None
    all_variables = variables.of_function(
        _variables(properties),
        name=name,
        region=deployment.region,
        handler=properties["Handler"],
        runtime=properties["Runtime"],
        memory_size=int(properties.get("MemorySize", _MEMORY_SIZE)),
        root="" if code.root is None else str(code.root),
    )
    return TemplateFunction(Settings.of(code, properties["Handler"], all_variables))


def _variables(properties: Mapping[str, Any]) -> dict[str, str]:
    given = properties.get("Environment", {}).get("Variables", {})
    return {name: _text(value) for name, value in given.items()}


def _text(value: object) -> str:
    """The value of a variable as CloudFormation gives it on."""
    return str(value).lower() if isinstance(value, bool) else str(value)
