"""Who signed a request, and what the signature is for."""

from __future__ import annotations

import pytest

from pytest_cognito.aws.caller import Signer
from pytest_cognito.endpoints.signature import Signature, signature
from pytest_cognito.http.messages import Request

IN_QUERY = "X-Amz-Credential=AKID%2F20260102%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Signature=00"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            "AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-west-1/sts/aws4_request, Signature=0",
            Signature(Signer("AKID"), "eu-west-1", "sts"),
        ),
        (
            "AWS4-HMAC-SHA256 Signature=0, Credential=A/20260102/eu-west-1/sts/aws4_request",
            Signature(Signer("A"), "eu-west-1", "sts"),
        ),
        (
            "AWS4-HMAC-SHA256 Credential=A/20260102/us-gov-west-1/sts/aws4_request,S=0",
            Signature(Signer("A"), "us-gov-west-1", "sts"),
        ),
        (
            "AWS4-ECDSA-P256-SHA256 Credential=A/20260102/cognito-idp/aws4_request",
            Signature(Signer("A"), None, "cognito-idp"),
        ),
        ("AWS4-HMAC-SHA256 Credential=nonsense", None),
        ("Bearer eyJ", None),
        ("", None),
    ],
)
def test_in_the_header(header: str, found: Signature | None) -> None:
    assert signature(Request.make("POST", "/", {"Authorization": header})) == found


def test_in_the_query_string() -> None:
    asked = Request.make("GET", f"/?Action=GetCallerIdentity&{IN_QUERY}")

    assert signature(asked) == Signature(Signer("AKID"), "eu-west-1", "sts")


def test_temporary_credentials_in_the_header() -> None:
    header = "AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-west-1/sts/aws4_request, Signature=0"
    asked = Request.make("POST", "/", {"Authorization": header, "X-Amz-Security-Token": "a+b/c="})

    assert signature(asked) == Signature(Signer("AKID", "a+b/c="), "eu-west-1", "sts")


def test_temporary_credentials_in_the_query_string() -> None:
    asked = Request.make("GET", f"/?Action=GetCallerIdentity&{IN_QUERY}&X-Amz-Security-Token=a%2Bb%2Fc%3D")

    assert signature(asked) == Signature(Signer("AKID", "a+b/c="), "eu-west-1", "sts")


def test_a_session_token_alone_signs_nothing() -> None:
    assert signature(Request.make("POST", "/", {"X-Amz-Security-Token": "token"})) is None


def test_a_session_token_is_not_shown() -> None:
    assert "secret" not in repr(Signer("AKID", "secret"))
