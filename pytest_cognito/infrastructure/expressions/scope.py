"""What the names in a template stand for while it is deployed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError, texts

NO_VALUE = type("NoValue", (), {"__repr__": lambda self: "AWS::NoValue"})()  # noqa: ARG005 - that of a method
"""What ``{"Ref": "AWS::NoValue"}`` stands for: there is no such property, or no such entry of a list."""


class Scope:
    """The parameters, pseudo parameters, mappings and conditions of a template, and what of resources is known.

    This one knows no resources, as in the section of conditions. ``values`` are those of parameters and pseudo
    parameters by name. ``extended`` says whether the template has the transform ``AWS::LanguageExtensions``.
    """

    block = "Conditions"

    def __init__(
        self,
        values: Mapping[str, Any],
        mappings: Mapping[str, Any],
        conditions: Mapping[str, Any],
        *,
        extended: bool = False,
    ) -> None:
        self.values = values
        self.mappings = mappings
        self.conditions = conditions
        self.extended = extended
        self.known: dict[str, bool] = {}
        """The conditions that were evaluated."""

    @property
    def region(self) -> str:
        region: str = self.values["AWS::Region"]
        return region

    def reference(self, name: str) -> Any:
        """What a ``Ref`` gives that is not of a parameter."""
        raise TemplateError(texts.UNRESOLVED_IN_CONDITIONS.format(names=name))

    def attribute(self, name: str, attribute: str) -> Any:  # noqa: ARG002 - for others
        """What ``Fn::GetAtt`` gives."""
        raise TemplateError(texts.UNRESOLVED_IN_CONDITIONS.format(names=name))

    def imported(self, name: str) -> Any:
        """What another stack exports."""
        raise TemplateError(texts.NO_EXPORT.format(name=name))

    def transformed(self, name: str, parameters: Mapping[str, Any]) -> Any:
        """What ``Fn::Transform`` gives."""
        from pytest_cognito.kernel.errors import Unsupported

        raise Unsupported(f"the macro {name!r} with {dict(parameters)} can't be run here")

    def text(self, text: str) -> str:
        """A text whose dynamic references are resolved."""
        return text
