"""Scripts of ``tests/node``, which drive the loopback server with clients for JavaScript."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.support.lacking import lacking

HERE = Path(__file__).parent.parent / "node"


def program() -> str:
    """Node, with the packages that the scripts use beside them; they are fetched once if they are not there yet."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None:
        lacking("Node is not installed")
    with (HERE / "package.json").open(encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # another worker of pytest-xdist may be fetching them: half of them is too few
        packages = json.load(file)["dependencies"]
        if all((HERE / "node_modules" / package).exists() for package in packages):
            return node
        if npm is None:
            lacking(f"npm, to install {', '.join(packages)}, is not installed")
        install = [npm, "install", "--no-package-lock", "--no-audit", "--no-fund"]
        done = subprocess.run(install, cwd=HERE, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            lacking(f"npm could not install {', '.join(packages)}: {done.stderr.strip().splitlines()[-1:]}")
    return node


def package(path: str) -> str:
    """A file of a package that `program` has fetched."""
    program()
    return (HERE / "node_modules" / path).read_text("utf-8")


def bundled(script: str) -> str:
    """A script, with all that it imports, as one for browsers."""
    program()
    build = [str(HERE / "node_modules" / ".bin" / "esbuild"), script, "--bundle", "--log-level=error"]
    return subprocess.run(build, cwd=HERE, capture_output=True, text=True, timeout=60, check=True).stdout


def run(node: str, script: str, argument: str) -> dict[str, Any]:
    """What a script prints as JSON."""
    command = [node, script, argument]
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def run_text(node: str, script: str) -> str:
    """What a script that is no file prints. It imports as those beside ``package.json`` do."""
    command = [node, "--input-type=module", "-", "{}"]
    done = subprocess.run(command, cwd=HERE, input=script, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def converse(node: str, script: str, argument: str, answer: Callable[[Any], Any]) -> dict[str, Any]:
    """Answer what a script asks, each as a line of JSON, until it ends; what it says last is the result."""
    command = [node, script, argument]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=HERE, text=True, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        said: dict[str, Any] = {}
        for line in process.stdout:
            said = json.loads(line)
            if "result" in said:
                break
            process.stdin.write(json.dumps(answer(said)) + "\n")
            process.stdin.flush()
        process.stdin.close()
        complaint = process.stderr.read()
    assert process.returncode == 0, complaint
    result: dict[str, Any] = said["result"]
    return result
