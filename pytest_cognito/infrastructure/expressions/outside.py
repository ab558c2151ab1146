"""What comes from outside of a template: ``Fn::ImportValue`` and ``Fn::Transform``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.expressions.evaluating import Function, value_of
from pytest_cognito.infrastructure.expressions.scope import Scope


def import_value(scope: Scope, argument: Any) -> Any:
    """What another stack exports by a name."""
    name = value_of(scope, argument)
    if not isinstance(name, str):
        raise TemplateError(texts.IMPORT_VALUE)
    return scope.imported(name)


def transform(scope: Scope, argument: Any) -> Any:
    """What a macro gives: ``{"Name": "AWS::Include", "Parameters": {"Location": "s3://…"}}``."""
    if not isinstance(argument, Mapping) or not isinstance(argument.get("Name"), str):
        raise TemplateError(texts.UNSUPPORTED_STRUCTURE)
    parameters = value_of(scope, argument.get("Parameters") or {})
    return value_of(scope, scope.transformed(argument["Name"], parameters))


FUNCTIONS: Mapping[str, Function] = {"Fn::ImportValue": import_value, "Fn::Transform": transform}
