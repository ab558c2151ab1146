"""Preparation for the fixtures: the pool, app client, users and triggers of the marker, and boto3 clients."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest

from pytest_cognito import decorators, marker
from pytest_cognito.aws.caller import client_arguments
from pytest_cognito.aws.model import loader
from pytest_cognito.cognito import AppClient, Cognito, User, UserPool
from pytest_cognito.handles.app_clients import PASSWORD_CLIENT
from pytest_cognito.handles.pools import pools_of
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.marker import MarkerArguments
from pytest_cognito.mock import Decoration, Mock
from pytest_cognito.options import Options
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.handles.identity_pool import IdentityPool

_POOL: Mapping[str, Any] = {"PoolName": "pytest", "AutoVerifiedAttributes": ["email"]}
_ROLE_OF_USERS, _ROLE_OF_GUESTS = "Cognito_pytestAuth_Role", "Cognito_pytestUnauth_Role"
"""The names that AWS's console proposes for a pool of the name pytest."""
_REAL_AND_MOCKED = (
    "this test is marked with real=True, which lets its calls reach AWS, and takes a fixture that mocks Cognito: leave "
    "out one of both. To mock Cognito in a part of such a test, write there: with mock_cognito() as cognito: ..."
)

_seeded_worlds: pytest.StashKey[dict[Callable[[Cognito], None], World]] = pytest.StashKey()


@contextmanager
def world_of_test(request: pytest.FixtureRequest, seed: Callable[[Cognito], None] | None) -> Iterator[Cognito]:
    """The world that the fixtures of a test share, and what ``@mock_cognito`` on the test or its class uses then."""
    arguments = marker.done(request.node, "cognito")
    if arguments.real:
        raise UsageError(_REAL_AND_MOCKED)
    decorations: list[Decoration] = decorators.factories_of(getattr(request.node, "obj", None), request.cls)
    mock = Mock(
        region=_one_value("region", arguments, decorations),
        account_id=_one_value("account_id", arguments, decorations),
        seed=next((one.mock.seed for one in decorations if one.mock.seed), request.node.nodeid),
        parent=None if seed is None else seeded_world(request.config, seed),
    )
    with mock as cognito, ExitStack() as stack:
        for decoration in decorations:
            stack.enter_context(decoration.joined(cognito))
        if arguments.enforce is not None:
            cognito.world.enforces = arguments.enforce
        yield cognito


def _one_value(name: str, arguments: MarkerArguments, decorations: Sequence[Decoration]) -> str | None:
    """What the marker and the decorators of a test say about its world: once, or the same."""
    said = dict.fromkeys([getattr(arguments, name), *(getattr(one.mock, name) for one in decorations)])
    values = [value for value in said if value is not None]
    if len(values) > 1:
        raise UsageError(
            f"this test has one world, for @mock_cognito and for its fixtures, but two values for {name}, "
            f"{values[0]!r} and {values[1]!r}: say it once, by @pytest.mark.cognito({name}={values[0]!r})"
        )
    return values[0] if values else None


def seeded_world(config: pytest.Config, seed: Callable[[Cognito], None]) -> World:
    """The world that ``seed`` (see `cognito_seed`) has set up, once per session, when a test first needs it."""
    worlds = config.stash.setdefault(_seeded_worlds, {})
    if seed not in worlds:
        with Mock(seed="cognito_seed") as cognito:
            seed(cognito)
        cognito.calls.clear()  # the calls of the seed belong to no test
        cognito.world.store.seal()
        worlds[seed] = cognito.world
    return worlds[seed]


def prepare_pool(cognito: Cognito, arguments: MarkerArguments, defaults: Mapping[str, Any], pins: Options) -> UserPool:
    """Create the pool that a marker describes, with app client, users and triggers.

    ``defaults`` are parameters of the pool from the ini file, ``pins`` the ids of pool and client. A pool that
    `cognito_seed` has made with the pinned id is taken as it is. Triggers are set last, so that they run for the calls
    of the test only.
    """
    pool = _seeded_pool(cognito, arguments, pins) or _new_pool(cognito, arguments, defaults, pins)
    _furnish(pool, arguments)
    return pool


