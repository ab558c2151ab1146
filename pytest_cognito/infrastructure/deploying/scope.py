"""What the names in a template stand for in a deployment: resources, exports, dynamic references."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.arn import partition
from pytest_cognito.http import hosts
from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.expressions.scope import Scope
from pytest_cognito.infrastructure.expressions.stored_values import StoredValues
from pytest_cognito.infrastructure.records import STACKS
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

if TYPE_CHECKING:
    from pytest_cognito.infrastructure.deployment import Deployment

EXTENSIONS = "AWS::LanguageExtensions"


def pseudo_parameters(deployment: Deployment) -> dict[str, Any]:
    """The pseudo parameters of a stack."""
    return {
        "AWS::AccountId": deployment.account_id,
        "AWS::NotificationARNs": [],
        "AWS::Partition": partition(deployment.region),
        "AWS::Region": deployment.region,
        "AWS::StackId": deployment.stack_id,
        "AWS::StackName": deployment.stack_name,
        "AWS::URLSuffix": hosts.url_suffix(deployment.region),
    }


class StackScope(Scope):
    """The scope of a template's resources and outputs, which knows what was made so far."""

    block = "Resources"

    def __init__(self, deployment: Deployment, parameters: Mapping[str, Any], stored: StoredValues) -> None:
        template = deployment.template
        values = {**parameters, **pseudo_parameters(deployment)}
        extended = EXTENSIONS in template.transforms
        super().__init__(values, template.mappings, template.conditions, extended=extended)
        self._deployment = deployment
        self._stored = stored
        self.used_imports: set[str] = set()
        """The exports of other stacks that were asked for."""

    def reference(self, name: str) -> Any:
        made = self._deployment.resources.get(name)
        if made is None:
            raise TemplateError(texts.UNRESOLVED.format(names=name, block=self.block))
        return made.physical_id

    def attribute(self, name: str, attribute: str) -> Any:
        made = self._deployment.resources.get(name)
        if made is None:
            raise TemplateError(texts.GET_ATT_UNDEFINED.format(name=name))
        handler = catalog.find(made.type)
        try:
            if handler is None or name in self._deployment.left_out:
                return made.attributes[attribute]
            return handler.attribute(self._deployment, made, attribute)
        except KeyError:
            if name in self._deployment.left_out:
                return self._deployment.attribute_of_left_out(made, attribute)
            reason = texts.GET_ATT_ATTRIBUTE.format(name=name, attribute=attribute)
            hint = suggestion(attribute, made.attributes) if made.attributes else ""
            raise TemplateError(reason, hint=hint) from None

    def imported(self, name: str) -> Any:
        self.used_imports.add(name)
        given = self._deployment.given.imports
        if name in given:
            return given[name]
        for stack in self._deployment.world.store[STACKS]:
            if stack.region == self._deployment.region and name in stack.exports:
                return stack.exports[name]
        raise TemplateError(
            f"{texts.NO_EXPORT.format(name=name)}: deploy the stack that exports it first, or pass "
            f"imports={{{name!r}: …}}"
        )

    def transformed(self, name: str, parameters: Mapping[str, Any]) -> Any:
        location = str(parameters.get("Location"))
        includes = self._deployment.given.includes
        if name == "AWS::Include" and location in includes:
            return includes[location]
        if name == "AWS::Include":
            raise UsageError(f"the template includes {location}: pass includes={{{location!r}: {{…}}}}")
        return super().transformed(name, parameters)

    def text(self, text: str) -> str:
        return self._stored.resolved(text) if "{{resolve:" in text else text
