"""Sign-in by SAML providers: the requests that browsers take there, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors, pool_keys
from pytest_cognito.cognito_idp.flows.federation import metadata
from pytest_cognito.cognito_idp.records import (
    CLIENTS,
    IDENTITY_PROVIDERS,
    LOCAL,
    POOLS,
    SAML_ASSERTIONS,
    AppClient,
    IdentityProvider,
    SamlAssertion,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.providers import saml_requests
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.federation import saml_assertions, saml_responses, saml_xml
from pytest_cognito.federation.saml_assertions import Asserted, Expected, SamlSession
from pytest_cognito.federation.saml_xml import ASSERTION, Element
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.world import Context

_TYPE = "SAML"


class SentRequest(NamedTuple):
    """The address that takes a request to a provider, and the id of the request, which the response names."""

    url: str
    id: str


@dataclass(frozen=True)
class SamlSignIn:
    """A user whom a SAML provider has authenticated, and their session there, by which it is ended."""

    user: ExternalUser
    session: SamlSession


def sign_in_request(
    context: Context,
    pool: UserPool,
    provider: IdentityProvider,
    *,
    consumer_url: str,
    relay_state: str,
    force: bool = False,
) -> SentRequest:
    """A request to sign in a user, which is signed if the provider's details say so (RequestSigningAlgorithm).

    ``consumer_url`` is ``/saml2/idpresponse`` on the pool's domain; ``force``, for ``prompt=login``, asks for the
    credentials again. The step is left if the metadata have to be retrieved.
    """
    provider, known = metadata.current(context, pool, provider)
    request_id = _draw_id(context)
    message = saml_requests.sign_in_request(
        request_id, pool.id, destination=known.sign_in_url, consumer=consumer_url, now=context.now(), force=force
    )
    signs = bool(provider.details.get("RequestSigningAlgorithm"))
    key = pool_keys.saml_key(context.world, pool) if signs else None
    return SentRequest(saml_requests.redirect_url(known.sign_in_url, message, relay_state, key), request_id)


def sign_out_request(
    context: Context, pool: UserPool, provider: IdentityProvider, session: SamlSession, *, relay_state: str
) -> SentRequest:
    """A request to end a session at a provider, which is always signed. Raises if it has no address for that."""
    _, known = metadata.current(context, pool, provider)
    if known.sign_out_url is None:
        raise errors.SAML_SIGN_OUT_UNKNOWN()
    request_id = _draw_id(context)
    message = saml_requests.sign_out_request(
        request_id, pool.id, session, destination=known.sign_out_url, now=context.now()
    )
    key = pool_keys.saml_key(context.world, pool)
    return SentRequest(saml_requests.redirect_url(known.sign_out_url, message, relay_state, key), request_id)


def wants_sign_out(provider: IdentityProvider) -> bool:
    """Whether users sign out at a provider, too, when they sign out of a pool (IDPSignout)."""
    return provider.type == _TYPE and _is_on(provider, "IDPSignout")


def verify_response(
    context: Context,
    pool: UserPool,
    provider: IdentityProvider,
    text: str,
    *,
    consumer_urls: tuple[str, ...],
    request_id: str | None,
) -> SamlSignIn:
    """The user whom a response signs in, which is ``SAMLResponse`` of a form; raise unless all of it is right.

    ``request_id`` is the id of the `sign_in_request`; None if the provider has initiated the sign-in. The response may
    be meant for any of ``consumer_urls``, the addresses of ``/saml2/idpresponse``. An assertion is good once: it is
    remembered. `as_saml_error` makes of the errors what an application gets. The step is left if the metadata have to
    be retrieved.
    """
    provider, known = metadata.current(context, pool, provider)
    if request_id is None and not _is_on(provider, "IDPInit"):
        raise errors.SAML_UNSOLICITED()
    audience = saml_requests.audience(pool.id)
    expected = Expected((audience,), consumer_urls, known.entity_id, request_id, context.now())
    response = saml_responses.root(text, "Response")
    saml_assertions.check_response(response, expected)
    assertion = _assertion(context, pool, provider, response, saml_xml.certificates_of(known.certificates))
    asserted = saml_assertions.read(assertion, expected)
    saml_assertions.check_characters(asserted, set(provider.mapping.values()))
    _use_up(context, pool, known.entity_id or provider.name, asserted)
    return SamlSignIn(ExternalUser(asserted.session.name_id, assertion=asserted.attributes), asserted.session)


def verify_assertion(context: Context, pool: UserPool, provider: IdentityProvider, token: str) -> ExternalUser:
    """The user of an assertion that is a token: in Base64 as URLs have it (RFC 8693, section 3), signed by itself.

    No address has asked for it or takes it, so it may be used until it expires. The step is left if the metadata have
    to be retrieved.
    """
    _, known = metadata.current(context, pool, provider)
    root = saml_xml.decoded_token(token)
    if root.tag != f"{ASSERTION}Assertion":
        raise errors.SAML_UNREADABLE()
    assertion = saml_xml.signed(root, saml_xml.certificates_of(known.certificates))
    if assertion is None:
        raise errors.SAML_SIGNATURE_INVALID()
    expected = Expected((saml_requests.audience(pool.id),), (), known.entity_id, None, context.now())
    asserted = saml_assertions.read(assertion, expected)
    saml_assertions.check_characters(asserted, set(provider.mapping.values()))
    return ExternalUser(asserted.session.name_id, assertion=asserted.attributes)


def verify_sign_out(
    context: Context,
    pool: UserPool,
    provider: IdentityProvider,
    text: str,
    *,
    request_id: str,
    addresses: tuple[str, ...],
) -> None:
    """Raise unless a LogoutResponse is one of the provider to a `sign_out_request`, and says that it was successful.

    ``text`` is ``SAMLResponse`` of a form, ``addresses`` are those of ``/saml2/logout`` on the pool's domain.
    """
    _, known = metadata.current(context, pool, provider)
    root = saml_responses.root(text, "LogoutResponse")
    response = saml_xml.signed(root, saml_xml.certificates_of(known.certificates))
    if response is None:
        raise errors.SAML_SIGNATURE_INVALID()
    expected = Expected((saml_requests.audience(pool.id),), addresses, known.entity_id, request_id, context.now())
    saml_assertions.check_response(response, expected)


class Initiated(NamedTuple):
    """A sign-in that a provider has initiated: the provider, and the application's request by its RelayState."""

    provider: IdentityProvider
    parameters: dict[str, str]


