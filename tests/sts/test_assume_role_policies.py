"""AssumeRole: session policies, which narrow what the session may do, and their size."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.kernel.errors import Unsupported
from tests.support.policies import allowing
from tests.support.refusals import Refusal, refusal

from .conftest import Assume, denied

ASSUMING = allowing("sts:AssumeRole")
FIRST = "arn:aws:sts::123456789012:assumed-role/first/session"


@pytest.fixture
def roles(cognito: Cognito) -> tuple[Any, Any]:
    """A role that may assume another, which trusts the account."""
    return cognito.create_role("first", policies=[ASSUMING]), cognito.create_role("second")


@pytest.mark.parametrize(
    ("policy", "is_allowed"),
    [(ASSUMING, True), (allowing("*"), True), (allowing("s3:*"), False)],
    ids=["the same", "wider", "other"],
)
def test_the_session_does_what_role_and_policy_allow(
    roles: Any, assume: Assume, as_session: Any, policy: Any, is_allowed: bool
) -> None:
    first, second = roles
    answer = assume(first, Policy=json.dumps(policy))
    by = as_session(answer["Credentials"])

    assert 0 < answer["PackedPolicySize"] <= 100
    if is_allowed:
        assert assume(second, by=by)["Credentials"]
    else:
        assert refusal(assume, role=second, by=by) == denied(FIRST, second.arn)


def test_a_policy_that_is_wider_than_the_role_s_gives_no_more(
    cognito: Cognito, assume: Assume, as_session: Any
) -> None:
    first, second = cognito.create_role("first", policies=[allowing("s3:*")]), cognito.create_role("second")
    by = as_session(assume(first, Policy=json.dumps(allowing("*")))["Credentials"])

    assert refusal(assume, role=second, by=by) == denied(FIRST, second.arn)


def test_a_role_that_is_named_is_held_back_by_the_session_policy(
    cognito: Cognito, assume: Assume, as_session: Any
) -> None:
    first = cognito.create_role("first")
    second = cognito.create_role("second", first.arn)
    by = as_session(assume(first, Policy=json.dumps(allowing("s3:*")))["Credentials"])

    assert refusal(assume, role=second, by=by) == denied(FIRST, second.arn)


def test_policies_that_are_passed_together_act_as_one(roles: Any, assume: Assume, as_session: Any) -> None:
    first, second = roles
    administrator = [{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}]
    by = as_session(assume(first, Policy=json.dumps(allowing("s3:*")), PolicyArns=administrator)["Credentials"])

    assert assume(second, by=by)["Credentials"]


def test_a_managed_policy_alone(roles: Any, assume: Assume, as_session: Any) -> None:
    first, second = roles
    by = as_session(
        assume(first, PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"}])["Credentials"]
    )

    assert refusal(assume, role=second, by=by) == denied(FIRST, second.arn)


@pytest.mark.parametrize(
    ("arn", "message"),
    [
        (
            "arn:aws:iam::123456789012:policy/notes",
            "Policy arn:aws:iam::123456789012:policy/notes does not exist or is not attachable.",
        ),
        (
            "arn:aws:iam::999999999999:policy/notes",
            "Policy arn:aws:iam::999999999999:policy/notes does not exist or is not attachable.",
        ),
        ("arn:aws:s3:::notes/policy/notes", "arn:aws:s3:::notes/policy/notes is invalid"),
    ],
    ids=["unknown", "of another account", "no policy"],
)
def test_a_managed_policy_that_does_not_exist(roles: Any, assume: Assume, arn: str, message: str) -> None:
    assert refusal(assume, role=roles[0], PolicyArns=[{"arn": arn}]) == Refusal("ValidationError", message)


def test_more_managed_policies_than_ten(roles: Any, assume: Assume) -> None:
    arns = [{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}] * 11

    assert refusal(assume, role=roles[0], PolicyArns=arns).code == "ValidationError"


def test_a_policy_of_aws_s_that_is_not_known_here(roles: Any, assume: Assume) -> None:
    with pytest.raises(Unsupported, match="does not know the document of arn:aws:iam::aws:policy/AWSLambda_FullAccess"):
        assume(roles[0], PolicyArns=[{"arn": "arn:aws:iam::aws:policy/AWSLambda_FullAccess"}])


@pytest.mark.parametrize("policy", ["{", "[]", '{"Statement": []}x', json.dumps({"Statement": [{"Effect": "allow"}]})])
def test_a_malformed_policy(roles: Any, assume: Assume, policy: str) -> None:
    assert refusal(assume, role=roles[0], Policy=policy).code == "MalformedPolicyDocument"


def test_a_policy_that_is_too_long(roles: Any, assume: Assume) -> None:
    policy = json.dumps(allowing("s3:GetObject", resource=[f"arn:aws:s3:::notes/{number}/*" for number in range(100)]))

    percent = -(-100 * len(policy) // 2048)
    assert refusal(assume, role=roles[0], Policy=policy) == Refusal(
        "PackedPolicyTooLarge", f"Packed policy consumes {percent}% of allotted space, please use smaller policy."
    )


def test_tags_that_are_too_large_together(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")
    tags = [{"Key": cognito.world.ids.text(100), "Value": cognito.world.ids.text(250)} for _ in range(50)]

    assert refusal(assume, role=role, Tags=tags).code == "PackedPolicyTooLarge"
    assert assume(role, Tags=tags[:5])["PackedPolicySize"] > assume(role, Tags=tags[:1])["PackedPolicySize"]
