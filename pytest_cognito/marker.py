"""The ``cognito`` marker: what it may say, and what the nearest of several says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import pytest

from .kernel.usage import UsageError

NAME = "cognito"
_MERGED = ("pool", "client", "triggers")


@dataclass(frozen=True, slots=True)
class Marked:
    """What the markers of a test say together.

    Of ``pool``, ``client`` and ``triggers`` the nearer marker wins key by key; of anything else, as a whole.
    """

    pool: Mapping[str, Any] | None = None
    client: Mapping[str, Any] | None = None
    users: Sequence[str | Mapping[str, Any]] | None = None
    triggers: Mapping[str, Callable[..., Any]] | None = None
    region: str | None = None
    account_id: str | None = None
    real: bool = False

    @property
    def arranges(self) -> bool:
        """Whether there is something to make before the test runs."""
        return any(value is not None for value in (self.pool, self.client, self.users, self.triggers))


def read(node: pytest.Item) -> Marked:
    """What the markers of a test say together, the ini file's ``cognito_pool`` under all."""
    said: dict[str, Any] = {}
    for mark in reversed(list(node.iter_markers(NAME))):
        for name, value in _arguments(mark).items():
            merge = name in _MERGED and value is not None and said.get(name) is not None
            said[name] = {**said[name], **value} if merge else value
    return Marked(**said)


def pool_defaults(config: pytest.Config) -> dict[str, Any]:
    """The ini file's ``cognito_pool``."""
    text = config.getini("cognito_pool")
    if not text:
        return {}
    try:
        defaults = json.loads(text)
    except ValueError as error:
        raise UsageError(f"cognito_pool in the ini file is not JSON ({error}); write {_EXAMPLE}") from None
    if not isinstance(defaults, dict):
        raise UsageError(f"cognito_pool in the ini file must be a JSON object; write {_EXAMPLE}")
    return defaults


_EXAMPLE = """'{"UsernameAttributes": ["email"]}'"""
_KINDS: Mapping[str, tuple[type | tuple[type, ...], str]] = {
    "pool": (Mapping, "a dict of create_user_pool's parameters, such as {'UsernameAttributes': ['email']}"),
    "client": (Mapping, "a dict of create_user_pool_client's parameters, such as {'GenerateSecret': True}"),
    "users": ((list, tuple), "a list of names or dicts, such as ['alice', {'username': 'bob', 'groups': ['admins']}]"),
    "triggers": (Mapping, "a dict of functions by AWS's name, such as {'PreSignUp': auto_confirm}"),
    "region": (str, "a region's name, such as 'eu-west-1'"),
    "account_id": (str, "twelve digits, as a string"),
    "real": (bool, "True or False"),
}


def _arguments(mark: pytest.Mark) -> Mapping[str, Any]:
    if mark.args:
        raise UsageError(
            f"@pytest.mark.cognito takes keywords only; instead of {mark.args[0]!r} write, for instance, "
            f"@pytest.mark.cognito(users=['alice'])"
        )
    for name, value in mark.kwargs.items():
        if name not in _KINDS:
            known = ", ".join(field.name for field in fields(Marked))
            raise UsageError(f"@pytest.mark.cognito does not know {name!r}; it takes {known}")
        kind, example = _KINDS[name]
        if value is not None and not isinstance(value, kind):
            raise UsageError(f"@pytest.mark.cognito({name}=…) takes {example}; not {value!r}")
    return mark.kwargs
