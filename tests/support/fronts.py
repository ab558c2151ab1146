"""What tests of fronts share: handlers, and requests that are signed as an application signs them."""

from __future__ import annotations

import json
from typing import Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as BotocoreCredentials

from pytest_cognito import Credentials

REGION = "us-east-1"


def echo(event: dict[str, Any], context: Any) -> Any:
    """A function whose response is its event."""
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}


def told(event: dict[str, Any], context: Any) -> Any:
    """A function whose response is what its event tells of the caller."""
    return event["requestContext"].get("authorizer")


def signed(credentials: Credentials, method: str, url: str, service: str = "execute-api") -> dict[str, str]:
    """The headers of a request that is signed with temporary credentials."""
    request = AWSRequest(method, url)
    own = BotocoreCredentials(credentials.access_key_id, credentials.secret_access_key, credentials.session_token)
    SigV4Auth(own, service, REGION).add_auth(request)
    return {str(name): str(value) for name, value in request.headers.items()}


def policy(effect: str, resource: str, action: str = "execute-api:Invoke") -> dict[str, Any]:
    """A policy with one statement."""
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    return {"Version": "2012-10-17", "Statement": [statement]}
