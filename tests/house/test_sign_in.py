"""A flow or a challenge is an entry: what carries them all knows none of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pytest_cognito.cognito_idp.flows.sign_in.challenges import CHALLENGES
from pytest_cognito.cognito_idp.flows.sign_in.flows import FLOWS

from .tree import PACKAGE, parsed, told

SIGN_IN = PACKAGE / "cognito_idp" / "flows" / "sign_in"
GENERAL = ("engine", "attempt", "challenge", "flow", "completion", "protection", "sessions")
LISTS = ("challenges", "flows")
"""The modules in which all the entries are."""
NAMES = {*FLOWS, *CHALLENGES, *(challenge.name for challenge in CHALLENGES.values())}


def modules_of_sign_in(path: Path) -> Iterator[str]:
    """The modules of the same package that one imports."""
    package = "pytest_cognito.cognito_idp.flows.sign_in"
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(f"{package}."):
            yield node.module.removeprefix(f"{package}.")


def test_there_are_names_to_look_for() -> None:
    assert {"CUSTOM_CHALLENGE", "PASSWORD_VERIFIER", "SMS_MFA", "USER_SRP_AUTH", "CUSTOM_AUTH"} <= NAMES


@pytest.mark.parametrize("module", GENERAL)
def test_no_flow_and_no_challenge_is_named(module: str) -> None:
    text = (SIGN_IN / f"{module}.py").read_text(encoding="utf-8")
    named = [name for name in sorted(NAMES) if re.search(rf"\b{name}\b", text)]
    assert not named, told(
        f"{module}.py carries every flow and challenge; what is of one goes to its own module:", named
    )


@pytest.mark.parametrize("module", GENERAL)
def test_no_module_of_a_flow_or_a_challenge_is_imported(module: str) -> None:
    imported = sorted(set(modules_of_sign_in(SIGN_IN / f"{module}.py")) - {*GENERAL, *LISTS})
    assert not imported, told(f"{module}.py carries every flow and challenge; it gets them from the lists:", imported)
