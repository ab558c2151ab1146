"""Templates of CloudFormation, in YAML or JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Declared, Location, Template
from pytest_cognito.infrastructure.document import Document
from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.reading import json_files, structure, yaml_files
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

_SECTIONS = frozenset(
    {
        "AWSTemplateFormatVersion",
        "Conditions",
        "Description",
        "Hooks",
        "Mappings",
        "Metadata",
        "Outputs",
        "Parameters",
        "Resources",
        "Rules",
        "Transform",
    }
)
_ATTRIBUTES = frozenset(
    {
        "Condition",
        "CreationPolicy",
        "DeletionPolicy",
        "DependsOn",
        "Description",
        "Metadata",
        "Properties",
        "Type",
        "UpdatePolicy",
        "UpdateReplacePolicy",
        "Version",
    }
)


def parse(path: Path, root: Path | None = None) -> Document:
    """The content of a template's file."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not in UTF-8") from error
    return parse_text(path, text, root)


@lru_cache(maxsize=8)
def parse_text(path: Path, text: str, root: Path | None = None) -> Document:
    """The content of a template, which is in JSON if it begins with a brace.

    It is remembered: a suite that deploys a template for each test reads it once. Nobody changes a document.
    """
    load = json_files.load if text.lstrip().startswith("{") else yaml_files.load
    data, lines = load(path, text)
    if not isinstance(data, dict):
        raise TemplateError(texts.UNSUPPORTED_STRUCTURE, Location(path))
    return Document(path, root or path.parent, data, lines)


@lru_cache(maxsize=8)
def template_of(document: Document) -> Template:
    """The template that a document is, after its transforms."""
    unknown = [name for name in document.data if name not in _SECTIONS]
    if unknown:
        reason = texts.UNKNOWN_SECTIONS.format(names=", ".join(unknown))
        raise TemplateError(reason, document.location(unknown[0]), suggestion(unknown[0], sorted(_SECTIONS)))
    structure.check(document)
    resources = _section(document, "Resources")
    if not resources:
        raise TemplateError(texts.NO_RESOURCES, document.location("Resources"))
    declared = {name: _declared(document, name, resources[name]) for name in resources}
    structure.check_types(document, declared.values())
    return Template(
        location=document.location(),
        root=document.root,
        resources=declared,
        parameters=_section(document, "Parameters"),
        mappings=_section(document, "Mappings"),
        conditions=_section(document, "Conditions"),
        rules=_section(document, "Rules"),
        outputs=_section(document, "Outputs"),
        transforms=transforms(document),
        lines=document.lines,
    )


def transforms(document: Document) -> tuple[str, ...]:
    """The names of the transforms of a template, in their order."""
    said = document.data.get("Transform", ())
    listed = said if isinstance(said, list) else [said] if said else []
    return tuple(entry["Name"] if isinstance(entry, Mapping) and "Name" in entry else entry for entry in listed)


def _section(document: Document, name: str) -> Mapping[str, Any]:
    section: Mapping[str, Any] = document.data.get(name, {})
    return section


def _declared(document: Document, name: str, entry: Any) -> Declared:
    location = document.location("Resources", name)
    if re.fullmatch("[A-Za-z0-9]+", name) is None:
        hint = "the template lacks Transform: AWS::LanguageExtensions" if name.startswith("Fn::ForEach::") else ""
        raise TemplateError(texts.NAME_NOT_ALPHANUMERIC.format(name=name), location, hint)
    if not isinstance(entry, Mapping) or not isinstance(entry.get("Type"), str):
        raise TemplateError(texts.NO_TYPE.format(name=name), location)
    unknown = [attribute for attribute in entry if attribute not in _ATTRIBUTES]
    if unknown:
        reason = texts.RESOURCE_PROPERTIES.format(name=unknown[0])
        hint = suggestion(unknown[0], sorted(_ATTRIBUTES))
        raise TemplateError(reason, document.location("Resources", name, unknown[0]), hint)
    structure.check_resource(document, name, entry)
    properties, depends_on = entry.get("Properties", {}), entry.get("DependsOn", ())
    if not isinstance(properties, Mapping):
        raise TemplateError(texts.UNSUPPORTED_STRUCTURE, document.location("Resources", name, "Properties"))
    metadata = entry.get("Metadata") or {}
    deletion, replacing = entry.get("DeletionPolicy"), entry.get("UpdateReplacePolicy")
    return Declared(
        logical_id=name,
        type=entry["Type"],
        properties=properties,
        location=location,
        depends_on=(depends_on,) if isinstance(depends_on, str) else tuple(depends_on),
        condition=entry.get("Condition"),
        path=str(metadata.get("aws:cdk:path", "")),
        source=document.sources.get(name),
        retain=deletion in ("Retain", "RetainExceptOnCreate"),
        retain_unfinished=deletion == "Retain",
        retain_replaced=replacing == "Retain",
        metadata=metadata,
        lines={key: document.lines[at] for key in properties if (at := _of_property(name, key)) in document.lines},
    )


def _of_property(name: str, key: str) -> tuple[str, ...]:
    return "Resources", name, "Properties", key
