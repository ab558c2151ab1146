"""Presigned URLs and forms of S3: whoever uses them may do what their signer may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from botocore.config import Config
from moto import mock_aws

from pytest_cognito import Cognito
from tests.support.clients import client
from tests.support.roles import REGION, allow, assume

pytestmark = pytest.mark.cognito(enforce=True)
DENIED = (
    "User: arn:aws:sts::123456789012:assumed-role/app/ann is not authorized to perform: {} on resource: "
    '"arn:aws:s3:::notes/ben/a.txt"'
)


@pytest.fixture(autouse=True)
def developer(cognito: Cognito) -> Iterator[Any]:
    """The developer's client of S3, who has made a bucket with notes of two users."""
    with mock_aws():
        s3 = client("s3", region_name=REGION)
        s3.create_bucket(Bucket="notes")
        for key in ("ann/a.txt", "ben/a.txt"):
            s3.put_object(Bucket="notes", Key=key, Body=b"hello")
        yield s3


@pytest.fixture(params=["s3", "s3v4"])
def ann(cognito: Cognito, request: pytest.FixtureRequest) -> Any:
    """A client of S3 for who may read and write their own notes."""
    session = assume(cognito, allow(["s3:GetObject", "s3:PutObject"], "arn:aws:s3:::notes/ann/*"))
    addressing: Any = {"addressing_style": "path" if request.param == "s3v4" else "virtual"}
    return session.client("s3", config=Config(signature_version=request.param, s3=addressing))


def test_a_presigned_url(cognito: Cognito, ann: Any, developer: Any) -> None:
    def url(operation: str, key: str) -> str:
        return str(ann.generate_presigned_url(operation, Params={"Bucket": "notes", "Key": key}))

    assert requests.get(url("get_object", "ann/a.txt"), timeout=9).text == "hello"
    assert requests.put(url("put_object", "ann/b.txt"), data=b"new", timeout=9).status_code == 200
    assert requests.head(url("head_object", "ben/a.txt"), timeout=9).status_code == 403
    refused = requests.put(url("put_object", "ben/a.txt"), data=b"new", timeout=9)

    assert (refused.status_code, DENIED.format("s3:PutObject") in refused.text) == (403, True)
    assert developer.get_object(Bucket="notes", Key="ben/a.txt")["Body"].read() == b"hello"
    assert cognito.calls.of("PutObject")[-1].parameters == {"Bucket": "notes", "Key": "ben/a.txt"}
    developers = developer.generate_presigned_url("get_object", Params={"Bucket": "notes", "Key": "ben/a.txt"})
    assert requests.get(developers, timeout=9).text == "hello"


def test_a_presigned_form(ann: Any, developer: Any) -> None:
    def post(key: str) -> requests.Response:
        form = ann.generate_presigned_post("notes", key)
        return requests.post(form["url"], data=form["fields"], files={"file": b"new"}, timeout=9)

    assert post("ann/c.txt").ok
    refused = post("ben/a.txt")

    assert (refused.status_code, DENIED.format("s3:PutObject") in refused.text) == (403, True)
    assert developer.get_object(Bucket="notes", Key="ben/a.txt")["Body"].read() == b"hello"


def test_a_url_of_credentials_that_have_expired(cognito: Cognito, ann: Any) -> None:
    url = ann.generate_presigned_url("get_object", Params={"Bucket": "notes", "Key": "ann/a.txt"})
    cognito.clock.advance(hours=2)

    refused = requests.get(url, timeout=9)

    assert (refused.status_code, "<Code>ExpiredToken</Code>" in refused.text) == (400, True)
