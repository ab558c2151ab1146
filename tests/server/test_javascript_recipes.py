"""The JavaScript in the page about the server, as it stands there, where this machine has Node."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.commands import seed_file
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support import node

PAGE = (Path(__file__).parents[2] / "docs" / "server.md").read_text("utf-8")
SCRIPTS = dict(re.findall(r"^```javascript\n// (\w+)\.mjs\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
PRINTS = {
    "pools": r"us-east-1_Notes0002",
    "amplify": r"ASIA\w+ true",
    "credentials": r"arn:aws:sts::123456789012:assumed-role/notes-guest/CognitoIdentityCredentials",
}
QUICKEN = """
import { quicken } from "./support.mjs";
const srp = "./node_modules/@aws-amplify/auth/dist/esm/providers/cognito/utils/srp";
quicken((await import(`${srp}/BigInteger/BigInteger.mjs`)).default);
"""


@pytest.fixture(scope="module")
def program() -> str:
    return node.program()


def test_every_script_is_run() -> None:
    assert PAGE.count("```javascript") == len(SCRIPTS)
    assert SCRIPTS.keys() == PRINTS.keys()


@pytest.mark.parametrize("name", PRINTS)
def test_a_script(program: str, server: Server, world: World, tmp_path: Path, name: str) -> None:
    (seed,) = re.findall(r"^```toml\n# identities\.toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "identities.toml").write_text(seed, "utf-8")
    seed_file.plant(Cognito(world), str(tmp_path / "identities.toml"))
    script = SCRIPTS[name].replace("http://127.0.0.1:9229", server.endpoint_url)
    script = QUICKEN + script if "aws-amplify" in script else script

    assert re.search(PRINTS[name], node.run_text(program, script))
