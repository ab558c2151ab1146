"""What CloudFormation checks of a template before it evaluates anything: which members its objects have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito.infrastructure import catalog
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.document import Document
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.kernel.suggestions import suggestion

_VERSION = "2010-09-09"
_SECTIONS = ("Parameters", "Mappings", "Rules", "Conditions", "Resources", "Outputs")
_PARAMETER = frozenset(
    {
        *("AllowedPattern", "AllowedValues", "ConstraintDescription", "Default", "Description"),
        *("MaxLength", "MaxValue", "MinLength", "MinValue", "NoEcho", "Type"),
    }
)
_TYPE = re.compile(r"[A-Za-z0-9]+::[A-Za-z0-9]+::[A-Za-z0-9]+(::MODULE)?|Custom::[\w@-]+")
_ALL_KNOWN = "AWS::Cognito::"
"""The service of which the catalog has all types."""
_SERVERLESS = "AWS::Serverless::"
_POLICIES = {
    "DeletionPolicy": ("Delete", "Retain", "RetainExceptOnCreate", "Snapshot"),
    "UpdateReplacePolicy": ("Delete", "Retain", "Snapshot"),
}


def check(document: Document) -> None:
    """Raise `TemplateError` for what CloudFormation refuses of a template whatever its parameters are."""
    version = document.data.get("AWSTemplateFormatVersion", _VERSION)
    if str(version) != _VERSION:
        raise TemplateError(texts.VERSION, document.location("AWSTemplateFormatVersion"))
    for section in _SECTIONS:
        content = document.data.get(section, {})
        _check_null(document, content, (section,))
        if not isinstance(content, Mapping):
            raise TemplateError(texts.UNSUPPORTED_STRUCTURE, document.location(section))
    for name, about in document.data.get("Parameters", {}).items():
        _check_parameter(document, name, about)
    for name, mapping in document.data.get("Mappings", {}).items():
        _check_mapping(document, name, mapping)
    for name, output in document.data.get("Outputs", {}).items():
        _check_output(document, name, output)


def check_resource(document: Document, name: str, entry: Mapping[str, Any]) -> None:
    """Raise `TemplateError` for attributes that are none."""
    depends_on = entry.get("DependsOn", ())
    if not isinstance(depends_on, str) and not (
        isinstance(depends_on, list | tuple) and all(isinstance(each, str) for each in depends_on)
    ):
        raise TemplateError(texts.DEPENDS_ON, document.location("Resources", name, "DependsOn"))
    for policy, allowed in _POLICIES.items():
        given = entry.get(policy, allowed[0])
        if not isinstance(given, str):
            raise TemplateError(texts.POLICY_TEXT.format(policy=policy), document.location("Resources", name, policy))
        if given not in allowed:
            reason = texts.POLICY.format(policy=policy, value=given, name=name)
            raise TemplateError(reason, document.location("Resources", name, policy), suggestion(given, allowed))
    metadata = entry.get("Metadata") or {}
    if not isinstance(metadata, Mapping):
        raise TemplateError(texts.METADATA, document.location("Resources", name, "Metadata"))


def check_types(document: Document, resources: Iterable[Declared]) -> None:
    """Raise `TemplateError` for types that there are not. What is left of SAM's has no transform, or is misspelled."""
    known = catalog.types()
    folded = {each.casefold() for each in known}
    wrong = [one for one in resources if one.type not in known and _is_unknown(one.type, folded)]
    if not wrong:
        return
    first = wrong[0]
    hint = suggestion(first.type, [each for each in known if "::" in each])
    if first.type.startswith(_SERVERLESS):
        hint = "a template with resources of SAM says Transform: AWS::Serverless-2016-10-31"
    reason = texts.UNRECOGNIZED_TYPES.format(names=", ".join(sorted({one.type for one in wrong})))
    raise TemplateError(reason, document.location("Resources", first.logical_id, "Type"), hint)


def _is_unknown(given: str, folded: set[str]) -> bool:
    """Whether a type that the catalog lacks is none of AWS's: it is misspelled, or of a service that it has whole."""
    whole = given.startswith((_ALL_KNOWN, _SERVERLESS))
    return whole or given.casefold() in folded or _TYPE.fullmatch(given) is None


def _check_parameter(document: Document, name: str, about: Any) -> None:
    where = document.location("Parameters", name)
    if not isinstance(about, Mapping) or not isinstance(about.get("Type"), str):
        raise TemplateError(texts.PARAMETER_HAS_NO_TYPE, where)
    unknown = _first_unknown(about, _PARAMETER)
    if unknown is not None:
        reason, hint = texts.PARAMETER_PROPERTIES.format(name=unknown), suggestion(unknown, sorted(_PARAMETER))
        raise TemplateError(reason, document.location("Parameters", name, unknown), hint)


def _check_mapping(document: Document, name: str, mapping: Any) -> None:
    keys = mapping.values() if isinstance(mapping, Mapping) else ()
    if not isinstance(mapping, Mapping) or not all(isinstance(each, Mapping) for each in keys):
        raise TemplateError(texts.MAPPING.format(name=name), document.location("Mappings", name))


def _check_output(document: Document, name: str, output: Any) -> None:
    where = document.location("Outputs", name)
    if not isinstance(output, Mapping) or "Value" not in output:
        raise TemplateError(texts.OUTPUT_HAS_NO_VALUE, where)
    if isinstance(output["Value"], list | tuple):
        raise TemplateError(texts.OUTPUT_VALUE.format(kind="List"), where)
    if "Export" in output and not (isinstance(output["Export"], Mapping) and "Name" in output["Export"]):
        raise TemplateError(texts.EXPORT_NAME.format(name=name), where)


def _first_unknown(names: Iterable[str], known: frozenset[str]) -> str | None:
    return next((each for each in names if each not in known), None)


def _check_null(document: Document, value: Any, keys: tuple[str, ...]) -> None:
    """Raise for a null, of which CloudFormation's path has ``Type`` where the template has ``Properties``."""
    if value is None:
        shown = list(keys)
        if keys[0] == "Resources" and keys[2:3] == ("Properties",):
            shown[2] = "Type"
        raise TemplateError(texts.NULL.format(path="/".join(shown)), document.location(*keys))
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if key != "Metadata":
                _check_null(document, inner, (*keys, str(key)))
    elif isinstance(value, list | tuple):
        for index, inner in enumerate(value):
            _check_null(document, inner, (*keys, str(index)))
