"""Cloud assemblies of CDK: what ``cdk synth`` writes, ``cdk.out``.

A manifest names the stacks, with their templates and what is deployed before them. The stacks of a stage are in an
assembly of their own inside of it. What templates call by a hash, the code of functions and templates of nested stacks,
are the assembly's assets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Location, Template
from pytest_cognito.infrastructure.document import Document
from pytest_cognito.infrastructure.errors import TemplateError
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.reading import cloudformation
from pytest_cognito.infrastructure.reading.cdk_assets import Assets

MANIFEST = "manifest.json"
_STACK = "aws:cloudformation:stack"
_ASSEMBLY = "cdk:cloud-assembly"
_ASSETS = "cdk:asset-manifest"
_NESTED = "AWS::CloudFormation::Stack"
_LOGICAL_ID = "aws:cdk:logicalId"
_TEMPLATE_FILE = "aws:cdk:templateFile"
_PATH = "aws:cdk:path"
_BOOTSTRAP, _BOOTSTRAP_PREFIX = "BootstrapVersion", "/cdk-bootstrap/"
_NOT_WHOLE = "the assembly has no {name}: run cdk synth again"
_NO_REGION = "unknown-region"


def read(directory: Path, given: Given, region: str) -> dict[str, Template]:
    """The templates of an assembly, by the names of their stacks, stages' among them."""
    stacks = [stack for assembly in _assemblies(directory) for stack in assembly]
    return {stack.name: replace(stack.template(given, region), assembly=directory) for stack in stacks}


def _assemblies(directory: Path) -> Iterator[list[_Stack]]:
    """The stacks of an assembly, and those of the assemblies in it."""
    manifest = _json(directory / MANIFEST)
    artifacts: Mapping[str, Any] = manifest.get("artifacts", {})
    if not isinstance(artifacts, dict):
        raise TemplateError("the manifest of the assembly has no artifacts", Location(directory / MANIFEST))
    files = [artifact["properties"]["file"] for artifact in artifacts.values() if artifact["type"] == _ASSETS]
    assets = Assets(directory, [_json(directory / file) for file in files])
    names = {key: _name(key, one) for key, one in artifacts.items() if one["type"] == _STACK}
    yield [_Stack(directory, key, artifacts[key], names, assets) for key in names]
    for artifact in artifacts.values():
        if artifact["type"] == _ASSEMBLY:
            yield from _assemblies(directory / artifact["properties"]["directoryName"])


def _name(key: str, artifact: Mapping[str, Any]) -> str:
    """The name of a stack, which is that of its artifact unless the application gives it another."""
    return str(artifact["properties"].get("stackName", key))


def _json(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise TemplateError(_NOT_WHOLE.format(name=path.name), Location(path)) from error
    except json.JSONDecodeError as error:
        raise TemplateError(f"this is not JSON: {error}", Location(path, error.lineno)) from error
    return found


@dataclass(frozen=True, slots=True)
class _Stack:
    """A stack of an assembly. ``names`` are those of the assembly's stacks by their artifacts."""

    directory: Path
    key: str
    artifact: Mapping[str, Any]
    names: Mapping[str, str]
    assets: Assets

    @property
    def name(self) -> str:
        return self.names[self.key]

    def template(self, given: Given, region: str) -> Template:
        """The template, with where the code of its functions is, the paths of its constructs, and its nested stacks."""
        properties = self.artifact["properties"]
        own_region = self.artifact.get("environment", "").rpartition("/")[2]
        template = self._template(self.directory / properties["templateFile"], given, region)
        return replace(
            template,
            names=(self.key, self.artifact.get("displayName", self.key), properties["templateFile"]),
            after=tuple(self.names[one] for one in self.artifact.get("dependencies", ()) if one in self.names),
            region=None if own_region in ("", _NO_REGION) else own_region,
            given={name: str(value) for name, value in properties.get("parameters", {}).items()},
        )

    def _template(self, path: Path, given: Given, region: str) -> Template:
        from pytest_cognito.infrastructure.reading import transformed  # it imports this module, if there is an assembly

        if not path.is_file():
            raise TemplateError(_NOT_WHOLE.format(name=path.name), Location(path))
        document = cloudformation.parse(path)
        data = _prepared(document.data, self._paths(path.name))
        sources = self.assets.sources(data)
        read = transformed(Document(path, self.directory, data, document.lines, sources), given, region)
        nested = {
            name: self._template(declared.source, given, region)
            for name, declared in read.resources.items()
            if declared.type == _NESTED and declared.source is not None
        }
        return replace(read, nested=nested)

    def _paths(self, file: str) -> dict[str, str]:
        """The paths of the constructs of a template, by logical id."""
        metadata = self.artifact.get("metadata", {})
        if "additionalMetadataFile" in self.artifact:
            metadata = {**metadata, **_json(self.directory / self.artifact["additionalMetadataFile"])}
        roots = {
            path: one["data"] for path, entries in metadata.items() for one in entries if one["type"] == _TEMPLATE_FILE
        }
        found = {}
        for path, entries in metadata.items():
            within = [root for root in roots if path == root or path.startswith(f"{root}/")]
            if within and roots[max(within, key=len)] != file:
                continue  # of the stack around a nested one, or of that
            found.update({one["data"]: path.removeprefix("/") for one in entries if one["type"] == _LOGICAL_ID})
        return found


def _prepared(data: Mapping[str, Any], paths: Mapping[str, str]) -> dict[str, Any]:
    """A template in which each resource has the path of its construct, as those have that CDK's CLI has written.

    It no longer asks which version of CDK's own stack there is in the account.
    """
    prepared = deepcopy(dict(data))
    for name, resource in prepared.get("Resources", {}).items():
        if name in paths:
            resource["Metadata"] = {_PATH: paths[name], **resource.get("Metadata", {})}
    if str(prepared.get("Parameters", {}).get(_BOOTSTRAP, {}).get("Default", "")).startswith(_BOOTSTRAP_PREFIX):
        del prepared["Parameters"][_BOOTSTRAP]
        prepared.get("Rules", {}).pop("CheckBootstrapVersion", None)
    return prepared
