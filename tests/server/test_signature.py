"""What a signature is for."""

from __future__ import annotations

import pytest

from pytest_cognito.aws.http import Request
from pytest_cognito.server.signature import Scope, scope

IN_QUERY = "X-Amz-Credential=AKID%2F20260102%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Signature=00"


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            "AWS4-HMAC-SHA256 Credential=AKID/20260102/eu-west-1/sts/aws4_request, Signature=0",
            Scope("eu-west-1", "sts"),
        ),
        ("AWS4-HMAC-SHA256 Signature=0, Credential=A/20260102/eu-west-1/sts/aws4_request", Scope("eu-west-1", "sts")),
        ("AWS4-HMAC-SHA256 Credential=A/20260102/us-gov-west-1/sts/aws4_request,S=0", Scope("us-gov-west-1", "sts")),
        ("AWS4-ECDSA-P256-SHA256 Credential=A/20260102/cognito-idp/aws4_request", Scope(None, "cognito-idp")),
        ("AWS4-HMAC-SHA256 Credential=nonsense", None),
        ("Bearer eyJ", None),
        ("", None),
    ],
)
def test_in_the_header(header: str, found: Scope | None) -> None:
    assert scope(Request.make("POST", "/", {"Authorization": header})) == found


def test_in_the_query_string() -> None:
    assert scope(Request.make("GET", f"/?Action=GetCallerIdentity&{IN_QUERY}")) == Scope("eu-west-1", "sts")
