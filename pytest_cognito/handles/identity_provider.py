"""An identity provider of a user pool, and sign-in by it without pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito import cognito_idp
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.handles.user import User
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers import catalog
from pytest_cognito.providers.provider import Provider

if TYPE_CHECKING:
    from pytest_cognito.handles.user_pool import UserPool

_SOCIAL = ("Facebook", "Google", "LoginWithAmazon", "SignInWithApple")
_STANDARD = {name: name for name in ("email", "email_verified", "name", "given_name", "family_name")}
_MAPPINGS = {
    "Facebook": {"email": "email", "name": "name", "given_name": "first_name", "family_name": "last_name"},
    "LoginWithAmazon": {"email": "email", "name": "name"},
}
"""AttributeMapping, where the claims of a type have names of their own."""
_METADATA = (
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{url}">'
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">'
    '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{url}/sso"/>'
    "</IDPSSODescriptor></EntityDescriptor>"
)


class IdentityProvider:
    """A handle for an identity provider, by pool and name."""

    def __init__(self, pool: UserPool, name: str) -> None:
        self.pool = pool
        self.name = name

    @classmethod
    def create(
        cls, pool: UserPool, name: str, provider: Provider | None, parameters: Mapping[str, Any]
    ) -> IdentityProvider:
        """See `UserPool.create_identity_provider`."""
        arguments.check_text("name", name, '"Google"')
        simulated = _simulated(name, provider, parameters)
        if simulated is not None:
            given = parameters.get("ProviderDetails") or {}
            parameters = {**parameters, "ProviderDetails": simulated.details(**given)}
        else:
            _check_spelling(name, parameters)
        provider_type = simulated.provider_type if simulated else parameters.get("ProviderType") or _type_of(name)
        defaults = {
            "ProviderType": provider_type,
            "ProviderDetails": parameters.get("ProviderDetails") or _details(pool, name, provider_type),
            "AttributeMapping": _MAPPINGS.get(provider_type, _STANDARD),
        }
        pool.call("CreateIdentityProvider", ProviderName=name, **{**defaults, **parameters})
        return cls(pool, name)

    @classmethod
    def find(cls, pool: UserPool, name: str) -> IdentityProvider:
        """See `UserPool.identity_provider`."""
        with pool.world.handle_step("identity_provider", pool.region) as context:
            found = cognito_idp.find_identity_provider(context, pool.id, name)
        if found is None:
            raise UsageError(
                f"the user pool {pool.id} has no identity provider {name!r}: write "
                f"pool.create_identity_provider({name!r})"
            )
        return cls(pool, name)

    def create_user(
        self,
        subject: str,
        *,
        attributes: Mapping[str, str] | None = None,
        sub: str | None = None,
        **other_attributes: str,
    ) -> User:
        """Create a user as their first sign-in by the provider does, without running a trigger.

        ``subject`` is their id at the provider. Attributes are those of the pool, as for `UserPool.create_user`, but
        ``email`` and ``phone_number`` are not verified unless ``email_verified="true"`` is passed.
        """
        arguments.check_text("subject", subject, '"103571795941234567890"')
        arguments.check_mapping("attributes", attributes, '{"custom:tenant": "t1"}')
        all_attributes = {**(attributes or {}), **other_attributes}
        with self.pool.world.handle_step("create_user", self.pool.region) as context:
            pool = self._pool
            arguments.check_attributes(pool, all_attributes, ("attributes", "sub"))
            record = cognito_idp.add_federated_user(context, pool, self.name, subject, all_attributes, sub)
        return User(self.pool, record.username)

    def link(self, subject: str, user: User) -> None:
        """Link a user to the identity that the provider knows by ``subject``, by AdminLinkProviderForUser."""
        arguments.check_text("subject", subject, '"103571795941234567890"')
        self.pool.call(
            "AdminLinkProviderForUser",
            DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": user.username},
            SourceUser={
                "ProviderName": self.name,
                "ProviderAttributeName": "Cognito_Subject",
                "ProviderAttributeValue": subject,
            },
        )

    def sign_in(
        self,
        subject: str,
        claims: Mapping[str, Any] | None = None,
        *,
        scopes: Sequence[str] | None = None,
        client: AppClient | None = None,
    ) -> Tokens:
        """Sign in the user whom the provider knows by ``subject``; the triggers of a sign-in run.

        It is logged as the request by which Cognito learns of it, ``GET /oauth2/idpresponse``.

        The first sign-in makes the user, unless the identity is linked to one. ``claims`` are what the provider says of
        them, before it is mapped to attributes. ``scopes`` are those of the access token, by default those that the
        ``client`` may ask for or, without any, those of a sign-in by the API; it is by default the pool's first one.
        """
        arguments.check_text("subject", subject, '"103571795941234567890"')
        arguments.check_mapping("claims", claims, '{"email": "ann@example.com"}')
        if scopes is not None:
            arguments.check_texts("scopes", scopes)
        app_client = client or self.pool.client
        arguments.check_client(app_client)
        request = {"identity_provider": self.name, "subject": subject}
        with self.pool.world.request_step("GET /oauth2/idpresponse", request, self.pool.region) as context:
            pool = self._pool
            self._check_offered(app_client)
            issued = cognito_idp.sign_in_federated(
                context, pool, app_client.id, self.name, subject, claims or {}, scopes
            )
        return self.pool.tokens(issued.id_token, issued.access_token, issued.refresh_token, issued.expires_in)

    @property
    def _pool(self) -> cognito_idp.UserPool:
        record = self.pool.world.store[cognito_idp.POOLS].get(self.pool.id)
        if record is None:
            raise LookupError(f"the user pool {self.pool.id} no longer exists")
        return record

    def _check_offered(self, client: AppClient) -> None:
        """Refuse an app client that offers other providers. One that offers none is taken for a client of the API."""
        record = self.pool.world.store[cognito_idp.CLIENTS].get(client.id)
        offered = record.settings.get("SupportedIdentityProviders") if record else None
        if offered and self.name not in offered:
            raise UsageError(
                f"the app client {client.id} offers {', '.join(offered)}: add {self.name!r} to its "
                f"SupportedIdentityProviders"
            )

    def __repr__(self) -> str:
        return f"<IdentityProvider {self.name} of {self.pool.id}>"


def _check_spelling(name: str, parameters: Mapping[str, Any]) -> None:
    """Refuse ``google``: it would be an OpenID Connect provider of that name, which hardly anybody means."""
    for known in _SOCIAL:
        if name != known and name.casefold() == known.casefold() and "ProviderType" not in parameters:
            raise UsageError(
                f"no type of identity providers is called {name!r}: did you mean {known!r}? For another type write "
                f'create_identity_provider({name!r}, ProviderType="OIDC")'
            )


def _type_of(name: str) -> str:
    return name if name in _SOCIAL else "OIDC"


def _simulated(name: str, provider: Provider | None, parameters: Mapping[str, Any]) -> Provider | None:
    """The simulated provider that a test has passed. Raises unless it is one, and can be called ``name``."""
    if provider is None:
        return None
    if not isinstance(provider, Provider):
        raise UsageError(f'provider takes a simulated one: cognito.providers.saml("https://…"); not {provider!r}')
    kind = parameters.get("ProviderType", provider.provider_type)
    if kind != provider.provider_type or (_type_of(name) != kind and (name in _SOCIAL or kind in _SOCIAL)):
        raise UsageError(f"{provider.title} is of the type {provider.provider_type}, and {name!r} is not")
    return provider


def _details(pool: UserPool, name: str, provider_type: str) -> dict[str, str]:
    """Made-up ProviderDetails. Those of a social provider are what its simulation takes."""
    host = f"https://{name.lower()}.example.com"
    if provider_type == "SAML":
        return {"MetadataFile": _METADATA.format(url=host)}
    if provider_type == "OIDC":
        credentials = {"client_id": "pytest", "authorize_scopes": "openid email profile"}
        return {**credentials, "oidc_issuer": host, "attributes_request_method": "GET"}
    simulated = catalog.social(pool.world, provider_type)
    return {} if simulated is None else simulated.details()
