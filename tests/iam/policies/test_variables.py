"""Policy variables: what stands for them, and where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.evaluated import SESSION, allows

TEAM = {"aws:PrincipalTag/team": "red"}


@pytest.mark.parametrize(
    ("resource", "asked", "keys", "matches"),
    [
        ("${aws:username}/*", "alice/a.txt", {}, True),
        ("${aws:username}/*", "bob/a.txt", {}, False),
        ("${AWS:UserName}/*", "alice/a.txt", {}, True),
        ("${aws:PrincipalTag/team}-${aws:username}/*", "red-alice/a.txt", TEAM, True),
        ("${aws:PrincipalTag/team}/*", "${aws:PrincipalTag/team}/a.txt", {}, False),
        ("${aws:PrincipalTag/team, 'none'}/*", "none/a.txt", {}, True),
        ("${aws:PrincipalTag/team, 'none'}/*", "red/a.txt", TEAM, True),
        ("${aws:PrincipalTag/team,''}/*", "/a.txt", {}, True),
        ("${ aws:PrincipalTag/team }/*", "red/a.txt", TEAM, True),
        ("${aws:PrincipalTag/team}/*", "red/a.txt", {"aws:PrincipalTag/team": ("red",)}, False),
        # What stands for a variable is literal.
        ("${aws:PrincipalTag/team}/*", "blue/a.txt", {"aws:PrincipalTag/team": "*"}, False),
        ("${aws:PrincipalTag/team}/*", "*/a.txt", {"aws:PrincipalTag/team": "*"}, True),
        ("${aws:PrincipalTag/team}/*", "b/a.txt", {"aws:PrincipalTag/team": "?"}, False),
        ("${aws:PrincipalTag/team}", "alice", {"aws:PrincipalTag/team": "${aws:username}"}, False),
        ("a${*}b", "a*b", {}, True),
        ("a${*}b", "axb", {}, False),
        ("a${?}b*", "a?b/c", {}, True),
        ("a${?}b", "axb", {}, False),
        ("${$}{x}", "${x}", {}, True),
        # What is no variable is text.
        ("${}", "${}", {}, True),
        ("${aws:username", "${aws:username", {}, True),
    ],
)
def test_variables_of_a_resource(resource: str, asked: str, keys: dict[str, Any], matches: bool) -> None:
    pattern, requested = f"arn:aws:s3:::notes/{resource}", f"arn:aws:s3:::notes/{asked}"

    assert allows({"Resource": pattern}, resource=requested, keys=keys) is matches


def test_a_variable_that_is_absent_makes_the_statement_apply_to_nothing() -> None:
    absent = "arn:aws:s3:::notes/${aws:username}/*"

    assert not allows({"Resource": absent}, principal=SESSION)
    assert not allows({"NotResource": absent}, principal=SESSION)
    assert allows({"NotResource": absent})


@pytest.mark.parametrize(
    ("operator", "wanted", "given", "holds"),
    [
        ("StringEquals", "${aws:username}", "alice", True),
        ("StringEquals", "${aws:username}", "bob", False),
        ("StringNotEquals", "${aws:username}", "bob", True),
        ("StringEqualsIgnoreCase", "x-${aws:username}", "X-ALICE", True),
        ("StringLike", "${aws:username}/*", "alice/a", True),
        ("StringLike", "a${*}", "ab", False),
        ("StringEquals", "${*}", "*", True),
        ("StringEquals", "${aws:none}", "${aws:none}", False),
        ("StringNotEquals", "${aws:none}", "x", True),
        ("StringEquals", ["${aws:none}", "x"], "x", True),
        ("StringEquals", "${aws:none, 'x'}", "x", True),
        ("ArnLike", "arn:aws:iam::*:user/${aws:username}", "arn:aws:iam::123456789012:user/alice", True),
        ("ArnLike", "arn:aws:iam::*:${aws:none}", "arn:aws:iam::123456789012:user/alice", False),
        ("ArnNotLike", "arn:aws:iam::*:${aws:none}", "arn:aws:iam::123456789012:user/alice", True),
        # Numbers, dates, booleans and addresses have none.
        ("NumericEquals", "${app:Five}", "5", False),
        ("Bool", "${app:True}", "true", False),
        ("IpAddress", "${app:Address}", "203.0.113.7", False),
        ("Null", "${app:True}", "a", False),
    ],
)
def test_variables_of_conditions(operator: str, wanted: Any, given: str, holds: bool) -> None:
    keys = {"app:Key": given, "app:Five": "5", "app:True": "true", "app:Address": "203.0.113.7"}

    assert allows({"Condition": {operator: {"app:Key": wanted}}}, keys=keys) is holds


def test_actions_and_the_front_of_an_arn_have_no_variables() -> None:
    keys = {"app:Action": "GetObject", "app:Region": ""}

    assert not allows({"Action": "s3:${app.Action}"}, keys=keys)
    assert not allows({"Resource": "arn:aws:s3:${app:Region}::notes/*"}, keys=keys)


@pytest.mark.parametrize("version", ["2008-10-17", None])
def test_the_old_version_has_no_variables(version: str | None) -> None:
    pattern = "arn:aws:s3:::notes/${aws:username}/*"

    assert not allows({"Resource": pattern}, resource="arn:aws:s3:::notes/alice/a.txt", version=version)
    assert allows({"Resource": pattern}, resource="arn:aws:s3:::notes/${aws:username}/a.txt", version=version)
    assert allows({"Resource": "arn:aws:s3:::notes/${*}"}, resource="arn:aws:s3:::notes/${abc}", version=version)
