"""Where the code of a function or a layer is: the directory that its archive is made of, or the archive."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.reading.terraform.document import Document, Instance

_WITH_CODE = ("aws_lambda_function", "aws_lambda_layer_version")


def source(found: Document, instance: Instance, properties: Mapping[str, Any], root: Path) -> Path | None:
    """The source of a function or a layer; ``root`` is the directory of the plan. None if it is not in the tree.

    A ``data.archive_file`` that writes the archive (``output_path``) tells the directory or the file it is made of.
    """
    archive = properties.get("filename")
    if instance.type not in _WITH_CODE or not isinstance(archive, str):
        return None
    for each in found.instances.values():
        if each.type == "archive_file" and _same(each.values.get("output_path"), archive):
            told = each.values.get("source_dir") or each.values.get("source_file")
            if told:
                return _path(told, root)
    return _path(archive, root)


def _same(one: Any, other: str) -> bool:
    return isinstance(one, str) and Path(one).as_posix() == Path(other).as_posix()


def _path(text: str, root: Path) -> Path:
    """Terraform's paths begin at the directory of the configuration, where plans are written."""
    return (root / text).resolve()
