"""What depends on the number of users, and should not: pages of ListUsers, undoing a change, memory per user."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from time import process_time
from typing import Any

from pytest_cognito.cognito import Cognito, UserPool

from . import population
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

    def row(what: str, by: str = "", operator: str = "") -> Row:
        many, few = (_page(_pool(users), by, operator) for users in (_MANY, _FEW))
        return Row(what, f"at {_FEW}{by and f' ({by})'}", 1.5, in_turns(8 if quick else 20, many, few))

    yield row(_PAGE)
    for what, operator in ((_BY_EQUALITY, "="), (_BY_PREFIX, "^=")):
        rows = [row(what, attribute, operator) for attribute in ("sub", *population.SEARCHED)]
        yield max(rows, key=lambda each: statistics.median(each.results))


def _page(pool: UserPool, attribute: str, operator: str) -> Sample:
    """Without botocore, whose share would make the ratio smaller."""
    value = pool.user(population.NAME).sub if attribute == "sub" else population.SEARCHED.get(attribute)
    query: dict[str, Any] = {"Filter": f'{attribute} {operator} "{value}"'} if attribute else {}
    return repeated(lambda: pool.call("ListUsers", **query), pool.world.calls.clear)


def _pool(users: int) -> UserPool:
    return Cognito(population.world(users)).pools[0]


def _undoing(quick: bool) -> Iterable[Row]:
    """A user gets another e-mail address and another name and is disabled: each changes the place in listings."""
    many, few = _undo(_MANY), _undo(_FEW)
    yield Row(_UNDOING, f"at {_FEW}", 1.5, in_turns(10 if quick else 60, many, few))


def _undo(users: int) -> Sample:
    pool = _pool(users)

    def one() -> float:
        with pool.world.store.rolled_back():
            changed = [{"Name": "email", "Value": "z@example.com"}, {"Name": "name", "Value": "Zoe"}]
            pool.call("AdminUpdateUserAttributes", Username=population.NAME, UserAttributes=changed)
            pool.call("AdminDisableUser", Username=population.NAME)
            start = process_time()
        return process_time() - start

    def sample() -> float:
        seconds = sum(one() for _ in range(_UNDONE_AT_ONCE))
        pool.world.calls.clear()
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
