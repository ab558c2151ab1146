"""What the wire protocols have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.encode import Writer
from pytest_cognito.http.messages import Headers, Response

MAX_HEADER_LENGTH = 2048


class Codec(ABC):
    """The parser of an operation's requests and renderer of its responses, which have the ``content_type``."""

    content_type: str

    def __init__(self, operation: OperationModel) -> None:
        self.operation = operation
        self.input_shape: Any = operation.input_shape
        self.output_shape: Any = operation.output_shape
        self._python = Writer(self._parsed_timestamp).structure(self.output_shape)

    @abstractmethod
    def parse(
        self,
        method: str,
        path: str,
        query: str | Mapping[str, Any],
        headers: Mapping[str, str],
        body: bytes | Mapping[str, Any],
    ) -> dict[str, Any]:
        """The parameters of a request under the API's names, with blobs as ``bytes`` and timestamps in UTC.

        ``query`` and ``body`` are text and bytes as sent over HTTP, or dicts as botocore's serializers create them.
        Unknown members are omitted. Raises ``AWSError``, and no other exception, for a malformed request.
        """

    @abstractmethod
    def render(self, result: Mapping[str, Any], request_id: str) -> Response:
        """The HTTP response for a result."""

    @abstractmethod
    def render_error(self, error: AWSError, request_id: str) -> Response:
        """The HTTP response for an error."""

    def error_status(self, code: str) -> int:  # noqa: ARG002
        """The HTTP status of an error of the operation of which only the code is known."""
        return 400

    @staticmethod
    @abstractmethod
    def _parsed_timestamp(moment: Any) -> Any:
        """The timestamp as botocore's parser of this protocol returns it."""

    def python(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """The response as botocore's parser returns it, without ``ResponseMetadata``.

        Every container is new. Members that are ``None`` are omitted, and so are those that the output shape lacks: the
        installed model may be older than the operation.
        """
        made: dict[str, Any] = self._python(result)
        return made


def header_safe(text: str) -> str:
    """A text as the value of a header: one line of printable ASCII, truncated to a length that servers accept."""
    line = "".join(char if char.isprintable() else " " for char in text[:MAX_HEADER_LENGTH])
    return line.encode("ascii", "replace").decode("ascii").strip()


def error_headers(error: AWSError, request_id: str) -> Headers:
    """The headers in which the JSON protocols repeat an error's code and message."""
    return [
        ("x-amzn-RequestId", request_id),
        ("x-amzn-ErrorType", f"{error.code}:"),
        ("x-amzn-ErrorMessage", header_safe(error.message)),
    ]
