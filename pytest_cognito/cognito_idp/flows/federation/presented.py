"""Tokens and assertions of identity providers that an application presents itself, without a sign-in at a domain."""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.federation import discovery, oauth, saml
from pytest_cognito.cognito_idp.flows.tokens.derived_tokens import Presented
from pytest_cognito.cognito_idp.flows.users import federation
from pytest_cognito.cognito_idp.records import AppClient, IdentityProvider, User, UserPool
from pytest_cognito.cognito_idp.rules.providers import described_users, oauth_requests
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import Context

SAML2 = "SAML2"
_TYPES = {"ID_TOKEN": "OIDC", SAML2: "SAML"}
"""The types of tokens, and of the providers that issue them."""
_REFUSALS: dict[ErrorText, ErrorText] = {
    errors.ID_TOKEN_EXPIRED: errors.EXCHANGED_TOKEN_EXPIRED,
    errors.SAML_EXPIRED: errors.EXCHANGED_TOKEN_EXPIRED,
    errors.ID_TOKEN_SIGNATURE: errors.EXCHANGED_TOKEN_SIGNATURE,
    errors.SAML_SIGNATURE_INVALID: errors.EXCHANGED_TOKEN_SIGNATURE,
}
_OF_PROVIDERS = frozenset({"invalid_request", "server_error"})
"""The codes of errors that speak of what a provider says."""


class Proven(NamedTuple):
    """A user of an identity provider, whom a token of it has proven."""

    provider: IdentityProvider
    external: ExternalUser

    @property
    def methods(self) -> tuple[str, ...]:
        """How they have signed in, as the claim ``amr`` says it."""
        return tuple(oauth_requests.methods(self.external.id_token))


def verify(context: Context, pool: UserPool, client: AppClient, name: str, presented: Presented) -> Proven:
    """Verify a token by the settings of the provider whose it is said to be. The step is left meanwhile."""
    provider = lookup.identity_provider(context, pool, name)
    wanted = _TYPES.get(presented.type)
    if wanted is None or provider.type not in _TYPES.values():
        raise Unsupported(
            f"pytest-cognito's GetDerivedToken takes ID tokens of OIDC providers and assertions of SAML providers, not "
            f"{presented.role}TokenType={presented.type!r} with {presented.role}TokenProviderName={name!r}, which is "
            f"of the type {provider.type}; nothing was sent to AWS."
        )
    if provider.type != wanted:
        raise errors.EXCHANGED_TOKEN_INVALID(role=presented.role)
    try:
        if wanted == "SAML":
            external = saml.verify_assertion(context, pool, provider, presented.token)
        else:
            external = _of_id_token(context, pool, provider, presented.token)
    except AWSError as error:
        if error.code not in _OF_PROVIDERS:
            raise
        refusal = None if error.kind is None else _REFUSALS.get(error.kind)
        raise (refusal or errors.EXCHANGED_TOKEN_REFUSED)(role=presented.role, reason=error.message) from error
    lookup.check_still_there(context, pool, client.id)
    return Proven(provider, external)


def user(context: Context, pool: UserPool, client: AppClient, proven: Proven) -> User:
    """The user of the pool; raise for one whom it does not know yet: to be known, they sign in at the domain once."""
    found = federation.known(context, pool, client, proven.provider, proven.external)
    if found is None:
        raise errors.USER_NOT_FOUND()
    if not found.enabled:
        raise errors.USER_DISABLED()
    return found


def _of_id_token(context: Context, pool: UserPool, provider: IdentityProvider, token: str) -> ExternalUser:
    provider = discovery.located(context, pool, provider)
    with context.world.store.outside():
        claims = oauth.verified_claims(context.world, provider, {"id_token": token})
    return described_users.external_user(provider, {}, claims, {})
