"""The pytest plugin: options, marker, the block on calls while no mock is active, and the sections in test reports.

It is loaded at every start of pytest, so it imports only light modules until a test uses Cognito.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import active, decorators, fixtures, marker, options
from pytest_cognito.fixtures import *  # noqa: F403 - pytest finds the fixtures in this module
from pytest_cognito.interception import hooks
from pytest_cognito.kernel.runs import RUN
from pytest_cognito.report.recording import Recorder

_SECTION = "Cognito"
_DECISIONS = "Decisions of policies"
_recorder = pytest.StashKey[Recorder]()
_settings_before = pytest.StashKey[active.Settings]()


def pytest_addoption(parser: pytest.Parser) -> None:
    options.add(parser)
    parser.addini("cognito_pool", "a JSON object: what the cognito marker's pool has where it says nothing else")
    parser.addini("cognito_template", "the template of cognito_stack, beginning at pytest's root directory")
    parser.addini(
        "cognito_allow_real", "let calls to Cognito reach AWS while no mock is active", type="bool", default=False
    )
    parser.addini(
        "cognito_share_models", "let all sessions of botocore share its data files", type="bool", default=True
    )
    parser.getgroup("cognito", "Amazon Cognito").addoption(
        "--cognito-trace",
        action="store_true",
        help="show of each test the calls that Cognito answered, the triggers that ran and the messages sent",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    options.set_environment(early_config)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", marker.DESCRIPTION)
    config.stash[_settings_before] = active.settings
    options.set_environment(config)  # where a conftest.py has loaded the plugin, it was not asked before
    said = options.of(config)
    active.settings = active.Settings(
        region=said.region,
        account_id=said.account_id,
        key_directory=_key_directory(config),
        blocked=not said.allow_real,
        share_models=config.getini("cognito_share_models"),
    )
    hooks.install()


def pytest_unconfigure(config: pytest.Config) -> None:
    active.settings = config.stash.get(_settings_before, active.Settings())


def pytest_report_header(config: pytest.Config) -> str | None:
    return options.header(config)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Record the worlds and calls of the test."""
    recorder = item.stash[_recorder] = Recorder()
    active.watch(recorder)
    try:
        return (yield)
    finally:
        active.unwatch(recorder)
        del item.stash[_recorder]


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, object, object]:
    RUN.end()  # that of the test before, or of this test, if it is run again
    return (yield from _phase(item, "setup"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _phase(item, "call"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    return (yield from _phase(item, "teardown"))


def _phase(item: pytest.Item, phase: str) -> Generator[None, object, object]:
    """Record a phase of a test. It fails at its end if the code under test has swallowed an error of ours, or if no
    call has met an injected fault.

    Those of the set-up fail the test that follows, in which the error may still be seen, and the fault be met.
    """
    recorder = item.stash.get(_recorder, None)
    if recorder is None:
        return (yield)
    recorder.begin(phase)
    try:
        result = yield
    except BaseException:
        recorder.forget_mistakes()
        raise
    if phase != "setup":
        recorder.fail_for_mistakes(getattr(item, "obj", None))
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add a section with the calls to the report of a test that failed or, with --cognito-trace, of any test."""
    report = yield
    recorder = item.stash.get(_recorder, None)
    traced = item.config.getoption("--cognito-trace")
    if call.excinfo is not None and report.failed and not item.config.getoption("fulltrace"):
        from pytest_cognito.report import scopes, tracebacks

        tracebacks.shorten(report, call.excinfo)
        scopes.add_hint(report, call.excinfo, fixtures.__all__)
    if call.excinfo is not None and report.failed:
        from pytest_cognito.report import decisions

        explained = decisions.text(call.excinfo.tb)
        if explained:
            _add_section(report, _DECISIONS, explained)
    # The calls of a successful set-up are in the section of the test.
    if recorder is not None and (report.failed or (traced and call.when != "setup")):
        text = recorder.report(whole=traced)
        if text:
            _add_section(report, f"{_SECTION} {call.when}", text)
    return report


def _add_section(report: pytest.TestReport, name: str, text: str) -> None:
    """Add a section to the failure, whose text JUnit XML has, or to the report if it has no traceback to add to."""
    add = getattr(report.longrepr, "addsection", None)
    if report.failed and add is not None:
        add(name, text)
    else:
        report.sections.append((name, text))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show the sections of passed tests with --cognito-trace; pytest shows those of failed tests itself."""
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
    """A function that gives the directory for keys in pytest's cache, or None if there is no cache."""

    @cache
    def directory() -> Path | None:
        cache_provider = getattr(config, "cache", None)  # absent with -p no:cacheprovider
        try:
            return Path(cache_provider.mkdir("cognito-keys")) if cache_provider is not None else None
        except OSError:  # a file system that can't be written to
            return None

    return directory


@pytest.fixture(autouse=True)
def _cognito_marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """Activate the mock for a test that has the marker but may use no fixture of this plugin.

    Also for one whose class is decorated: the world of its fixtures is there before its ``setup_method`` runs.
    """
    if request.node.get_closest_marker(marker.NAME) is None:
        if "cognito" in request.fixturenames and decorators.factories_of(None, request.cls):
            request.getfixturevalue("cognito")
        yield
        return
    from pytest_cognito import preparation

    arguments = marker.read(request.node)
    if arguments.real:
        with active.let_through():
            yield
        return
    cognito = request.getfixturevalue("cognito")
    if arguments.now is not None:
        cognito.clock.freeze(arguments.now)
    left = arguments
    if arguments.describes_pool:
        pool = request.getfixturevalue("cognito_user_pool")
        if not marker.is_done(request.node, "cognito_user_pool"):
            left = preparation.furnish_own(pool, arguments)
    if arguments.describes_identity_pool:
        request.getfixturevalue("cognito_identity_pool")
    if arguments.template is not None:
        request.getfixturevalue("cognito_stack")
    marker.check_done(request.node, left)
    yield
    if arguments.now is not None:
        cognito.clock.unfreeze()
