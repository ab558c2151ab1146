"""The events of Lambda triggers, for unit tests of Lambda functions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.users import accounts, federation, membership
from pytest_cognito.cognito_idp.records import User, UserPool
from pytest_cognito.cognito_idp.rules.providers import external_users
from pytest_cognito.cognito_idp.rules.tokens.claims import Groups
from pytest_cognito.cognito_idp.triggers import code_encryption, engine, events
from pytest_cognito.cognito_idp.triggers.catalog import TRIGGERS
from pytest_cognito.cognito_idp.triggers.pre_token_generation import CLIENT_CREDENTIALS
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import Context

Answers = Sequence[Mapping[str, Any]]
Event = dict[str, Any]
Pairs = Mapping[str, str] | None


@dataclass(frozen=True)
class TriggerEvents:
    """Builds the events of a pool. ``client_id`` is ``None`` for operations without an app client."""

    context: Context
    pool_id: str
    client_id: str | None

    def pre_sign_up(
        self, username: str, attributes: Mapping[str, str], source: str, validation_data: Pairs, metadata: Pairs
    ) -> Event:
        """PreSignUp, for a user who does not exist yet: of an identity provider, ``username`` is the whole name."""
        if source == "ExternalProvider":
            request = events.pre_sign_up_external(attributes)
            return self._event("PreSignUp", source, self._pool.fold(username), request)
        all_attributes = accounts.with_username_attribute(self._pool, username, attributes)
        sub = accounts.draw_sub(self.context)
        new = accounts.new_user(
            self.context, self._pool, username, sub, all_attributes, status="UNCONFIRMED", password=None
        )
        request = events.pre_sign_up(all_attributes, validation_data, metadata)
        return self._event("PreSignUp", source, new.username, request)

    def inbound_federation(self, provider: str, subject: str, claims: Mapping[str, Any]) -> Event:
        """InboundFederation, for a user whom an identity provider describes by claims."""
        found = lookup.identity_provider(self.context, self._pool, provider)
        attributes = external_users.described(found.type, subject, claims).event_attributes(found.type)
        request = events.inbound_federation(found.name, found.type, attributes)
        return self._event(
            "InboundFederation", "ExternalProvider", federation.username(self._pool, found, subject), request
        )

    def post_confirmation(self, username: str, source: str, metadata: Pairs) -> Event:
        """PostConfirmation."""
        user = self._user(username)
        return self._event("PostConfirmation", source, user.username, events.post_confirmation(user, metadata))

    def pre_authentication(self, username: str, validation_data: Pairs) -> Event:
        """PreAuthentication, for a user or, with PreventUserExistenceErrors, for a name that no user has."""
        user = lookup.find_user(self.context, self._pool, username)
        client = lookup.client(self.context, self._pool, self.client_id or "")
        if user is None and not client.hides_existence:
            raise UsageError(
                f"there is no user {username!r}, and Cognito runs PreAuthentication for unknown users only if the app "
                f"client has PreventUserExistenceErrors='ENABLED'"
            )
        request = events.pre_authentication(user, validation_data, hides_existence=client.hides_existence)
        return self._event("PreAuthentication", "Authentication", user.username if user else username, request)

    def post_authentication(self, username: str, metadata: Pairs, *, new_device: bool) -> Event:
        """PostAuthentication."""
        user = self._user(username)
        request = events.post_authentication(user, metadata, new_device=new_device)
        return self._event("PostAuthentication", "Authentication", user.username, request)

    def define_auth_challenge(self, username: str, session: Answers, metadata: Pairs) -> Event:
        """DefineAuthChallenge."""
        user, hides = self._user(username), self._hides_existence
        request = events.define_auth_challenge(user, list(session), metadata, hides_existence=hides)
        return self._event("DefineAuthChallenge", "Authentication", user.username, request)

    def create_auth_challenge(self, username: str, session: Answers, metadata: Pairs) -> Event:
        """CreateAuthChallenge."""
        user, hides = self._user(username), self._hides_existence
        request = events.create_auth_challenge(user, list(session), metadata, hides_existence=hides)
        return self._event("CreateAuthChallenge", "Authentication", user.username, request)

    def verify_auth_challenge_response(
        self, username: str, answer: str, private: Mapping[str, str], metadata: Pairs
    ) -> Event:
        """VerifyAuthChallengeResponse. ``private`` are the privateChallengeParameters of CreateAuthChallenge."""
        user = self._user(username)
        request = events.verify_auth_challenge_response(
            user, private, answer, metadata, hides_existence=self._hides_existence
        )
        return self._event("VerifyAuthChallengeResponse", "Authentication", user.username, request)

    def pre_token_generation(
        self, username: str, version: int | str | None, source: str, scopes: Sequence[str], metadata: Pairs
    ) -> Event:
        """PreTokenGeneration. The default of ``version`` is the configured event version, or 1 without a trigger."""
        user = self._user(username)
        if source == CLIENT_CREDENTIALS:
            raise UsageError("the token of an app client is of no user: write events.client_token_generation(…)")
        trigger = TRIGGERS["PreTokenGeneration"]
        event_version = trigger.version(version or engine.version_of(self._pool, trigger.name) or 1)
        groups = Groups.from_records(membership.groups_by_precedence(self.context, user))
        request = events.pre_token_generation(user, groups, scopes, event_version, metadata)
        return self._event(trigger.name, source, user.username, request, event_version)

    def client_token_generation(self, scopes: Sequence[str], metadata: Pairs) -> Event:
        """PreTokenGeneration for the token of an app client."""
        name, version = CLIENT_CREDENTIALS, "3"
        request = events.client_token_generation(scopes, metadata)
        return self._event("PreTokenGeneration", name, name, request, version)

    def user_migration(self, username: str, password: str | None, validation_data: Pairs, metadata: Pairs) -> Event:
        """UserMigration, for a user who does not exist yet: at sign-in, or at ForgotPassword without ``password``."""
        source = "ForgotPassword" if password is None else "Authentication"
        return self._event(
            "UserMigration", source, username, events.user_migration(password, validation_data, metadata)
        )

    def custom_message(self, username: str, source: str, metadata: Pairs) -> Event:
        """CustomMessage."""
        user = self._user(username)
        return self._event("CustomMessage", source, user.username, events.custom_message(user, source, metadata))

    def custom_sender(self, trigger: str, username: str, code: str | None, source: str, metadata: Pairs) -> Event:
        """CustomEmailSender or CustomSMSSender, with the encrypted code if there is one."""
        user = self._user(username)
        with self.context.world.store.outside():
            encrypted_code = None if code is None else code_encryption.encrypt(self._pool, code)
        return self._event(
            trigger, source, user.username, events.custom_sender(trigger, user, encrypted_code, metadata)
        )

    def _event(self, trigger: str, source: str, username: str, request: Mapping[str, Any], version: str = "1") -> Event:
        sources = TRIGGERS[trigger].sources
        if source not in sources:
            raise UsageError(f"{trigger} has no source {source!r}; it has {', '.join(sources)}")
        return events.envelope(
            self._pool, trigger, source, version, username=username, client_id=self.client_id, request=request
        )

    @property
    def _pool(self) -> UserPool:
        return lookup.pool(self.context, self.pool_id)

    @property
    def _hides_existence(self) -> bool:
        return lookup.client(self.context, self._pool, self.client_id or "").hides_existence

    def _user(self, username: str) -> User:
        return lookup.user(self.context, self._pool, username)