def initiated_by(context: Context, pool: UserPool, relay_state: str, text: str) -> Initiated:
    """What the RelayState of a response that no request has asked for says; raise if no provider may send it.

    Of a RelayState that names no provider (``redirect_uri=…&state=…``), it is the one whom the response names as its
    issuer; `verify_response` tells whether that is true. Without a client it is the one with that callback URL, and
    without ``response_type`` it gets a code. ``text`` is ``SAMLResponse`` of the form.
    """
    parameters = dict(parse_qsl(relay_state, keep_blank_values=True))
    providers = context.table(IDENTITY_PROVIDERS)
    found = None
    if parameters.get("identity_provider"):
        found = providers.get((pool.id, parameters["identity_provider"]))
    elif parameters.get("idp_identifier"):
        found = providers.find("identifier", (pool.id, parameters["idp_identifier"]))
    elif parameters.get("redirect_uri"):
        issuer = saml_xml.text_of(saml_responses.root(text, "Response").find(f"{ASSERTION}Issuer"))
        known = (each for each in providers.owned(POOLS, pool.id) if each.type == _TYPE and each.entity_id == issuer)
        found = next(known, None)
    if found is None or found.type != _TYPE or not _is_on(found, "IDPInit"):
        raise errors.SAML_UNSOLICITED()
    if not parameters.get("client_id"):
        parameters["client_id"] = _client_of(context, pool, found, parameters.get("redirect_uri"))
    parameters.setdefault("response_type", "code")
    return Initiated(found, parameters)


def _client_of(context: Context, pool: UserPool, provider: IdentityProvider, redirect_uri: str | None) -> str:
    """The one app client of a provider with a callback URL; raise if there is none, or several."""
    ids = [
        client.id
        for client in context.table(CLIENTS).owned(POOLS, pool.id)
        if provider.name in (client.settings.get("SupportedIdentityProviders") or ())
        and redirect_uri in (client.settings.get("CallbackURLs") or ())
    ]
    if len(ids) != 1:
        raise errors.SAML_UNSOLICITED()
    return ids[0]


def check_initiated(context: Context, pool: UserPool, client: AppClient) -> None:
    """Raise unless users may come to an app client by a sign-in that a provider has initiated.

    All of its providers must be of SAML: no other sign-in could then be forced upon a user.
    """
    types = {each.name: each.type for each in context.table(IDENTITY_PROVIDERS).owned(POOLS, pool.id)}
    names = client.settings.get("SupportedIdentityProviders") or [LOCAL]
    if any(types.get(name) != _TYPE for name in names):
        raise errors.SAML_UNSOLICITED()


def as_saml_error(error: AWSError) -> AWSError:
    """An error of a sign-in by SAML as an application gets it: as ``server_error``, and with a prefix."""
    refused = errors.SAML_RESPONSE_REFUSED(reason=error.message)
    release_frames(error)
    refused.__cause__ = error
    return refused


def _assertion(
    context: Context, pool: UserPool, provider: IdentityProvider, response: Element, certificates: list[Any]
) -> Element:
    """The assertion of a response. A signature covers it, be it its own or that of the response."""
    key = partial(pool_keys.saml_encryption_key, context.world, pool, provider.name)
    encrypted = _is_on(provider, "EncryptedResponses")
    return saml_responses.assertion_of(response, certificates, key, must_be_encrypted=encrypted)


def _use_up(context: Context, pool: UserPool, issuer: str, asserted: Asserted) -> None:
    """Remember an assertion; raise if it is known already."""
    table = context.table(SAML_ASSERTIONS)
    if table.get((pool.id, issuer, asserted.id)) is not None:
        raise errors.SAML_REPLAYED(id=asserted.id)
    table.put(SamlAssertion(pool.id, issuer, asserted.id, asserted.expires))


def _is_on(provider: IdentityProvider, name: str) -> bool:
    return provider.details.get(name, "").lower() == "true"


def _draw_id(context: Context) -> str:
    return f"_{context.world.ids.uuid()}"
