"""Sign-in by an identity provider: from a user whom it has authenticated to a user of the pool.

The caller then issues tokens, whose source is ``HostedAuth``, or an OAuth 2.0 authorization code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.users import accounts, confirmation, identities, linking, membership
from pytest_cognito.cognito_idp.records import SUBJECT, USERS, AppClient, Identity, IdentityProvider, User, UserPool
from pytest_cognito.cognito_idp.rules.clients import client_settings
from pytest_cognito.cognito_idp.rules.providers import attribute_mapping, federated_attributes
from pytest_cognito.cognito_idp.rules.providers.external_users import ExternalUser
from pytest_cognito.cognito_idp.rules.users import pre_sign_up
from pytest_cognito.cognito_idp.triggers import engine, events
from pytest_cognito.world import Context

SOURCE = "HostedAuth"
"""The source of PreTokenGeneration for the tokens of a sign-in by an identity provider."""
Attributes = Mapping[str, str]


def sign_in(
    context: Context, pool: UserPool, client: AppClient, provider: IdentityProvider, external: ExternalUser
) -> User:
    """The user of the pool for an authenticated user of a provider: a new one, or the one who is known by now.

    The first sign-in makes the user, by PreSignUp and PostConfirmation, unless an administrator has linked the identity
    to a user. Later ones update the attributes, and run PreAuthentication and PostAuthentication. InboundFederation may
    change before what is mapped to attributes. In the region of a replica nobody new comes to be, and nobody changes.
    """
    attempt = _Attempt(context, pool, client, provider, external)
    claims = attempt.inbound_claims()
    mapped = attempt.mapped(claims)
    identity = attempt.identity(claims, mapped)
    if identity is None:
        if pool.is_replica:  # where nobody new comes to be
            raise errors.OPERATION_NOT_ENABLED(operation=context.call.operation, pool_id=pool.id)
        attributes = federated_attributes.first(pool, mapped)
        flags = attempt.run_pre_sign_up(attributes)
        # The function may have linked the identity to a user.
        identity = attempt.identity(claims, mapped)
        if identity is None:
            return attempt.register(pre_sign_up.with_flags(attributes, flags))
    return attempt.sign_in_again(identity, mapped)


def known(
    context: Context, pool: UserPool, client: AppClient, provider: IdentityProvider, external: ExternalUser
) -> User | None:
    """The user of the pool whom an authenticated user of a provider is, if it knows them. Nothing is changed."""
    attempt = _Attempt(context, pool, client, provider, external)
    identity = attempt.identity(external.claims, attempt.mapped(external.claims))
    return None if identity is None else linking.holder(context, identity)


def username(pool: UserPool, provider: IdentityProvider, subject: str) -> str:
    """The user name of the user whom the first sign-in of an identity makes."""
    return pool.fold(f"{provider.name}_{subject}")


def create(
    context: Context, pool: UserPool, provider: IdentityProvider, subject: str, attributes: Attributes, sub: str
) -> User:
    """Create the user of an identity, and add them to the group of the provider's users."""
    name = username(pool, provider, subject)
    if context.table(USERS).get((pool.id, name)) is not None:
        raise errors.FEDERATED_NAME_TAKEN(username=name)
    new = accounts.new_user(
        context, pool, name, sub, attributes, status="EXTERNAL_PROVIDER", password=None, provider=provider.name
    )
    user = identities.add(context, accounts.add(context, pool, new), provider, SUBJECT, subject, primary=True)
    membership.join(context, user, membership.provider_group(context, pool, provider.name))
    return user


def enabled(context: Context, user: User) -> User:
    """Read a user again, after a function that may have changed them; raise if they are disabled or deleted."""
    found = context.table(USERS).get((user.pool_id, user.key))
    if found is None or found.sub != user.sub:
        raise errors.USER_NOT_FOUND()
    if not found.enabled:
        raise errors.FEDERATED_USER_DISABLED()
    return found


