"""What makes a `Template` of files: of CloudFormation, SAM, CDK or Terraform, told by their content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.document import Document
from pytest_cognito.infrastructure.expressions import parameters
from pytest_cognito.infrastructure.expressions.scope import Scope
from pytest_cognito.infrastructure.expressions.stored_values import StoredValues
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.infrastructure.reading import cloudformation, limits
from pytest_cognito.kernel.errors import Unsupported, UsageError

_SAM = "AWS::Serverless-2016-10-31"
_EXTENSIONS = "AWS::LanguageExtensions"
_INCLUDE = "AWS::Include"


def read(path: Path, given: Given, region: str) -> Mapping[str, Template]:
    """The templates that a file or a directory has, by the names of their stacks; a single one has an empty name.

    ``given`` is what the test gives: transforms need parameters before the template is evaluated.
    """
    if path.is_dir():
        if not (path / "manifest.json").is_file():
            raise UsageError(f"{path} is a directory, but not what cdk synth writes: it has no manifest.json")
        from pytest_cognito.infrastructure.reading import cdk

        return cdk.read(path, given, region)
    if not path.is_file():
        raise UsageError(
            f"there is no template {path}: a relative path begins at the working directory, {Path.cwd()}; beside a "
            f'test or a conftest.py it is Path(__file__).parent / "template.yaml"'
        )
    document = cloudformation.parse(path)
    if _is_terraform(document):
        from pytest_cognito.infrastructure.reading.terraform import templates

        return {"": templates.read(path, document.data, given)}
    limits.check_size(path)
    return {"": transformed(document, given, region)}


def transformed(document: Document, given: Given, region: str) -> Template:
    """The template of CloudFormation that a document is, its transforms applied."""
    names = cloudformation.transforms(document)
    unknown = [name for name in names if name not in (_SAM, _EXTENSIONS, _INCLUDE)]
    if unknown:
        raise Unsupported(f"{document.location('Transform')}: the macro {unknown[0]!r} can't be run here")
    if _EXTENSIONS in names:
        from pytest_cognito.infrastructure.expressions import loops

        document = loops.expanded(document, _scope(document, given, region))
    if _SAM in names:
        from pytest_cognito.infrastructure.reading import sam

        document = sam.transformed(document, given.parameters, region)
    return cloudformation.template_of(document)


def _scope(document: Document, given: Given, region: str) -> Scope:
    """What is known of a template before anything of it is made."""
    stored = StoredValues(given, region)
    declared = document.data.get("Parameters") or {}
    values = parameters.resolve(declared, given.parameters, stored.parameter, document.location)
    mappings, conditions = (document.data.get(name) or {} for name in ("Mappings", "Conditions"))
    return Scope({**values, "AWS::Region": region}, mappings, conditions, extended=True)


def _is_terraform(document: Document) -> bool:
    return "format_version" in document.data or "terraform_version" in document.data
