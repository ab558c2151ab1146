"""The import of users from a CSV file, against making as many without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import process_time

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import UserPool

from .measure import Row, Sample, Subject, in_turns

_USERS = 10_000
_IMPORT = f"importing {_USERS:,} users"
_ATTRIBUTES = {"email": "{}@example.com", "name": "{} of Somewhere"}


def _import(quick: bool) -> Iterable[Row]:
    """The upload is left out: what it takes is the library's that sends it."""
    users = _USERS // 10 if quick else _USERS
    rows = [_row(f"user{number:05d}") for number in range(1, users + 1)]

    def imported(pool: UserPool) -> None:
        assert pool.import_users(file).imported == users

    def made(pool: UserPool) -> None:
        pool.create_users(users, **_ATTRIBUTES)

    with mock_cognito() as cognito:
        columns = cognito.create_user_pool().call("GetCSVHeader")["CSVHeader"]
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    file = "\n".join(lines)
    yield Row(_IMPORT, "create_users", 3.0, in_turns(3 if quick else 10, _sample(imported), _sample(made)))


def _row(name: str) -> dict[str, str]:
    attributes = {attribute: value.replace("{}", name) for attribute, value in _ATTRIBUTES.items()}
    return {**attributes, "cognito:username": name, "email_verified": "true"}


def _sample(make: Callable[[UserPool], None]) -> Sample:
    def sample() -> float:
        with mock_cognito(seed="imports") as cognito:
            pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"])
            start = process_time()
            make(pool)
            return process_time() - start

    return sample


SUBJECTS = (Subject((_IMPORT,), _import),)
