"""The caller of an operation: the credentials that signed the call, as far as a service sees them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from pytest_cognito.kernel.calls import Caller

ACCESS_KEY: Final = "testing"
"""The access key id and the secret access key for code under test that has no credentials of its own."""


@dataclass(frozen=True, slots=True)
class Signer:
    """A caller identified by the signature of an HTTP request."""

    access_key: str | None
    session_token: str | None = field(default=None, repr=False)


def client_arguments() -> dict[str, str]:
    """The credentials for code under test, as keyword arguments of boto3 and botocore clients."""
    return {"aws_access_key_id": ACCESS_KEY, "aws_secret_access_key": ACCESS_KEY}


class ClientCredentials:
    """A caller identified by the credentials of a botocore client.

    The credentials are read on access only: reading refreshable credentials may fetch them over the network.
    """

    def __init__(self, credentials: Any) -> None:
        self._credentials = credentials

    @property
    def access_key(self) -> str | None:
        key: str | None = self._credentials.access_key
        return key

    @property
    def session_token(self) -> str | None:
        token: str | None = self._credentials.token
        return token


TEST_CALLER: Final[Caller] = Signer(ACCESS_KEY)
"""The caller of handles, and of clients without credentials."""
