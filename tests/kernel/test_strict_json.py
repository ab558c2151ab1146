"""Reading JSON as its standard has it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.kernel import strict_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(), values, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    text = json.dumps(value)

    assert strict_json.load(text.encode()) == value
    assert strict_json.UNREPEATED.decode(text) == value


@pytest.mark.parametrize("text", [b"NaN", b"-Infinity", b"1e400", b'"\\ud800"', b"\xff", b"{", b"[" * 100_000, b"1 1"])
def test_what_is_none(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json.load(text)


def test_a_name_that_is_there_twice() -> None:
    with pytest.raises(ValueError, match="'b' is there twice"):
        strict_json.UNREPEATED.decode('{"a": [{"b": 1, "b": 1}]}')
