"""Running something when a module is imported: before or after, once, and with nothing else changed."""

from __future__ import annotations

import builtins
import importlib
import importlib.util
import inspect
import itertools
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pytest_cognito.interception.imports import _finder, when_imported

MakeModule = Callable[[str], str]

_numbers = itertools.count()


@pytest.fixture
def make_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeModule]:
    """Write a module that no one has imported; it is forgotten after the test."""
    monkeypatch.syspath_prepend(str(tmp_path))
    names: list[str] = []

    def make(source: str) -> str:
        name = f"late_{next(_numbers)}"
        (tmp_path / f"{name}.py").write_text(textwrap.dedent(source))
        importlib.invalidate_caches()
        names.append(name)
        return name

    yield make
    for name in names:
        sys.modules.pop(name, None)


def test_a_module_that_is_there_is_given_at_once() -> None:
    given: list[Any] = []
    when_imported("json", given.append)

    assert given == [sys.modules["json"]]


def test_a_module_that_is_imported_later_is_given_then_and_whole(make_module: MakeModule) -> None:
    name = make_module("first = 1\nlast = 2")
    given: list[Any] = []
    when_imported(name, lambda module: given.append((module, module.last)))
    assert given == []

    module = importlib.import_module(name)

    assert given == [(module, 2)]


def test_several_callbacks_in_order_and_none_twice(make_module: MakeModule) -> None:
    name = make_module("")
    given: list[Any] = []

    def one(module: ModuleType) -> None:
        given.append(1)

    when_imported(name, one)
    when_imported(name, lambda module: given.append(2))
    when_imported(name, one)
    importlib.import_module(name)

    assert given == [1, 2]


def test_the_module_looks_as_if_imported_without_us(make_module: MakeModule) -> None:
    name = make_module('"""Says what it is."""\ndef f():\n    return 1\n')
    when_imported(name, lambda module: None)
    module = importlib.import_module(name)

    assert type(module.__loader__).__name__ == "SourceFileLoader"
    assert module.__spec__ is not None
    assert module.__spec__.loader is module.__loader__
    assert inspect.getsource(module.f).startswith("def f")
    assert importlib.util.find_spec(name) is module.__spec__


def test_a_reload_runs_the_callbacks_again(make_module: MakeModule) -> None:
    name = make_module("value = object()")
    given: list[Any] = []
    when_imported(name, lambda module: given.append(module.value))
    module = importlib.import_module(name)
    before = module.value

    importlib.reload(module)

    assert given == [before, module.value]
    assert before is not module.value


def test_an_import_that_fails_fails_as_ever_and_may_succeed_later(make_module: MakeModule, tmp_path: Path) -> None:
    name = make_module("raise RuntimeError('not yet')")
    given: list[Any] = []
    when_imported(name, given.append)
    with pytest.raises(RuntimeError, match="not yet"):
        importlib.import_module(name)
    assert given == []
    assert name not in sys.modules

    (tmp_path / f"{name}.py").write_text("ready = True")
    importlib.invalidate_caches()
    assert given == [importlib.import_module(name)]


def test_a_module_that_does_not_exist_is_not_found() -> None:
    when_imported("no_such_module_at_all", lambda module: None)

    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_module_at_all")
    assert importlib.util.find_spec("no_such_module_at_all") is None


def test_asked_for_in_the_midst_of_its_import_it_is_given_at_the_end(make_module: MakeModule) -> None:
    name = make_module("""
        from pytest_cognito.interception.imports import when_imported
        given = []
        when_imported(__name__, lambda module: given.append(module.last))
        seen_midway = list(given)
        last = 2
    """)
    module = importlib.import_module(name)

    assert module.seen_midway == []
    assert module.given == [2]


def test_asked_for_in_the_midst_of_an_import_that_fails_it_is_not_given(make_module: MakeModule) -> None:
    name = make_module("""
        import builtins
        from pytest_cognito.interception.imports import when_imported
        when_imported(__name__, lambda module: module.no_such_name)
        raise RuntimeError("half way")
    """)
    with pytest.raises(RuntimeError, match="half way"):
        importlib.import_module(name)


def test_asked_for_by_another_thread_in_the_midst_of_its_import(make_module: MakeModule) -> None:
    name = make_module("""
        import builtins
        builtins._late_started.set()
        assert builtins._late_go.wait(5)
        last = 2
    """)
    shared: Any = builtins
    shared._late_started, shared._late_go = threading.Event(), threading.Event()
    given: list[Any] = []
    thread = threading.Thread(target=importlib.import_module, args=(name,))
    try:
        thread.start()
        assert shared._late_started.wait(5)
        when_imported(name, lambda module: given.append(module.last))
        assert given == []
        shared._late_go.set()
        thread.join(5)
    finally:
        del shared._late_started, shared._late_go

    assert given == [2]


def test_many_threads_that_ask_and_import(make_module: MakeModule) -> None:
    name = make_module("import time\ntime.sleep(0.02)\nlast = 2")
    given: list[Any] = []
    barrier = threading.Barrier(16)

    def run(number: int) -> None:
        barrier.wait(5)
        if number % 2:
            importlib.import_module(name)
        else:
            when_imported(name, lambda module: given.append((number, module.last)))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(5)

    assert sorted(given) == [(number, 2) for number in range(0, 16, 2)]


def test_other_modules_pass_by() -> None:
    assert _finder.find_spec("wave", None) is None


def _python(source: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(source).strip()], capture_output=True, text=True, check=False, timeout=60
    )


def test_installing_imports_no_library() -> None:
    ran = _python("""
        import sys
        from pytest_cognito.interception import http
        http.install()
        heavy = {"requests", "urllib3", "httpx", "httpx2", "aiohttp", "botocore", "http.client", "urllib.request"}
        print(sorted(heavy & set(sys.modules)))
    """)

    assert (ran.stdout, ran.stderr) == ("[]\n", "")


_PROLOGUE = """\
import asyncio
from pytest_cognito.http.messages import Response
from pytest_cognito.interception import http as http_hooks, responder

URL = "https://cognito-idp.eu-west-1.amazonaws.com/x"
responder.answers = responder.intercepts = lambda url: "amazonaws.com" in url
responder.respond = lambda request: Response(200, [], b"ours")

def read_by_http_client():
    connection = http.client.HTTPSConnection("cognito-idp.eu-west-1.amazonaws.com")
    connection.request("GET", "/x")
    return connection.getresponse().read()

async def get():
    async with aiohttp.ClientSession() as session, session.get(URL) as answer:
        return await answer.read()
"""


@pytest.mark.parametrize("first", ["plugin", "library"])
@pytest.mark.parametrize(
    ("library", "call"),
    [
        ("requests", "requests.get(URL).content"),
        ("urllib.request", "urllib.request.urlopen(URL).read()"),
        ("urllib3", "urllib3.request('GET', URL).data"),
        ("http.client", "read_by_http_client()"),
        ("httpcore", "httpcore.request('GET', URL).content"),
        ("httpx", "httpx.get(URL).content"),
        ("httpx2", "httpx2.get(URL).content"),
        ("aiohttp", "asyncio.run(get())"),
    ],
)
def test_the_library_may_come_before_or_after_the_hook(first: str, library: ModuleType, call: str) -> None:
    steps = [f"import {library}", "http_hooks.install()"]
    if first == "plugin":
        steps.reverse()
    ran = _python("\n".join([_PROLOGUE, *steps, f"print({call})"]))

    assert (ran.stdout, ran.stderr) == ("b'ours'\n", "")
