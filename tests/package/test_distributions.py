"""The wheel and the source distribution: what is in them, what an index shows, and a test in a new environment."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\(([^)]+)\)|(?:src|srcset|href)=\"([^\"]+)\"")
A_TEST = """
import boto3


def test_a_user_signs_in(cognito_user, cognito_app_client):
    given = {"USERNAME": cognito_user.username, "PASSWORD": cognito_user.password}
    answer = boto3.client("cognito-idp").initiate_auth(
        ClientId=cognito_app_client.id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given
    )
    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"
"""


def run(*command: str | Path, cwd: Path) -> str:
    finished = subprocess.run(
        [str(each) for each in command], cwd=cwd, capture_output=True, text=True, timeout=300, check=False
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the source distribution, and the wheel that is made from it."""
    directory = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", directory, ROOT, cwd=directory)
    return directory


@pytest.fixture(scope="module")
def wheel(distributions: Path) -> Path:
    [path] = distributions.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        [name] = [each for each in archive.namelist() if each.endswith(".dist-info/METADATA")]
        return message_from_bytes(archive.read(name))


def in_package(directory: Path) -> set[str]:
    """The files of the package under a directory, by their paths there."""
    files = (path for path in (directory / "pytest_cognito").rglob("*") if path.is_file())
    return {path.relative_to(directory).as_posix() for path in files if "__pycache__" not in path.parts}


def test_the_wheel_has_the_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if name.endswith(".dist-info/licenses/LICENSE")]

    assert names == in_package(ROOT)
    assert "pytest_cognito/py.typed" in names
    assert len(licences) == 1


def test_the_source_distribution_can_be_tested(distributions: Path, tmp_path: Path) -> None:
    [path] = distributions.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        archive.extractall(tmp_path, filter="data")
    [directory] = tmp_path.iterdir()

    assert in_package(directory) == in_package(ROOT)
    for name in (
        "pyproject.toml",
        "tox.ini",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "tests/conftest.py",
        "docs/index.md",
    ):
        assert (directory / name).is_file(), name
    strange = [
        each.name for each in directory.rglob("*") if each.name in {"node_modules", "__pycache__", "_build", ".tox"}
    ]
    assert strange == []


def test_an_index_takes_them(distributions: Path) -> None:
    files = sorted(distributions.iterdir())
    checked = run(sys.executable, "-m", "twine", "check", "--strict", *files, cwd=distributions)
    assert checked.count("PASSED") == len(files) == 2


def test_every_link_of_the_page_on_an_index_is_an_address(metadata: Message) -> None:
    page = str(metadata.get_payload())
    links = [one or other for one, other in LINK.findall(re.sub(r"```.*?```", "", page, flags=re.DOTALL))]

    assert len(links) > 20
    assert [link for link in links if not link.startswith("https://")] == []


def test_the_page_on_an_index_has_addresses_and_authors(metadata: Message) -> None:
    labels = {address.partition(",")[0] for address in metadata.get_all("Project-URL", [])}

    assert labels == {"Documentation", "Source", "Changelog", "Issues"}
    assert metadata["Author"] == "The pytest-cognito contributors"
    assert metadata["License-Expression"] == "Apache-2.0"


def test_a_new_environment(wheel: Path, tmp_path: Path) -> None:
    """What a reader of the README does: install the wheel, write a test, run pytest."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, "boto3", cwd=tmp_path)
    suite = tmp_path / "suite"
    suite.mkdir()
    (suite / "test_sign_in.py").write_text(A_TEST, encoding="utf-8")

    assert "1 passed" in run(python, "-m", "pytest", "-W", "error", cwd=suite)
    assert "serve" in run(python, "-m", "pytest_cognito", "--help", cwd=suite)
