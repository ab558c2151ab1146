"""What stands in the JSON of a plan or a state: instances of resources, and the configuration of a plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.infrastructure.declared import Location
from pytest_cognito.infrastructure.errors import TemplateError

_FORMAT = "1"
_SHOW = "write it by terraform show -json, of a plan or of a state"


@dataclass(frozen=True, slots=True)
class Instance:
    """An instance of a resource. ``module`` is the address of its module, empty for the root.

    ``unknown`` and ``sensitive`` have the form of ``values``: true where a value is known after the apply, or is a
    secret; in ``sensitive`` an empty dict says that a value is a map, an empty list that it is a list.
    """

    address: str
    module: str
    type: str
    name: str
    index: Any
    data: bool
    values: Mapping[str, Any]
    unknown: Any = field(default_factory=dict)
    sensitive: Any = field(default_factory=dict)
    depends_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A plan, or a state, whose ``configuration`` is None."""

    location: Location
    instances: Mapping[str, Instance]
    outputs: Mapping[str, Mapping[str, Any]]
    configuration: Mapping[str, Any] | None
    variables: Mapping[str, Any]


def read(content: Any, location: Location) -> Document:
    """The plan or the state that JSON is. Raises `TemplateError` for what is neither, or incomplete."""
    if not isinstance(content, Mapping) or "format_version" not in content:
        raise TemplateError(f"this is neither a plan nor a state as Terraform shows them: {_SHOW}", location)
    version = str(content["format_version"])
    if version.partition(".")[0] != _FORMAT:
        raise TemplateError(f"format_version {version} is not known here, but {_FORMAT}.x is", location)
    if content.get("errored"):
        raise TemplateError("Terraform could not finish this plan (errored): plan again", location)
    if "planned_values" in content:
        return _plan(content, location)
    values = content.get("values") or {}
    if "root_module" not in values:
        raise TemplateError("this has no resources: a state is empty until terraform apply has made some", location)
    instances = {each.address: each for each in _instances(values["root_module"], {})}
    return Document(location, instances, values.get("outputs", {}), None, {})


def _plan(content: Mapping[str, Any], location: Location) -> Document:
    changes = {each["address"]: each for each in content.get("resource_changes", ())}
    planned = content["planned_values"]
    before = content.get("prior_state", {}).get("values", {}).get("root_module", {})
    instances = {each.address: each for each in _instances(before, {}) if each.data}
    for address, change in changes.items():
        if change["mode"] == "data":
            instances[address] = _read_later(change)
    instances.update((each.address, each) for each in _instances(planned.get("root_module", {}), changes))
    variables = {name: each.get("value") for name, each in content.get("variables", {}).items()}
    return Document(location, instances, planned.get("outputs", {}), content.get("configuration", {}), variables)


def _instances(module: Mapping[str, Any], changes: Mapping[str, Any]) -> Iterator[Instance]:
    for each in module.get("resources", ()):
        change = changes.get(each["address"], {}).get("change", {})
        yield Instance(
            each["address"],
            module.get("address", ""),
            each["type"],
            each["name"],
            each.get("index"),
            each["mode"] == "data",
            change.get("after") or each.get("values") or {},
            change.get("after_unknown") or {},
            change.get("after_sensitive") or each.get("sensitive_values") or {},
            tuple(each.get("depends_on", ())),
        )
    for child in module.get("child_modules", ()):
        yield from _instances(child, changes)


def _read_later(change: Mapping[str, Any]) -> Instance:
    """A data source that is read when the plan is applied, since something that it names is not known before."""
    what = change["change"]
    return Instance(
        change["address"],
        change.get("module_address", ""),
        change["type"],
        change["name"],
        change.get("index"),
        True,
        what.get("after") or {},
        what.get("after_unknown") or {},
        what.get("after_sensitive") or {},
    )
