"""The ``cognito`` marker: its arguments, and the combination of several markers of a test."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import pytest

from pytest_cognito.aws.places import check_account_id, check_region
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

NAME = "cognito"
_MERGED = ("pool", "client", "triggers", "identity_pool")
_REAL_AND_NOW = (
    "now= of the cognito marker stops the clock of the mock; AWS, which real=True lets the calls reach, has its own: "
    "write now=None beside real=True"
)
FIXTURES: Mapping[str, Sequence[str]] = {
    "cognito": ("region", "account_id", "enforce"),
    "cognito_user_pool": ("pool", "client", "users", "triggers"),
    "cognito_identity_pool": ("identity_pool", "sync_triggers"),
    "cognito_stack": ("template",),
}
"""The fixtures that do what the arguments of the marker say."""
_SYNC_TRIGGERS = ("SyncTrigger",)
"""The triggers of an identity pool. This module imports no service."""
_done: pytest.StashKey[set[str]] = pytest.StashKey()
_POOL_EXAMPLE = """'{"UsernameAttributes": ["email"]}'"""


def _argument(kind: type | tuple[type, ...], example: str, default: Any = None) -> Any:
    """An argument of the marker, with the type of its value, and an example for error messages."""
    return field(default=default, metadata={"kind": kind, "example": example})


@dataclass(frozen=True, slots=True)
class MarkerArguments:
    """The combined arguments of a test's markers. Its fields are the arguments of the marker.

    An argument of a closer marker (function before class before module) replaces that of another; ``pool``, ``client``,
    ``triggers`` and ``identity_pool`` are merged key by key.
    """

    pool: Mapping[str, Any] | None = _argument(
        Mapping, "a dict of create_user_pool's parameters, such as {'UsernameAttributes': ['email']}"
    )
    client: Mapping[str, Any] | None = _argument(
        Mapping, "a dict of create_user_pool_client's parameters, such as {'GenerateSecret': True}"
    )
    users: Sequence[str | Mapping[str, Any]] | None = _argument(
        (list, tuple), "a list of names or dicts, such as ['alice', {'username': 'bob', 'groups': ['admins']}]"
    )
    triggers: Mapping[str, Callable[..., Any]] | None = _argument(
        Mapping, "a dict of functions by AWS's name, such as {'PreSignUp': auto_confirm}"
    )
    identity_pool: Mapping[str, Any] | None = _argument(
        Mapping, "a dict of create_identity_pool's parameters, such as {'AllowUnauthenticatedIdentities': False}"
    )
    region: str | None = _argument(str, "a region's name, such as 'eu-west-1'")
    account_id: str | None = _argument(str, "twelve digits, as a string")
    now: str | dt.datetime | None = _argument(  # noqa: RUF009 - a field, as the others are
        (dt.datetime, str), "a datetime, or a string such as '2030-01-01T12:00Z'"
    )
    enforce: bool | None = _argument(bool, "True or False")
    template: str | os.PathLike[str] | Mapping[str, Any] | None = _argument(  # noqa: RUF009 - a field, as the others
        (str, os.PathLike, Mapping),
        "the path of a template, beginning at the test's file or at pytest's root directory, or a dict of the "
        "arguments of cognito.deploy, such as {'path': 'template.yaml', 'parameters': {'Stage': 'test'}}",
    )
    real: bool = _argument(bool, "True or False", default=False)

    def given(self, names: Iterable[str]) -> list[str]:
        """Those of the arguments that a marker has."""
        return [name for name in names if getattr(self, name) is not None]

    @property
    def describes_pool(self) -> bool:
        """Whether a pool is to be created before the test runs."""
        return bool(self.given(FIXTURES["cognito_user_pool"]))

    @property
    def describes_identity_pool(self) -> bool:
        """Whether an identity pool is to be created before the test runs."""
        return bool(self.given(FIXTURES["cognito_identity_pool"]))

    @property
    def sync_triggers(self) -> Mapping[str, Any] | None:
        """Those of ``triggers`` that are the identity pool's; None if there are none."""
        given = self.triggers or {}
        return {name: given[name] for name in _SYNC_TRIGGERS if name in given} or None


_FIELDS = {each.name: each for each in fields(MarkerArguments)}
DESCRIPTION = (
    f"{NAME}({', '.join(f'{each.name}={each.default!r}' for each in _FIELDS.values())}): "
    "answer Amazon Cognito in memory while the test runs; pool and client take the parameters of boto3's "
    "create_user_pool and create_user_pool_client, users names or dicts, triggers functions by AWS's name; "
    "identity_pool takes those of create_identity_pool; "
    "template is deployed as cognito_stack; "
    "now stops the clocks; enforce authorises calls with credentials that identity pools and STS have issued. "
    "real=True lets the test's calls reach AWS."
)
"""The marker as ``pytest --markers`` shows it."""


