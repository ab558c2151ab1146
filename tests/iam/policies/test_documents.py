"""Policy documents: what is read, and what AWS refuses."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from pytest_cognito import UsageError, iam
from tests.support.evaluated import ALLOW_ALL, document

TRUST = {
    "Effect": "Allow",
    "Principal": {"Federated": "accounts.google.com"},
    "Action": "sts:AssumeRoleWithWebIdentity",
}


def test_a_document_is_a_dict_or_json() -> None:
    read = document({"Sid": "All", **ALLOW_ALL})

    assert iam.parse(read) == iam.parse(json.dumps(read))
    assert iam.parse(read) == iam.parse({**read, "Statement": read["Statement"][0]})


def test_a_policy_survives_copies_and_pickles() -> None:
    statement = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::?/${aws:userid}/*"}
    policy = iam.parse(document(statement))

    assert copy.deepcopy(policy) == policy
    assert pickle.loads(pickle.dumps(policy)) == policy


@pytest.mark.parametrize(
    ("statement", "message", "help"),
    [
        ({"Acton": "s3:*"}, "Syntax errors in policy.", "has no Acton: did you mean Action?"),
        ({"NotAction": "s3:*"}, "Syntax errors in policy.", "has both Action and NotAction"),
        ({"Effect": None}, "Syntax errors in policy.", "it is 'Allow' or 'Deny'"),
        ({"Effect": "allow"}, "The policy failed legacy parsing", "case matters"),
        ({"Action": 1}, "Syntax errors in policy.", "Action is text, or a list of texts"),
        ({"Action": []}, "Policy statement must contain actions.", "neither Action nor NotAction"),
        ({"Action": "GetObject"}, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", "s3:"),
        ({"Action": "s3:a:b"}, "Actions/Condition can contain only one colon.", "'s3:a:b'"),
        ({"Action": "s*:Get"}, "Vendor s* is not valid", "'s*:Get'"),
        ({"Resource": "notes"}, 'Resource notes must be in ARN format or "*".', "an ARN is"),
        (
            {"Resource": "arn:aws:*:::x"},
            "Resource vendor must be fully qualified and cannot contain regexes.",
            "arn:aws:*",
        ),
        ({"Resource": "arn:aws"}, "Resource vendor must be fully qualified and cannot contain regexes.", "arn:aws"),
        ({"Resource": []}, "Policy statement must contain resources.", "neither Resource nor NotResource"),
        ({"Principal": "*"}, "Policy document should not specify a principal.", "whoever has the policy"),
        ({"Condition": {"StringEqual": {"a": "b"}}}, "Syntax errors in policy.", "Did you mean StringEquals?"),
        ({"Condition": {"NullIfExists": {"a": "true"}}}, "Syntax errors in policy.", "is no operator"),
        ({"Condition": {"StringEquals": ["a"]}}, "Syntax errors in policy.", "an object of condition keys"),
        ({"Condition": {"StringEquals": {"a": None}}}, "Syntax errors in policy.", "no text, number or boolean"),
        ({"Condition": ["a"]}, "Syntax errors in policy.", "Condition is an object of operators"),
        ({"Condition": {"DateLessThan": {"a": "soon"}}}, "The policy failed legacy parsing", "wants a date"),
        ({"Sid": "with blanks"}, "Statement IDs (SID) must be alpha-numeric.", "'with blanks'"),
        ({"Sid": 1}, "Syntax errors in policy.", "Sid is text"),
    ],
)
def test_a_statement_that_aws_refuses(statement: dict[str, Any], message: str, help: str) -> None:
    with pytest.raises(iam.MalformedPolicy) as caught:
        iam.parse(document({**ALLOW_ALL, **statement}))

    assert str(caught.value).startswith(message)
    assert help in caught.value.help
    assert caught.value.help.startswith("Statement 0")


@pytest.mark.parametrize(
    ("content", "help"),
    [
        ("{", "It is not JSON"),
        ("[]", "an object with Version and Statement"),
        ({"Statements": []}, "did you mean Statement?"),
        ({"Version": "2012-10-17"}, "Statement is an object, or a list"),
        ({"Statement": []}, "Statement is an object, or a list"),
        ({"Statement": ["a"]}, "Statement 0 is an object"),
        ({"Version": "2024-01-01", "Statement": ALLOW_ALL}, "is '2012-10-17' or"),
        ({"Id": 1, "Statement": ALLOW_ALL}, "Id is text"),
    ],
)
def test_a_document_that_aws_refuses(content: Any, help: str) -> None:
    with pytest.raises(iam.MalformedPolicy, match=r"^Syntax errors in policy\.$") as caught:
        iam.parse(content)

    assert help in caught.value.help


def test_two_statements_have_two_sids() -> None:
    with pytest.raises(iam.MalformedPolicy, match="must be unique"):
        iam.parse(document({"Sid": "One", **ALLOW_ALL}, {"Sid": "One", **ALLOW_ALL}))


def test_a_list_of_statements_is_no_document() -> None:
    statements: Any = [ALLOW_ALL]

    with pytest.raises(UsageError, match=r'put a list of statements into \{"Version": "2012-10-17", "Statement"'):
        iam.parse(statements)


def test_what_is_no_document_at_all() -> None:
    nothing: Any = None

    with pytest.raises(UsageError, match="a policy is a dict or JSON text"):
        iam.parse(nothing)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ({"Resource": "*"}, "Has prohibited field Resource"),
        ({"Action": "s3:GetObject"}, "AssumeRole policy may only specify STS AssumeRole actions."),
        ({"Principal": {}}, "Syntax errors in policy."),
        ({"Principal": {"Aws": "*"}}, "Syntax errors in policy."),
        (
            {"Principal": {"AWS": ["arn:aws:iam::123456789012:user/*"]}},
            'Invalid principal in policy: "AWS":"arn:aws:iam',
        ),
        ({"Principal": {"AWS": {}}}, "Syntax errors in policy."),
    ],
)
def test_a_trust_policy_that_aws_refuses(statement: dict[str, Any], message: str) -> None:
    with pytest.raises(iam.MalformedPolicy) as caught:
        iam.parse(document({**TRUST, **statement}), trust=True)

    assert str(caught.value).startswith(message)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (
            '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Effect": "Allow"}}',
            "'Effect' is there twice",
        ),
        ("[" * 100_000, "nested too deeply"),
        ('{"Statement": NaN}', "NaN is not JSON"),
    ],
)
def test_json_that_can_be_read_in_two_ways_or_not_at_all(text: str, help: str) -> None:
    with pytest.raises(iam.MalformedPolicy, match=r"^Syntax errors in policy\.$") as caught:
        iam.parse(text)

    assert help in caught.value.help


def test_a_trust_policy_has_principals() -> None:
    with pytest.raises(iam.MalformedPolicy, match=r"^Missing required field Principal$"):
        iam.parse(document({"Effect": "Allow", "Action": "sts:AssumeRole"}), trust=True)


def test_a_policy_of_a_resource_has_principals_and_resources() -> None:
    policy = iam.parse(document({**ALLOW_ALL, "Sid": "with blanks", "Principal": "*"}), resource=True)

    assert policy.statements[0].principals == (("AWS", "*"),)
    assert policy.statements[0].resources == ("*",)


IDENTITY_POOLS = "cognito-identity.amazonaws.com"


@pytest.mark.parametrize("key", [f"{IDENTITY_POOLS}:aud", f"{IDENTITY_POOLS}:AUD"])
def test_a_new_trust_policy_for_identity_pools_names_the_pool(key: str) -> None:
    trusting = {**TRUST, "Principal": {"Federated": IDENTITY_POOLS}}
    condition = {"StringEquals": {key: "us-east-1:pool"}}

    iam.check_new_trust(iam.parse(document(TRUST, {**trusting, "Condition": condition}), trust=True))
    iam.check_new_trust(iam.parse(document({**trusting, "Effect": "Deny"}), trust=True))
    with pytest.raises(iam.MalformedPolicy, match="must restrict the audience") as caught:
        iam.check_new_trust(iam.parse(document(TRUST, trusting), trust=True))

    assert f"Statement 1 trusts every identity pool: add the condition {{'StringEquals': {{'{IDENTITY_POOLS}" in (
        caught.value.help
    )
