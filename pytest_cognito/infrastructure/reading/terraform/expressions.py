"""Expressions of a configuration, as far as a plan has them: what they refer to, but not how.

A plan does not keep operators: ``"https://${pool.endpoint}"`` and ``pool.endpoint`` look alike. One reference to an
attribute is taken for that attribute, and for the few forms that everybody writes there are rules. Everything else
cannot be known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.infrastructure.reading.terraform import addresses
from pytest_cognito.infrastructure.reading.terraform.document import Instance
from pytest_cognito.infrastructure.reading.terraform.errors import CannotBeKnown
from pytest_cognito.infrastructure.reading.terraform.scope import Scope, is_key

Expression = Mapping[str, Any]

_POLICIES = ("assume_role_policy", "policy", "inline_policy")
_JSON = ("json", "minified_json")
_ISSUERS = ("authority", "issuer", "issuer_url")
"""The names of what is an address where an expression has the endpoint of a pool alone, which has no ``https://``."""


def resolve(expression: Expression, scope: Scope, argument: str) -> Any:
    """The value of an expression that is not known: an expression of CloudFormation. Raises `CannotBeKnown`."""
    value, attribute = _resolve(expression, scope, argument)
    if argument in _POLICIES and attribute not in (*_JSON, *_POLICIES):
        raise CannotBeKnown(f"it is a document with {_named(expression)} in it, and the plan does not say where")
    if attribute == "endpoint" and argument in _ISSUERS:
        return {"Fn::Join": ["", ["https://", value]]}
    return value


def _resolve(expression: Expression, scope: Scope, argument: str) -> tuple[Any, str]:
    """The value of an expression, and the attribute that it is; no attribute where it is made of several."""
    if "constant_value" in expression:
        return expression["constant_value"], ""
    references = _attributes(expression.get("references", ()))
    if not references:
        raise CannotBeKnown("Terraform knows it after the apply, and refers to nothing that is made here")
    if len(references) == 2 and argument == "identity_provider":
        return _provider_of_client(references, scope), ""
    if len(references) != 1:
        raise CannotBeKnown(f"it is made of {', '.join(references)}, and the plan does not say how")
    return _value(references[0], scope, argument)


def _named(expression: Expression) -> str:
    return ", ".join(_attributes(expression.get("references", ()))) or "nothing that is made here"


def resolve_each(expression: Expression, scope: Scope, argument: str, count: int | None) -> list[Any]:
    """The unknown elements of a list in the order in which they are written, ``count`` of them, if that is known."""
    references = _attributes(expression.get("references", ()))
    if not references or (count is not None and len(references) != count):
        raise CannotBeKnown(f"it is a list with {_named(expression)} in it")
    return [_value(each, scope, argument)[0] for each in references]


def resolve_map(expression: Expression, scope: Scope, argument: str, keys: Sequence[str] | None) -> dict[str, Any]:
    """The unknown values of a map. The plan does not say which is whose: keys are found by the resources' names."""
    references = _attributes(expression.get("references", ()))
    expected = keys or (("authenticated", "unauthenticated") if argument == "roles" else ())
    found: dict[str, Any] = {}
    for each in references:
        key = _key_of(each, expected) or (keys[0] if keys and len(keys) == len(references) == 1 else None)
        if key is None or key in found:
            raise CannotBeKnown(
                f"it is a map with {', '.join(references)} in it, and the plan does not say whose each is"
            )
        found[key] = _value(each, scope, argument)[0]
    if not found or (keys is not None and set(found) != set(keys)):
        raise CannotBeKnown(f"it is a map with {_named(expression)} in it")
    return found


def _key_of(reference: str, keys: Sequence[str]) -> str | None:
    """The key that the name of a resource speaks of: of ``aws_iam_role.unauth.arn`` it is ``unauthenticated``."""
    found = addresses.reference(reference)
    name = (addresses.steps(found.base)[-1] + found.key).lower() if found else reference.lower()
    if set(keys) == {"authenticated", "unauthenticated"}:
        if "unauth" in name or "guest" in name:
            return "unauthenticated"
        return "authenticated" if "auth" in name else None
    named = [key for key in keys if key.lower() in name]
    return named[0] if len(named) == 1 else None


def _attributes(references: Sequence[str]) -> list[str]:
    """The references of an expression, without the key of the instance itself, which only says which instance."""
    return [each for each in addresses.most_specific(references) if not is_key(each)]


def _value(text: str, scope: Scope, argument: str) -> tuple[Any, str]:
    """What one reference gives, and the attribute that it names."""
    kind, *rest = addresses.steps(text)
    if kind == "var":
        return _of_input(rest[0], scope, argument)
    if kind == "module":
        return _of_output(rest, scope, argument)
    if kind in ("local", "each", "self", "terraform", "path", "count"):
        raise CannotBeKnown(f"it refers to {text}, which a plan does not have")
    instance, attribute = scope.attribute(text, argument)
    return of_instance(instance, attribute), attribute


def of_instance(instance: Instance, attribute: str) -> Any:
    """An attribute of an instance: its value, if the plan has it, or an expression."""
    if instance.data or instance.address.startswith("data."):
        try:
            value = addresses.follow(instance.values, attribute)
        except KeyError:
            value = None
        if value is not None:
            return value
        if instance.type != "aws_iam_policy_document":
            raise CannotBeKnown(f"it refers to {instance.address}, which is read when the plan is applied")
    return {"Fn::GetAtt": [instance.address, attribute]}


def _of_input(name: str, scope: Scope, argument: str) -> tuple[Any, str]:
    if scope.parent is None:
        if name in scope.document.variables:
            return scope.document.variables[name], name
        raise CannotBeKnown(f"it refers to var.{name}, which the plan does not have")
    expression = (scope.call or {}).get("expressions", {}).get(name)
    if expression is None:
        raise CannotBeKnown(f"it refers to var.{name}, which {scope.address} is not given")
    return _resolve(expression, scope.parent, argument)


def _of_output(pieces: Sequence[str], scope: Scope, argument: str) -> tuple[Any, str]:
    name, *rest = pieces
    index = rest.pop(0) if rest and rest[0].startswith("[") else ""
    if not rest:
        raise CannotBeKnown(f"it refers to module.{name}, and the plan does not say to which output of it")
    child = scope.child(name, index)
    output = child.configuration.get("outputs", {}).get(rest[0])
    if output is None:
        raise CannotBeKnown(f"module.{name} has no output {rest[0]}")
    return _resolve(output["expression"], child, argument)


def _provider_of_client(references: Sequence[str], scope: Scope) -> Any:
    """The key of a role mapping, ``<endpoint of a pool>:<id of its client>``, in whatever order they are named."""
    values = {
        attribute: value for value, attribute in (_value(each, scope, "identity_provider") for each in references)
    }
    if set(values) != {"endpoint", "id"}:
        raise CannotBeKnown(f"it is made of {', '.join(references)}, and the plan does not say how")
    return {"Fn::Join": ["", [values["endpoint"], ":", values["id"]]]}
