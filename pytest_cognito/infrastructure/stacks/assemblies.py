"""Which stack of what was read a test means, and which are deployed before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pytest_cognito.infrastructure.declared import Template
from pytest_cognito.infrastructure.given import Given
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

MANIFEST = "manifest.json"
"""The file that makes an assembly of a directory."""


def located(path: Path, stack: str | None) -> tuple[Path, str | None]:
    """What is read, and the stack of it: the assembly, if the path is that of a template in one of CDK's."""
    if stack is None and path.is_file() and path.name != MANIFEST and (path.parent / MANIFEST).is_file():
        return path.parent, path.name
    return path, stack


def chosen(path: Path, templates: Mapping[str, Template], stack: str | None) -> str:
    """The name of the stack that a test has named: by that name, by its artifact, or by its path in an assembly."""
    if stack is None and len(templates) != 1:
        raise UsageError(f"{path} has several stacks: name one, by stack=, of {', '.join(templates)}")
    if stack is None:
        return next(iter(templates))
    found = [name for name, template in templates.items() if stack in (name, *template.names)]
    if len(found) != 1:
        raise UsageError(f"{path} has no stack {stack!r}: {suggestion(stack, templates)}")
    return found[0]


def before(templates: Mapping[str, Template], name: str) -> Iterator[str]:
    """The stacks that are deployed before one, in order."""
    for earlier in templates[name].after:
        yield from before(templates, earlier)
        yield earlier


def as_before(templates: Mapping[str, Template], name: str, template: Template) -> Template:
    """The template that another reading has of a stack, by its names in an assembly, or by its name."""
    same = [found for found in templates.values() if template.names and found.names == template.names]
    return (same or [templates[name if name in templates else next(iter(templates))]])[0]


def given_to(template: Template, given: Given, of_others: Collection[str] = ()) -> Given:
    """What is given to a stack: an assembly's own values, and what a test gives, which goes first.

    ``of_others`` are parameters of stacks that are deployed with it: it gets them only if it has them, too.
    """
    own = {key: value for key, value in given.parameters.items() if key in template.parameters or key not in of_others}
    return replace(given, parameters={**template.given, **own})
