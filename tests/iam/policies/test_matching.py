"""Actions, resources and principals: what a statement is about."""

from __future__ import annotations

import dataclasses

import pytest

from pytest_cognito import iam
from tests.support.evaluated import (
    ACCOUNT,
    ALICE,
    ALLOW_ALL,
    ANONYMOUS,
    DENY_ALL,
    NOTE,
    OTHER_ACCOUNT,
    ROOT,
    SESSION,
    allows,
    decide,
    named,
    of_resource,
)


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("s3:GetObject", True),
        ("S3:getobject", True),
        ("s3:Get*", True),
        ("s3:*Object", True),
        ("s3:?etObject", True),
        ("*", True),
        ("s3:GetObjec", False),
        ("s3:GetObjectAcl", False),
        ("s3:GetObject?", False),
        ("dynamodb:*", False),
    ],
)
def test_actions(pattern: str, matches: bool) -> None:
    assert allows({"Action": pattern}) is matches
    assert allows({"Action": ["sqs:*", pattern]}) is matches
    assert allows({"NotAction": pattern}) is not matches


QUEUE = f"arn:aws:sqs:eu-west-1:{ACCOUNT}:orders"
FUNCTION = f"arn:aws:lambda:eu-west-1:{ACCOUNT}:function:notes:live"


@pytest.mark.parametrize(
    ("pattern", "resource", "matches"),
    [
        ("*", NOTE, True),
        ("*", "*", True),
        ("arn:aws:s3:::notes/*", "*", False),
        ("arn:aws:s3:::notes/*", NOTE, True),
        ("arn:aws:s3:::notes/*/b.txt", NOTE, True),
        ("arn:aws:s3:::*", NOTE, True),
        ("arn:aws:s3:::notes/?/b.txt", NOTE, True),
        ("arn:aws:s3:::notes/?", NOTE, False),
        ("arn:aws:s3:::Notes/*", NOTE, False),
        ("arn:*:s3:::notes/*", NOTE, True),
        # In the sixth part, which may itself hold colons, a wildcard matches anything.
        (f"arn:aws:lambda:*:{ACCOUNT}:function:n*", FUNCTION, True),
        (f"arn:aws:lambda:*:{ACCOUNT}:function?notes*live", FUNCTION, True),
        # At the end of another part, it may run on past the colon; within it, it may not.
        ("arn:aws:lambda:*:function:notes:live", FUNCTION, True),
        ("arn:aws:lambda:eu-*:function:notes:live", FUNCTION, True),
        ("arn:aws:lambda:eu-*2:function:notes:live", FUNCTION, False),
        ("arn:aws:lambda:e*1:*2:function:notes:live", FUNCTION, True),
        ("arn:aws:lambda:eu-west-1?*:function:notes:live", FUNCTION, False),
        ("arn:aws:sqs:eu-*-1:*:orders", QUEUE, True),
        ("arn:aws:sqs:eu-west-?:*:orders", QUEUE, True),
        ("arn:aws:sqs:*", QUEUE, True),
        # What an ARN lacks is completed.
        ("arn:aws:sqs", QUEUE, True),
        (f"arn:aws:sqs:eu-west-1:{ACCOUNT}", QUEUE, True),
        (f"arn:aws:sqs:eu-west-1:{OTHER_ACCOUNT}", QUEUE, False),
        ("arn:aws:sqs:*:orders", QUEUE, False),
    ],
)
def test_resources(pattern: str, resource: str, matches: bool) -> None:
    assert allows({"Resource": pattern}, resource=resource) is matches
    assert allows({"Resource": ["arn:aws:s3:::other", pattern]}, resource=resource) is matches
    assert allows({"NotResource": pattern}, resource=resource) is not matches


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("arn:aws:sqs", False),
        ("arn:?ws:sqs", False),
        ("arn:*:sqs", True),
        (f"arn:aw?:sqs:eu-west-1:{ACCOUNT}:o*", True),
    ],
)
def test_a_policy_of_a_resource_completes_no_arn_without_wildcard(pattern: str, matches: bool) -> None:
    policy = of_resource({**ALLOW_ALL, "Resource": pattern, "Principal": "*"})

    assert (
        bool(iam.evaluate(iam.Request(ALICE, "sqs:SendMessage", QUEUE), iam.Policies((), resource=(policy,))))
        is matches
    )


def test_wildcards_of_a_request_are_no_wildcards() -> None:
    assert not allows({"Resource": NOTE}, resource="arn:aws:s3:::notes/*")


def test_many_wildcards_take_no_time_to_speak_of() -> None:
    assert not allows({"Resource": "arn:aws:s3:::" + "*a" * 200}, resource="arn:aws:s3:::" + "a" * 5000 + "b")


OF_ACCOUNT = f"arn:aws:iam::{ACCOUNT}:root"
OF_ROLE = str(SESSION.role_arn)
FEDERATED_USER = iam.Principal(f"arn:aws:sts::{ACCOUNT}:federated-user/bob", f"{ACCOUNT}:bob", ACCOUNT, "FederatedUser")


