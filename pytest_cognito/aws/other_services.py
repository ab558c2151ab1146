"""Clients for other AWS services (Lambda, KMS …), which another mock or a local endpoint must provide.

Their calls never reach AWS.
"""

from __future__ import annotations

import os
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.caller import client_arguments
from pytest_cognito.http import hosts

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse
    from botocore.exceptions import ClientError

NOT_ANSWERED = "PytestCognitoNobodyAnswered"
"""The code of the ``ClientError`` of a call that would have reached AWS."""
_SERVERS_CODES = frozenset(("UnknownOperationException", "InvalidAction", "BadRequest"))
"""The codes, in JSON, in XML and of REST, by which the loopback server answers calls of services that it is not."""
_IN_JSON = f'{{"__type": "{NOT_ANSWERED}"}}'.encode()
_IN_XML = f"<Error><Code>{NOT_ANSWERED}</Code></Error>".encode()


def may_answer(service: str) -> bool:
    """Whether anybody may answer calls of a service: another mock is active, or an endpoint is configured.

    It costs little where nobody does, and no service model is read for it.
    """
    from botocore.handlers import BUILTIN_HANDLERS

    if any(name in os.environ for name in ("AWS_ENDPOINT_URL", f"AWS_ENDPOINT_URL_{service.upper()}")):
        return True
    # moto's handler is there from its import on, and says whether it is active.
    sending = (entry[1] for entry in BUILTIN_HANDLERS if entry[0] == "before-send")
    return any(getattr(handler, "enabled", True) for handler in sending)


def is_unanswered(error: ClientError) -> bool:
    """Whether an error says that nobody is the service: no other mock, and no endpoint but the loopback server."""
    code = error.response["Error"]["Code"]
    return code == NOT_ANSWERED or code in _SERVERS_CODES


def client(service: str, region: str, *, as_developer: bool = False) -> Any:
    """A botocore client for a service, whose calls go to moto if it is active, or else to the configured endpoint
    (``AWS_ENDPOINT_URL_LAMBDA`` …). ``as_developer`` is for calls that the configured credentials may not be allowed.
    """
    from botocore.handlers import BUILTIN_HANDLERS

    # A client reads its handlers, including moto's, and its settings when it is created.
    settings = tuple(sorted(pair for pair in os.environ.items() if pair[0].startswith("AWS_")))
    return _client(service, region, settings, len(BUILTIN_HANDLERS), as_developer)


@lru_cache(maxsize=8)
def _client(
    service: str,
    region: str,
    settings: tuple[tuple[str, str], ...],  # noqa: ARG001
    handlers: int,  # noqa: ARG001
    as_developer: bool,
) -> Any:
    """The client, cached: creating one takes tens of milliseconds."""
    from botocore.session import (
        get_session,  # a fifth of the import time of this library, and most tests do not need it
    )

    session: Any = get_session()
    # Without configured credentials botocore would request some from the instance metadata service.
    session.get_component("credential_provider").remove("iam-role")
    credentials = {} if not as_developer and session.get_credentials() else client_arguments()
    client: Any = session.create_client(service, region_name=region, **credentials)
    # botocore calls handlers of a longer event name first, and moto's handler is for "before-send".
    in_xml = client.meta.service_model.metadata["protocol"] == "rest-xml"
    client.meta.events.register_last("before-send", partial(_stay_off_the_network, _IN_XML if in_xml else _IN_JSON))
    return client


def _stay_off_the_network(body: bytes, request: Any, **_: Any) -> AWSResponse | None:
    """Respond with an error if no other mock has responded and the endpoint is AWS's, not a configured one."""
    from botocore.awsrequest import AWSResponse

    if not hosts.is_aws_endpoint(request.url):
        return None
    headers: Any = {"x-amzn-errortype": NOT_ANSWERED}
    return AWSResponse(request.url, 400, headers, _ErrorBody(body))


class _ErrorBody:
    """The body with the error's code, which some protocols have in the body and others in the header."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, **_: Any) -> list[bytes]:
        return [self._body]
