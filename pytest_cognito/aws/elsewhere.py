"""Clients for AWS services that are not ours: whatever else is mocked or runs locally answers them, AWS never."""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse

NOBODY = "PytestCognitoNobodyAnswered"
"""The code of the ``ClientError`` that a call ends in which nobody but AWS could answer."""
_AWS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")
_CREDENTIALS = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}


def client(service: str, region: str) -> Any:
    """A client of botocore's for a service: moto answers it where it is active, or else the endpoint that is configured
    (``AWS_ENDPOINT_URL_LAMBDA`` …).
    """
    from botocore.handlers import BUILTIN_HANDLERS

    # A client takes its handlers, moto's too, and its settings when it is made.
    settings = tuple(sorted(pair for pair in os.environ.items() if pair[0].startswith("AWS_")))
    return _client(service, region, settings, len(BUILTIN_HANDLERS))


@lru_cache(maxsize=8)
def _client(service: str, region: str, settings: tuple[tuple[str, str], ...], handlers: int) -> Any:  # noqa: ARG001
    """Making a client takes tens of milliseconds."""
    from botocore import session  # a fifth of all there is to import, and most tests never get here

    own: Any = session.get_session()
    # Where no credentials are at hand, botocore would ask the network for some.
    own.get_component("credential_provider").remove("iam-role")
    credentials = {} if own.get_credentials() else _CREDENTIALS
    made: Any = own.create_client(service, region_name=region, **credentials)
    # botocore asks handlers of a longer event name first, and moto's is for "before-send".
    made.meta.events.register_last("before-send", _stay_off_the_network)
    return made


def _stay_off_the_network(request: Any, **_: Any) -> AWSResponse | None:
    """Answer what no other mock has answered before, unless the endpoint is one that was configured."""
    from botocore.awsrequest import AWSResponse

    if not (urlsplit(request.url).hostname or "").endswith(_AWS):
        return None
    headers: Any = {"x-amzn-errortype": NOBODY}
    return AWSResponse(request.url, 400, headers, _Nobody())


class _Nobody:
    """A body that says so: services of some protocols read the code there, of others in the header."""

    def stream(self, **_: Any) -> list[bytes]:
        return [f'{{"__type": "{NOBODY}"}}'.encode()]
