"""The events of Lambda triggers, for unit tests of their functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from pytest_cognito import cognito_identity, cognito_sync
from pytest_cognito.cognito_idp import API_SCOPES, TriggerEvents
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.identity import Identity
from pytest_cognito.handles.identity_provider import IdentityProvider
from pytest_cognito.handles.pools import only_pool
from pytest_cognito.handles.user import User
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

Event = dict[str, Any]
StringMap = Mapping[str, str] | None
_ADMIN_CREATE_USER = "AdminCreateUser"


class Events:
    """Events as Cognito sends them, built by the same code as those of a call. No function is invoked.

    Each method has the name of a trigger, and builds its event from the current state of the user. ``source`` is the
    second part of the event's ``triggerSource``; ``client`` the app client, by default the pool's first; ``metadata``
    the ClientMetadata of the call. ``by_admin`` is for operations of administrators, which have no app client.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def pre_sign_up(
        self,
        username: str = "alice",
        attributes: Mapping[str, str] | None = None,
        *,
        source: str = "SignUp",
        validation_data: StringMap = None,
        metadata: StringMap = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreSignUp, for a new user. ``source``: ``SignUp``, ``AdminCreateUser`` or ``ExternalProvider``.

        The user name of a user of an identity provider is the provider's name, ``_`` and their id there.
        """
        with self._builder(pool or self._only_pool(), client, by_admin=source == _ADMIN_CREATE_USER) as events:
            return events.pre_sign_up(username, attributes or {}, source, validation_data, metadata)

    def inbound_federation(
        self,
        provider: IdentityProvider,
        subject: str = "1",
        claims: Mapping[str, Any] | None = None,
        *,
        client: AppClient | None = None,
    ) -> Event:
        """InboundFederation, for a user whom an identity provider knows by ``subject`` and describes by ``claims``."""
        if not isinstance(provider, IdentityProvider):
            raise UsageError(f"an event is of a provider, such as pool.identity_provider({provider!r})")
        with self._builder(provider.pool, client) as events:
            return events.inbound_federation(provider.name, subject, claims or {})

    def post_confirmation(
        self,
        user: User,
        *,
        source: str = "ConfirmSignUp",
        metadata: StringMap = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """PostConfirmation. ``source``: ``ConfirmSignUp`` or ``ConfirmForgotPassword``."""
        with self._builder(_pool_of(user), client, by_admin=by_admin) as events:
            return events.post_confirmation(user.username, source, metadata)

    def pre_authentication(
        self,
        user: User | str,
        *,
        validation_data: StringMap = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreAuthentication, for a user, or for the name of a user who does not exist.

        Cognito sends the latter if the app client prevents user existence errors. ``validation_data`` is the
        ClientMetadata of InitiateAuth.
        """
        if isinstance(user, User) and pool is not None and pool.id != user.pool.id:
            raise UsageError(f"{user!r} is of another pool than {pool!r}: leave out pool=")
        user_pool = user.pool if isinstance(user, User) else pool or self._only_pool()
        name = user.username if isinstance(user, User) else user
        with self._builder(user_pool, client) as events:
            return events.pre_authentication(name, validation_data)

    def post_authentication(
        self,
        user: User,
        *,
        new_device: bool = False,
        metadata: StringMap = None,
        client: AppClient | None = None,
    ) -> Event:
        """PostAuthentication. ``new_device`` is its ``newDeviceUsed``, ``metadata`` the ClientMetadata of
        RespondToAuthChallenge.
        """
        with self._builder(_pool_of(user), client) as events:
            return events.post_authentication(user.username, metadata, new_device=new_device)

    def define_auth_challenge(
        self,
        user: User,
        session: Sequence[Mapping[str, Any]] = (),
        *,
        metadata: StringMap = None,
        client: AppClient | None = None,
    ) -> Event:
        """DefineAuthChallenge. ``session`` has the challenges with a response so far, oldest first, each with
        ``challengeName``, ``challengeResult`` and ``challengeMetadata``.
        """
        with self._builder(_pool_of(user), client) as events:
            return events.define_auth_challenge(user.username, session, metadata)

    def create_auth_challenge(
        self,
        user: User,
        session: Sequence[Mapping[str, Any]] = (),
        *,
        metadata: StringMap = None,
        client: AppClient | None = None,
    ) -> Event:
        """CreateAuthChallenge, for a CUSTOM_CHALLENGE. ``session`` is the same as for DefineAuthChallenge."""
        with self._builder(_pool_of(user), client) as events:
            return events.create_auth_challenge(user.username, session, metadata)

    def verify_auth_challenge_response(
        self,
        user: User,
        answer: str,
        private_challenge_parameters: Mapping[str, str] | None = None,
        *,
        metadata: StringMap = None,
        client: AppClient | None = None,
    ) -> Event:
        """VerifyAuthChallengeResponse, with the user's answer and CreateAuthChallenge's private parameters."""
        with self._builder(_pool_of(user), client) as events:
            private = private_challenge_parameters or {}
            return events.verify_auth_challenge_response(user.username, answer, private, metadata)

    def pre_token_generation(
        self,
        user: User,
        *,
        version: int | str | None = None,
        source: str = "Authentication",
        scopes: Sequence[str] = API_SCOPES,
        metadata: StringMap = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreTokenGeneration, in a ``version`` (``2`` or ``"V2_0"``): by default the configured one, or else 1.

        ``source``: ``Authentication``, ``NewPasswordChallenge``, ``RefreshTokens``, ``HostedAuth`` or
        ``AuthenticateDevice``.
        """
        with self._builder(_pool_of(user), client) as events:
            arguments.check_texts("scopes", scopes)
            return events.pre_token_generation(user.username, version, source, scopes, metadata)

    def client_token_generation(
        self,
        scopes: Sequence[str] = (),
        *,
        metadata: StringMap = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreTokenGeneration for the token of an app client (``ClientCredentials``), which has version 3 alone."""
        with self._builder(pool or self._only_pool(), client) as events:
            arguments.check_texts("scopes", scopes)
            return events.client_token_generation(scopes, metadata)

    def user_migration(
        self,
        username: str,
        password: str | None = None,
        *,
        validation_data: StringMap = None,
        metadata: StringMap = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """UserMigration, for a user who is not in the pool: of a sign-in with a ``password``, or of ForgotPassword.

        ``validation_data`` is the ClientMetadata of InitiateAuth, ``metadata`` that of ForgotPassword.
        """
        with self._builder(pool or self._only_pool(), client) as events:
            return events.user_migration(username, password, validation_data, metadata)

    def custom_message(
        self,
        user: User,
        source: str = "SignUp",
        *,
        metadata: StringMap = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """CustomMessage. ``source``: ``SignUp``, ``ResendCode``, ``ForgotPassword``, ``UpdateUserAttribute``,
        ``VerifyUserAttribute``, ``AdminCreateUser`` or ``Authentication``.
        """
        with self._builder(_pool_of(user), client, by_admin=by_admin or source == _ADMIN_CREATE_USER) as events:
            return events.custom_message(user.username, source, metadata)

    def custom_email_sender(
        self,
        user: User,
        code: str | None,
        source: str = "SignUp",
        *,
        metadata: StringMap = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """CustomEmailSender, with the code encrypted by the pool's KMS key. ``source``: see CustomMessage.

        AccountTakeOverNotification, a source of this trigger alone, has no code: it is ``None``.
        """
        with self._builder(_pool_of(user), client, by_admin=by_admin or source == _ADMIN_CREATE_USER) as events:
            return events.custom_sender("CustomEmailSender", user.username, code, source, metadata)

    def custom_sms_sender(
        self,
        user: User,
        code: str,
        source: str = "SignUp",
        *,
        metadata: StringMap = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """CustomSMSSender, with the code encrypted by the pool's KMS key. ``source``: see CustomMessage."""
        with self._builder(_pool_of(user), client, by_admin=by_admin or source == _ADMIN_CREATE_USER) as events:
            return events.custom_sender("CustomSMSSender", user.username, code, source, metadata)

    def sync_trigger(self, identity: Identity, dataset: str, changes: Mapping[str, str | None]) -> Event:
        """SyncTrigger, for an update of a dataset by an identity: ``changes`` has new values by key, None to remove.

        The event has all records of the dataset.
        """
        if not isinstance(identity, Identity):
            raise UsageError(f"an event is of an identity, such as pool.guest(), not of {identity!r}")
        arguments.check_text("dataset", dataset, '"preferences"')
        arguments.check_mapping("changes", changes, '{"theme": "dark", "draft": None}')
        with self._world.handle_step("events", identity.pool.region) as context:
            pool = context.table(cognito_identity.POOLS).get(identity.pool.id)
            if pool is None:
                raise UsageError(f"the identity pool {identity.pool.id} no longer exists")
            return cognito_sync.sync_event(context, pool, identity.id, dataset, changes)

    @contextmanager
    def _builder(self, pool: UserPool, client: AppClient | None, *, by_admin: bool = False) -> Iterator[TriggerEvents]:
        if by_admin and client is not None:
            raise UsageError("a call of an administrator has no app client: leave out client=, or by_admin=")
        app_client = None if by_admin else client or pool.client
        if app_client is not None:
            arguments.check_client(app_client)
        with self._world.handle_step("events", pool.region) as context:
            yield TriggerEvents(context, pool.id, None if app_client is None else app_client.id)

    def _only_pool(self) -> UserPool:
        return only_pool(self._world, "pool=…")


def _pool_of(user: User) -> UserPool:
    """The pool of a user. Raises `UsageError` for what is no user, such as a user name."""
    if not isinstance(user, User):
        raise UsageError(f"an event is of a user, not of {user!r}: write pool.user({user!r})")
    return user.pool
