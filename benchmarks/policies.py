"""Decisions of policies: one by ten statements with variables, and whether time is linear in statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pytest_cognito import iam

from .measure import Row, Subject, in_turns, repeated

_ONE = "a decision by 10 statements with variables"
_LINEAR = "a decision by 200 statements"
_TEN = 10
_MANY = 200
_ACCOUNT = "123456789012"
_SESSION = iam.Principal(
    f"arn:aws:sts::{_ACCOUNT}:assumed-role/app/session",
    "AROA1234567890123456:session",
    _ACCOUNT,
    "AssumedRole",
    role_arn=f"arn:aws:iam::{_ACCOUNT}:role/app",
)
_KEYS: iam.Keys = {
    "app:sub": "us-east-1:11111111-2222-3333-4444-555555555555",
    "app:amr": ("authenticated", "provider"),
    "aws:PrincipalTag/team": "red",
    "aws:SecureTransport": "true",
}


def _one(quick: bool) -> Iterable[Row]:
    samples = repeated(_decision(_TEN)), repeated(lambda: None)
    yield Row(_ONE, "nothing", 50e-6, in_turns(_rounds(quick), *samples), difference=True)


def _linear(quick: bool) -> Iterable[Row]:
    once = _decision(_TEN)
    samples = repeated(_decision(_MANY)), repeated(lambda: [once() for _ in range(_MANY // _TEN)])
    yield Row(_LINEAR, "20 by 10 statements", 1.3, in_turns(_rounds(quick), *samples))


def _rounds(quick: bool) -> int:
    return 10 if quick else 50


def _decision(count: int) -> Callable[[], object]:
    """A decision for which every statement is looked at to its end: the last of them allows the request."""
    document = {"Version": "2012-10-17", "Statement": [_statement(number, count) for number in range(count)]}
    policies = iam.Policies((iam.NamedPolicy("policy", iam.parse(document)),))
    request = iam.Request(_SESSION, "s3:GetObject", f"arn:aws:s3:::notes/{_KEYS['app:sub']}/a.txt", _KEYS)

    def decide() -> None:
        if not iam.evaluate(request, policies):
            raise AssertionError("the last statement allows it")

    return decide


def _statement(number: int, count: int) -> dict[str, Any]:
    """Every other one denies, if the team were another; the rest allow, the last to this team."""
    denies = number % 2 == 0
    team = "blue" if denies or number < count - 1 else "red"
    return {
        "Effect": "Deny" if denies else "Allow",
        "Action": ["s3:Get*", "s3:List*"],
        "Resource": "arn:aws:s3:::notes/${app:sub}/*",
        "Condition": {
            "ForAnyValue:StringEquals": {"app:amr": "authenticated"},
            "StringEquals": {"aws:PrincipalTag/team": f"{team}${{app:none, ''}}"},
        },
    }


SUBJECTS = (Subject((_ONE,), _one), Subject((_LINEAR,), _linear))
