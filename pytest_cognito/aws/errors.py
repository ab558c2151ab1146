"""The errors that AWS answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class AWSError(Exception):
    """An error as a service of AWS answers it: a code, a message, an HTTP status and, rarely, further members.

    Whoever calls through botocore sees it as ``ClientError`` with ``Error.Code`` and ``Error.Message``. ``kind`` is the
    error as its service names it, where it was made from one.
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
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.fields: Mapping[str, Any] = fields or {}
        self.kind = kind


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One error of a service, named once: its code and its wording with ``{placeholders}``.

    Calling it gives the error to raise, so that a ``raise`` never builds prose.
    """

    code: str
    text: str
    status: int = 400

    def __call__(self, **values: object) -> AWSError:
        message = self.text.format(**values) if values else self.text
        return AWSError(self.code, message, status=self.status, kind=self)
