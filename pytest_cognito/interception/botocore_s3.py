"""What S3 authorises otherwise than other services: each object of a deletion, and who may know what is not there."""

from __future__ import annotations

from typing import Any

from botocore.serialize import create_serializer

from pytest_cognito.aws.model import protocol_of
from pytest_cognito.interception.botocore_checks import Answer, Check
from pytest_cognito.interception.botocore_responses import HTTPResponse

DELETE_OBJECTS = "DeleteObjects"
_READING = frozenset(("GetObject", "GetObjectAttributes", "HeadObject"))
_ABSENT = frozenset(("NoSuchKey", "404"))
"""The codes for an object that is not there; the second is that of an answer to HEAD."""
_DENIED = "AccessDenied"
_LISTING = "HeadBucket"
"""The operation that needs s3:ListBucket and says nothing of what is listed."""


def authorise_each(check: Check, request: dict[str, Any]) -> tuple[Answer | None, list[dict[str, Any]]]:
    """Take those objects out of a request of DeleteObjects that policies do not allow to delete.

    The errors are what S3 answers about them. There is an answer if nothing is left, and for credentials that are
    refused altogether.
    """
    delete = check.parameters.get("Delete", {})
    left: list[Any] = []
    errors: list[dict[str, Any]] = []
    for entry in delete.get("Objects", ()):
        error = check.with_parameters(Delete={**delete, "Objects": [entry]}).error()
        if error is None:
            left.append(entry)
        elif error.code != _DENIED:
            return check.answer(error), []
        else:
            named = {name: entry[name] for name in ("Key", "VersionId") if name in entry}
            errors.append({**named, "Code": error.code, "Message": error.message})
    if errors and not left:
        metadata = {"RequestId": check.world.ids.request_id(), "HTTPStatusCode": 200, "HTTPHeaders": {}}
        return (HTTPResponse(200), {"Errors": errors, "ResponseMetadata": {**metadata, "RetryAttempts": 0}}), []
    if errors:
        serializer = create_serializer(protocol_of(check.operation.service_model), include_validation=False)
        rest = {**check.parameters, "Delete": {**delete, "Objects": left}}
        request["body"] = serializer.serialize_to_request(rest, check.operation)["body"]
    return None, errors


def hide_absence(check: Check, http_response: Any, parsed: dict[str, Any]) -> None:
    """Answer AccessDenied in the place of NoSuchKey to those who may not list the bucket, as S3 does."""
    if check.operation.name not in _READING or parsed.get("Error", {}).get("Code") not in _ABSENT:
        return
    error = check.error(wanting=_LISTING)
    if error is not None:
        http_response.status_code, answer = error.status, check.answer(error)[1]
        parsed.clear()
        parsed.update(answer)
