"""Where a configuration is applied: the region of its provider, or of what AWS has made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.infrastructure.reading.terraform.document import Document

_IN_IDS = {"aws_cognito_user_pool": "_", "aws_cognito_identity_pool": ":"}


def region(found: Document) -> str | None:
    """The region of the default AWS provider, or of the pools of a state; None if neither is there."""
    providers = (found.configuration or {}).get("provider_config", {})
    told = _constant(providers.get("aws", {}).get("expressions", {}).get("region"), found.variables)
    if told is not None:
        return told
    for each in found.instances.values():
        separator = _IN_IDS.get(each.type)
        if separator and not each.data and each.values.get("id"):
            return str(each.values["id"].partition(separator)[0])
    return None


def _constant(expression: Any, variables: Mapping[str, Any]) -> str | None:
    if not expression:
        return None
    if "constant_value" in expression:
        return str(expression["constant_value"])
    references = expression.get("references", ())
    if len(references) == 1 and references[0].startswith("var."):
        value = variables.get(references[0].removeprefix("var."))
        return None if value is None else str(value)
    return None