def furnish_own(pool: object, arguments: MarkerArguments) -> MarkerArguments:
    """Make the users and triggers of a marker in the pool that a suite's own `cognito_user_pool` gives.

    Returns what is left of the arguments: what the pool itself is like, that fixture has said.
    """
    if not isinstance(pool, UserPool):
        return arguments
    _furnish(pool, arguments)
    return replace(arguments, users=None, triggers=arguments.sync_triggers)


def _furnish(pool: UserPool, arguments: MarkerArguments) -> None:
    for user in arguments.users or ():
        _create_user(pool, user)
    for trigger, function in (arguments.triggers or {}).items():
        if trigger not in (arguments.sync_triggers or {}):
            _set_trigger(pool, trigger, function)


def _new_pool(cognito: Cognito, arguments: MarkerArguments, defaults: Mapping[str, Any], pins: Options) -> UserPool:
    if pins.user_pool_id and arguments.region not in (None, pins.region):
        raise UsageError(
            f"cognito_user_pool has the id {pins.user_pool_id} in every test of this suite, as "
            f"{pins.sources['user_pool_id']} in the ini file says: leave out region={arguments.region!r}, or make "
            f"another pool with cognito.create_user_pool()"
        )
    pool = _create_pool(cognito, {**_POOL, **defaults, **(arguments.pool or {})}, pins.user_pool_id)
    client = {**PASSWORD_CLIENT, **(arguments.client or {})}
    _make_providers(pool, client.get("SupportedIdentityProviders"))
    _make_resource_servers(pool, client.get("AllowedOAuthScopes"))
    pool.create_client(id=pins.client_id, secret=pins.client_secret, **client)
    return pool


def _make_providers(pool: UserPool, names: Any) -> None:
    """Create the identity providers that the app client offers: AWS wants them before it."""
    for name in _names(names):
        if name != "COGNITO":
            pool.create_identity_provider(name)


def _make_resource_servers(pool: UserPool, scopes: Any) -> None:
    """Create the resource servers with the custom scopes that the app client may have: AWS wants them before it."""
    servers: dict[str, list[dict[str, str]]] = {}
    for scope in _names(scopes):
        identifier, slash, name = scope.rpartition("/")
        if slash and not identifier.startswith("aws.cognito"):  # Cognito's own are there without a resource server
            servers.setdefault(identifier, []).append({"ScopeName": name, "ScopeDescription": name})
    for identifier, described in servers.items():
        pool.call("CreateResourceServer", Identifier=identifier, Name="pytest", Scopes=described)


def _names(values: Any) -> list[str]:
    """Each of the names once; none of what is no list of names, which is refused when the app client is created."""
    found = values if isinstance(values, list | tuple) else ()
    return list(dict.fromkeys(value for value in found if isinstance(value, str)))


def _seeded_pool(cognito: Cognito, arguments: MarkerArguments, pins: Options) -> UserPool | None:
    """The pool with the pinned id, if the seed has made it, with the pinned app client."""
    if pins.user_pool_id is None:
        return None
    pool = next((pool for pool in pools_of(cognito.world, pins.region) if pool.id == pins.user_pool_id), None)
    if pool is None:
        return None
    for name in arguments.given(("pool", "client")):
        raise UsageError(
            f"cognito_seed has made the pool {pool.id}, so the marker's {name}= can't say what it is like: leave it "
            f"out, or change the pool in the test with boto3"
        )
    clients = pool.clients
    if not clients:
        pool.create_client(id=pins.client_id, secret=pins.client_secret)
    elif pins.client_id not in (None, clients[0].id):
        raise UsageError(
            f"the first app client that cognito_seed made in {pool.id} is {clients[0].id}, and the ini file says "
            f"{pins.client_id}: make it in the seed with pool.create_client(id={pins.client_id!r})"
        )
    return pool


def _create_pool(cognito: Cognito, settings: dict[str, Any], pool_id: str | None) -> UserPool:
    """Create the pool. MFA without SmsConfiguration is by software token, which AWS allows only in a second call."""
    mfa = settings.get("MfaConfiguration", "OFF")
    if mfa == "OFF" or "SmsConfiguration" in settings:
        return cognito.create_user_pool(id=pool_id, **settings)
    pool = cognito.create_user_pool(id=pool_id, **{**settings, "MfaConfiguration": "OFF"})
    pool.call("SetUserPoolMfaConfig", MfaConfiguration=mfa, SoftwareTokenMfaConfiguration={"Enabled": True})
    return pool


