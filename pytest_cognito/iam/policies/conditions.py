"""Conditions of statements: their operators, and when they hold."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from pytest_cognito.iam.policies import values as kinds
from pytest_cognito.iam.policies.values import Expected
from pytest_cognito.iam.policies.wildcards import Values

_OPERATOR = re.compile(r"(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator: how the values that it expects are compiled, and whether it wants none of them to match."""

    name: str
    expect: Callable[[str, bool], Expected]
    negated: bool = False
    is_null: bool = False


def _ordered(kind: str, read: Callable[[str], object | None]) -> tuple[Operator, ...]:
    """The six operators of numbers and dates."""
    return (
        Operator(f"{kind}Equals", kinds.compared(read)),
        Operator(f"{kind}NotEquals", kinds.compared(read), negated=True),
        Operator(f"{kind}LessThan", kinds.compared(read, operator.lt)),
        Operator(f"{kind}LessThanEquals", kinds.compared(read, operator.le)),
        Operator(f"{kind}GreaterThan", kinds.compared(read, operator.gt)),
        Operator(f"{kind}GreaterThanEquals", kinds.compared(read, operator.ge)),
    )


OPERATORS: Final[Mapping[str, Operator]] = {
    known.name.lower(): known
    for known in (
        Operator("StringEquals", kinds.text),
        Operator("StringNotEquals", kinds.text, negated=True),
        Operator("StringEqualsIgnoreCase", kinds.any_case_text),
        Operator("StringNotEqualsIgnoreCase", kinds.any_case_text, negated=True),
        Operator("StringLike", kinds.like),
        Operator("StringNotLike", kinds.like, negated=True),
        *_ordered("Numeric", kinds.number),
        *_ordered("Date", kinds.moment),
        Operator("Bool", kinds.compared(kinds.truth)),
        Operator("BinaryEquals", kinds.compared(kinds.octets)),
        Operator("IpAddress", kinds.compared(kinds.network, kinds.within)),
        Operator("NotIpAddress", kinds.compared(kinds.network, kinds.within), negated=True),
        Operator("ArnEquals", kinds.arn),
        Operator("ArnLike", kinds.arn),
        Operator("ArnNotEquals", kinds.arn, negated=True),
        Operator("ArnNotLike", kinds.arn, negated=True),
        Operator("Null", kinds.compared(kinds.truth), is_null=True),
    )
}
"""The operators by their names in lower case."""


@dataclass(frozen=True, slots=True)
class Named:
    """An operator as a policy names it: ``ForAnyValue:StringLikeIfExists``. ``quantifier`` is in lower case."""

    operator: Operator
    quantifier: str
    if_exists: bool


def named(text: str) -> Named | None:
    """The operator that a policy names, or nothing if there is none of that name."""
    found = _OPERATOR.fullmatch(text)
    known = OPERATORS.get(found[2].lower()) if found else None
    if found is None or known is None or (known.is_null and found[3]):
        return None
    return Named(known, (found[1] or "").lower(), found[3] is not None)


@dataclass(frozen=True, slots=True)
class Condition:
    """A key, and the values that an operator expects of it; ``text`` is the operator as the policy names it."""

    text: str
    key: str
    values: tuple[str, ...]
    variables: bool
    name: str = field(init=False)
    known: Named = field(init=False)
    expected: tuple[Expected, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        known = named(self.text)
        if known is None:
            raise ValueError(f"{self.text} is no operator of conditions")
        expected = tuple(known.operator.expect(value, self.variables) for value in self.values)
        object.__setattr__(self, "name", self.key.lower())
        object.__setattr__(self, "known", known)
        object.__setattr__(self, "expected", expected)

    def holds(self, values: Values) -> bool:
        """Whether it holds for the keys of a request."""
        given = values.get(self.name)
        known = self.known
        if known.operator.is_null:
            return self._matches("false" if given else "true", values)
        if given is None or given == ():
            return self._holds_without()
        negated = known.operator.negated
        each = (given,) if isinstance(given, str) else given
        if not known.quantifier:
            # Several values need ForAllValues or ForAnyValue: AWS finds no match without. That one value of a key that
            # may have several needs neither is not documented.
            return len(each) == 1 and self._matches(each[0], values) != negated
        if known.quantifier == "foranyvalue":
            for value in each:  # noqa: SIM110  # twice as fast as any()
                if self._matches(value, values) != negated:
                    return True
            return False
        # An empty text is a set of no values to AWS.
        return not any(each) or all(self._matches(value, values) != negated for value in each)

    def _holds_without(self) -> bool:
        """Whether it holds for a request without the key."""
        if self.known.if_exists or self.known.quantifier == "forallvalues":
            return True
        return self.known.operator.negated and not self.known.quantifier

    def _matches(self, value: str, values: Values) -> bool:
        for expected in self.expected:  # noqa: SIM110  # twice as fast as any()
            if expected.matches(value, values):
                return True
        return False
