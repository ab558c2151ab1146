"""The upload of the CSV file of an import job, by whichever library, beside moto's S3, and on the server."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
import boto3
import httpx
import httpx2
import pytest
import requests
import urllib3
from moto import mock_aws

from pytest_cognito import Cognito, active
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import NotMocked
from pytest_cognito.server.socket import Server
from tests.support.app import App
from tests.support.imports import ENCRYPTION, VERIFIED, Import, file, header, row

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


async def _by_httpx_async(url: str, body: bytes) -> int:
    async with httpx.AsyncClient() as client:
        return (await client.put(url, content=body, headers=ENCRYPTION)).status_code


async def _by_aiohttp(url: str, body: bytes) -> int:
    async with aiohttp.ClientSession() as session, session.put(url, data=body, headers=ENCRYPTION) as answer:
        return answer.status


def _by_urllib(url: str, body: bytes) -> int:
    with urllib.request.urlopen(urllib.request.Request(url, body, ENCRYPTION, method="PUT")) as answer:
        status: int = answer.status
        return status


WAYS: dict[str, Callable[[str, bytes], int]] = {
    "requests": lambda url, body: requests.put(url, data=body, headers=ENCRYPTION, timeout=5).status_code,
    "urllib3": lambda url, body: urllib3.request("PUT", url, body=body, headers=ENCRYPTION).status,
    "urllib": _by_urllib,
    "httpx": lambda url, body: httpx.put(url, content=body, headers=ENCRYPTION).status_code,
    "httpx.AsyncClient": lambda url, body: asyncio.run(_by_httpx_async(url, body)),
    "httpx2": lambda url, body: httpx2.put(url, content=body, headers=ENCRYPTION).status_code,
    "aiohttp": lambda url, body: asyncio.run(_by_aiohttp(url, body)),
}


@pytest.fixture
def app(cognito: Cognito, cognito_idp: CognitoIdentityProviderClient) -> App:
    return App(cognito_idp, cognito.create_user_pool(**VERIFIED))


@pytest.fixture
def job(app: App) -> Import:
    return Import.create(app)


def content(app: App) -> bytes:
    return file(header(app), row("zoë")).encode()


def started(job: Import) -> tuple[int, int, int]:
    job.call("start")
    return job.counts()


@pytest.mark.parametrize("way", WAYS)
def test_a_file_is_uploaded_by(job: Import, way: str) -> None:
    assert WAYS[way](job.url, content(job.app)) == 200
    assert started(job) == (1, 0, 0)
    assert job.app.status("zoë") == "RESET_REQUIRED"


@mock_aws
def test_moto_s_s3_does_not_take_it(job: Import) -> None:
    boto3.client("s3").create_bucket(Bucket="mine")

    assert WAYS["requests"](job.url, content(job.app)) == 200
    assert started(job) == (1, 0, 0)
    assert [bucket["Name"] for bucket in boto3.client("s3").list_buckets()["Buckets"]] == ["mine"]


def test_the_answer_is_that_of_s3(cognito: Cognito, job: Import) -> None:
    answer = requests.put(job.url, data=content(job.app), headers=ENCRYPTION, timeout=5)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["x-amz-server-side-encryption"] == "aws:kms"
    assert answer.headers["ETag"].startswith('"')
    assert (cognito.calls[-1].service, cognito.calls[-1].result) == ("web", {"status": 200})


def test_the_last_file_counts(job: Import) -> None:
    job.upload(file(header(job.app), row("ann"), row("bob")))
    job.upload(content(job.app))

    assert started(job) == (1, 0, 0)


@pytest.mark.parametrize(
    ("change", "headers"),
    [
        (lambda url: url, {}),
        (lambda url: url, {"x-amz-server-side-encryption": "AES256"}),
        (lambda url: url.partition("?")[0], ENCRYPTION),
        (lambda url: url.replace("X-Amz-Expires=899", "X-Amz-Expires=9999"), ENCRYPTION),
        (lambda url: f"{url[:-1]}{'1' if url[-1] == '0' else '0'}", ENCRYPTION),
        (lambda url: url.replace("/import-", "/import-x"), ENCRYPTION),
        (lambda url: url.replace("iad.s3.us-east-1", "dub.s3.eu-west-1"), ENCRYPTION),
        (lambda url: url.replace("/123456789012/", "/210987654321/"), ENCRYPTION),
    ],
)
def test_an_address_that_was_not_signed_is_refused(
    job: Import, change: Callable[[str], str], headers: dict[str, str]
) -> None:
    answer = requests.put(change(job.url), data=content(job.app), headers=headers, timeout=5)

    assert (answer.status_code, answer.headers["Content-Type"]) == (403, "application/xml")
    assert "<Code>SignatureDoesNotMatch</Code>" in answer.text
    with pytest.raises(job.app.idp.exceptions.PreconditionNotMetException):
        job.call("start")


def test_the_address_is_for_an_upload_alone(job: Import) -> None:
    assert requests.get(job.url, headers=ENCRYPTION, timeout=5).status_code == 403


def test_the_address_expires(cognito: Cognito, job: Import) -> None:
    cognito.clock.advance(minutes=15)
    answer = requests.put(job.url, data=content(job.app), headers=ENCRYPTION, timeout=5)

    assert (answer.status_code, "<Message>Request has expired</Message>" in answer.text) == (403, True)


def test_a_job_at_its_end_reads_no_further_file(job: Import) -> None:
    job.upload(content(job.app))
    assert started(job) == (1, 0, 0)
    job.upload(file(header(job.app), row("ann"), row("bob")))

    assert job.counts() == (1, 0, 0)


def test_without_a_mock_nothing_is_uploaded() -> None:
    url = f"https://{hosts.import_bucket('us-east-1')}/123456789012/us-east-1_Abcdefghi/import-0123456789"
    with pytest.raises(NotMocked, match=f"^PUT {url} would have reached AWS"):
        requests.put(url, data=b"", headers=ENCRYPTION, timeout=5)


def test_a_call_to_the_server_is_given_an_address_of_the_server(
    cognito: Cognito, app: App, cognito_server: Server
) -> None:
    with active.let_through():
        there = App(boto3.client("cognito-idp", endpoint_url=cognito_server.endpoint_url), app.pool)
        job = Import.create(there)
        assert job.url.startswith(f"{cognito_server.endpoint_url}/123456789012/{app.pool_id}/{job.id}?")
        job.upload(content(there))
        assert started(job) == (1, 0, 0)
        refused = requests.put(f"{job.url}0", data=b"", headers=ENCRYPTION, timeout=5)
    assert refused.status_code == 403
    here = Import(app, job.id, job.url).call("describe")["PreSignedUrl"]
    assert (urlsplit(here).hostname or "").endswith(".amazonaws.com")
    assert urlsplit(here).path == urlsplit(job.url).path
