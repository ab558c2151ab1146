"""Every Python, TOML and YAML snippet of the README and of docs/ runs.

A snippet whose first line is a comment with a file name (`# test_sign_up.py`) is that file; the files of one page stand
in one directory, and pytest runs there in a process of its own, as it does for a reader who copied them. Pages that
have tests and nothing else share a process with others, since its start takes longer than their tests. A snippet of
Python without a file name is a script, run by itself.

A snippet that begins with `# from examples/…` is an excerpt: the file has it word for word.

A file that is said to fail (`# test_sign_up.py, which fails`) is run alone. It must fail, and pytest must show the text
block that follows it, drawn identifiers and codes aside.
"""

import ast
import importlib.util
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import pytest

from tests.support import assemblies, installed, plugins
from tests.support.inner_runs import run_inside

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^```(?P<language>[^\n`]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
FILE_NAME = re.compile(r"\A# (?P<name>[\w./]+\.(?:py|toml|yaml))\n")
FAILING = re.compile(r"\A# (?P<name>[\w./]+\.py), which fails\n")
EXCERPT = re.compile(r"\A# from (?P<name>examples/[\w./]+\.py)\n")
DRAWN = re.compile(
    r"_\w{9}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-z]{26}\b|\b\d{6}\b|\d\d:\d\d:\d\d"
)
IN_AN_ENVIRONMENT_OF_ITS_OWN = re.compile(
    r"^(?:import|from) (aioboto3|aiobotocore|flask|mozilla_django_oidc)\b", re.MULTILINE
)
"""Libraries that hold botocore back, and clients: a page that uses one runs where it is installed, as its tests do."""
OF_OTHER_PLUGINS = re.compile(
    r"\bpytest\.mark\.(?:anyio|asyncio)|\(.*\b(?:httpx_mock|requests_mock|respx_mock|time_machine)\b"
    r"|^DJANGO_SETTINGS_MODULE\b",
    re.MULTILINE,
)
"""What other plugins of pytest run or provide: such pages run with all that are installed, as a reader's do."""
NEEDS = {
    "docs/import.md": ["CreateUserImportJobRequest.PasswordHashingAlgorithm"],
    "docs/machine-to-machine.md": ["GetClientToken", "GetDerivedToken"],
    "docs/point-in-time-recovery.md": ["InitiatePointInTimeRecovery"],
    "docs/replicas.md": ["CreateUserPoolReplica"],
    "docs/sessions.md": ["ListUserSessions", "SetUserPoolSessionConfiguration"],
    "docs/temporary-credentials.md": ["GetScopedCredentials", "GetWebIdentityToken"],
    "docs/tokens.md": ["GetTokensFromRefreshToken", "CreateUserPoolClientRequest.RefreshTokenRotation"],
}
"""What older models of botocore lack, by the page that is about it."""
SHOWN_ONLY = {
    "text",
    "sh",
    "javascript",
    "terraform",
    "{toctree}",
    "{eval-rst}",
    "{literalinclude}",
}
GIVEN: Mapping[str, Callable[[Path], object]] = {"docs/cdk.md": assemblies.write_assembly}
"""What writes the files that a page takes for given, because another program writes them."""
STRICT = ["--strict-markers", "--strict-config"]
# pytest-asyncio warns a reader who has not chosen a loop scope, and pycognito reads the time in a way that Python 3.12
# deprecates; that is between them.
WARNINGS = [
    *("-W", "error"),
    *("-W", "ignore:The configuration option:pytest.PytestDeprecationWarning"),
    *("-W", "ignore:datetime.datetime.utcnow:DeprecationWarning:pycognito.aws_srp"),
]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A fenced block of a page."""

    page: str
    line: int
    language: str
    text: str

    @property
    def file_name(self) -> str | None:
        """The file that the snippet's first line says it is."""
        found = FILE_NAME.match(self.text)
        return found["name"] if found else None

    @property
    def failing(self) -> str | None:
        """The file that the snippet's first line says it is, one that fails."""
        found = FAILING.match(self.text)
        return found["name"] if found else None

    @property
    def excerpt_of(self) -> str | None:
        """The file of the example that the snippet's first line says it is from."""
        found = EXCERPT.match(self.text)
        return found["name"] if found else None

    @property
    def tests(self) -> int:
        """How many test functions it defines."""
        return sum(
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
            for node in ast.walk(ast.parse(self.text))
        )


