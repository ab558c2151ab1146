"""Where the code of a function or a layer is in the working tree, by what its template says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import TemplateError
from pytest_cognito.infrastructure.functions.code import Code
from pytest_cognito.infrastructure.functions.registry import LAYERS, Layer
from pytest_cognito.world import Context


def code_of(deployment: Deployment, context: Context, declared: Declared, properties: Mapping[str, Any]) -> Code | None:
    """The code of a function in Python, with its layers; None for one that is elsewhere, or not in Python."""
    if not str(properties.get("Runtime", "")).startswith("python"):
        return None
    found = (context.table(LAYERS).get(arn) for arn in properties.get("Layers", ()))
    layers = tuple(layer.root for layer in found if layer is not None and layer.root is not None)
    written = properties["Code"]
    inline = written.get("ZipFile") if isinstance(written, Mapping) else None
    if inline is not None:
        return Code(inline=inline, layers=layers, name=f"{declared.logical_id}/index.py")
    root = root_of(deployment, declared, written)
    return None if root is None else Code(root, layers=layers)


def layer_of(deployment: Deployment, declared: Declared, arn: str, content: object) -> Layer:
    """A layer with its directory or zip file."""
    return Layer(arn, root_of(deployment, declared, content))


def root_of(deployment: Deployment, declared: Declared, written: object) -> Path | None:
    """The directory or zip file that the reader of the template has found, or that a path in the template names.

    ``aws cloudformation package`` takes such a path. Raises `TemplateError` if there is no such file.
    """
    root = declared.source
    if root is None and isinstance(written, str) and not written.startswith("s3://"):
        root = deployment.template.root / written
    if root is None:
        return None
    root = root.resolve()
    if not root.exists():
        raise TemplateError(f"the code of {declared.logical_id} is not there: {root}", declared.location)
    if root.is_file() and root.suffix == ".py":
        return root.parent
    return root