def first_user(pool: UserPool, arguments: MarkerArguments) -> User:
    """The first user of the marker or, if it has none, a new user alice."""
    if not arguments.users:
        found = pool.find_user(_sign_in_name(pool, "alice"))
        return _create_user(pool, "alice") if found is None else User(pool, found.username)
    first = arguments.users[0]
    return pool.user(_sign_in_name(pool, first if isinstance(first, str) else first["username"]))


def _create_user(pool: UserPool, user: str | Mapping[str, Any]) -> User:
    arguments = {"username": user} if isinstance(user, str) else dict(user)
    name = arguments.pop("username")
    username = _sign_in_name(pool, name)
    arguments.setdefault("email", username if "@" in username else f"{name}@example.com")
    return pool.create_user(username, **arguments)


def _sign_in_name(pool: UserPool, name: str) -> str:
    """A user name for the pool: for a name such as alice, an e-mail address or a phone number if the pool needs one."""
    attributes = pool.username_attributes
    if not attributes or "@" in name or name.startswith("+"):
        return name
    if "email" in attributes:
        return f"{name}@example.com"
    return f"+1555{sum(name.encode()) % 10_000_000:07d}"


def _set_trigger(pool: UserPool, trigger: str, function: Any) -> None:
    """Set the function of a trigger; ``function`` may be a pair of the function and the version of its event."""
    function, version = function if isinstance(function, tuple) else (function, None)
    if not callable(function):
        raise UsageError(
            f"the cognito marker's trigger {trigger} needs a function of event and context, or a pair of it and a "
            f"version ('V2_0'); not {function!r}"
        )
    pool.set_trigger(trigger, function, version=version)


def prepare_identity_pool(
    cognito: Cognito, user_pool: UserPool, client: AppClient, arguments: MarkerArguments
) -> IdentityPool:
    """Create an identity pool for the users of an app client and for guests, with roles for both.

    The settings of the marker take the place of these.
    """
    trusted = {"ProviderName": user_pool.provider_name, "ClientId": client.id}
    defaults: dict[str, Any] = {"AllowUnauthenticatedIdentities": True, "CognitoIdentityProviders": [trusted]}
    pool = cognito.create_identity_pool(region=user_pool.region, **{**defaults, **(arguments.identity_pool or {})})
    policy = own_data(pool.region)
    pool.set_roles(
        authenticated=pool.create_role(_ROLE_OF_USERS, [policy]),
        unauthenticated=pool.create_role(_ROLE_OF_GUESTS, [policy], guests=True),
    )
    for trigger, function in (arguments.sync_triggers or {}).items():
        pool.set_trigger(trigger, function)
    return pool


def own_data(region: str) -> dict[str, Any]:
    """The policy of AWS's guides: to an identity its objects in S3, below its id in any bucket, and its Sync data."""
    issuer = hosts.identity_issuer(region)
    own, pool = f"${{{issuer}:sub}}", f"${{{issuer}:aud}}"
    data = f"arn:*:cognito-sync:*:*:identitypool/{pool}/identity/{own}"
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "OwnObjects",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                "Resource": f"arn:*:s3:::*/{own}/*",
            },
            {
                "Sid": "OwnListing",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:*:s3:::*",
                "Condition": {"StringLike": {"s3:prefix": [f"{own}/*"]}},
            },
            {
                "Sid": "OwnSyncData",
                "Effect": "Allow",
                "Action": "cognito-sync:*",
                "Resource": [data, f"{data}/*"],  # devices are registered for the identity, not for a dataset
            },
        ],
    }


@cache
def client(service: str, region: str) -> Any:
    """Return a client of botocore, which ``boto3.client`` gives, too. It shares the service models that are loaded."""
    session = botocore.session.get_session()
    session.register_component("data_loader", loader())
    keys: dict[str, Any] = client_arguments()
    return session.create_client(service, region_name=region, **keys)