@dataclass(frozen=True)
class _Attempt:
    """One sign-in."""

    context: Context
    pool: UserPool
    client: AppClient
    provider: IdentityProvider
    external: ExternalUser

    def inbound_claims(self) -> Mapping[str, Any]:
        """The claims to be mapped: those of the provider, or else those that InboundFederation puts in their place."""
        attributes = self.external.event_attributes(self.provider.type)
        request = events.inbound_federation(self.provider.name, self.provider.type, attributes)
        response = self._run("InboundFederation", "ExternalProvider", self._username, request)
        chosen = (response or {}).get("userAttributesToMap") or {}
        if not isinstance(chosen, dict) or not all(isinstance(value, str) for value in chosen.values()):
            raise errors.TRIGGER_OUTPUT_UNKNOWN()
        return chosen or self.external.claims

    def mapped(self, claims: Mapping[str, Any]) -> dict[str, str]:
        """The attributes that the client may write and that the claims give a value."""
        writable = client_settings.writable(self.client, self.pool)
        found = attribute_mapping.mapped(self.provider.mapping, claims)
        # A client can't be allowed to write the verified attributes, which the provider may set nevertheless.
        return {name: value for name, value in found.items() if _may_write(name, writable)}

    def identity(self, claims: Mapping[str, Any], mapped: Attributes) -> Identity | None:
        """The known identity: by the subject, or by an attribute by which an administrator has linked a user."""
        names = identities.linked_attributes(self.context, self.pool, self.provider.name)
        values = {name: mapped.get(name) or attribute_mapping.text(claims.get(name) or "") for name in sorted(names)}
        for attribute, value in ((SUBJECT, self.external.subject), *values.items()):
            found = identities.find(self.context, self.pool, self.provider.name, attribute, value)
            if found is not None:
                return found
        return None

    def run_pre_sign_up(self, attributes: Attributes) -> dict[str, bool]:
        """Run PreSignUp and return the flags of its response."""
        request = events.pre_sign_up_external(attributes)
        return pre_sign_up.flags(self._run("PreSignUp", "ExternalProvider", self._username, request))

    def register(self, attributes: Attributes) -> User:
        """Create the user and run PostConfirmation."""
        sub = accounts.draw_sub(self.context)
        user = create(self.context, self.pool, self.provider, self.external.subject, attributes, sub)
        confirmation.run_post_confirmation(self.context, self.pool, self.client, user, "ConfirmSignUp", None)
        return enabled(self.context, user)

    def sign_in_again(self, identity: Identity, mapped: Attributes) -> User:
        """Update the attributes of the user and run the triggers of a sign-in.

        A SAML identity that was linked by another attribute is known by its subject from now on.
        """
        user = enabled(self.context, linking.holder(self.context, identity))
        if not self.pool.is_replica:
            user = self._updated(user, identity, mapped)
        before = events.pre_authentication(user, None, hides_existence=self.client.hides_existence)
        self._run("PreAuthentication", "Authentication", user.username, before)
        user = enabled(self.context, user)
        after = events.post_authentication(user, None)
        self._run("PostAuthentication", "Authentication", user.username, after)
        return enabled(self.context, user)

    def _updated(self, user: User, identity: Identity, mapped: Attributes) -> User:
        attributes = federated_attributes.updated(self.pool, user, mapped)
        if attributes != user.attributes:
            user = accounts.save(self.context, self.pool, replace(user, attributes=attributes))
        if self.provider.type == "SAML" and identity.attribute != SUBJECT:
            user = identities.identify(self.context, user, identity, self.external.subject)
        return user

    @property
    def _username(self) -> str:
        return username(self.pool, self.provider, self.external.subject)

    def _run(self, trigger: str, source: str, name: str, request: Mapping[str, Any]) -> dict[str, Any] | None:
        return engine.run(
            self.context, self.pool, trigger, source, username=name, client_id=self.client.id, request=request
        )


def _may_write(attribute: str, writable: frozenset[str] | None) -> bool:
    return writable is None or attribute.removesuffix("_verified") in writable
