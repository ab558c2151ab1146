"""Statements of policies, compiled once, and whether they apply to a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pytest_cognito.iam.policies.conditions import Condition
from pytest_cognito.iam.policies.matching import Actions, Named, Resource, named, spared
from pytest_cognito.iam.policies.requests import Principal, Request
from pytest_cognito.iam.policies.wildcards import Values

Effect = Literal["Allow", "Deny"]


class Subject:
    """A request, as statements look at it. ``bounded`` says whether who asks has a permissions boundary."""

    __slots__ = ("action", "bounded", "principal", "resource", "values")

    def __init__(self, request: Request, *, bounded: bool = False) -> None:
        self.bounded = bounded
        self.principal: Principal = request.principal
        self.action = request.action.lower()
        self.resource = request.resource
        self.values: Values = request.values()


@dataclass(frozen=True)
class Statement:
    """A statement. What a document may write as a single string is a tuple here.

    Of ``actions`` and ``not_actions``, of ``resources`` and ``not_resources``, and of ``principals`` and
    ``not_principals``, one at most is set. ``principals`` are pairs such as ``("AWS", "*")``. ``conditions`` are
    operator, key and values. ``variables`` says whether the document's Version has them.
    """

    effect: Effect
    sid: str | None
    actions: tuple[str, ...] | None
    not_actions: tuple[str, ...] | None
    resources: tuple[str, ...] | None
    not_resources: tuple[str, ...] | None
    principals: tuple[tuple[str, str], ...] | None
    not_principals: tuple[tuple[str, str], ...] | None
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...]
    variables: bool = True
    compiled_conditions: tuple[Condition, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        conditions = (Condition(operator, key, values, self.variables) for operator, key, values in self.conditions)
        object.__setattr__(self, "compiled_conditions", tuple(conditions))

    @cached_property
    def _actions(self) -> Actions:
        return Actions.of(self.actions if self.actions is not None else self.not_actions or ())

    @cached_property
    def compiled_resources(self) -> tuple[Resource, ...]:
        """The patterns of Resource or of NotResource."""
        texts = self.resources if self.resources is not None else self.not_resources or ()
        of_resource = self.principals is not None or self.not_principals is not None
        return tuple(
            Resource.of(text, variables=self.variables, completed=not of_resource or "*" in text) for text in texts
        )

    def applies(self, subject: Subject) -> bool:
        """Whether it is about a request, and its conditions hold."""
        return (
            self.is_about_action(subject)
            and self.is_about_resource(subject)
            and self.is_about_principal(subject)
            and all_hold(self.compiled_conditions, subject.values)
        )

    def is_about_action(self, subject: Subject) -> bool:
        return self._actions.match(subject.action) == (self.actions is not None)

    def is_about_resource(self, subject: Subject) -> bool:
        """Whether Resource or NotResource has the resource; a trust policy has neither."""
        if self.resources is not None:
            return self._has(subject)
        return self.not_resources is None or not self._has_not(subject)

    def _has(self, subject: Subject) -> bool:
        for resource in self.compiled_resources:  # noqa: SIM110  # twice as fast as any()
            if resource.matches(subject.resource, subject.values):
                return True
        return False

    def _has_not(self, subject: Subject) -> bool:
        """Whether NotResource has it. A variable that the request lacks makes the statement apply to nothing."""
        return any(r.pattern.missing(subject.values) for r in self.compiled_resources) or self._has(subject)

    def is_about_principal(self, subject: Subject) -> bool:
        """Whether Principal or NotPrincipal has who asks; an identity's own policy has neither."""
        if self.principals is None and self.not_principals is None:
            return True
        return self.named(subject) is not Named.NOT

    def named(self, subject: Subject) -> Named:
        """How closely it names who asks.

        NotPrincipal spares nobody who has a permissions boundary from what a statement denies.
        """
        if self.principals is not None:
            return named(self.principals, subject.principal)
        if subject.bounded and self.effect == "Deny":
            return Named.GENERALLY
        return Named.NOT if spared(self.not_principals or (), subject.principal) else Named.GENERALLY


def all_hold(conditions: Iterable[Condition], values: Values) -> bool:
    for condition in conditions:  # noqa: SIM110  # twice as fast as all()
        if not condition.holds(values):
            return False
    return True


@dataclass(frozen=True)
class Policy:
    """A policy document. ``has_variables`` says whether its Version has them: ``2012-10-17``."""

    statements: tuple[Statement, ...]
    has_variables: bool

    def find(self, effect: Effect, subject: Subject) -> int | None:
        """The index of the first statement of an effect that applies to a request."""
        for index, statement in self._by_effect[effect]:
            if statement.applies(subject):
                return index
        return None

    def closest(self, subject: Subject) -> tuple[int, Named] | None:
        """The statement that allows a request and names who asks most closely."""
        found = [
            (index, statement.named(subject))
            for index, statement in self._by_effect["Allow"]
            if statement.applies(subject)
        ]
        return max(found, key=lambda pair: pair[1], default=None)

    @cached_property
    def _by_effect(self) -> dict[Effect, tuple[tuple[int, Statement], ...]]:
        numbered = tuple(enumerate(self.statements))
        return {
            "Allow": tuple(pair for pair in numbered if pair[1].effect == "Allow"),
            "Deny": tuple(pair for pair in numbered if pair[1].effect == "Deny"),
        }
