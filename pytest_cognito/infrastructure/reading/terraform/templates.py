"""The template of a plan or a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pytest_cognito.infrastructure.declared import Declared, Location, Template
from pytest_cognito.infrastructure.given import Given as Told
from pytest_cognito.infrastructure.reading.terraform import (
    addresses,
    dependencies,
    document,
    expressions,
    functions,
    places,
)
from pytest_cognito.infrastructure.reading.terraform.document import Document, Instance
from pytest_cognito.infrastructure.reading.terraform.errors import CannotBeKnown, Unknown, cannot_be_known
from pytest_cognito.infrastructure.reading.terraform.given import Given, put
from pytest_cognito.infrastructure.reading.terraform.known_ids import KnownIds, arguments, pins
from pytest_cognito.infrastructure.reading.terraform.scope import Scope, of_instance
from pytest_cognito.infrastructure.reading.terraform.unknowns import Filler
from pytest_cognito.kernel.errors import UsageError

NEW, KEEP = "new", "keep"


def read(path: Path, content: Mapping[str, Any], told: Told) -> Template:
    """The template of the content of a plan or a state. What the test says may have ``values``, and ``ids``:

    ``"keep"`` gives pools, clients, their secrets, identity pools and users the ids that a state has.
    """
    if told.ids not in (NEW, KEEP):
        raise UsageError(f'ids is "{NEW}", or "{KEEP}" for those of a state; not {told.ids!r}')
    if told.parameters:
        raise UsageError("the variables of Terraform are in the plan: terraform plan -var stage=test -out plan.tfplan")
    found = document.read(content, Location(path))
    made = {each.address: each for each in found.instances.values() if _is_made(each)}
    given = Given(told.values, made, [f"output.{name}" for name in found.outputs])
    missing: list[Unknown] = []
    known = KnownIds(made.values())
    resources = {}
    for address, instance in made.items():
        properties = _properties(found, instance, given, missing)
        resources[address] = Declared(
            address,
            _type(instance),
            known.referring(arguments(properties), address),
            found.location,
            depends_on=tuple(_dependencies(found, instance, made)),
            source=functions.source(found, instance, properties, path.parent),
            metadata={"pins": pins(instance)} if told.ids == KEEP else {},
        )
    outputs, unknown = _outputs(found, given)
    if missing:
        raise cannot_be_known(missing, found.location)
    return Template(
        found.location,
        path.parent,
        resources,
        outputs={name: {"Value": known.referring(value)} for name, value in outputs.items()},
        region=places.region(found),
        left_out=unknown,
        text_outputs=False,
    )


def _is_made(instance: Instance) -> bool:
    """Whether an instance is made here: not what data sources have read, but a document that is put together."""
    if not instance.data:
        return True
    return instance.type == "aws_iam_policy_document" and instance.values.get("json") is None


def _type(instance: Instance) -> str:
    return f"data.{instance.type}" if instance.data else instance.type


def _properties(found: Document, instance: Instance, given: Given, missing: list[Unknown]) -> dict[str, Any]:
    overrides = given.overrides(instance.address)
    if found.configuration is None:
        properties = dict(instance.values)
    else:
        filler = Filler(instance, of_instance(found, instance), given)
        missing += filler.missing if instance.type.startswith("aws_") else ()
        properties = filler.values
    for argument, value in overrides.items():
        put(properties, argument, value)
    return properties


def _dependencies(found: Document, instance: Instance, made: Mapping[str, Instance]) -> Iterator[str]:
    """The instances of what an instance depends on: what it refers to, what ``depends_on`` or a state says."""
    named = set(instance.depends_on)
    if found.configuration is not None:
        named |= set(dependencies.of_instance(found, instance))
    for each in made.values():
        whole = addresses.base(each.address)
        if each.address != instance.address and any(whole == name or whole.startswith(f"{name}.") for name in named):
            yield each.address


def _outputs(found: Document, given: Given) -> tuple[dict[str, Any], dict[str, str]]:
    """The outputs, and why others cannot be known. They are left out: nothing is made of them."""
    configured = (found.configuration or {}).get("root_module", {}).get("outputs", {})
    scope = Scope(found, "", (found.configuration or {}).get("root_module", {}))
    outputs: dict[str, Any] = {}
    unknown: dict[str, str] = {}
    for name, output in found.outputs.items():
        if given.has(f"output.{name}"):
            outputs[name] = given.value(f"output.{name}")
        elif "value" in output:
            outputs[name] = output["value"]
        elif name in configured:
            try:
                outputs[name] = expressions.resolve(configured[name]["expression"], scope, name)
            except CannotBeKnown as error:
                unknown[f"output.{name}"] = f"it cannot be known from a plan: {error}"
    return outputs, unknown
