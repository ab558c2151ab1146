"""A second, slow formulation of policy evaluation, as the documentation words it: an oracle for the tests.

Wildcards are regular expressions, conditions are tables of truth, and a decision is a list of steps. It reads
documents, and shares no code with the evaluator.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Document = Mapping[str, Any]

_WILD = {"*": ".*", "?": "."}
_POSITIVE = {
    "StringNotEquals": "StringEquals",
    "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase",
    "StringNotLike": "StringLike",
    "NumericNotEquals": "NumericEquals",
    "ArnNotLike": "ArnLike",
    "DateNotEquals": "DateEquals",
}


@dataclass(frozen=True)
class Asked:
    """A request, by the texts that policies are compared with."""

    action: str
    resource: str
    keys: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


def decision(asked: Asked, identity: Iterable[Document], boundary: Document | None, session: Document | None) -> str:
    """``Deny``, ``Allow``, or ``None`` for what nothing allows."""
    layers = [list(identity), *([document] for document in (boundary, session) if document is not None)]
    effects = [{effect for document in layer for effect in _effects(document, asked)} for layer in layers]
    if any("Deny" in found for found in effects):
        return "Deny"
    return "Allow" if all("Allow" in found for found in effects) else "None"


def _effects(document: Document, asked: Asked) -> set[str]:
    return {statement["Effect"] for statement in document["Statement"] if _applies(statement, asked)}


def _applies(statement: Document, asked: Asked) -> bool:
    return (
        _is_about(statement, "Action", lambda text: _like(text.lower(), asked.action.lower(), {}))
        and _is_about(statement, "Resource", lambda text: resource_matches(text, asked))
        and all(
            condition_holds(operator, wanted, asked.keys.get(key), asked)
            for operator, keys in statement.get("Condition", {}).items()
            for key, wanted in keys.items()
        )
    )


def _is_about(statement: Document, element: str, matches: Any) -> bool:
    if element in statement:
        return any(matches(text) for text in _list(statement[element]))
    return not any(matches(text) is not False for text in _list(statement[f"Not{element}"]))


def resource_matches(text: str, asked: Asked) -> bool | None:
    """Whether a pattern matches the resource; nothing if a variable is absent."""
    if text == "*":
        return True
    front, behind = text.split(":")[:5], ":".join(text.split(":")[5:])
    filled = _filled(behind, asked.keys)
    if filled is None:
        return None
    parts = [re.sub(r"\*(?!$)", "[^:]*", _escaped(part)).replace("?", "[^:]") for part in front]
    expression = ":".join(re.sub(r"(?<!\])\*$", ".*", part) for part in parts) + ":" + filled
    return re.fullmatch(expression, asked.resource, re.DOTALL) is not None


def _escaped(text: str) -> str:
    return "".join(character if character in "*?" else re.escape(character) for character in text)


def condition_holds(operator: str, wanted: Any, given: str | tuple[str, ...] | None, asked: Asked) -> bool:
    """Whether an operator holds for the value of a key, or for its absence."""
    quantifier, _, rest = operator.rpartition(":")
    name = rest.removesuffix("IfExists")
    if name == "Null":
        return ("false" if given else "true") in _list(wanted)
    negated, positive = name in _POSITIVE, _POSITIVE.get(name, name)
    if given is None or given == ():
        return rest != name or quantifier == "ForAllValues" or (negated and not quantifier)

    def one(value: str) -> bool:
        return any(_compare(positive, text, value, asked) for text in _list(wanted)) is not negated

    if isinstance(given, tuple):
        if not quantifier:
            return len(given) == 1 and one(given[0])
        return all(map(one, given)) if quantifier == "ForAllValues" else any(map(one, given))
    return one(given) or (quantifier == "ForAllValues" and given == "")


def _compare(operator: str, wanted: str, given: str, asked: Asked) -> bool:
    if operator.startswith("Numeric"):
        return _ordered(operator.removeprefix("Numeric"), float(given), float(wanted))
    if operator.startswith("Date"):
        return _ordered(operator.removeprefix("Date"), _date(given), _date(wanted))
    if operator == "ArnLike":
        pairs = zip(wanted.split(":", 5), given.split(":", 5), strict=False)
        return wanted.count(":") >= 5 <= given.count(":") and all(_like(w, g, asked.keys) for w, g in pairs)
    if operator == "StringLike":
        return _like(wanted, given, asked.keys)
    filled = _filled(wanted, asked.keys, wildcards=False)
    flags = re.IGNORECASE if operator.endswith("IgnoreCase") else 0
    return filled is not None and re.fullmatch(filled, given, flags) is not None


def _ordered(name: str, given: float, wanted: float) -> bool:
    return {
        "Equals": given == wanted,
        "LessThan": given < wanted,
        "LessThanEquals": given <= wanted,
        "GreaterThan": given > wanted,
        "GreaterThanEquals": given >= wanted,
    }[name]


def _date(text: str) -> float:
    return dt.datetime.fromisoformat(text).timestamp()


def _like(pattern: str, text: str, keys: Mapping[str, Any]) -> bool:
    filled = _filled(pattern, keys)
    return filled is not None and re.fullmatch(filled, text, re.DOTALL) is not None


def _filled(text: str, keys: Mapping[str, Any], *, wildcards: bool = True) -> str | None:
    """The regular expression of a text with variables; nothing if one is absent."""
    expression = ""
    for part in re.split(r"(\$\{[^}]*\})", text):
        if not part.startswith("${"):
            expression += "".join(_WILD.get(c, re.escape(c)) if wildcards else re.escape(c) for c in part)
            continue
        name, _, default = part[2:-1].partition(", ")
        value = name if name in ("*", "?", "$") else keys.get(name, default[1:-1] if default else None)
        if not isinstance(value, str):
            return None
        expression += re.escape(value)
    return expression


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
