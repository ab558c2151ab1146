"""Functions and conditions held against plain ones in Python."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.infrastructure.expressions import choices
from pytest_cognito.infrastructure.expressions.evaluating import evaluate
from pytest_cognito.infrastructure.expressions.scope import Scope

NAMES = ("A", "B", "C")
TEXTS = st.text(st.characters(blacklist_characters="|${}"), max_size=5)
VALUES = st.fixed_dictionaries({name: st.sampled_from(["x", "y"]) for name in NAMES})


def scope(values: dict[str, Any], conditions: dict[str, Any] | None = None) -> Scope:
    return Scope({**values, "AWS::Region": "eu-west-1"}, {}, conditions or {})


@given(st.lists(TEXTS, min_size=1))
def test_splitting_undoes_joining(parts: list[str]) -> None:
    assert evaluate(scope({}), {"Fn::Split": ["|", {"Fn::Join": ["|", parts]}]}) == parts


@given(st.lists(TEXTS, min_size=1), st.data())
def test_selecting_is_indexing(parts: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(parts) - 1))

    assert evaluate(scope({}), {"Fn::Select": [str(index), parts]}) == parts[index]


@given(st.lists(st.one_of(TEXTS, st.sampled_from(NAMES).map(lambda name: {"Ref": name}))), VALUES)
def test_sub_is_the_join_of_its_parts(parts: list[Any], values: dict[str, Any]) -> None:
    text = "".join(f"${{{part['Ref']}}}" if isinstance(part, dict) else part for part in parts)

    assert evaluate(scope(values), {"Fn::Sub": text}) == evaluate(scope(values), {"Fn::Join": ["", parts]})


COMPARISONS = st.tuples(st.sampled_from(NAMES), st.sampled_from([*NAMES, "x", "y"])).map(
    lambda pair: {"Fn::Equals": [{"Ref": pair[0]}, {"Ref": pair[1]} if pair[1] in NAMES else pair[1]]}
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        inner.map(lambda one: {"Fn::Not": [one]}),
        st.lists(inner, min_size=2, max_size=4).map(lambda several: {"Fn::And": several}),
        st.lists(inner, min_size=2, max_size=4).map(lambda several: {"Fn::Or": several}),
    ),
    max_leaves=8,
)


def plainly(condition: dict[str, Any], values: dict[str, Any]) -> bool:
    """What a condition says, in Python."""
    ((name, parts),) = condition.items()
    if name == "Fn::Equals":
        first, second = (values[part["Ref"]] if isinstance(part, dict) else part for part in parts)
        return bool(first == second)
    if name == "Condition":
        raise AssertionError("none is drawn")
    decided = [plainly(part, values) for part in parts]
    return {"Fn::Not": not decided[0], "Fn::And": all(decided), "Fn::Or": any(decided)}[name]


@given(CONDITIONS, VALUES)
def test_conditions(condition: dict[str, Any], values: dict[str, Any]) -> None:
    known = scope(values, {"Drawn": condition, "Other": {"Fn::Not": [{"Condition": "Drawn"}]}})

    expected = plainly(condition, values)
    assert choices.holds(known, "Drawn") is expected
    assert choices.holds(known, "Other") is not expected
    assert evaluate(known, {"Fn::If": ["Drawn", ["a"], {"Ref": "AWS::Region"}]}) == (["a"] if expected else "eu-west-1")
