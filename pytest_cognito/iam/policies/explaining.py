"""The explanation of a decision: which statement decided, or why none that is near matched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pytest_cognito.iam.policies.conditions import Condition
from pytest_cognito.iam.policies.decisions import Decision, Ground, Kind, Layer
from pytest_cognito.iam.policies.documents import NamedPolicy
from pytest_cognito.iam.policies.matching import Resource
from pytest_cognito.iam.policies.statements import Statement, Subject
from pytest_cognito.iam.policies.wildcards import Values

_STATEMENTS = 8
"""How many statements an explanation looks at closely."""
_LISTED = 4
"""How many values of a list it shows."""
_WIDTH = 200
"""How much of a value it shows."""


def explain(decision: Decision) -> Iterator[str]:
    """The lines of an explanation."""
    request = decision.request
    yield f"{'allowed' if decision.allowed else 'denied'}: {request.action} on {_short(request.resource)}"
    yield f"by: {request.principal.arn}"
    if decision.reason:
        yield decision.reason
    subject = Subject(request, bounded=any(layer.kind is Kind.BOUNDARY for layer in decision.layers))
    if decision.allowed and request.principal.is_root:
        yield "the root user needs no policy of their own"
    for ground in decision.grounds:
        yield from _decided(ground, subject, allowed=decision.allowed)
    if not decision.allowed and not decision.grounds:
        yield from _refused([layer for layer in decision.layers if layer.kind is decision.refusing], subject)
        if decision.unasked:
            yield decision.unasked


def _decided(ground: Ground, subject: Subject, *, allowed: bool) -> Iterator[str]:
    """The statement that decided, the resources by which it did, and its conditions. NotResource says nothing."""
    yield f"{_statement(ground.kind, ground.policy, ground.index)} {'allows' if allowed else 'denies'} it"
    statement = ground.statement
    if statement.resources is not None:
        matched = [each for each in statement.compiled_resources if each.matches(subject.resource, subject.values)]
        yield f"    by resource {_list(_resources(matched, subject.values))}"
    for condition in statement.compiled_conditions:
        yield f"    by condition {condition.text} {condition.key}: {_condition(condition, subject.values)}"


def _name(kind: Kind, policy: NamedPolicy) -> str:
    """The name of a policy, and of which kind it is. That of a trust policy says so itself."""
    return policy.name if kind is Kind.TRUST else f"{policy.name} ({kind.value})"


def _statement(kind: Kind, policy: NamedPolicy, index: int) -> str:
    statement = policy.policy.statements[index]
    return f"{_name(kind, policy)}, statement {index}" + (f' "{statement.sid}"' if statement.sid else "")


def _refused(layers: Iterable[Layer], subject: Subject) -> Iterator[str]:
    """Why no policy of the layers that had to allow it does."""
    left = _STATEMENTS
    for layer in layers:
        if any(policy.policy.find("Allow", subject) is not None for policy in layer.policies):
            continue
        if not layer.policies:
            yield f"there is no {layer.kind.value}"
        for policy in layer.policies:
            near, others = _sorted(policy, subject)
            for index in near[: max(left, 0)]:
                yield f"{_statement(layer.kind, policy, index)} does not apply:"
                yield from (f"    {line}" for line in mismatches(policy.policy.statements[index], subject))
            if len(near) > left:
                yield f"{_name(layer.kind, policy)}: {len(near) - max(left, 0)} more statements do not apply"
            left -= len(near)
            yield from _about_others(layer, policy, others)


def _sorted(policy: NamedPolicy, subject: Subject) -> tuple[list[int], list[int]]:
    """The statements that allow something: those about the action, with fewest mismatches first; and the others."""
    near: list[int] = []
    others: list[int] = []
    for index, statement in enumerate(policy.policy.statements):
        if statement.effect == "Allow":
            (near if statement.is_about_action(subject) else others).append(index)
    near.sort(key=lambda index: len(list(mismatches(policy.policy.statements[index], subject))))
    return near, others


def _about_others(layer: Layer, policy: NamedPolicy, indexes: list[int]) -> Iterator[str]:
    """What the statements that are about other actions allow."""
    if all(statement.effect == "Deny" for statement in policy.policy.statements):
        yield f"{_name(layer.kind, policy)} has no statement that allows anything"
    if not indexes:
        return
    actions = [
        text if statement.actions is not None else f"all but {text}"
        for statement in (policy.policy.statements[index] for index in indexes)
        for text in statement.actions or statement.not_actions or ()
    ]
    yield f"{_name(layer.kind, policy)} allows other actions: {_list(actions)}"


def mismatches(statement: Statement, subject: Subject) -> Iterator[str]:
    """Why a statement does not apply to a request."""
    values = subject.values
    if not statement.is_about_action(subject):
        yield f"action no: {_list(statement.actions or statement.not_actions or ())}"
    if not statement.is_about_resource(subject):
        word = "resource no" if statement.resources is not None else "resource excepted"
        yield f"{word}: {_list(_resources(statement.compiled_resources, values))}"
    if not statement.is_about_principal(subject):
        word = "principal no" if statement.principals is not None else "principal excepted"
        pairs = statement.principals or statement.not_principals or ()
        yield f"{word}: {_list([f'{kind} {value}' for kind, value in pairs])}"
    for condition in statement.compiled_conditions:
        if not condition.holds(values):
            yield f"condition no: {condition.text} {condition.key}: {_condition(condition, values)}"


def _resources(resources: Iterable[Resource], values: Values) -> list[str]:
    shown = []
    for pattern in (resource.pattern for resource in resources):
        missing = pattern.missing(values)
        absent = f" ({', '.join(missing)}: absent from the request)" if missing else ""
        shown.append(_short(pattern.shown(values)) + absent)
    return shown


def _condition(condition: Condition, values: Values) -> str:
    given = values.get(condition.name)
    wanted = _list([_short(expected.shown(values)) for expected in condition.expected], " or ")
    if condition.known.operator.is_null:
        return f"it is {'present' if given else 'absent'}"
    none_of = "none of " if condition.known.operator.negated else ""
    if given is None or given == ():
        return f"absent from the request, wanted {none_of}{wanted}"
    each = (given,) if isinstance(given, str) else given
    if len(each) > 1 and not condition.known.quantifier:
        return "it has several values in the request, which takes ForAnyValue: or ForAllValues: before the operator"
    shown = _list([f'"{_short(value)}"' for value in each])
    return f"{shown} in the request, wanted {none_of}{wanted}"


def _list(texts: Iterable[str], joint: str = ", ") -> str:
    texts = list(texts)
    more = f" and {len(texts) - _LISTED} more" if len(texts) > _LISTED else ""
    return joint.join(texts[:_LISTED]) + more


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
