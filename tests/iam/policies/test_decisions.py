"""What decisions say: which statement decided, or why none applied."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import iam
from tests.support.evaluated import ALICE, ALLOW_ALL, DENY_ALL, NOTE, ROOT, SESSION, named, of_resource

HEAD = (f"denied: s3:GetObject on {NOTE}", f"by: {ALICE.arn}")
NO_IDENTITY = "because no identity-based policy allows the s3:GetObject action"


def decide(*policies: iam.NamedPolicy, keys: dict[str, Any] | None = None, **layers: Any) -> iam.Decision:
    return iam.evaluate(iam.Request(ALICE, "s3:GetObject", NOTE, keys or {}), iam.Policies(policies, **layers))


def test_the_statements_that_allow() -> None:
    own = named("own", {"Sid": "Read", **ALLOW_ALL, "Resource": ["arn:aws:s3:::x", "arn:aws:s3:::notes/*"]})

    assert decide(own, boundary=named("limit", ALLOW_ALL)).explanation == (
        f"allowed: s3:GetObject on {NOTE}",
        f"by: {ALICE.arn}",
        'own (identity-based policy), statement 0 "Read" allows it',
        "    by resource arn:aws:s3:::notes/*",
        "limit (permissions boundary), statement 0 allows it",
        "    by resource *",
    )


def test_the_statement_that_denies() -> None:
    own = named("own", ALLOW_ALL, {"Effect": "Deny", "Action": "s3:*", "NotResource": "arn:aws:s3:::open"})

    assert decide(own).explanation == (
        *HEAD,
        "with an explicit deny in an identity-based policy",
        "own (identity-based policy), statement 1 denies it",
    )


def test_the_conditions_by_which_a_statement_denies() -> None:
    mfa = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
    other = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}
    own = named("own", ALLOW_ALL, {**DENY_ALL, "Condition": {**mfa, **other}})

    assert decide(own, keys={"aws:RequestedRegion": "us-east-1"}).explanation[-3:] == (
        "    by resource *",
        '    by condition BoolIfExists aws:MultiFactorAuthPresent: absent from the request, wanted "false"',
        '    by condition StringNotEquals aws:RequestedRegion: "us-east-1" in the request, wanted none of "eu-west-1"',
    )


def test_why_statements_about_the_action_do_not_apply() -> None:
    own = named(
        "own",
        {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
        {
            "Effect": "Allow",
            "Action": "s3:Get*",
            "Resource": "arn:aws:s3:::notes/${aws:username}/*",
            "Condition": {"StringEquals": {"aws:PrincipalTag/team": ["blue", "${app:Team}"]}},
        },
        {"Sid": "Near", **ALLOW_ALL, "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {"Effect": "Allow", "NotAction": ["s3:Get*"], "Resource": "*"},
    )

    assert decide(own, keys={"aws:PrincipalTag/team": "red"}).explanation == (
        *HEAD,
        NO_IDENTITY,
        'own (identity-based policy), statement 2 "Near" does not apply:',
        '    condition no: Bool aws:SecureTransport: absent from the request, wanted "true"',
        "own (identity-based policy), statement 1 does not apply:",
        "    resource no: arn:aws:s3:::notes/alice/*",
        (
            '    condition no: StringEquals aws:PrincipalTag/team: "red" in the request, wanted "blue" or "${app:Team}"'
            " (app:Team: absent from the request)"
        ),
        "own (identity-based policy) allows other actions: s3:PutObject, all but s3:Get*",
    )


@pytest.mark.parametrize(
    ("element", "keys", "line"),
    [
        (
            {"Resource": "arn:aws:s3:::notes/${app:A}/${aws:username}"},
            {},
            "resource no: arn:aws:s3:::notes/${app:A}/alice (app:A: absent from the request)",
        ),
        ({"NotResource": ["*"]}, {}, "resource excepted: *"),
        (
            {"Condition": {"StringNotEquals": {"app:A": "x"}}},
            {"app:A": "x"},
            'condition no: StringNotEquals app:A: "x" in the request, wanted none of "x"',
        ),
        (
            {"Condition": {"ForAnyValue:StringEqualsIgnoreCase": {"app:A": "x"}}},
            {"app:A": ("a", "b")},
            'condition no: ForAnyValue:StringEqualsIgnoreCase app:A: "a", "b" in the request, wanted "x"',
        ),
        (
            {"Condition": {"StringLike": {"app:A": "x"}}},
            {"app:A": ("x", "y")},
            (
                "condition no: StringLike app:A: it has several values in the request, which takes ForAnyValue: or "
                "ForAllValues: before the operator"
            ),
        ),
        ({"Condition": {"Null": {"app:A": "true"}}}, {"app:A": "x"}, "condition no: Null app:A: it is present"),
        (
            {"Condition": {"NumericLessThan": {"app:A": "${app:B}"}}},
            {"app:A": "1"},
            (
                'condition no: NumericLessThan app:A: "1" in the request, wanted "${app:B}", which is no value for '
                "this operator"
            ),
        ),
        (
            {"Condition": {"ArnLike": {"app:A": "arn:aws:s3:::${app:B}"}}},
            {"app:A": "arn:aws:s3:::x"},
            (
                'condition no: ArnLike app:A: "arn:aws:s3:::x" in the request, wanted "arn:aws:s3:::${app:B}" '
                "(app:B: absent from the request)"
            ),
        ),
    ],
)
def test_a_part_that_does_not_match(element: dict[str, Any], keys: dict[str, Any], line: str) -> None:
    base = {name: value for name, value in ALLOW_ALL.items() if f"Not{name}" not in element}

    assert f"    {line}" in decide(named("own", {**base, **element}), keys=keys).explanation


def test_a_principal_that_is_not_meant() -> None:
    request = iam.Request(SESSION, "s3:GetObject", NOTE, account="999999999999")
    bucket = of_resource({**ALLOW_ALL, "Principal": {"AWS": [ALICE.arn, "999999999999"]}})

    decision = iam.evaluate(request, iam.Policies((named("own", ALLOW_ALL),), resource=(bucket,)))

    assert decision.explanation[3:] == (
        "bucket (resource-based policy), statement 0 does not apply:",
        f"    principal no: AWS {ALICE.arn}, AWS 999999999999",
    )


def test_that_there_is_nothing_that_allows() -> None:
    assert decide().explanation == (*HEAD, NO_IDENTITY, "there is no identity-based policy")
    denier = named("denier", {**DENY_ALL, "Action": "s3:Put*"})
    assert decide(denier).explanation[3:] == ("denier (identity-based policy) has no statement that allows anything",)


def test_the_layer_of_sessions_that_does_not_allow() -> None:
    reader, lister = named("reader", ALLOW_ALL), named("lister", {**ALLOW_ALL, "Action": "s3:ListBucket"})

    decision = decide(reader, sessions=((reader,), (lister,)))

    assert decision.explanation[3:] == ("lister (session policy) allows other actions: s3:ListBucket",)


def test_the_root_user() -> None:
    decision = iam.evaluate(iam.Request(ROOT, "s3:GetObject", NOTE), iam.Policies(()))

    assert decision.explanation[2:] == ("the root user needs no policy of their own",)


def test_it_stays_readable() -> None:
    elsewhere = [
        {**ALLOW_ALL, "Resource": [f"arn:aws:s3:::b{n}-{m}" + "x" * 900 for m in range(50)]} for n in range(50)
    ]
    others = [{**ALLOW_ALL, "Action": f"sqs:{n}"} for n in range(50)]

    lines = decide(*(named(f"policy{n}", *elsewhere, *others) for n in range(3))).explanation

    assert len(lines) < 30
    assert max(map(len, lines)) < 1000
    assert "policy0 (identity-based policy): 42 more statements do not apply" in lines
    assert "policy2 (identity-based policy) allows other actions: sqs:0, sqs:1, sqs:2, sqs:3 and 46 more" in lines


def test_how_it_prints() -> None:
    decision = decide()

    assert str(decision) == "\n".join(decision.explanation)
    assert repr(decision) == f"<denied: s3:GetObject on {NOTE}, {NO_IDENTITY}>"
    assert repr(decide(named("own", ALLOW_ALL))) == f"<allowed: s3:GetObject on {NOTE}>"
