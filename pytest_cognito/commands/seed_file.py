"""``serve --seed world.toml``: a file with what a server has when it starts, in the words of AWS's API."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pytest_cognito.aws import model
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.handles.identity_pool import IdentityPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.kernel.text import plain

_POOL = "user_pool"
_IDENTITY_POOL = "identity_pool"
_POOL_IDS = ("UserPoolId", "IdentityPoolId")

Table = dict[str, Any]


class Entry(NamedTuple):
    """A kind of entry: the operation that makes it, the member with its name, and the members that pin something."""

    operation: str
    name: str
    pins: Mapping[str, str] = {}
    service: str = "cognito-idp"


_USER_POOL = Entry("CreateUserPool", "PoolName", {"Id": "pool"})
_OF_IDENTITIES = Entry("CreateIdentityPool", "IdentityPoolName", {"Id": "identity_pool"}, "cognito-identity")
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
_ROLE = "role"
_ROLE_MEMBERS = ("RoleName", "Policies", "Guests")


def plant(cognito: Cognito, path: str) -> None:
    """Make what the file says. Raises `UsageError`, which names the entry, for a mistake in it."""
    content = _read(path)
    for name in content:
        if name not in (_POOL, _IDENTITY_POOL):
            raise UsageError(f"{path} has {name!r} at its top: write [[{_POOL}]] or [[{_IDENTITY_POOL}]] there")
    for table in _tables(content, _POOL, path):
        _plant_pool(cognito, table, path)
    for table in _tables(content, _IDENTITY_POOL, path):
        _plant_identity_pool(cognito, table, path)


def _read(path: str) -> Table:
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"cannot read the seed file {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not a TOML file: {error}") from None


def _plant_pool(cognito: Cognito, table: Table, path: str) -> None:
    where = f"{path}, {_POOL} {plain(table.get('PoolName', '?'))}"
    settings = _settings(table, _USER_POOL)
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
    _set(pool, settings, where)


def _plant_identity_pool(cognito: Cognito, table: Table, path: str) -> None:
    where = f"{path}, {_IDENTITY_POOL} {plain(table.get('IdentityPoolName', '?'))}"
    settings = _settings(table, _OF_IDENTITIES)
    own = {name: value for name, value in table.items() if name not in {_ROLE, *settings}}
    with _Mistakes(where):
        _check_names(own, _OF_IDENTITIES, [_ROLE, "Region"])
        pool = cognito.create_identity_pool(id=own.pop("Id", None), region=own.pop("Region", None), **own)
    for each in _tables(table, _ROLE, where):
        with _Mistakes(f"{where}, {_ROLE} {plain(each.get('RoleName', '?'))}"):
            _plant_role(pool, each)
    _set(pool, settings, where)


def _settings(table: Table, entry: Entry) -> dict[str, Table]:
    """What a pool's entry has of further operations on the pool."""
    operations = model.service_model(entry.service).operation_names
    return {name: value for name, value in table.items() if name in operations}


def _set(pool: UserPool | IdentityPool, settings: dict[str, Table], where: str) -> None:
    for operation, parameters in settings.items():
        with _Mistakes(f"{where}, {operation}"):
            pool.call(operation, **parameters)


def _plant_role(pool: IdentityPool, table: Table) -> None:
    """A role that trusts the pool, and is the one that its users get, or its guests."""
    _check_known(table, list(_ROLE_MEMBERS))
    if "RoleName" not in table:
        raise UsageError('a role needs a name: write RoleName = "…"')
    guests = bool(table.get("Guests", False))
    role = pool.create_role(table["RoleName"], table.get("Policies", ()), guests=guests)
    pool.set_roles(authenticated=None if guests else role, unauthenticated=role if guests else None)


def _tables(parent: Table, name: str, where: str) -> list[Table]:
    """The entries of a kind."""
    found = parent.get(name, [])
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        outer = _IDENTITY_POOL if name == _ROLE else _POOL
        written = name if name in (_POOL, _IDENTITY_POOL) else f"{outer}.{name}"
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
    shape: model.Shape = model.operation_model(entry.service, entry.operation).input_shape
    _check_known(table, [*(name for name in shape.members if name not in _POOL_IDS), *entry.pins, *(more or ())])


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
