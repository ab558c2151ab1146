"""Identifiers: the same again from the same seed, of the right form, and request ids apart."""

from __future__ import annotations

import re
import string
import uuid
from collections.abc import Callable, Hashable

import pytest

from pytest_cognito.kernel.identifiers import LETTERS_AND_DIGITS, Identifiers, random_seed

Draw = Callable[[Identifiers], Hashable]
DRAWS: list[Draw] = [
    lambda ids: ids.uuid(),
    lambda ids: ids.text(20),
    lambda ids: ids.digits(6),
    lambda ids: ids.data(32),
    lambda ids: ids.hexadecimal(40),
    lambda ids: ids.shuffled(string.ascii_letters),
    lambda ids: ids.request_id(),
]


@pytest.mark.parametrize("draw", DRAWS)
def test_the_same_seed_draws_the_same(draw: Draw) -> None:
    assert [draw(Identifiers("a")) for _ in range(3)] == [draw(Identifiers("a"))] * 3
    assert draw(Identifiers("a")) != draw(Identifiers("b"))


@pytest.mark.parametrize("draw", DRAWS)
def test_no_two_draws_are_the_same(draw: Draw) -> None:
    ids = Identifiers("a")
    assert len({draw(ids) for _ in range(50)}) == 50


def test_a_request_id_changes_nothing_of_what_is_drawn() -> None:
    plain, interrupted = Identifiers("a"), Identifiers("a")
    interrupted.request_id()
    assert interrupted.uuid() == plain.uuid()


@pytest.mark.parametrize("draw", [Identifiers.uuid, Identifiers.request_id])
def test_uuids_are_of_version_4(draw: Callable[[Identifiers], str]) -> None:
    ids = Identifiers("a")
    drawn = [uuid.UUID(draw(ids)) for _ in range(200)]
    assert {(one.version, one.variant) for one in drawn} == {(4, uuid.RFC_4122)}


def test_forms() -> None:
    ids = Identifiers("a")
    for _ in range(300):
        assert re.fullmatch(r"\d{6}", ids.digits(6))
        assert re.fullmatch(r"[0-9a-f]{8}", ids.hexadecimal(8))
        assert set(ids.text(30)) <= set(LETTERS_AND_DIGITS)
        assert set(ids.text(30, "xyz")) <= set("xyz")
        assert sorted(ids.shuffled("abcabc")) == list("aabbcc")
    assert len(ids.data(17)) == 17


def test_a_world_that_no_test_owns_draws_others_each_time() -> None:
    assert random_seed() != random_seed()
