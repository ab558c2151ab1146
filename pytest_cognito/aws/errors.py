"""AWS errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class AWSError(Exception):
    """An error response of an AWS service: a code, a message, an HTTP status and, rarely, further members.

    Callers that use botocore get it as ``ClientError`` with ``Error.Code`` and ``Error.Message``. ``kind`` is the
    `ErrorText` that the error was created from, if any.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 400,
        fields: Mapping[str, Any] | None = None,
        kind: ErrorText | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
        self.status = status
        self.fields: Mapping[str, Any] = fields or {}
        self.kind = kind


@dataclass(frozen=True, slots=True, eq=False)
class ErrorText:
    """The definition of a service's error: its code, its text with ``{placeholders}`` and its HTTP status.

    Calling it with values for the placeholders creates the error to raise. Two definitions are never equal, even if
    their texts are.
    """

    code: str
    text: str
    status: int = 400

    def __call__(self, **values: object) -> AWSError:
        message = self.text.format(**values) if values else self.text
        return AWSError(self.code, message, status=self.status, kind=self)
