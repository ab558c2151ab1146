"""The messages that Cognito sends to SAML providers: requests to sign in and to sign out, by redirect.

SAML 2.0 Core, sections 3.4 and 3.7; Bindings, section 3.4.
"""

from __future__ import annotations

import base64
import datetime as dt
import zlib
from urllib.parse import urlencode
from xml.sax.saxutils import escape, quoteattr

from pytest_cognito.federation.saml_assertions import SamlSession
from pytest_cognito.kernel.keys import SigningKey

_PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol"
_ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion"
_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


def audience(pool_id: str) -> str:
    """The entity id of a pool: the issuer of its requests, and the audience of assertions for it."""
    return f"urn:amazon:cognito:sp:{pool_id}"


def time_of(moment: dt.datetime) -> str:
    """A time as in SAML messages."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def sign_in_request(
    request_id: str, pool_id: str, *, destination: str, consumer: str, now: dt.datetime, force: bool
) -> str:
    """An AuthnRequest. ``consumer`` is the address for the response; ``force`` asks for the credentials again."""
    forced = ' ForceAuthn="true"' if force else ""
    return (
        f'<saml2p:AuthnRequest xmlns:saml2p="{_PROTOCOL}" AssertionConsumerServiceURL={quoteattr(consumer)} '
        f'Destination={quoteattr(destination)}{forced} ID="{request_id}" IssueInstant="{time_of(now)}" '
        f'ProtocolBinding="{_POST}" Version="2.0">{_issuer(pool_id)}</saml2p:AuthnRequest>'
    )


def sign_out_request(request_id: str, pool_id: str, session: SamlSession, *, destination: str, now: dt.datetime) -> str:
    """A LogoutRequest for a session."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in session.name_id_attributes)
    index = (
        ""
        if session.session_index is None
        else f"<saml2p:SessionIndex>{escape(session.session_index)}</saml2p:SessionIndex>"
    )
    return (
        f'<saml2p:LogoutRequest xmlns:saml2p="{_PROTOCOL}" Destination={quoteattr(destination)} ID="{request_id}" '
        f'IssueInstant="{time_of(now)}" Version="2.0">{_issuer(pool_id)}'
        f'<saml2:NameID xmlns:saml2="{_ASSERTION}"{attributes}>{escape(session.name_id)}</saml2:NameID>'
        f"{index}</saml2p:LogoutRequest>"
    )


def _issuer(pool_id: str) -> str:
    return f'<saml2:Issuer xmlns:saml2="{_ASSERTION}">{audience(pool_id)}</saml2:Issuer>'


def redirect_url(destination: str, message: str, relay_state: str, key: SigningKey | None) -> str:
    """The address that takes a message to a provider, signed if there is a ``key``."""
    deflated = zlib.compress(message.encode(), wbits=-15)
    parameters = {"SAMLRequest": base64.b64encode(deflated).decode(), "RelayState": relay_state}
    if key is not None:
        parameters["SigAlg"] = _RSA_SHA256
    query = urlencode(parameters)
    if key is not None:
        query = f"{query}&{urlencode({'Signature': base64.b64encode(key.sign(query.encode())).decode()})}"
    return f"{destination}{'&' if '?' in destination else '?'}{query}"
