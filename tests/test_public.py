"""What can be imported from the package itself."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
import requests

import pytest_cognito
from pytest_cognito import UserPool, fixtures
from pytest_cognito.handles import policy_documents
from pytest_cognito.kernel.lazy import exports

REFERENCE = Path(__file__).parents[1] / "docs" / "reference.md"
CLASSES = sorted(name for name in pytest_cognito.__all__ if isinstance(getattr(pytest_cognito, name), type))
BOTO3 = {"Session": boto3.session.Session, "requests": requests}
"""What handles and fronts give of other libraries', which are imported where they are needed."""
ALIASES = {"Document": policy_documents.Document, "Trust": policy_documents.Trust}
"""Names of types that are imported for type checkers alone."""
INTERNAL = frozenset({"world", "keys", "find_user", "inject", "next_for", "take_unmet"}) | {
    *("another_key", "answer", "endpoints", "hosts", "inherited_by", "key", "locate"),  # of simulated providers
    *("admit", "answer_async", "authorize", "begin", "complete", "stage"),  # of fronts
    "authentications",  # of load balancers
    *("grounds", "layers", "refusing", "request"),  # of decisions
    *(
        "all_called",
        "controls",
        "domain_at",
        "field",
        "find_button",
        "form_that_submits_itself",
        "forms",
        "known",
    ),  # of pages
}
"""Members that are for the package itself, and stand in no page."""


@pytest.mark.parametrize("name", pytest_cognito.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(pytest_cognito, name) is not None


def test_a_name_that_is_not_there_is_an_error() -> None:
    """For mypy as well: were it silent, the comment would be one too many, which `mypy --strict` reports."""
    with pytest.raises(AttributeError, match="module 'pytest_cognito' has no attribute 'Moto'"):
        _ = pytest_cognito.Moto  # type: ignore[attr-defined]


def test_each_name_is_imported_when_it_is_asked_for() -> None:
    with pytest.raises(AttributeError, match="module 'pytest_cognito' has no attribute 'Clock'"):
        exports("pytest_cognito", {})("Clock")


def test_importing_the_package_imports_no_sdk() -> None:
    code = "import sys, pytest_cognito; print(sorted({'botocore', 'cryptography', 'werkzeug'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_what_a_handle_refuses_is_a_public_error(cognito_user_pool: UserPool) -> None:
    with pytest.raises(pytest_cognito.AWSError, match="UserNotFoundException: User does not exist"):
        cognito_user_pool.user("nobody")


def test_what_the_fixtures_give_is_public() -> None:
    given = re.findall(
        r"^def (\w+)\([^)]*\) -> (.*):$", Path(fixtures.__file__).read_text(encoding="utf-8"), re.MULTILINE
    )
    classes = {name: set(re.findall(r"\b[A-Z]\w+", returned)) for name, returned in given if name in fixtures.__all__}
    boto3s = {"CognitoIdentityProviderClient", "CognitoIdentityClient", "CognitoSyncClient", "STSClient"}

    assert set(classes) == set(fixtures.__all__)
    assert set().union(*classes.values()) <= {*pytest_cognito.__all__, *boto3s, "Iterator", "Callable", "None"}


@pytest.mark.parametrize("name", CLASSES)
def test_what_a_public_class_gives_is_public(name: str) -> None:
    public = {getattr(pytest_cognito, each) for each in CLASSES}
    private = {
        f"{member}: {given.__module__}.{given.__qualname__}"
        for member, given in _given(getattr(pytest_cognito, name))
        if given.__module__.startswith("pytest_cognito") and given not in public
    }

    assert private == set()


@pytest.mark.parametrize("name", [*CLASSES, "mock_cognito"])
def test_the_reference_has_it_by_its_public_name(name: str) -> None:
    assert re.search(
        rf"^\.\. auto(class|exception|function):: pytest_cognito\.{name}$", REFERENCE.read_text(), re.MULTILINE
    )


def _given(cls: type) -> Iterator[tuple[str, type]]:
    """The types of what the public members of a class give, by member."""
    modules = [vars(sys.modules[base.__module__]) for base in reversed(cls.__mro__)]
    names = {name: value for module in modules for name, value in module.items()}
    known = {**names, **BOTO3, **ALIASES, **{each: getattr(pytest_cognito, each) for each in CLASSES}}
    for name, member in inspect.getmembers(cls):
        function = member.fget if isinstance(member, property) else member
        if name.startswith("_") or name in INTERNAL or not inspect.isfunction(function):
            continue
        hints = typing.get_type_hints(function, function.__globals__, known)
        yield from ((name, each) for each in _types(hints.get("return")))
    for name, hint in typing.get_type_hints(cls, names, known).items():
        if not name.startswith("_") and name not in INTERNAL:
            yield from ((name, each) for each in _types(hint))


def _types(hint: Any) -> Iterator[type]:
    """The classes in a type hint."""
    if isinstance(hint, type) and not isinstance(hint, types.GenericAlias):
        yield hint
    for argument in typing.get_args(hint):
        yield from _types(argument)