@pytest.mark.parametrize(
    ("principal", "caller", "matches"),
    [
        ("*", ALICE, True),
        ("*", ANONYMOUS, True),
        ({"AWS": "*"}, ANONYMOUS, True),
        ({"AWS": ALICE.arn}, ALICE, True),
        ({"AWS": [ALICE.arn, OF_ROLE]}, SESSION, True),
        ({"AWS": SESSION.arn}, SESSION, True),
        ({"AWS": FEDERATED_USER.arn}, FEDERATED_USER, True),
        ({"AWS": "AIDAALICEALICEALICE"}, ALICE, True),
        ({"AWS": "AROAAPPAPPAPPAPPAPP"}, SESSION, True),
        ({"AWS": "AROAOTHEROTHEROTHER"}, SESSION, False),
        ({"AWS": ALICE.arn}, SESSION, False),
        ({"AWS": ALICE.arn}, ANONYMOUS, False),
        ({"Service": "lambda.amazonaws.com"}, ALICE, False),
        ({"CanonicalUser": ALICE.user_id}, ALICE, False),
    ],
)
def test_principals(principal: object, caller: iam.Principal, matches: bool) -> None:
    policy = of_resource({**ALLOW_ALL, "Principal": principal})

    assert (
        bool(iam.evaluate(iam.Request(caller, "s3:GetObject", NOTE), iam.Policies((), resource=(policy,)))) is matches
    )


@pytest.mark.parametrize("principal", [ACCOUNT, OF_ACCOUNT])
def test_an_account_leaves_it_to_its_own_policies(principal: str) -> None:
    policy = of_resource({**ALLOW_ALL, "Principal": {"AWS": principal}})
    request = iam.Request(ALICE, "s3:GetObject", NOTE)

    assert not iam.evaluate(request, iam.Policies((), resource=(policy,)))
    assert iam.evaluate(request, iam.Policies((named("own", ALLOW_ALL),), resource=(policy,)))


@pytest.mark.parametrize(
    ("listed", "caller", "denied"),
    [
        ([ALICE.arn, OF_ACCOUNT], ALICE, False),
        ([ALICE.arn, ACCOUNT], ALICE, False),
        ([ALICE.arn], ALICE, True),
        ([OF_ACCOUNT], ALICE, True),
        ([OF_ACCOUNT], ROOT, False),
        ([OF_ROLE, SESSION.arn, OF_ACCOUNT], SESSION, False),
        ([OF_ROLE, OF_ACCOUNT], SESSION, True),
        (["*"], ANONYMOUS, False),
        ([ALICE.arn, OF_ACCOUNT], ANONYMOUS, True),
    ],
)
def test_not_principal_spares_those_it_names_wholly(listed: list[str], caller: iam.Principal, denied: bool) -> None:
    """Not by the user or the role alone: the account has to be named as well, and the session of a role."""
    policy = of_resource({**DENY_ALL, "NotPrincipal": {"AWS": listed}})
    decision = iam.evaluate(
        iam.Request(caller, "s3:GetObject", NOTE),
        iam.Policies((named("own", ALLOW_ALL),), resource=(policy,)),
    )

    assert decision.explicit is denied


def test_not_principal_spares_nobody_with_a_boundary() -> None:
    policy = of_resource({**DENY_ALL, "NotPrincipal": {"AWS": [ALICE.arn, OF_ACCOUNT]}})
    own = named("own", ALLOW_ALL)

    decision = iam.evaluate(iam.Request(ALICE, "s3:GetObject", NOTE), iam.Policies((own,), own, resource=(policy,)))

    assert decision.explicit


@pytest.mark.parametrize(
    ("principal", "key", "value"),
    [
        (ALICE, "aws:username", "alice"),
        (ALICE, "aws:userid", "AIDAALICEALICEALICE"),
        (ALICE, "aws:PrincipalArn", ALICE.arn),
        (SESSION, "aws:PrincipalArn", OF_ROLE),
        (SESSION, "aws:userid", "AROAAPPAPPAPPAPPAPP:session"),
        (SESSION, "aws:PrincipalType", "AssumedRole"),
        (SESSION, "AWS:principalaccount", ACCOUNT),
        (SESSION, "aws:PrincipalIsAWSService", "false"),
    ],
)
def test_keys_that_follow_from_who_asks(principal: iam.Principal, key: str, value: str) -> None:
    statement = {**ALLOW_ALL, "Condition": {"StringEquals": {key: value}}}

    assert decide(statement, principal=principal)
    assert not decide({**ALLOW_ALL, "Condition": {"StringEquals": {key: f"{value}x"}}}, principal=principal)


def test_a_session_has_no_username_and_a_guest_no_arn() -> None:
    absent = {**ALLOW_ALL, "Condition": {"Null": {"aws:username": "true"}}}
    assert decide(absent, principal=SESSION)
    assert not decide(absent, principal=ALICE)
    guest = {
        **ALLOW_ALL,
        "Principal": "*",
        "Condition": {"Null": {"aws:PrincipalArn": "true", "aws:PrincipalAccount": True}},
    }
    policies = iam.Policies((), resource=(of_resource(guest),))
    assert iam.evaluate(iam.Request(ANONYMOUS, "s3:GetObject", NOTE), policies)
    assert dataclasses.replace(ANONYMOUS).keys == {"aws:userid": "anonymous", "aws:principaltype": "Anonymous"}
