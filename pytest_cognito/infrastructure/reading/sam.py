"""Templates of SAM: AWS's own translator makes CloudFormation of them, without a network.

It takes code that is in S3 alone. Where a template names a directory, it gets a place in S3 that is none, and the
directory is remembered.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.document import Document, KeyPath
from pytest_cognito.infrastructure.errors import TemplateError
from pytest_cognito.infrastructure.reading import cloudformation
from pytest_cognito.kernel.extras import needed

TRANSFORM = "AWS::Serverless-2016-10-31"
_FAILED = "Transform {transform} failed with: {reason}"
_BUCKET = "working-tree"
_CODE = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}
"""The properties that name a directory or a zip file with code, by type."""
_WRITTEN = {"AWS::Lambda::Function": "Code", "AWS::Lambda::LayerVersion": "Content"}
"""Where the translator writes that."""
_DEFINED = ("AWS::Serverless::Api", "AWS::Serverless::HttpApi", "AWS::Serverless::StateMachine")
_ABOUT = re.compile(r"(?:Resource|Event) with id \[(\w+)\]")


def transformed(document: Document, parameters: Mapping[str, Any], region: str) -> Document:
    """The document in CloudFormation. Raises `TemplateError` with what the translator has to say."""
    data = deepcopy(dict(document.data))  # the translator changes what it is given
    folders = _code_taken_out(document, data)
    _read_definitions(document, data)
    output = _translated(document, data, parameters, region)
    others = [name for name in cloudformation.transforms(document) if name != TRANSFORM]
    if others:
        output["Transform"] = others
    sources = {**document.sources, **dict(_sources(output, folders))}
    return Document(document.path, document.root, output, {**document.lines, **_lines(document, output)}, sources)


def _code_taken_out(document: Document, data: dict[str, Any]) -> dict[str, Path]:
    """Replace the directories of code by places in S3; they are returned by the keys of these."""
    everywhere = _common_code(data)
    folders = {}
    for name, resource in _resources(data):
        member = _CODE.get(resource.get("Type", ""))
        if member is None:
            continue
        properties = resource.setdefault("Properties", {})
        if (
            member == "CodeUri"
            and everywhere is not None
            and not {"CodeUri", "InlineCode", "ImageUri"} & set(properties)
        ):
            properties["CodeUri"] = everywhere
        written = properties.get(member)
        if isinstance(written, str) and not written.startswith("s3://"):
            folders[name] = document.root / written
            properties[member] = {"Bucket": _BUCKET, "Key": name}
    return folders


def _common_code(data: dict[str, Any]) -> Any:
    """Take out the directory that is every function's."""
    common = data.get("Globals")
    of_functions = common.get("Function") if isinstance(common, dict) else None
    if not isinstance(common, dict) or not isinstance(of_functions, dict):
        return None
    found = of_functions.pop("CodeUri", None)
    if not of_functions:
        del common["Function"]  # the translator takes no empty one
    if not common:
        del data["Globals"]
    return found


def _read_definitions(document: Document, data: dict[str, Any]) -> None:
    """Put what stands in a file of its own, the OpenAPI definition of an API, into the template."""
    for name, resource in _resources(data):
        properties = resource.get("Properties", {})
        written = properties.get("DefinitionUri")
        if resource.get("Type") not in _DEFINED or not isinstance(written, str) or written.startswith("s3://"):
            continue
        path = document.root / written
        if not path.is_file():
            where = document.location("Resources", name, "Properties", "DefinitionUri")
            raise TemplateError(f"the definition of {name} is not there: {path}", where)
        del properties["DefinitionUri"]
        body = "Definition" if resource["Type"] == "AWS::Serverless::StateMachine" else "DefinitionBody"
        properties[body] = dict(cloudformation.parse(path).data)


def _resources(data: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The resources, as far as they are objects; the translator tells of others."""
    resources = data.get("Resources")
    for name, resource in resources.items() if isinstance(resources, dict) else ():
        if isinstance(resource, dict) and isinstance(resource.get("Properties", {}), dict):
            yield name, resource


def _translated(document: Document, data: dict[str, Any], parameters: Mapping[str, Any], region: str) -> dict[str, Any]:
    with needed("sam", "templates of SAM"):
        from samtranslator.metrics.metrics import DummyMetricsPublisher, Metrics
        from samtranslator.model.exceptions import InvalidDocumentException
        from samtranslator.parser.parser import Parser
        from samtranslator.translator.translator import Translator

    session: Any = SimpleNamespace(region_name=region)  # one of boto3's takes long, and its region alone is asked for
    metrics = Metrics("ServerlessTransform", DummyMetricsPublisher())
    translator = Translator({}, Parser(), boto_session=session, metrics=metrics)
    try:
        with _silent():
            output: dict[str, Any] = translator.translate(data, dict(parameters))
    except InvalidDocumentException as error:
        raise _refusal(document, error) from error
    finally:
        metrics.publish()  # it would complain at the end of the process
    return output


@contextmanager
def _silent() -> Iterator[None]:
    """Let the translator log nothing: what it has to say is in its errors."""
    logger = logging.getLogger("samtranslator")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _refusal(document: Document, error: Any) -> TemplateError:
    """The translator's errors in one, at the line of the first resource that they name."""
    causes = [cause.message for cause in error.causes]
    reason = _FAILED.format(transform=TRANSFORM, reason=" ".join([error.message, *causes]))
    named = [name for cause in causes for name in _ABOUT.findall(cause) if name in document.data.get("Resources", {})]
    return TemplateError(reason, document.location("Resources", named[0]) if named else Location(document.path))


def _sources(output: Mapping[str, Any], folders: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    """The directories of code by the logical ids that functions and layers have now."""
    for name, resource in _resources(output):
        place = resource.get("Properties", {}).get(_WRITTEN.get(resource.get("Type", ""), ""))
        if isinstance(place, dict) and place.get("S3Bucket") == _BUCKET:
            yield name, folders[place["S3Key"]]


def _lines(document: Document, output: Mapping[str, Any]) -> dict[KeyPath, int]:
    """The lines of resources that the translator has added: of what they were made for, by whose name they begin."""
    written = sorted(document.data.get("Resources", {}), key=len)
    lines: dict[KeyPath, int] = {}
    for name in output.get("Resources", {}):
        of = next((one for one in reversed(written) if name.startswith(one)), None)
        line = document.lines.get(("Resources", of)) if of is not None else None
        if line is not None:
            lines["Resources", name] = line
    return lines
