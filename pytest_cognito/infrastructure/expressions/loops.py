"""``AWS::LanguageExtensions``: loops, and policies of deletion by functions, before anything else of a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pytest_cognito.infrastructure.document import Document, KeyPath
from pytest_cognito.infrastructure.errors import TemplateError, at, texts
from pytest_cognito.infrastructure.expressions.evaluating import evaluate, value_of
from pytest_cognito.infrastructure.expressions.scope import Scope
from pytest_cognito.infrastructure.expressions.values import is_scalar

_PREFIX = "Fn::ForEach::"
_SECTIONS = ("Conditions", "Resources", "Outputs")
_POLICIES = ("DeletionPolicy", "UpdateReplacePolicy")


def expanded(document: Document, scope: Scope) -> Document:
    """The document with its loops run: ``Fn::ForEach::Topics: [Name, [A, B], {"Topic${Name}": {…}}]``."""
    data, lines = dict(document.data), dict(document.lines)
    for section in _SECTIONS:
        content = data.get(section)
        if not isinstance(content, Mapping):
            continue
        with at(document.location(section)):
            data[section] = _mapping(content, scope)
        _place(section, content, data[section], scope, lines)
    for name, resource in (data.get("Resources") or {}).items():
        if isinstance(resource, Mapping):
            where = document.location("Resources", name)
            policies = {key: evaluate(scope, resource[key], where) for key in _POLICIES if key in resource}
            data["Resources"][name] = {**resource, **policies}
    return replace(document, data=data, lines=lines)


def _place(
    section: str, before: Mapping[str, Any], after: Mapping[str, Any], scope: Scope, lines: dict[KeyPath, int]
) -> None:
    """What a loop makes stands where the loop stands."""
    for key in before:
        if key.startswith(_PREFIX) and (section, key) in lines:
            for made in _mapping({key: before[key]}, scope):
                if made in after:
                    lines[(section, made)] = lines[(section, key)]


def _expand(value: Any, scope: Scope) -> Any:
    if isinstance(value, Mapping):
        return _mapping(value, scope)
    if isinstance(value, list | tuple):
        return [_expand(item, scope) for item in value]
    return value


def _mapping(value: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, item in value.items():
        if not key.startswith(_PREFIX):
            result[key] = _expand(item, scope)
            continue
        for made, content in _turns(item, scope):
            if made in result or (made in value and not made.startswith(_PREFIX)):
                reason = texts.FOR_EACH_COLLISION.format(loop=key.removeprefix(_PREFIX), key=made)
                raise TemplateError(reason)
            result[made] = content
    return result


def _turns(argument: Any, scope: Scope) -> Iterator[tuple[str, Any]]:
    """What the turns of a loop make: keys with their content."""
    if not isinstance(argument, list | tuple) or len(argument) != 3 or not isinstance(argument[2], Mapping):
        raise TemplateError(texts.FOR_EACH)
    identifier, items, body = argument[0], value_of(scope, argument[1]), argument[2]
    if not isinstance(identifier, str) or not isinstance(items, list) or not all(map(is_scalar, items)):
        raise TemplateError(texts.FOR_EACH)
    inner = any(key.startswith(_PREFIX) for key in body)
    if not inner and not all(f"{{{identifier}}}" in key for key in body):
        raise TemplateError(texts.FOR_EACH)
    for item in items:
        yield from _mapping(_substituted(body, identifier, str(item)), scope).items()


def _substituted(value: Any, identifier: str, item: str) -> Any:
    """A copy in which ``${Identifier}``, ``&{Identifier}`` and a ``Ref`` to it are replaced."""
    if isinstance(value, str):
        plain = re.sub("[^A-Za-z0-9]", "", item)
        return value.replace(f"${{{identifier}}}", item).replace(f"&{{{identifier}}}", plain)
    if isinstance(value, Mapping):
        if len(value) == 1 and value.get("Ref") == identifier:
            return item
        return {
            _substituted(key, identifier, item): _substituted(each, identifier, item) for key, each in value.items()
        }
    if isinstance(value, list | tuple):
        return [_substituted(each, identifier, item) for each in value]
    return value
