"""The pytest plugin: options, marker, the block on calls that no mock answers, and what a failing test shows.

It is loaded at every start of pytest, wanted or not: nothing heavy is imported before a test asks for Cognito.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from . import __version__, active
from .fixtures import *  # noqa: F403 - pytest finds the fixtures in this module
from .interception import doors
from .report.recording import Recording

if TYPE_CHECKING:
    from .marker import Marked

_MARKER = (
    "cognito(pool=None, client=None, users=None, triggers=None, region=None, account_id=None, real=False): "
    "answer Amazon Cognito in memory while the test runs; pool and client take the parameters of boto3's "
    "create_user_pool and create_user_pool_client, users names or dicts, triggers functions by AWS's name. "
    "real=True lets the test's calls reach AWS."
)
_SECTION = "Cognito"
_recording = pytest.StashKey[Recording]()
_settings_before = pytest.StashKey[active.Settings]()


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
        help="show of each test the calls that Cognito answered, the triggers that ran and the messages sent",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", _MARKER)
    config.stash[_settings_before] = active.settings
    active.settings = active.Settings(
        region=config.getini("cognito_region") or None,
        account_id=config.getini("cognito_account_id") or None,
        key_directory=_key_directory(config),
        blocked=not config.getini("cognito_allow_real"),
    )
    doors.install()


def pytest_unconfigure(config: pytest.Config) -> None:
    active.settings = config.stash.get(_settings_before, active.Settings())


def pytest_report_header() -> str:
    region = f", region {active.settings.region}" if active.settings.region else ""
    calls = "blocked" if active.settings.blocked else "allowed"
    return f"cognito: pytest-cognito {__version__}{region}, calls to AWS {calls}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Listen to what Cognito sees of the test."""
    recording = item.stash[_recording] = Recording()
    active.watch(recording)
    try:
        return (yield)
    finally:
        active.unwatch(recording)
        del item.stash[_recording]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    _begin(item, "setup")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    _begin(item, "call")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    _begin(item, "teardown")


def _begin(item: pytest.Item, phase: str) -> None:
    recording = item.stash.get(_recording, None)
    if recording is not None:
        recording.begin(phase)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what Cognito saw to the report of a test that failed, or of any with --cognito-trace."""
    report = yield
    recording = item.stash.get(_recording, None)
    traced = item.config.getoption("--cognito-trace")
    # What a passed set-up saw is shown with the test.
    if recording is not None and (report.failed or (traced and call.when != "setup")):
        seen = recording.take(whole=traced)
        if seen:
            report.sections.append((f"{_SECTION} {call.when}", seen))
    if call.excinfo is not None and report.failed and not item.config.getoption("fulltrace"):
        from .report import tracebacks

        tracebacks.shorten(report, call.excinfo)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """With --cognito-trace, show the sections of the tests that passed: those of a failed one are in its report."""
    if not config.getoption("--cognito-trace") or terminalreporter.hasopt("P"):
        return
    traced = [
        (report, content)
        for report in terminalreporter.getreports("passed") + terminalreporter.getreports("")
        for name, content in report.sections
        if name.startswith(f"{_SECTION} ")
    ]
    if traced:
        terminalreporter.write_sep("=", "Cognito trace")
    for report, content in traced:
        phase = f" ({report.when})" if report.when != "call" else ""
        terminalreporter.write_sep("_", f"{report.nodeid}{phase}")
        terminalreporter.write_line(content)


def _key_directory(config: pytest.Config) -> Callable[[], Path | None]:
    """Where the keys are kept between test runs; found when the first test needs one."""

    @cache
    def directory() -> Path | None:
        kept = getattr(config, "cache", None)  # absent with -p no:cacheprovider
        try:
            return Path(kept.mkdir("cognito-keys")) if kept is not None else None
        except OSError:  # a file system that can't be written to
            return None

    return directory


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