def snippets_of(page: Path) -> Iterator[Snippet]:
    """The fenced blocks of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        language = found["language"].split(" ")[0]
        yield Snippet(str(page.relative_to(ROOT)), line, language, found["text"])


def is_installed(page: str) -> bool:
    """Whether a page can run here."""
    libraries = IN_AN_ENVIRONMENT_OF_ITS_OWN.findall((ROOT / page).read_text(encoding="utf-8"))
    return all(importlib.util.find_spec(library) for library in libraries)


SNIPPETS = [snippet for page in PAGES for snippet in snippets_of(page)]
FILES = {
    page: [snippet for snippet in SNIPPETS if snippet.page == page and snippet.file_name]
    for page in sorted({snippet.page for snippet in SNIPPETS if snippet.file_name})
    if is_installed(page)
}
PLAIN = [page for page in FILES if all(re.fullmatch(r"test_\w+\.py", str(one.file_name)) for one in FILES[page])]
"""The pages whose files are tests, with nothing beside them."""
BATCHES = 3
PASSED = re.compile(r"(?P<page>\S+\.md)/.+ PASSED")
FAILURES = [(snippet, shown) for snippet, shown in pairwise(SNIPPETS) if snippet.failing]
SCRIPTS = [
    snippet
    for snippet in SNIPPETS
    if snippet.language == "python" and not (snippet.file_name or snippet.failing or snippet.excerpt_of)
]
EXCERPTS = [snippet for snippet in SNIPPETS if snippet.excerpt_of]


def as_named(snippet: Snippet) -> str:
    """Its test id: the page and the line."""
    return f"{snippet.page}:{snippet.line}"


def test_pages_hold_snippets_of_known_languages() -> None:
    assert {snippet.language for snippet in SNIPPETS} <= {"python", "toml", "yaml"} | SHOWN_ONLY
    assert sum(snippet.tests for snippets in FILES.values() for snippet in snippets if snippet.language == "python")


def write(page: str, directory: Path) -> int:
    """Write the files of a page: how many tests they have."""
    if page in GIVEN:
        GIVEN[page](directory)
    for snippet in FILES[page]:
        assert snippet.file_name
        path = directory / snippet.file_name
        assert not path.exists(), f"{page}:{snippet.line} repeats the file {snippet.file_name}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(snippet.text, encoding="utf-8")
    return sum(snippet.tests for snippet in FILES[page] if snippet.language == "python")


def needs_other_plugins(*pages: str) -> bool:
    """Whether a run of pytest has to load the plugins that are installed: most pages need ours alone."""
    return any(OF_OTHER_PLUGINS.search(snippet.text) for page in pages for snippet in FILES[page])


@pytest.mark.parametrize("page", [page for page in FILES if page not in PLAIN])
def test_files_of_a_page_pass(page: str, pytester: pytest.Pytester) -> None:
    expected = write(page, pytester.path)
    if needs_other_plugins(page):
        result = pytester.runpytest_subprocess(*STRICT, *WARNINGS, timeout=120)
    else:
        result = run_inside(pytester, *STRICT, *WARNINGS)
    outcomes = result.parseoutcomes()
    assert result.ret == pytest.ExitCode.OK, page
    assert outcomes.get("passed", 0) >= expected > 0
    assert set(outcomes) == {"passed"}


@pytest.mark.parametrize("pages", [PLAIN[start::BATCHES] for start in range(BATCHES)], ids=itemgetter(0))
def test_files_of_plain_pages_pass(
    pages: list[str], pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not needs_other_plugins(*pages):
        plugins.alone(monkeypatch)
    expected = {page: write(page, pytester.path / page) for page in pages if not installed.lacks(*NEEDS.get(page, []))}
    result = pytester.runpytest_subprocess("-v", "--import-mode=importlib", *STRICT, *WARNINGS, timeout=240)
    assert result.ret == pytest.ExitCode.OK, expected
    assert set(result.parseoutcomes()) == {"passed"}
    passed = Counter(found["page"] for line in result.outlines if (found := PASSED.match(line)))
    for page, tests in expected.items():
        assert passed[page] >= tests > 0, page


@pytest.mark.parametrize(("snippet", "shown"), FAILURES, ids=[as_named(snippet) for snippet, _ in FAILURES])
def test_failure_shows_what_the_page_says(
    snippet: Snippet, shown: Snippet, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CI", "BUILD_NUMBER"):
        monkeypatch.delenv(name, raising=False)  # with one of them, pytest shortens nothing
    assert snippet.failing
    assert (shown.page, shown.language) == (snippet.page, "text"), "what pytest shows follows the test that fails"
    path = pytester.path / snippet.failing
    path.write_text(snippet.text, encoding="utf-8")
    result = run_inside(pytester, *WARNINGS)
    result.assert_outcomes(failed=snippet.tests)
    assert DRAWN.sub("…", shown.text) in DRAWN.sub("…", result.stdout.str())


@pytest.mark.parametrize("snippet", EXCERPTS, ids=as_named)
def test_excerpt_is_in_its_file(snippet: Snippet) -> None:
    whole = (ROOT / str(snippet.excerpt_of)).read_text(encoding="utf-8")
    assert f"\n{snippet.text.partition(chr(10))[2]}" in whole


@pytest.mark.parametrize("snippet", SCRIPTS, ids=as_named)
def test_script_runs(snippet: Snippet, tmp_path: Path) -> None:
    assert snippet.tests == 0, "a snippet with tests names its file in its first line"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", snippet.text],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
