"""A request to a simulated provider, with its parameters and credentials."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from pytest_cognito.http.messages import Request, form

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Visit:
    """A request. For a parameter that is repeated, its first value counts."""

    request: Request

    @property
    def method(self) -> str:
        return self.request.method

    @cached_property
    def query(self) -> dict[str, str]:
        return _first(form(self.request.query))

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of the form in the body; none if the body is something else."""
        is_form = self.request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM
        return _first(form(self.request.body)) if is_form else {}

    @cached_property
    def parameters(self) -> dict[str, str]:
        """The parameters of the query string, and the fields of the form."""
        return {**self.query, **self.form}

    def bearer(self) -> str | None:
        """The access token in the ``Authorization`` header, or in the parameter ``access_token``."""
        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else self.parameters.get("access_token")

    def client_credentials(self) -> tuple[str | None, str | None]:
        """The client's id and secret, from the ``Authorization`` header or from the parameters (RFC 6749 2.3.1)."""
        scheme, _, encoded = self.request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "basic":
            return self.parameters.get("client_id"), self.parameters.get("client_secret")
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None, None
        return unquote(name), unquote(secret)


def _first(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found
