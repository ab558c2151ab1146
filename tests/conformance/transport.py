"""A client that remembers what came of each call, so that two ways in can be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError

from pytest_cognito import Credentials
from pytest_cognito.aws.model import SERVICES
from pytest_cognito.cognito import Cognito
from tests.support.clients import client

OF_THE_ANSWER = ("x-amzn-requestid", "x-amzn-errortype", "x-amzn-errormessage", "content-type")
"""The headers that are the service's and not the server's."""
UPLOAD = "/import-"
"""Part of an address to which a file of users is uploaded: on the server, it is an address of the server."""


@dataclass(frozen=True)
class Outcome:
    """What came of one call: the answer or the error, with every value's type."""

    service: str
    operation: str
    answered: bool
    outcome: Any
    metadata: Any


@dataclass
class Transport:
    """One way in: clients of all services, and the world that answers them."""

    cognito: Cognito
    endpoint_url: str | None = None
    region: str = "us-east-1"
    outcomes: list[Outcome] = field(default_factory=list)
    credentials: Credentials | None = None

    def __post_init__(self) -> None:
        config = Config(retries={"total_max_attempts": 1})
        keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
        if self.credentials is not None:
            keys = {name.lower(): value for name, value in self.credentials.environment.items()}
        self._clients = {
            service: client(service, region_name=self.region, endpoint_url=self.endpoint_url, config=config, **keys)
            for service in SERVICES
        }

    def signed_by(self, credentials: Credentials) -> Transport:
        """The same way in, with other credentials; what comes of its calls is remembered here."""
        return replace(self, credentials=credentials)

    @property
    def outbox(self) -> Any:
        return self.cognito.outbox

    def call(self, operation: str, *, service: str = "cognito-idp", **parameters: Any) -> Any:
        """Make a call, which must be answered."""
        answer = getattr(self._clients[service], xform_name(operation))(**parameters)
        metadata = answer.pop("ResponseMetadata")
        self.outcomes.append(Outcome(service, operation, True, of_aws(exact(answer)), of_metadata(metadata)))
        return answer

    def refused(self, operation: str, code: str, *, service: str = "cognito-idp", **parameters: Any) -> None:
        """Make a call, which must be refused with this code."""
        try:
            getattr(self._clients[service], xform_name(operation))(**parameters)
        except ClientError as error:
            response: dict[str, Any] = dict(error.response)
            metadata = response.pop("ResponseMetadata")
            assert response["Error"]["Code"] == code, response["Error"]
            assert service == "sts" or metadata["HTTPHeaders"]["x-amzn-errortype"].rstrip(":") == code
            named = (type(error).__name__, exact(response))
            self.outcomes.append(Outcome(service, operation, False, named, of_metadata(metadata)))
        else:
            raise AssertionError(f"{operation} was answered, and not refused with {code}")


def exact(value: Any) -> Any:
    """A value with its types, so that 1 and True, or two kinds of time zone, are not the same."""
    if isinstance(value, dict):
        return {name: exact(each) for name, each in value.items()}
    if isinstance(value, list):
        return [exact(each) for each in value]
    if isinstance(value, dt.datetime):
        return ("datetime", value.isoformat(), type(value.tzinfo).__name__)
    return (type(value).__name__, value)


def of_aws(value: Any) -> Any:
    """A value as `exact` gives it, without the address of the server in that of an upload."""
    if isinstance(value, dict):
        return {name: of_aws(each) for name, each in value.items()}
    if isinstance(value, list):
        return [of_aws(each) for each in value]
    kind, text = value if isinstance(value, tuple) and len(value) == 2 else ("", "")
    return (kind, urlsplit(text).path) if kind == "str" and UPLOAD in text else value


def of_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    headers = {name: metadata["HTTPHeaders"].get(name) for name in OF_THE_ANSWER}
    return {
        "status": metadata["HTTPStatusCode"],
        "retries": metadata["RetryAttempts"],
        "request id": metadata["RequestId"],
        "headers": headers,
    }
