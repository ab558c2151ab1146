"""A simulated SAML provider: metadata, sign-in by its own page or a service provider's request, and sign-out."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers import answers, users
from pytest_cognito.providers.answers import Refused
from pytest_cognito.providers.provider import Endpoint, Endpoints, Provider
from pytest_cognito.providers.registry import base_address
from pytest_cognito.providers.saml import aws, messages, xml
from pytest_cognito.providers.saml.messages import SignInRequest
from pytest_cognito.providers.saml.response import PERSISTENT, SamlResponse, Statement, instant
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit
from pytest_cognito.world import World

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_POSTED = ("GET", "POST")


@dataclass(frozen=True)
class _Session:
    """A user who is signed in to a service provider, which takes responses at ``acs``."""

    audience: str
    subject: str
    acs: str


class SAML(Provider):
    """A SAML 2.0 provider. Below its entity id are ``metadata``, ``sso``, ``slo`` and ``start``.

    A user's ``sub`` is their ``NameID``, the other claims are attributes: ``add_user("ann", mail="ann@example.com")``.
    """

    provider_type = "SAML"
    spoilt = ("expired", "tampered", "unsigned", "wrong_audience", "wrong_issuer", "wrong_recipient", "wrong_signer")

    def __init__(self, world: World, url: str) -> None:
        super().__init__(world, url)
        self._base = base_address(url)
        self._sessions: dict[str, _Session] = {}
        self._request_certificate: Certificate | None = None
        self._encryption: tuple[Certificate, str] | None = None
        self._sign_out_url: str | None = None
        world.documents[f"{url}/metadata"] = self.metadata

    @property
    def title(self) -> str:  # type: ignore[override]  # of the others, the class has it
        return self._base

    @property
    def metadata(self) -> str:
        """The provider's metadata, with its certificate."""
        signed = self._request_certificate is not None
        return answers.render("metadata.xml", url=self.url, certificate=self.certificate, signed=signed)

    @property
    def certificate(self) -> str:
        """The certificate of the key that signs assertions: its DER encoding in Base64."""
        return xml.certificate(self.key, self.url)

    def details(self, **details: str) -> dict[str, str]:
        """See `Provider`: the metadata as a file, unless ``details`` have their address."""
        return details if "MetadataURL" in details else {"MetadataFile": self.metadata, **details}

    def encrypts_for(self, certificate: str | None, algorithm: str = "AES-256-CBC") -> None:
        """Encrypt assertions for the certificate of the service provider; None ends that.

        ``algorithm`` is that of the content, ``"AES-256-CBC"`` or ``"AES-256-GCM"``.
        """
        from pytest_cognito.providers.saml.encryption import ALGORITHMS

        if algorithm not in ALGORITHMS:
            raise UsageError(f"algorithm is one of {', '.join(ALGORITHMS)}; not {algorithm!r}")
        read = None if certificate is None else xml.read_certificate(certificate)
        self._encryption = None if read is None else (read, ALGORITHMS[algorithm])

    def expects_signed_by(self, certificate: str | None) -> None:
        """Refuse requests that the key of the service provider's certificate has not signed; None ends that."""
        self._request_certificate = None if certificate is None else xml.read_certificate(certificate)

    def signs_out_at(self, url: str) -> None:
        """Send responses to sign-outs there; by default it is ``logout`` beside the address of the last sign-in."""
        self._sign_out_url = url

    def assertion(
        self,
        subject: str,
        *,
        audience: str,
        recipient: str,
        in_response_to: str | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> SamlResponse:
        """A signed response in one line: ``assertion("ann", audience="urn:amazon:cognito:sp:…", recipient=…)``.

        ``audience`` is the entity id of the service provider, ``recipient`` the address that the response is posted to,
        ``in_response_to`` the id of its request. An attribute may have a list of values. What is left out is that of
        the user who was added with this ``subject``.
        """
        user = self._described(subject, None, attributes or {})
        try:
            return self._response(user, SignInRequest(in_response_to, audience, recipient))
        except users.NotUnderstood as error:
            raise UsageError(str(error)) from None

    def assertion_for_aws(
        self,
        subject: str,
        *,
        role: str | Sequence[str],
        provider: str,
        session_name: str | None = None,
        tags: Mapping[str, str] | None = None,
        transitive_tags: Sequence[str] = (),
        source_identity: str | None = None,
        duration: int | None = None,
        session_ends: dt.datetime | None = None,
        attributes: Mapping[str, Any] | None = None,
    ) -> SamlResponse:
        """A signed response for AWS itself: ``assertion_for_aws("ann", role=role.arn, provider=saml_provider.arn)``.

        ``role`` are the ARNs of one role or of several that the user may assume, ``provider`` is that of the provider
        in the account. ``session_name`` is the subject if it is left out. ``tags`` become session tags. ``duration``
        is that of a session in the console, in seconds; ``session_ends`` is SessionNotOnOrAfter.
        """
        given = aws.attributes(
            [role] if isinstance(role, str) else role,
            provider,
            session_name=subject if session_name is None else session_name,
            tags=tags or {},
            transitive_tags=transitive_tags,
            source_identity=source_identity,
            duration=duration,
        )
        user = self._described(subject, None, {**given, **(attributes or {})})
        region = self.world.region
        asked = SignInRequest(None, hosts.saml_audience(region), hosts.saml_consumers(region)[0])
        try:
            return self._response(user, asked, session_ends)
        except users.NotUnderstood as error:
            raise UsageError(str(error)) from None

    def start_url(self, *, audience: str, recipient: str, relay_state: str = "") -> str:
        """The address of the page from which a user signs in to a service provider that has not asked for it."""
        asked = {"audience": audience, "recipient": recipient, "RelayState": relay_state}
        return f"{self.url}/start?{urlencode(asked)}"

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        return {
            f"{self._base}/metadata": Endpoint("metadata", self._metadata),
            f"{self._base}/sso": Endpoint("sso", self._sso, _POSTED),
            f"{self._base}/start": Endpoint("start", self._start, _POSTED),
            f"{self._base}/slo": Endpoint("slo", self._slo),
        }

    def sealed(self, assertion: bytes) -> bytes:
        """An assertion, encrypted if the provider encrypts."""
        if self._encryption is None:
            return assertion
        from pytest_cognito.providers.saml.encryption import encrypted_assertion

        return encrypted_assertion(assertion, *self._encryption, self.world.ids)

    def _metadata(self, _visit: Visit) -> Response:
        return Response(200, [("Content-Type", "application/samlmetadata+xml")], self.metadata.encode())

    def _sso(self, visit: Visit) -> Response:
        """Sign-in by a service provider's request."""
        try:
            asked = messages.sign_in_request(visit, f"{self.url}/sso", self._request_certificate)
        except messages.Unacceptable as error:
            raise self._shown(str(error)) from None
        return self._signed_in(visit, asked)

    def _start(self, visit: Visit) -> Response:
        """Sign-in by the provider's own page."""
        audience, recipient = visit.query.get("audience"), visit.query.get("recipient")
        if not audience or not recipient:
            raise self._shown("The parameters audience and recipient are needed.")
        return self._signed_in(visit, SignInRequest(None, audience, recipient))

    def _signed_in(self, visit: Visit, asked: SignInRequest) -> Response:
        if self._is_denied(visit.form):
            denied = self._answer("Response", asked.id, asked.acs, "Responder", "AuthnFailed", "The user cancelled.")
            return self._post(asked.acs, denied, visit)
        if visit.method == "GET":
            return users.page(self.title, asked.issuer, self.users)
        try:
            response = self._response(users.chosen(visit.form, self._users), asked)
        except users.NotUnderstood as error:
            return users.page(self.title, asked.issuer, self.users, entered=visit.form, error=str(error))
        return self._post(asked.acs, self._perhaps_spoilt(response), visit)

    def _response(
        self, user: ProviderUser, asked: SignInRequest, session_ends: dt.datetime | None = None
    ) -> SamlResponse:
        ids = self.world.ids
        statement = Statement(
            response_id=f"_{ids.uuid()}",
            assertion_id=f"_{ids.uuid()}",
            issuer=self.url,
            subject=_checked("sub", user.sub),
            audience=asked.issuer,
            recipient=asked.acs,
            in_response_to=asked.id,
            issued=self.world.clock.now(),
            session_index=f"_{ids.uuid()}",
            attributes={_checked("attribute", name): _values(name, value) for name, value in user.claims.items()},
            name_format=asked.name_format or PERSISTENT,
            session_ends=session_ends,
        )
        self._sessions[statement.session_index] = _Session(asked.issuer, user.sub, asked.acs)
        return SamlResponse.make(self, statement, self.key)

    def _slo(self, visit: Visit) -> Response:
        """Sign-out by a service provider's request, to which the response is posted."""
        try:
            asked = messages.sign_out_request(visit, f"{self.url}/slo", self._request_certificate)
        except messages.Unacceptable as error:
            raise self._shown(str(error)) from None
        of_service = {index: each for index, each in self._sessions.items() if each.audience == asked.issuer}
        ended = {
            index: each
            for index, each in of_service.items()
            if each.subject == asked.subject and (not asked.session_indexes or index in asked.session_indexes)
        }
        url = self._sign_out_url or next((_beside(each.acs) for each in reversed(of_service.values())), None)
        if url is None:
            raise self._shown(f"Nobody has signed in to {asked.issuer}: say where it is by signs_out_at(…).")
        status, reason = ("Success", None) if ended else ("Requester", "UnknownPrincipal")
        for index in ended:
            self._sessions.pop(index, None)
        return self._post(url, self._answer("LogoutResponse", asked.id, url, status, reason), visit)

    def _answer(
        self,
        kind: str,
        in_response_to: str | None,
        destination: str,
        status: str,
        reason: str | None = None,
        message: str | None = None,
    ) -> str:
        """A signed response without an assertion, in Base64."""
        text = answers.render(
            "response.xml",
            kind=kind,
            id=f"_{self.world.ids.uuid()}",
            issued=instant(self.world.clock.now()),
            destination=destination,
            in_response_to=in_response_to,
            issuer=self.url,
            signed=True,
            status=status,
            reason=reason,
            message=message,
        )
        return base64.b64encode(xml.write(xml.sign(xml.parse(text.encode()), self.key, self.url))).decode()

    def _post(self, url: str, response: str, visit: Visit) -> Response:
        state = visit.query.get("RelayState")
        return answers.forward(url, {"SAMLResponse": response, **({"RelayState": state} if state else {})})

    def _shown(self, problem: str) -> Refused:
        return Refused(answers.error_page(self.title, "invalid_request", problem))


def _beside(acs: str) -> str:
    """Where Cognito takes responses to sign-outs: beside the address for responses to sign-ins."""
    return f"{acs.rpartition('/')[0]}/logout"


def _values(name: str, value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list | tuple) else [value]
    texts = (str(each).lower() if isinstance(each, bool) else str(each) for each in values)
    return tuple(_checked(name, text) for text in texts)


def _checked(name: str, text: str) -> str:
    """A text that XML can have. Raises `NotUnderstood` for another."""
    if _NOT_XML.search(text):
        raise users.NotUnderstood(f"{name}: {text!r} has a character that XML can't have.")
    return text
