"""The SAML response with an assertion, and invalid ones for tests of service providers."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.keys import SigningKey
from pytest_cognito.providers import answers
from pytest_cognito.providers.saml import xml

PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
_LIFETIME = dt.timedelta(minutes=5)
_SKEW = dt.timedelta(minutes=1)
_EXPIRED = dt.timedelta(days=1)


@dataclass(frozen=True)
class Statement:
    """What a response says."""

    response_id: str
    assertion_id: str
    issuer: str
    subject: str
    audience: str
    recipient: str
    in_response_to: str | None
    issued: dt.datetime
    session_index: str
    attributes: Mapping[str, tuple[str, ...]]
    name_format: str = PERSISTENT
    session_ends: dt.datetime | None = None


class Sealer(Protocol):
    """A provider, which has a key, a key that is not its own, and encrypts assertions or leaves them as they are."""

    url: str

    @property
    def key(self) -> SigningKey: ...

    @property
    def another_key(self) -> SigningKey: ...

    def sealed(self, assertion: bytes) -> bytes: ...


class SamlResponse(str):
    """A response in Base64, as the form field ``SAMLResponse`` has it, which makes invalid ones of itself.

    Its assertion is signed and, if the provider encrypts for a certificate, encrypted then.
    """

    __slots__ = ("_provider", "_statement")

    _provider: Sealer
    _statement: Statement

    @classmethod
    def make(
        cls, provider: Sealer, statement: Statement, key: SigningKey | None, *, tampered: bool = False
    ) -> SamlResponse:
        """A response whose assertion is signed by ``key``, or not signed."""
        response = cls(base64.b64encode(_text(provider, statement, key, tampered)).decode())
        response._provider, response._statement = provider, statement
        return response

    @property
    def xml(self) -> str:
        """The text of the response."""
        return base64.b64decode(self).decode()

    @property
    def token(self) -> str:
        """The assertion alone, as a request for the exchange of a token has it: in Base64 as URLs have it."""
        [*_, assertion] = xml.parse(self.xml.encode())
        return base64.urlsafe_b64encode(xml.write(assertion)).decode().rstrip("=")

    @property
    def entity_id(self) -> str:
        """The provider's entity id, by which its metadata are known."""
        return self._provider.url

    @property
    def session_index(self) -> str:
        """The session of the user at the provider, by which they are signed out."""
        return self._statement.session_index

    def expired(self) -> SamlResponse:
        """The same response with times in the past, expired for a day, with a valid signature."""
        return self._with(replace(self._statement, issued=self._statement.issued - _LIFETIME - _EXPIRED))

    def wrong_audience(self, audience: str = "urn:amazon:cognito:sp:us-east-1_Another00") -> SamlResponse:
        """The same response for another service provider, with a valid signature."""
        if audience == self._statement.audience:
            raise UsageError(f"{audience!r} is the audience that the response has: leave it out, or name another")
        return self._with(replace(self._statement, audience=audience))

    def wrong_recipient(self, recipient: str = "https://another.example.com/saml2/idpresponse") -> SamlResponse:
        """The same response for another address, with a valid signature."""
        if recipient == self._statement.recipient:
            raise UsageError(f"{recipient!r} is the recipient that the response has: leave it out, or name another")
        return self._with(replace(self._statement, recipient=recipient))

    def wrong_issuer(self, issuer: str = "https://another.example.com") -> SamlResponse:
        """The same response with another issuer, signed with the key of this provider."""
        if issuer == self._statement.issuer:
            raise UsageError(f"{issuer!r} is the issuer that the response has: leave it out, or name another")
        return self._with(replace(self._statement, issuer=issuer))

    def wrong_signer(self) -> SamlResponse:
        """The same response, signed by a key that is not the provider's, with a certificate for that key."""
        return self.make(self._provider, self._statement, self._provider.another_key)

    def tampered(self) -> SamlResponse:
        """The same response with another ``NameID`` and the original signature, which is invalid for it."""
        return self.make(self._provider, self._statement, self._provider.key, tampered=True)

    def unsigned(self) -> SamlResponse:
        """The same response without a signature."""
        return self.make(self._provider, self._statement, None)

    def _with(self, statement: Statement) -> SamlResponse:
        return self.make(self._provider, statement, self._provider.key)


def _text(provider: Sealer, statement: Statement, key: SigningKey | None, tampered: bool) -> bytes:
    response = xml.parse(
        answers.render(
            "response.xml",
            kind="Response",
            id=statement.response_id,
            issued=instant(statement.issued),
            destination=statement.recipient,
            in_response_to=statement.in_response_to,
            issuer=statement.issuer,
            signed=False,
            status="Success",
            reason=None,
            message=None,
        ).encode()
    )
    response.append(xml.parse(provider.sealed(_assertion(provider, statement, key, tampered))))
    return xml.write(response)


def _assertion(provider: Sealer, statement: Statement, key: SigningKey | None, tampered: bool) -> bytes:
    assertion = xml.parse(
        answers.render(
            "assertion.xml",
            id=statement.assertion_id,
            issued=instant(statement.issued),
            begins=instant(statement.issued - _SKEW),
            expires=instant(statement.issued + _LIFETIME),
            issuer=statement.issuer,
            subject=statement.subject,
            name_format=statement.name_format,
            audience=statement.audience,
            recipient=statement.recipient,
            in_response_to=statement.in_response_to,
            session_index=statement.session_index,
            session_ends=None if statement.session_ends is None else instant(statement.session_ends),
            attributes=statement.attributes,
            signed=key is not None,
        ).encode()
    )
    signed = assertion if key is None else xml.sign(assertion, key, provider.url)
    if tampered:
        name = next(signed.iter(f"{xml.ASSERTION}NameID"))
        name.text = f"{name.text}0"
    return xml.write(signed)


def instant(time: dt.datetime) -> str:
    """A time in the form of SAML."""
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"
