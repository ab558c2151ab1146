"""``serve --seed world.toml``: a file with what a server has when it starts, in the words of AWS's API."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pytest_cognito.aws import model
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.kernel.text import plain

_SERVICE = "cognito-idp"
_POOL = "user_pool"
_POOL_ID = "UserPoolId"

Table = dict[str, Any]


class Entry(NamedTuple):
    """A kind of entry: the operation that makes it, the member with its name, and the members that pin something."""

    operation: str
    name: str
    pins: Mapping[str, str] = {}


_USER_POOL = Entry("CreateUserPool", "PoolName", {"Id": "pool"})
_ENTRIES = {
    "resource_server": Entry("CreateResourceServer", "Identifier"),
    "identity_provider": Entry("CreateIdentityProvider", "ProviderName"),
    "client": Entry("CreateUserPoolClient", "ClientName", {"ClientId": "client", "ClientSecret": "secret"}),
    "domain": Entry("CreateUserPoolDomain", "Domain"),
    "group": Entry("CreateGroup", "GroupName"),
}
"""What is in a pool beside users, in the order in which it is made: an app client names what comes before it."""
_USER = "user"
_USER_MEMBERS = {
    "Username": "username",
    "Password": "password",
    "Attributes": "attributes",
    "Groups": "groups",
    "UserStatus": "status",
    "Sub": "sub",
}


def plant(cognito: Cognito, path: str) -> None:
    """Make what the file says. Raises `UsageError`, which names the entry, for a mistake in it."""
    content = _read(path)
    for name in content:
        if name != _POOL:
            raise UsageError(f"{path} has {name!r} at its top: write [[{_POOL}]] there")
    for table in _tables(content, _POOL, path):
        _plant_pool(cognito, table, path)


def _read(path: str) -> Table:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read the seed file {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not a TOML file: {error}") from None


def _plant_pool(cognito: Cognito, table: Table, path: str) -> None:
    where = f"{path}, {_POOL} {plain(table.get('PoolName', '?'))}"
    settings = {name for name in table if name in model.service_model(_SERVICE).operation_names}
    own = {name: value for name, value in table.items() if name not in {*_ENTRIES, _USER, *settings}}
    with _Mistakes(where):
        _check_names(own, _USER_POOL, [*_ENTRIES, _USER, "Region"])
        pool = cognito.create_user_pool(id=own.pop("Id", None), region=own.pop("Region", None), **own)
    for kind, entry in _ENTRIES.items():
        for each in _tables(table, kind, where):
            with _Mistakes(f"{where}, {kind} {plain(each.get(entry.name, '?'))}"):
                _plant(pool, entry, each)
    for each in _tables(table, _USER, where):
        with _Mistakes(f"{where}, {_USER} {plain(each.get('Username', '?'))}"):
            _plant_user(pool, each)
    for operation in settings:
        with _Mistakes(f"{where}, {operation}"):
            pool.call(operation, **table[operation])


def _tables(parent: Table, name: str, where: str) -> list[Table]:
    """The entries of a kind."""
    found = parent.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        written = name if name == _POOL else f"{_POOL}.{name}"
        raise UsageError(f"{where}: entries of {name} are tables of an array: write [[{written}]]")
    return found


def _plant(pool: UserPool, entry: Entry, table: Table) -> None:
    _check_names(table, entry)
    pins = {pin: table[member] for member, pin in entry.pins.items() if member in table}
    parameters = {name: value for name, value in table.items() if name not in entry.pins}
    if "secret" in pins:
        parameters["GenerateSecret"] = True
    pool.call(entry.operation, pins=pins, **parameters)


def _plant_user(pool: UserPool, table: Table) -> None:
    _check_known(table, _USER_MEMBERS)
    if "Username" not in table:
        raise UsageError('a user needs a name: write Username = "…"')
    pool.create_user(**{_USER_MEMBERS[name]: value for name, value in table.items()})


def _check_names(table: Table, entry: Entry, more: list[str] | None = None) -> None:
    shape: model.Shape = model.operation_model(_SERVICE, entry.operation).input_shape
    _check_known(table, [*(name for name in shape.members if name != _POOL_ID), *entry.pins, *(more or ())])


def _check_known(table: Table, known: Mapping[str, str] | list[str]) -> None:
    for name in table:
        if name not in known:
            raise UsageError(f"there is no {name!r} here: {suggestion(name, known)}")


class _Mistakes:
    """A context whose errors say which entry they are about."""

    def __init__(self, where: str) -> None:
        self._where = where

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if isinstance(error, UsageError | AWSError):
            raise UsageError(f"{self._where}: {error}") from None
