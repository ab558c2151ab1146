"""What the wire protocols have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from botocore.model import OperationModel

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.http import Response
from pytest_cognito.aws.protocol.encode import Writer

LONGEST_HEADER = 2048


class Codec(ABC):
    """Reads the requests of one operation and writes its answers, which are of ``content_type``."""

    content_type: str

    def __init__(self, operation: OperationModel) -> None:
        self.operation = operation
        self.input_shape: Any = operation.input_shape
        self.output_shape: Any = operation.output_shape
        self._python = Writer(operation.name, self._parsed_timestamp).structure(self.output_shape)

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

        ``query`` and ``body`` are text and bytes as on the wire, or dicts as botocore's serializers give them. Unknown
        members are left out. Raises ``AWSError`` for what can't be read; nothing else, whatever the bytes are.
        """

    @abstractmethod
    def render(self, result: Mapping[str, Any], request_id: str) -> Response:
        """The answer on the wire."""

    @abstractmethod
    def render_error(self, error: AWSError, request_id: str) -> Response:
        """The error on the wire."""

    @staticmethod
    @abstractmethod
    def _parsed_timestamp(moment: Any) -> Any:
        """The moment as botocore's parser of this protocol gives it."""

    def python(self, result: Mapping[str, Any]) -> dict[str, Any]:
        """The answer as botocore's parser gives it to the caller, but for ``ResponseMetadata``.

        Every container is new. Members that are ``None`` are left out. A member that the output shape doesn't have is a
        bug of the operation: ``TypeError``.
        """
        made: dict[str, Any] = self._python(result)
        return made


def header_safe(text: str) -> str:
    """A text as the value of a header: one line of printable ASCII, cut where servers would refuse its length."""
    line = "".join(char if char.isprintable() else " " for char in text[:LONGEST_HEADER])
    return line.encode("ascii", "replace").decode("ascii").strip()


def error_headers(error: AWSError, request_id: str) -> dict[str, str]:
    """The headers with which the JSON protocols repeat an error's code and message."""
    return {
        "x-amzn-RequestId": request_id,
        "x-amzn-ErrorType": f"{error.code}:",
        "x-amzn-ErrorMessage": header_safe(error.message),
    }
