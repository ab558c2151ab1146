"""The functions of lists and mappings: ``Fn::Split``, ``Fn::Select``, ``Fn::FindInMap``, ``Fn::Length`` and others."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from pytest_cognito.infrastructure.errors import TemplateError, texts
from pytest_cognito.infrastructure.expressions.evaluating import Function, value_of
from pytest_cognito.infrastructure.expressions.scope import NO_VALUE, Scope
from pytest_cognito.infrastructure.expressions.values import is_scalar
from pytest_cognito.kernel.suggestions import suggestion

_ZONES = "abc"


def split(scope: Scope, argument: Any) -> list[str]:
    """The parts of a text between delimiters, empty ones too."""
    if not isinstance(argument, list | tuple) or len(argument) != 2:
        raise TemplateError(texts.SPLIT)
    delimiter, text = argument[0], value_of(scope, argument[1])
    if not isinstance(delimiter, str) or not delimiter or not isinstance(text, str):
        raise TemplateError(texts.SPLIT)
    return text.split(delimiter)


def select(scope: Scope, argument: Any) -> Any:
    """An entry of a list by its index, which may be a text."""
    if not isinstance(argument, list | tuple) or len(argument) != 2:
        raise TemplateError(texts.SELECT)
    index, items = value_of(scope, argument[0]), value_of(scope, argument[1])
    if isinstance(items, str) and "," in items:  # a list that a parameter of SSM or an import gives as text
        items = items.split(",")
    if isinstance(index, bool) or re.fullmatch("-?[0-9]+", str(index)) is None or not isinstance(items, list):
        raise TemplateError(texts.SELECT)
    if not 0 <= int(index) < len(items) or items[int(index)] is None:
        raise TemplateError(texts.SELECT_INDEX.format(index=index))
    return items[int(index)]


def find_in_map(scope: Scope, argument: Any) -> Any:
    """A value of a mapping; with the language extensions, what to give where there is none."""
    if not isinstance(argument, list | tuple) or len(argument) not in (3, 4):
        raise TemplateError(texts.FIND_IN_MAP)
    default: Any = NO_VALUE
    if len(argument) == 4:
        if not scope.extended:
            raise TemplateError(texts.NEEDS_EXTENSIONS.format(name="the DefaultValue of Fn::FindInMap"))
        if not isinstance(argument[3], Mapping) or set(argument[3]) != {"DefaultValue"}:
            raise TemplateError(texts.FIND_IN_MAP)
        default = argument[3]["DefaultValue"]
    name, key, attribute = (value_of(scope, part) for part in argument[:3])
    if not all(is_scalar(part) for part in (name, key, attribute)):
        raise TemplateError(texts.FIND_IN_MAP)
    if default is NO_VALUE and name not in scope.mappings:
        reason = texts.NO_MAPPING.format(name=name)
        raise TemplateError(reason, hint=suggestion(str(name), scope.mappings) if scope.mappings else "")
    try:
        return value_of(scope, scope.mappings[name][str(key)][str(attribute)])
    except KeyError:
        if default is NO_VALUE:
            reason = texts.NO_MAPPED_VALUE.format(name=name, key=key, attribute=attribute)
            raise TemplateError(reason) from None
        return value_of(scope, default)


def cidr(scope: Scope, argument: Any) -> list[str]:
    """So many blocks of addresses out of one: ``[block, count, bits]``."""
    if not isinstance(argument, list | tuple) or len(argument) not in (2, 3):
        raise TemplateError(texts.CIDR)
    block, count, *rest = (value_of(scope, part) for part in argument)
    try:
        network = ipaddress.ip_network(block)
        prefix = network.max_prefixlen - int(rest[0]) if rest else network.max_prefixlen - 8
        blocks = [str(each) for each in islice(network.subnets(new_prefix=prefix), int(count))]
    except (TypeError, ValueError) as error:
        raise TemplateError(texts.CIDR) from error
    if len(blocks) != int(count) or not 1 <= int(count) <= 256:
        raise TemplateError(texts.CIDR)
    return blocks


def get_azs(scope: Scope, argument: Any) -> list[str]:
    """The availability zones of a region; of the stack's if it is empty."""
    region = value_of(scope, argument)
    if not isinstance(region, str):
        raise TemplateError(texts.GET_AZS)
    return [f"{region or scope.region}{zone}" for zone in _ZONES]


def length(scope: Scope, argument: Any) -> int:
    """The number of entries of a list."""
    if not scope.extended:
        raise TemplateError(texts.NEEDS_EXTENSIONS.format(name="Fn::Length"))
    value = value_of(scope, argument)
    if not isinstance(value, list):
        raise TemplateError(texts.LENGTH)
    return len(value)


FUNCTIONS: Mapping[str, Function] = {
    "Fn::Split": split,
    "Fn::Select": select,
    "Fn::FindInMap": find_in_map,
    "Fn::Cidr": cidr,
    "Fn::GetAZs": get_azs,
    "Fn::Length": length,
}
