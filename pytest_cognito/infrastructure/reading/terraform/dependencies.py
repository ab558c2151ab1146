"""What a resource of a plan depends on: also by values that are known, in which no expression is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.infrastructure.reading.terraform import addresses
from pytest_cognito.infrastructure.reading.terraform.document import Document, Instance
from pytest_cognito.infrastructure.reading.terraform.scope import Scope
from pytest_cognito.infrastructure.reading.terraform.scope import of_instance as scope_of


def of_instance(found: Document, instance: Instance) -> Iterator[str]:
    """The addresses, without indexes, of resources and modules that an instance depends on."""
    scope = scope_of(found, instance)
    base = f"{'data.' if instance.data else ''}{instance.type}.{instance.name}"
    configured = scope.resource(base)
    for text in (*_references(configured.get("expressions", {})), *configured.get("depends_on", ())):
        yield from _targets(text, scope)
    while scope.parent is not None:
        for text in (scope.call or {}).get("depends_on", ()):
            yield from _targets(text, scope.parent)
        scope = scope.parent


def _references(expression: Any) -> Iterator[str]:
    if isinstance(expression, Mapping):
        if "references" in expression:
            yield from addresses.most_specific(expression["references"])
        else:
            for each in expression.values():
                yield from _references(each)
    elif isinstance(expression, list):
        for each in expression:
            yield from _references(each)


def _targets(text: str, scope: Scope) -> Iterator[str]:
    """The resources that a reference leads to, through inputs and outputs of modules."""
    kind, *rest = addresses.steps(text)
    if kind == "var" and scope.parent is not None:
        passed = (scope.call or {}).get("expressions", {}).get(rest[0], {})
        for each in _references(passed):
            yield from _targets(each, scope.parent)
    elif kind == "module":
        name, *further = [piece for piece in rest if not piece.startswith("[")]
        if name not in scope.configuration.get("module_calls", {}):
            return
        child = scope.child(name, "")
        outputs = child.configuration.get("outputs", {})
        if not further or further[0] not in outputs:
            yield child.address
            return
        for each in _references(outputs[further[0]]["expression"]):
            yield from _targets(each, child)
    else:
        found = addresses.reference(text)
        if found is not None:
            yield addresses.base(addresses.join([*addresses.steps(scope.address), *addresses.steps(found.base)]))
