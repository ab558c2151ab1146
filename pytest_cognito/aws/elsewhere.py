"""Clients for AWS services that are not ours: whatever else is mocked or runs locally answers them, AWS never."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from botocore.awsrequest import AWSResponse

NOBODY = "PytestCognitoNobodyAnswered"
"""The code of the ``ClientError`` that a call ends in which nobody but AWS could answer."""
_AWS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws")


def client(service: str, region: str) -> Any:
    """A client of botocore's for a service: moto answers it where it is active, or else the endpoint that is configured
    (``AWS_ENDPOINT_URL_LAMBDA`` …).
    """
    from botocore import session  # a fifth of all there is to import, and most tests never get here

    made: Any = session.get_session().create_client(service, region_name=region)
    # botocore asks handlers of a longer event name first, and moto's is for "before-send".
    made.meta.events.register_last("before-send", _stay_off_the_network)
    return made


def _stay_off_the_network(request: Any, **kwargs: Any) -> AWSResponse | None:
    """Answer what no other mock has answered before, unless the endpoint is one that was configured."""
    from botocore.awsrequest import AWSResponse

    if not (urlsplit(request.url).hostname or "").endswith(_AWS):
        return None
    return AWSResponse(request.url, 400, {"x-amzn-errortype": NOBODY}, _Empty())


class _Empty:
    def stream(self, **kwargs: Any) -> list[bytes]:
        return [b"{}"]
