"""What depends on the number of users, and should not: pages of ListUsers, undoing a change, memory per user."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from time import process_time
from typing import Any

from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.mock import Mock

from . import floor, population
from .measure import Row, Sample, Subject, in_turns, python, repeated

_FEW, _MANY = 100, 100_000
_PAGE = f"a page of ListUsers at {_MANY:,} users"
_BY_EQUALITY = f"{_PAGE}, by equality"
_BY_PREFIX = f"{_PAGE}, by prefix"
_UNDOING = f"undoing one changed user at {_MANY:,}"
_MEMORY = f"memory per user at {_MANY:,}"
_UNDONE_AT_ONCE = 50


def _pages(quick: bool) -> Iterable[Row]:
    """Of the attributes that a filter can be on, the one that comes out worst is shown."""
    with _pools() as pools:
        few, many = pools
        client = floor.plain_client()

        def page(pool: UserPool, query: Mapping[str, Any]) -> Sample:
            return repeated(lambda: client.list_users(UserPoolId=pool.id, **query), pool.cognito.calls.clear)

        def row(what: str, by: str, queries: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Row:
            of_few, of_many = page(few, queries[0]), page(many, queries[1])
            return Row(what, f"at {_FEW}{by}", 1.5, in_turns(10 if quick else 40, of_many, of_few))

        yield row(_PAGE, "", ({}, {}))
        for what, operator in ((_BY_EQUALITY, "="), (_BY_PREFIX, "^=")):
            rows = [
                row(what, f" ({attribute})", (_filter(few, attribute, operator), _filter(many, attribute, operator)))
                for attribute in ("sub", *population.SEARCHED)
            ]
            yield max(rows, key=lambda each: statistics.median(each.results))


def _filter(pool: UserPool, attribute: str, operator: str) -> dict[str, str]:
    value = pool.user(population.NAME).sub if attribute == "sub" else population.SEARCHED[attribute]
    return {"Filter": f'{attribute} {operator} "{value}"'}


@contextmanager
def _pools() -> Iterator[tuple[UserPool, UserPool]]:
    """The pool of a few users and the pool of many, in one world."""
    with Mock(region=floor.REGION, seed="benchmarks") as cognito:
        few, many = population.make(cognito, _FEW), population.make(cognito, _MANY)
        for pool in (few, many):
            population.search(pool)
        yield few, many


def _undoing(quick: bool) -> Iterable[Row]:
    """A user gets another e-mail address and another name and is disabled, so that he changes his place in listings."""
    many, few = _undo(_MANY), _undo(_FEW)
    yield Row(_UNDOING, f"at {_FEW}", 1.5, in_turns(10 if quick else 60, many, few))


def _undo(users: int) -> Sample:
    cognito = Cognito(population.world(users))
    pool = cognito.pools[0]

    def one() -> float:
        undone = cognito.world.store.undone()
        with undone:
            changed = [{"Name": "email", "Value": "z@example.com"}, {"Name": "name", "Value": "Zoe"}]
            pool.call("AdminUpdateUserAttributes", Username=population.NAME, UserAttributes=changed)
            pool.call("AdminDisableUser", Username=population.NAME)
            start = process_time()
        return process_time() - start

    def sample() -> float:
        seconds = sum(one() for _ in range(_UNDONE_AT_ONCE))
        cognito.calls.clear()
        return seconds / _UNDONE_AT_ONCE

    return sample


def _memory(quick: bool) -> Iterable[Row]:
    """Counted by tracemalloc, which always gives the same: one sample is enough."""
    used = float(python("-m", "benchmarks.scripts.memory", str(_MANY // 10 if quick else _MANY)))
    yield Row(_MEMORY, "1 KiB", 3.0, ([used], [1024.0]), unit="B")


SUBJECTS = (
    Subject((_PAGE, _BY_EQUALITY, _BY_PREFIX), _pages),
    Subject((_UNDOING,), _undoing),
    Subject((_MEMORY,), _memory),
)
