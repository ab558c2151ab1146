"""A sorted list in chunks, against one in one piece."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito.state.ordered import Ordered

NUMBERS = st.integers(0, 60)
FEW_A_CHUNK = 4


@given(st.sets(NUMBERS), st.lists(NUMBERS))
def test_it_is_a_sorted_list_however_it_is_changed(begun_with: set[int], changed: list[int]) -> None:
    ordered, wanted = Ordered(begun_with, full=FEW_A_CHUNK), set(begun_with)
    for number in changed:
        if number in wanted:
            ordered.remove(number)
            wanted.remove(number)
        else:
            ordered.add(number)
            wanted.add(number)
        assert list(ordered) == sorted(wanted)
        assert len(ordered) == len(wanted)
        assert list(ordered.since(number)) == sorted(each for each in wanted if each >= number)


@given(st.permutations(range(40)))
def test_no_chunk_is_longer_than_it_may_be(numbers: list[int]) -> None:
    ordered = Ordered(full=FEW_A_CHUNK)
    for number in numbers:
        ordered.add(number)
    assert max(map(len, ordered._chunks)) <= FEW_A_CHUNK
    assert list(ordered) == sorted(numbers)
