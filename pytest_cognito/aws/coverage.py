"""The page on which operations of the service models are answered: ``docs/coverage.md``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import botocore
from botocore import xform_name

from pytest_cognito.aws import model, operation

_TITLES = {
    "cognito-idp": "User pools",
    "cognito-identity": "Identity pools",
    "cognito-sync": "Cognito Sync",
    "sts": "STS",
}
_INTRODUCTION = """\
# Operations

Which operations of the four services are answered. `python -m pytest_cognito operations` prints this page for the
installed botocore; here it is for botocore {version}.

An operation that botocore knows and pytest-cognito does not answer yet is an error that names the operation, and so is
a parameter that an operation does not know yet. Neither reaches AWS while a mock is active."""


def page() -> str:
    """The page, in Markdown."""
    lines = [_INTRODUCTION.format(version=botocore.__version__)]
    for service, title in _TITLES.items():
        lines += ["", *_section(service, title)]
    return "\n".join(lines) + "\n"


def rows(service: str) -> list[str]:
    """The rows of a service's table: the operations that are answered, each with the first sentence on it."""
    functions = operation.registered(service)
    answered = [name for name in _names(service) if xform_name(name) in functions]
    return [f"| `{name}` | {_summary(functions[xform_name(name)])} |" for name in answered]


def _section(service: str, title: str) -> Iterator[str]:
    names, answered = _names(service), rows(service)
    yield f"## {title} ({service}): {len(answered)} of {len(names)}"
    yield ""
    if answered:
        yield from ("| operation | does |", "| --- | --- |", *answered, "")
    functions = operation.registered(service)
    missing = [f"`{name}`" for name in names if xform_name(name) not in functions]
    yield f"Not yet: {', '.join(missing)}" if missing else "Nothing is missing."


def _names(service: str) -> list[str]:
    return sorted(model.service_model(service).operation_names)


def _summary(function: Callable[..., Any]) -> str:
    """The first sentence of a function's docstring, in Markdown."""
    paragraph = " ".join((inspect.getdoc(function) or "").partition("\n\n")[0].split())
    sentence, dot, _ = paragraph.partition(". ")
    return (sentence + dot.strip()).replace("``", "`").replace("|", r"\|")
