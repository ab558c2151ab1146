"""The requests by which CloudFormation has a function make, change and delete custom resources.

The function answers by a PUT of JSON to the address that it is given, at any time before it returns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlsplit

from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.infrastructure.deploying.log import logged
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import custom_resources as errors
from pytest_cognito.kernel.functions import CLOUDFORMATION, Invocation
from pytest_cognito.kernel.text import first_line
from pytest_cognito.lambda_functions import invoking
from pytest_cognito.lambda_functions.failures import Failure
from pytest_cognito.world import Context

_ATTEMPTS: Final = 3
"""How often Lambda runs a function that is invoked asynchronously, and fails."""
_MAX_ANSWER: Final = 4096
_MAX_PHYSICAL_ID: Final = 1024
_STATUSES: Final = ("SUCCESS", "FAILED")
_ECHOED: Final = ("StackId", "RequestId", "LogicalResourceId")
"""What an answer repeats of the request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a function has answered. ``failure`` is the reason of one that failed, None for one that did not."""

    physical_id: str
    data: Mapping[str, Any]
    failure: str | None
    request_id: str


class _Bucket:
    """The bucket of CloudFormation's that takes the answer to one request."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self.body: bytes | None = None

    def __call__(self, request: Request) -> Response:
        if request.method != "PUT" or (request.path, request.query) != (self._url.path, self._url.query):
            return Response(403, [("Content-Type", "application/xml")], b"<Error><Code>AccessDenied</Code></Error>")
        if self.body is None:
            self.body = request.body
        return Response(200, [("Content-Length", "0")])


def ask(deployment: Deployment, function_arn: str, request: Mapping[str, Any]) -> Answer:
    """What a function answers to a request, which has all but its id and the address of the answer.

    Raises CloudFormation's error if there is no answer, or none that it understands.
    """
    event = _event(deployment, request)
    told = {name: event[name] for name in ("LogicalResourceId", "ResourceType")}
    with logged(deployment, f"{event['RequestType']}CustomResource", told) as call:
        context = Context(deployment.world, deployment.region, deployment.account_id, call)
        with _taking(deployment, event["ResponseURL"]) as bucket:
            failure = _run(context, function_arn, event, bucket)
        if bucket.body is None:
            raised = "" if failure is None else f" It failed: {first_line(failure)}"
            hint = f"\nThe function {function_arn.rpartition(':function:')[2]} sent no answer.{raised}"
            raise errors.NO_ANSWER(request_id=event["RequestId"], hint=hint) from failure
        answer = _read(bucket.body, event)
        call.explanation = (f"answered {'SUCCESS' if answer.failure is None else 'FAILED'} as {answer.physical_id}",)
        return answer


def _event(deployment: Deployment, request: Mapping[str, Any]) -> dict[str, Any]:
    ids = deployment.world.ids
    request_id = ids.uuid()
    key = quote(f"{deployment.stack_id}|{request['LogicalResourceId']}|{request_id}", safe="/")
    url = f"https://{hosts.custom_resource_bucket(deployment.region)}/{key}?X-Amz-Signature={ids.hexadecimal(64)}"
    return {**request, "RequestId": request_id, "ResponseURL": url}


@contextmanager
def _taking(deployment: Deployment, url: str) -> Iterator[_Bucket]:
    """Take the answer at an address. Where the function deploys, another one may be at the same host meanwhile."""
    sites, host, bucket = deployment.world.sites, hosts.custom_resource_bucket(deployment.region), _Bucket(url)
    before = sites.find(host)
    sites.register(host, bucket)
    try:
        yield bucket
    finally:
        if before is None:
            sites.unregister(host)
        else:
            sites.register(host, before)


def _run(context: Context, arn: str, event: dict[str, Any], bucket: _Bucket) -> Failure | None:
    """Run the function until it has sent an answer, or has returned without. Gives why it failed, if it did."""
    source = f"{event['RequestType']} of {event['LogicalResourceId']}"
    failure: Failure | None = None
    for _ in range(_ATTEMPTS):
        invocation = invoking.begin(context, Invocation(CLOUDFORMATION, source, arn, event))
        try:
            invoking.run(context, invocation, limit=None)
        except Failure as error:
            failure = error
        else:
            return None
        if bucket.body is not None:
            break
    return failure


def _read(body: bytes, event: Mapping[str, Any]) -> Answer:
    """What an answer says."""
    if len(body) > _MAX_ANSWER:
        raise errors.TOO_LONG()
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise errors.NOT_JSON() from error
    if not isinstance(answer, dict):
        raise errors.NOT_JSON()
    wrong = [name for name in _ECHOED if answer.get(name) != event[name]]
    data = answer.get("Data") or {}
    if answer.get("Status") not in _STATUSES:
        wrong.insert(0, "Status")
    if not isinstance(data, dict):
        wrong.append("Data")
    if wrong:
        raise errors.INVALID_MEMBER(member=wrong[0])
    physical_id = answer.get("PhysicalResourceId")
    if not isinstance(physical_id, str) or not 0 < len(physical_id.encode()) <= _MAX_PHYSICAL_ID:
        raise errors.INVALID_PHYSICAL_ID()
    shown = _Masked(data) if answer.get("NoEcho") is True else data
    failure = str(answer.get("Reason") or "") if answer["Status"] == "FAILED" else None
    return Answer(physical_id, shown, failure, event["RequestId"])


class _Masked(dict[str, Any]):
    """The data of an answer that is not to be shown (``NoEcho``): a failing test shows asterisks."""

    def __repr__(self) -> str:
        return repr(dict.fromkeys(self, "*****"))
