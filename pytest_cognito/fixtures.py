"""The fixtures. What they need is imported when a test asks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_cognito_sync import CognitoSyncClient
    from types_boto3_sts import STSClient

    from .cognito import AppClient, Cognito, Tokens, Triggers, User, UserPool
    from .kernel.clock import Clock
    from .kernel.faults import Faults
    from .kernel.outbox import Outbox
    from .server.socket import Server

__all__ = [
    "cognito",
    "cognito_app_client",
    "cognito_auth_header",
    "cognito_clock",
    "cognito_faults",
    "cognito_identity",
    "cognito_idp",
    "cognito_outbox",
    "cognito_seed",
    "cognito_server",
    "cognito_sts",
    "cognito_sync",
    "cognito_tokens",
    "cognito_triggers",
    "cognito_user",
    "cognito_user_pool",
]


@pytest.fixture(scope="session")
def cognito_seed() -> Callable[[Cognito], None] | None:
    """What every test starts from: override it with a function of the Cognito to seed, which runs once a session."""
    return None


@pytest.fixture
def cognito(request: pytest.FixtureRequest, cognito_seed: Callable[[Cognito], None] | None) -> Iterator[Cognito]:
    """The Cognito of this test: the mock is active while the test runs."""
    from . import marker, preparation
    from .mock import Mock

    marked = marker.read(request.node)
    mock = Mock(
        region=marked.region,
        account_id=marked.account_id,
        seed=request.node.nodeid,
        parent=None if cognito_seed is None else preparation.seeded(request.config, cognito_seed),
    )
    with mock as cognito:
        yield cognito


@pytest.fixture
def cognito_user_pool(request: pytest.FixtureRequest, cognito: Cognito) -> UserPool:
    """A user pool with an app client for password sign-in and e-mail verification, as the marker says."""
    from . import marker, preparation

    return preparation.prepare(cognito, marker.read(request.node), marker.pool_defaults(request.config))


@pytest.fixture
def cognito_app_client(cognito_user_pool: UserPool) -> AppClient:
    """The app client of `cognito_user_pool`."""
    return cognito_user_pool.client


@pytest.fixture
def cognito_user(request: pytest.FixtureRequest, cognito_user_pool: UserPool) -> User:
    """A confirmed user of `cognito_user_pool` with a known password: the marker's first, or alice."""
    from . import marker, preparation

    return preparation.first_user(cognito_user_pool, marker.read(request.node))


@pytest.fixture
def cognito_tokens(cognito_user: User) -> Tokens:
    """The tokens of `cognito_user`, fresh from a sign-in."""
    return cognito_user.sign_in()


@pytest.fixture
def cognito_auth_header(cognito_tokens: Tokens) -> dict[str, str]:
    """``{"Authorization": "Bearer <access token>"}`` of `cognito_user`."""
    return cognito_tokens.auth_header


@pytest.fixture
def cognito_triggers(cognito: Cognito) -> Triggers:
    """Register functions for Lambda triggers, and read the events that they got."""
    return cognito.triggers


@pytest.fixture
def cognito_outbox(cognito: Cognito) -> Outbox:
    """The e-mails and SMS that Cognito would have sent."""
    return cognito.outbox


@pytest.fixture
def cognito_clock(cognito: Cognito) -> Clock:
    """Cognito's time: move it with ``advance``; it follows freezegun and time-machine."""
    return cognito.clock


@pytest.fixture
def cognito_faults(cognito: Cognito) -> Faults:
    """Inject throttling, errors, time-outs and latency."""
    return cognito.faults


@pytest.fixture
def cognito_server(cognito: Cognito) -> Iterator[Server]:
    """The loopback server on this test's world, for other languages and tools: ``.endpoint_url``, ``.stop()``."""
    from .server.socket import Server

    with Server(cognito.world) as server:
        yield server


@pytest.fixture
def cognito_idp(cognito: Cognito) -> CognitoIdentityProviderClient:
    """A boto3 client for user pools in the test's region, made once and reused."""
    client: CognitoIdentityProviderClient = _client("cognito-idp", cognito)
    return client


@pytest.fixture
def cognito_identity(cognito: Cognito) -> CognitoIdentityClient:
    """A boto3 client for identity pools in the test's region, made once and reused."""
    client: CognitoIdentityClient = _client("cognito-identity", cognito)
    return client


@pytest.fixture
def cognito_sync(cognito: Cognito) -> CognitoSyncClient:
    """A boto3 client for Cognito Sync in the test's region, made once and reused."""
    client: CognitoSyncClient = _client("cognito-sync", cognito)
    return client


@pytest.fixture
def cognito_sts(cognito: Cognito) -> STSClient:
    """A boto3 client for STS in the test's region, made once and reused."""
    client: STSClient = _client("sts", cognito)
    return client


def _client(service: str, cognito: Cognito) -> Any:
    from . import preparation

    return preparation.client(service, cognito.region)
