"""What the fixtures prepare: the pool, the client and the users that the marker says, and clients of boto3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import botocore.session
import pytest

from .aws.model import loader
from .cognito import Cognito, User, UserPool
from .handles.pool import PASSWORD_CLIENT
from .kernel.usage import UsageError
from .marker import Marked
from .mock import Mock
from .world import World

_POOL: Mapping[str, Any] = {"PoolName": "pytest", "AutoVerifiedAttributes": ["email"]}
_ATTRIBUTES = ("email", "phone_number")


_seeded: pytest.StashKey[dict[Callable[[Cognito], None], World]] = pytest.StashKey()


def seeded(config: pytest.Config, seed: Callable[[Cognito], None]) -> World:
    """The world that a `cognito_seed` has seeded: once a session, whichever test needs it first."""
    worlds = config.stash.setdefault(_seeded, {})
    if seed not in worlds:
        with Mock(seed="cognito_seed") as cognito:
            seed(cognito)
        cognito.calls.clear()  # none of them is a test's
        worlds[seed] = cognito.world
    return worlds[seed]


def prepare(cognito: Cognito, marked: Marked, defaults: Mapping[str, Any]) -> UserPool:
    """The pool that a marker describes, with client, users and triggers; triggers last, so that they see the test
    alone.
    """
    pool = _create_pool(cognito, {**_POOL, **defaults, **(marked.pool or {})})
    pool.create_client(**{**PASSWORD_CLIENT, **(marked.client or {})})
    for user in marked.users or ():
        _create_user(pool, user)
    for trigger, function in (marked.triggers or {}).items():
        _set_trigger(pool, trigger, function)
    return pool


def _create_pool(cognito: Cognito, settings: dict[str, Any]) -> UserPool:
    """The pool. MFA without a way to send SMS is by software token, which AWS lets be set only in a second call."""
    mfa = settings.get("MfaConfiguration", "OFF")
    if mfa == "OFF" or "SmsConfiguration" in settings:
        return cognito.create_user_pool(**settings)
    pool = cognito.create_user_pool(**{**settings, "MfaConfiguration": "OFF"})
    pool.call("SetUserPoolMfaConfig", MfaConfiguration=mfa, SoftwareTokenMfaConfiguration={"Enabled": True})
    return pool


def first_user(pool: UserPool, marked: Marked) -> User:
    """The first user that the marker names, or alice, made now; never one whom the test itself has made."""
    if not marked.users:
        return _create_user(pool, "alice")
    first = marked.users[0]
    return pool.user(_sign_in_name(pool, first if isinstance(first, str) else first["username"]))


def _create_user(pool: UserPool, user: str | Mapping[str, Any]) -> User:
    said = {"username": user} if isinstance(user, str) else dict(user)
    if "username" not in said:
        raise UsageError(f"a user of the cognito marker needs a username: {{'username': 'bob', …}}, not {user!r}")
    name = said.pop("username")
    known_as = _sign_in_name(pool, name)
    said.setdefault("email", known_as if "@" in known_as else f"{name}@example.com")
    return pool.create_user(known_as, **said)


def _sign_in_name(pool: UserPool, name: str) -> str:
    """A bare name in the form that the pool takes: an e-mail address or a phone number where it wants these."""
    wanted = pool.username_attributes
    if not wanted or "@" in name or name.startswith("+"):
        return name
    if "email" in wanted:
        return f"{name}@example.com"
    return f"+1555{sum(name.encode()) % 10_000_000:07d}"


def _set_trigger(pool: UserPool, trigger: str, function: Any) -> None:
    """A function, or a pair of it and the version of its event."""
    function, version = function if isinstance(function, tuple) else (function, None)
    if not callable(function):
        raise UsageError(
            f"the cognito marker's trigger {trigger} needs a function of event and context, or a pair of it and a "
            f"version ('V2_0'); not {function!r}"
        )
    pool.set_trigger(trigger, function, version=version)


@cache
def client(service: str, region: str) -> Any:
    """A client of boto3 or, where that isn't installed, of botocore. It shares the service models that we have
    loaded.
    """
    session = botocore.session.get_session()
    session.register_component("data_loader", loader())
    keys: dict[str, Any] = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    try:
        import boto3
    except ImportError:
        return session.create_client(service, region_name=region, **keys)
    make: Any = boto3.Session(botocore_session=session).client  # typed by the literal names of services
    return make(service, region_name=region, **keys)
