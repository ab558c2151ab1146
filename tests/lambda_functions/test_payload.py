"""What a function gets and returns is what JSON makes of it, by whatever way it is copied."""

from __future__ import annotations

import enum
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.lambda_functions import payload


class Word(str):
    """What JSON gives back as text."""

    __slots__ = ()


class Level(enum.IntEnum):
    LOW = 1


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None), max_size=5)
    | st.sampled_from([Word("a"), Level.LOW, 2**70, b"", "\ud800"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(st.characters(codec=None), max_size=3) | st.integers(), inner, max_size=3)
    ),
    max_leaves=6,
)


def _by_json(value: Any) -> Any:
    return payload.read(payload.dump(value))


def _outcome(copy: Any, value: Any) -> str:
    """The types as well, which equality does not tell: 1, 1.0 and True."""
    try:
        return repr(copy(value))
    except ValueError:
        return "it has no JSON"


@given(VALUES)
def test_a_result_is_what_json_makes_of_it(value: Any) -> None:
    assert _outcome(payload.result_copy, value) == _outcome(_by_json, value)


@given(st.dictionaries(st.text(max_size=3), VALUES, max_size=3))
def test_an_event_is_what_json_makes_of_it(event: dict[str, Any]) -> None:
    try:
        expected = repr(json.loads(json.dumps(event)))
    except TypeError:
        with pytest.raises(TypeError):
            payload.event_copy(event)
    else:
        assert repr(payload.event_copy(event)) == expected


@pytest.mark.parametrize("depth", [10, 50, 99, 101, 5000])
def test_nesting(depth: int) -> None:
    value: Any = []
    for _ in range(depth):
        value = [value]
    assert _outcome(payload.result_copy, value) == _outcome(_by_json, value)


def test_a_result_that_holds_itself_has_no_json() -> None:
    value: dict[str, Any] = {}
    value["again"] = value
    with pytest.raises(ValueError, match="Circular"):
        payload.result_copy(value)


def test_a_copy_shares_nothing() -> None:
    event = {"headers": {"a": "b"}, "cookies": ["c"]}
    copy = payload.event_copy(event)
    copy["headers"]["a"] = copy["cookies"][0] = "changed"
    assert event == {"headers": {"a": "b"}, "cookies": ["c"]}
