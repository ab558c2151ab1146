"""The assets of an assembly of CDK: directories and files by the hashes that templates call them by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_MEMBERS = {
    "AWS::CloudFormation::Stack": "TemplateURL",
    "AWS::Lambda::Function": "Code",
    "AWS::Lambda::LayerVersion": "Content",
}
"""The properties by which resources name an asset, by type."""
_IN_METADATA = "aws:asset:path"
_KEY = re.compile(r"[\w.-]+\.(?:zip|json|jar)")


class Assets:
    """The assets of an assembly in a directory, of what its manifests of assets have."""

    def __init__(self, directory: Path, manifests: Iterable[Mapping[str, Any]]) -> None:
        self._directory = directory
        self._paths: dict[str, str] = {}
        for manifest in manifests:
            for key, file in manifest.get("files", {}).items():
                path = file.get("source", {}).get("path")
                if path is None:
                    continue  # it is made when it is published, by a program
                self._paths[key] = path
                for destination in file.get("destinations", {}).values():
                    self._paths[destination["objectKey"]] = path

    def sources(self, data: Mapping[str, Any]) -> dict[str, Path]:
        """The directories and files of the functions, layers and nested stacks of a template, by logical id.

        They stand in the metadata of a resource if CDK's CLI has synthesized it, and in the place in S3 always.
        """
        found = {}
        for name, resource in data.get("Resources", {}).items():
            member = _MEMBERS.get(resource.get("Type", ""))
            if member is None:
                continue
            path = resource.get("Metadata", {}).get(_IN_METADATA) or self._by_key(
                resource.get("Properties", {}).get(member)
            )
            if path is not None:
                found[name] = self._directory / path
        return found

    def _by_key(self, place: object) -> str | None:
        """The path of what stands at a place in S3; its key is all that tells."""
        keys = (key for text in _texts(place) for key in _KEY.findall(text))
        return next((self._paths[key] for key in keys if key in self._paths), None)


def _texts(value: object) -> Iterable[str]:
    """All texts in an expression."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
