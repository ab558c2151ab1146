"""The fixtures. Each imports what it needs when a test uses it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_cognito_sync import CognitoSyncClient
    from types_boto3_sts import STSClient

    from pytest_cognito.cognito import AppClient, Cognito, Tokens, Triggers, User, UserPool
    from pytest_cognito.handles.browser import Browser
    from pytest_cognito.handles.hosted_ui import HostedUI
    from pytest_cognito.handles.identity_pool import IdentityPool
    from pytest_cognito.handles.sync_device import SyncDevice
    from pytest_cognito.infrastructure.stacks.stack import Stack
    from pytest_cognito.kernel.clock import Clock
    from pytest_cognito.kernel.faults import Faults
    from pytest_cognito.kernel.outbox import Outbox
    from pytest_cognito.server.socket import Server

__all__ = [
    "cognito",
    "cognito_app_client",
    "cognito_auth_header",
    "cognito_browser",
    "cognito_clock",
    "cognito_faults",
    "cognito_hosted_ui",
    "cognito_identity",
    "cognito_identity_pool",
    "cognito_idp",
    "cognito_outbox",
    "cognito_seed",
    "cognito_server",
    "cognito_server_options",
    "cognito_stack",
    "cognito_sts",
    "cognito_sync",
    "cognito_sync_device",
    "cognito_tokens",
    "cognito_triggers",
    "cognito_user",
    "cognito_user_pool",
]


@pytest.fixture(scope="session")
def cognito_seed() -> Callable[[Cognito], None] | None:
    """A function of a `Cognito` that sets up what every test starts from. By default there is none.

    Override this fixture to return one. It runs once per session, and each test starts with the resources as the
    function left them.
    """
    return None


@pytest.fixture
def cognito(request: pytest.FixtureRequest, cognito_seed: Callable[[Cognito], None] | None) -> Iterator[Cognito]:
    """The `Cognito` of this test. The mock is active while the test runs."""
    from pytest_cognito import preparation

    with preparation.world_of_test(request, cognito_seed) as cognito:
        yield cognito


@pytest.fixture
def cognito_user_pool(request: pytest.FixtureRequest, cognito: Cognito) -> UserPool:
    """A user pool with e-mail verification and an app client for password sign-in; the marker configures both."""
    from pytest_cognito import marker, options, preparation

    arguments = marker.done(request.node, "cognito_user_pool")
    defaults, pins = marker.pool_defaults(request.config), options.of(request.config)
    return preparation.prepare_pool(cognito, arguments, defaults, pins)


@pytest.fixture
def cognito_app_client(cognito_user_pool: UserPool) -> AppClient:
    """The app client of `cognito_user_pool`."""
    return cognito_user_pool.client


@pytest.fixture
def cognito_user(request: pytest.FixtureRequest, cognito_user_pool: UserPool) -> User:
    """A confirmed user of `cognito_user_pool` with a known password: the first of the marker, or alice."""
    from pytest_cognito import marker, preparation

    return preparation.first_user(cognito_user_pool, marker.read(request.node))


@pytest.fixture
def cognito_tokens(cognito_user: User) -> Tokens:
    """The tokens of a sign-in of `cognito_user`."""
    return cognito_user.sign_in()


@pytest.fixture
def cognito_auth_header(cognito_tokens: Tokens) -> dict[str, str]:
    """``{"Authorization": "Bearer <access token>"}``, with the access token of `cognito_tokens`."""
    return cognito_tokens.auth_header


@pytest.fixture
def cognito_identity_pool(
    request: pytest.FixtureRequest,
    cognito: Cognito,
    cognito_user_pool: UserPool,
    cognito_app_client: AppClient,
) -> IdentityPool:
    """An identity pool for users of `cognito_user_pool` and guests, with a role for each; the marker configures it."""
    from pytest_cognito import marker, preparation

    arguments = marker.done(request.node, "cognito_identity_pool")
    return preparation.prepare_identity_pool(cognito, cognito_user_pool, cognito_app_client, arguments)


@pytest.fixture
def cognito_stack(request: pytest.FixtureRequest, cognito: Cognito) -> Stack:
    """The application's own template, deployed: the marker's ``template``, that of the ini file, or of the seed."""
    from pytest_cognito import marker, stack_preparation

    return stack_preparation.stack_of_test(request, cognito, marker.done(request.node, "cognito_stack"))


@pytest.fixture
def cognito_sync_device(cognito_identity_pool: IdentityPool, cognito_user: User) -> SyncDevice:
    """A device of `cognito_user` in `cognito_identity_pool`: a local store of datasets, and ``.synchronize()``."""
    return cognito_identity_pool.identity_of(cognito_user).sync_device()


@pytest.fixture
def cognito_browser(cognito: Cognito) -> Browser:
    """A browser in the test's process, for the pages of user pools' domains and of simulated identity providers."""
    return cognito.browser()


@pytest.fixture
def cognito_triggers(cognito: Cognito) -> Triggers:
    """The triggers: register functions for Lambda triggers, and read the events that they got."""
    return cognito.triggers


@pytest.fixture
def cognito_outbox(cognito: Cognito) -> Outbox:
    """The e-mails and SMS that Cognito would have sent."""
    return cognito.outbox


@pytest.fixture
def cognito_clock(cognito: Cognito) -> Clock:
    """Cognito's clock: move it with ``advance``, or stop it and the application's with ``freeze``."""
    return cognito.clock


@pytest.fixture
def cognito_faults(cognito: Cognito) -> Faults:
    """The faults: inject throttling, errors, time-outs and latency."""
    return cognito.faults


@pytest.fixture
def cognito_server_options() -> dict[str, object]:
    """What `cognito_server` is started with: ``port``, ``tls``, ``issuer`` … Override this fixture to say it."""
    return {}


@pytest.fixture
def cognito_server(cognito: Cognito, cognito_server_options: dict[str, Any]) -> Iterator[Server]:
    """A loopback server for this test's world, for other languages and tools: ``.endpoint_url``, ``.stop()``."""
    from pytest_cognito.server.socket import Server

    with Server(cognito.world, **cognito_server_options) as server:
        yield server


@pytest.fixture
def cognito_hosted_ui(cognito_user_pool: UserPool, cognito_server: Server) -> HostedUI:
    """The pages of a domain of `cognito_user_pool` on `cognito_server`, for a real browser: ``.sign_in_url()``."""
    from pytest_cognito.handles.hosted_ui import HostedUI

    return HostedUI(cognito_user_pool, cognito_server)


@pytest.fixture
def cognito_idp(cognito: Cognito) -> CognitoIdentityProviderClient:
    """A boto3 client for user pools in the test's region, created once and reused."""
    client: CognitoIdentityProviderClient = _client("cognito-idp", cognito)
    return client


@pytest.fixture
def cognito_identity(cognito: Cognito) -> CognitoIdentityClient:
    """A boto3 client for identity pools in the test's region, created once and reused."""
    client: CognitoIdentityClient = _client("cognito-identity", cognito)
    return client


@pytest.fixture
def cognito_sync(cognito: Cognito) -> CognitoSyncClient:
    """A boto3 client for Cognito Sync in the test's region, created once and reused."""
    client: CognitoSyncClient = _client("cognito-sync", cognito)
    return client


@pytest.fixture
def cognito_sts(cognito: Cognito) -> STSClient:
    """A boto3 client for STS in the test's region, created once and reused."""
    client: STSClient = _client("sts", cognito)
    return client


def _client(service: str, cognito: Cognito) -> Any:
    from pytest_cognito import preparation

    return preparation.client(service, cognito.region)