def read(node: pytest.Item) -> MarkerArguments:
    """The combined arguments of a test's markers."""
    merged: dict[str, Any] = {}
    for mark in reversed(list(node.iter_markers(NAME))):
        for name, value in _checked(mark).items():
            merge = name in _MERGED and value is not None and merged.get(name) is not None
            merged[name] = {**merged[name], **value} if merge else value
    arguments = MarkerArguments(**merged)
    if arguments.real and arguments.now is not None:
        raise UsageError(_REAL_AND_NOW)
    return arguments


def done(node: pytest.Item, fixture: str) -> MarkerArguments:
    """The arguments, for the fixture that does what they say (see `FIXTURES`)."""
    node.stash.setdefault(_done, set()).add(fixture)
    return read(node)


def is_done(node: pytest.Item, fixture: str) -> bool:
    """Whether a fixture has done what the arguments say. One of the suite's own, in its place, has not."""
    return fixture in node.stash.get(_done, ())


def check_done(node: pytest.Item, arguments: MarkerArguments) -> None:
    """Raise `UsageError` for arguments that no fixture has done, because the suite has one of its own in its place."""
    for fixture, names in FIXTURES.items():
        given = arguments.given(names)
        if given and not is_done(node, fixture):
            listed = ", ".join(f"{name.removeprefix('sync_')}=…" for name in given)
            raise UsageError(
                f"@pytest.mark.cognito({listed}) is for the plugin's fixture {fixture}, and this test has a {fixture} "
                f"of its own suite, which does not know of it. Say it there or in the test, "
                f"or let the suite's {fixture} take the plugin's as a parameter of this name."
            )


def pool_defaults(config: pytest.Config) -> dict[str, Any]:
    """The parameters of the pool in the ini option ``cognito_pool``."""
    text = config.getini("cognito_pool")
    if not text:
        return {}
    try:
        defaults = json.loads(text)
    except ValueError as error:
        raise UsageError(f"cognito_pool in the ini file is not JSON ({error}); write {_POOL_EXAMPLE}") from None
    if not isinstance(defaults, dict):
        raise UsageError(f"cognito_pool in the ini file must be a JSON object; write {_POOL_EXAMPLE}")
    return defaults


def _checked(mark: pytest.Mark) -> Mapping[str, Any]:
    """The arguments of one marker. Raises `UsageError` if one is unknown or of a wrong type."""
    if mark.args:
        raise UsageError(
            f"@pytest.mark.cognito takes keywords only; instead of {mark.args[0]!r} write, for instance, "
            f"@pytest.mark.cognito(users=['alice'])"
        )
    for name, value in mark.kwargs.items():
        if name not in _FIELDS:
            raise UsageError(f"@pytest.mark.cognito does not know {name!r}: {suggestion(name, _FIELDS)}")
        metadata = _FIELDS[name].metadata
        if value is not None and not isinstance(value, metadata["kind"]):
            raise UsageError(f"@pytest.mark.cognito({name}=…) takes {metadata['example']}; not {value!r}")
        if value is not None and name in _CHECKS:
            _CHECKS[name](value)
    others = [name for name, value in mark.kwargs.items() if name != "real" and value is not None]
    if mark.kwargs.get("real") and others:
        raise UsageError(
            f"@pytest.mark.cognito(real=True) lets the test's calls reach AWS, where {others[0]}= makes nothing: leave "
            f"one of them out"
        )
    return mark.kwargs


def _check_template(template: Any) -> None:
    if isinstance(template, Mapping) and "path" not in template:
        raise UsageError(f"@pytest.mark.cognito(template=…) takes {_FIELDS['template'].metadata['example']}")


def _check_users(users: Sequence[Any]) -> None:
    for user in users:
        if not isinstance(user, str | Mapping):
            raise UsageError(
                f"@pytest.mark.cognito(users=…) takes {_FIELDS['users'].metadata['example']}; not {user!r}"
            )
        if isinstance(user, Mapping) and not isinstance(user.get("username"), str):
            raise UsageError(f"a user of the cognito marker needs a username: {{'username': 'bob', …}}, not {user!r}")


_CHECKS: Mapping[str, Callable[[Any], None]] = {
    "template": _check_template,
    "users": _check_users,
    "region": check_region,
    "account_id": check_account_id,
}
