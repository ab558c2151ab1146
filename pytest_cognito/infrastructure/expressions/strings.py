"""The functions that make texts: ``Fn::Join``, ``Fn::Base64``, ``Fn::ToJsonString``."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.expressions.evaluating import Function, value_of
from pytest_cognito.infrastructure.expressions.scope import Scope
from pytest_cognito.infrastructure.expressions.values import as_text


def join(scope: Scope, argument: Any) -> str:
    """Texts with a delimiter between them."""
    if not isinstance(argument, list | tuple) or len(argument) != 2 or not isinstance(argument[0], str):
        raise TemplateError(texts.JOIN)
    items = value_of(scope, argument[1])
    if not isinstance(items, list):
        raise TemplateError(texts.JOIN)
    return scope.text(argument[0].join(as_text(item, texts.JOIN) for item in items))


def to_base64(scope: Scope, argument: Any) -> str:
    """A text in base64."""
    value = value_of(scope, argument)
    return base64.b64encode(as_text(value, texts.BASE64).encode()).decode()


def to_json_string(scope: Scope, argument: Any) -> str:
    """An object or a list as JSON."""
    if not scope.extended:
        raise TemplateError(texts.NEEDS_EXTENSIONS.format(name="Fn::ToJsonString"))
    value = value_of(scope, argument)
    if not isinstance(value, Mapping | list):
        raise TemplateError(texts.TO_JSON)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


FUNCTIONS: Mapping[str, Function] = {
    "Fn::Join": join,
    "Fn::Base64": to_base64,
    "Fn::ToJsonString": to_json_string,
}
