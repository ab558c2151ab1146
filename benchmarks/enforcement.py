"""Calls of moto's S3 with temporary credentials: authorised before they are answered, and not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import boto3

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito

from . import floor
from .measure import Row, Subject, call_by_call

_NAME = "GetObject of moto's S3 with enforce()"
_TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}
_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "s3:ListBucket",
            "Resource": "arn:aws:s3:::notes",
            "Condition": {"StringLike": {"s3:prefix": "${aws:PrincipalTag/owner}/*"}},
        },
        {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::notes/${aws:PrincipalTag/owner}/*"},
    ],
}


def _measure(quick: bool) -> Iterable[Row]:
    from moto import mock_aws

    with mock_aws(), mock_cognito(region=floor.REGION, seed="benchmarks") as cognito, _reading(cognito) as read:

        def authorised() -> None:
            cognito.world.enforces = True
            read()
            cognito.world.enforces = False

        yield Row(_NAME, "without", 1.1, call_by_call(5 if quick else 20, authorised, read, after=lambda: None))


@contextmanager
def _reading(cognito: Cognito) -> Iterator[Callable[[], object]]:
    """A call that reads an object, by a session of a role that may read it and has a policy with variables."""
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing", "region_name": floor.REGION}
    make: Any = boto3.Session
    developer = make(**keys)
    s3 = developer.client("s3")
    s3.create_bucket(Bucket="notes")
    s3.put_object(Bucket="notes", Key="ann/a.txt", Body=b"hello")
    role = cognito.create_role("app", trust=_TRUST, policies=[_POLICY], tags={"owner": "ann"})
    given = developer.client("sts").assume_role(RoleArn=role.arn, RoleSessionName="ann")["Credentials"]
    session = make(
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
        region_name=floor.REGION,
    )
    get_object = session.client("s3").get_object
    yield lambda: get_object(Bucket="notes", Key="ann/a.txt")


SUBJECTS = (Subject((_NAME,), _measure),)
