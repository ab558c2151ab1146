"""The condition keys that nearly every request has."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.aws.protocol.timestamps import iso8601
from pytest_cognito.iam import Keys


def of_request(now: dt.datetime, address: str, region: str, user_agent: str) -> Keys:
    """The keys of a request that comes now from an IP address; the connection counts as secure, as AWS's are.

    A request of another service of AWS's has no address that a policy could name: an empty one.
    """
    return {
        "aws:CurrentTime": iso8601(now.replace(microsecond=0)),
        "aws:EpochTime": str(int(now.timestamp())),
        "aws:RequestedRegion": region,
        "aws:SecureTransport": "true",
        **({"aws:SourceIp": address} if address else {}),
        "aws:UserAgent": user_agent,
    }
