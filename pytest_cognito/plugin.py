"""The pytest plugin: options, marker, and the block on calls that no mock answers.

It is loaded at every start of pytest, wanted or not: nothing heavy is imported before a test asks for Cognito.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from . import active
from .fixtures import *  # noqa: F403 - pytest finds the fixtures in this module
from .interception import doors

if TYPE_CHECKING:
    from .marker import Marked

_MARKER = (
    "cognito(pool=None, client=None, users=None, triggers=None, region=None, account_id=None, real=False): "
    "answer Amazon Cognito in memory while the test runs; pool and client take the parameters of boto3's "
    "create_user_pool and create_user_pool_client, users names or dicts, triggers functions by AWS's name. "
    "real=True lets the test's calls reach AWS."
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("cognito_region", "the region of calls that name none (default: the environment's, else us-east-1)")
    parser.addini("cognito_account_id", "the account of the mocked AWS (default: 123456789012)")
    parser.addini("cognito_pool", "a JSON object: what the cognito marker's pool has where it says nothing else")
    parser.addini(
        "cognito_allow_real", "let calls to Cognito reach AWS while no mock is active", type="bool", default=False
    )
    parser.getgroup("cognito", "Amazon Cognito").addoption(
        "--cognito-trace",
        action="store_true",
        help="after each test, print the calls that Cognito answered, the triggers that ran and the messages sent",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)
    active.settings.region = config.getini("cognito_region") or None
    active.settings.account_id = config.getini("cognito_account_id") or None
    active.settings.key_directory = _key_directory(config)
    active.block(not config.getini("cognito_allow_real"))
    doors.install()


def pytest_unconfigure(config: pytest.Config) -> None:
    active.block(False)
    active.settings.region = active.settings.account_id = active.settings.key_directory = None


def _key_directory(config: pytest.Config) -> Path | None:
    cache = getattr(config, "cache", None)  # absent with -p no:cacheprovider
    return Path(cache.mkdir("cognito-keys")) if cache is not None else None


@pytest.fixture(autouse=True)
def _cognito_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Activate the mock for a test that bears the marker and asks for no fixture."""
    if request.node.get_closest_marker("cognito") is None:
        yield
        return
    marked = _read(request)
    if marked.real:
        with active.let_through():
            yield
        return
    request.getfixturevalue("cognito_user_pool" if marked.arranges else "cognito")
    yield


def _read(request: pytest.FixtureRequest) -> Marked:
    from .marker import read

    return read(request.node)

