"""What the names in a module mean: the inputs, the resources and the modules that its expressions refer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito.infrastructure.reading.terraform import addresses
from pytest_cognito.infrastructure.reading.terraform.document import Document, Instance
from pytest_cognito.infrastructure.reading.terraform.errors import CannotBeKnown

IDS = {
    "user_pool_id": "id",
    "identity_pool_id": "id",
    "client_id": "id",
    "provider_name": "endpoint",
    "role_arn": "arn",
    "role": "id",
    "sns_caller_arn": "arn",
    "lambda_arn": "arn",
    "policy_arn": "arn",
    "source_arn": "arn",
    "function_name": "function_name",
    "group_name": "name",
    "username": "username",
}
"""The attributes that arguments take, for expressions of which a plan has not kept it: ``pool.main[each.key].id``."""
_KEYS = ("each.key", "count.index")


@dataclass(frozen=True, slots=True)
class Scope:
    """A module of a plan, as one of its instances sees it. ``key`` is that of the instance whose expression it is."""

    document: Document
    address: str
    configuration: Mapping[str, Any]
    parent: Scope | None = None
    call: Mapping[str, Any] | None = None
    key: Any = None

    def child(self, name: str, index: str) -> Scope:
        """The scope of a module that this one calls."""
        call = self.configuration.get("module_calls", {}).get(name)
        if call is None:
            raise CannotBeKnown(f"the plan has no module {name}")
        address = addresses.join([*addresses.steps(self.address), "module", name, *([index] if index else [])])
        key = index.strip('[]"') if index else None
        return Scope(self.document, address, call["module"], Scope.keyed(self, key), call)

    def keyed(self, key: Any) -> Scope:
        """This scope, for expressions of an instance with a key or a number."""
        return Scope(self.document, self.address, self.configuration, self.parent, self.call, key)

    def resource(self, base: str) -> Mapping[str, Any]:
        """What the configuration says of a resource, by its address in the module without an index."""
        for each in self.configuration.get("resources", ()):
            if each["address"] == base:
                found: Mapping[str, Any] = each
                return found
        return {}

    def instances(self, base: str) -> list[Instance]:
        """The instances of a resource of this module."""
        whole = addresses.join([*addresses.steps(self.address), *addresses.steps(base)])
        return [
            each
            for each in self.document.instances.values()
            if each.address == whole or (each.module == self.address and each.address.startswith(f"{whole}["))
        ]

    def attribute(self, text: str, argument: str) -> tuple[Instance, str]:
        """The instance and the attribute that a reference to a resource means, as the value of an argument.

        Where the plan has only the resource (``pool.main[each.key].id``), ``argument`` tells the attribute.
        """
        found = addresses.reference(text)
        assert found is not None, text
        instances = self.instances(found.base)
        if not instances:
            raise CannotBeKnown(f"the plan has no {found.base}")
        named = [each for each in instances if each.address.endswith(found.key)] if found.key else instances
        if len(named) > 1:
            named = [each for each in named if each.index is not None and str(each.index) == str(self.key)]
        if len(named) != 1:
            raise CannotBeKnown(f"it refers to {text}, of which there are several")
        attribute = found.attribute or IDS.get(argument, "")
        if not attribute:
            raise CannotBeKnown(f"it refers to {text}, and the plan does not say to which attribute of it")
        return named[0], attribute


def of_instance(document: Document, instance: Instance) -> Scope:
    """The scope in which the expressions of an instance stand."""
    root = (document.configuration or {}).get("root_module", {})
    scope = Scope(document, "", root)
    pieces = addresses.steps(instance.module)
    while pieces:
        _, name, *rest = pieces
        index = rest[0] if rest and rest[0].startswith("[") else ""
        scope = scope.child(name, index)
        pieces = rest[1:] if index else rest
    return scope.keyed(instance.index)


def is_key(text: str) -> bool:
    """Whether a reference is to the key or the number of the instance itself."""
    return text in _KEYS
