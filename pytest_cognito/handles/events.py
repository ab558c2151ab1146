"""The events of Lambda triggers, for tests of a function alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..cognito_idp import lookup
from ..cognito_idp.flows import accounts, membership
from ..cognito_idp.flows.tokens import API_SCOPES
from ..cognito_idp.records import User as UserRecord
from ..cognito_idp.records import UserPool as PoolRecord
from ..cognito_idp.rules.claims import Groups
from ..cognito_idp.triggers import engine, sealing
from ..cognito_idp.triggers import events as shapes
from ..cognito_idp.triggers.catalog import TRIGGERS
from ..kernel.usage import UsageError
from .pool import AppClient, UserPool
from .user import User

if TYPE_CHECKING:
    from ..cognito import Cognito

Event = dict[str, Any]
Pairs = Mapping[str, str] | None


class Events:
    """Events as Cognito sends them, built by what builds those of a real call; no function runs.

    Each method bears the name of a trigger and takes the user as he is now. ``source`` is why, in the words of the
    event's ``triggerSource``; ``client`` the app client, by default the pool's first; ``metadata`` the ClientMetadata
    of the call. ``by_admin`` is for the operations of administrators, which name no client.
    """

    def __init__(self, cognito: Cognito) -> None:
        self._cognito = cognito

    def pre_sign_up(
        self,
        username: str = "alice",
        attributes: Mapping[str, str] | None = None,
        *,
        source: str = "SignUp",
        validation_data: Pairs = None,
        metadata: Pairs = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreSignUp, of somebody who is not a user yet. ``source``: ``SignUp`` or ``AdminCreateUser``."""
        of = self._pool(pool)
        with self._step(of) as context:
            record = lookup.pool(context, of.id)
            given = accounts.with_username_attribute(record, username, attributes or {})
            new = accounts.make(
                context, record, username, accounts.draw_sub(context), given, status="UNCONFIRMED", password=None
            )
        request = shapes.pre_sign_up(given, validation_data, metadata)
        by_admin = source == "AdminCreateUser"
        return self._event(of, record, "PreSignUp", source, new.username, request, client, by_admin=by_admin)

    def post_confirmation(
        self,
        user: User,
        *,
        source: str = "ConfirmSignUp",
        metadata: Pairs = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """PostConfirmation. ``source``: ``ConfirmSignUp`` or ``ConfirmForgotPassword``."""
        pool, record = self._records(user)
        request = shapes.post_confirmation(record, metadata)
        return self._event(
            user.pool, pool, "PostConfirmation", source, user.username, request, client, by_admin=by_admin
        )

    def pre_authentication(
        self,
        user: User | str,
        *,
        validation_data: Pairs = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreAuthentication, of a user, or of a name that nobody has, which a client that hides who exists asks about.

        ``validation_data`` is the ClientMetadata of InitiateAuth.
        """
        of = user.pool if isinstance(user, User) else self._pool(pool)
        record = self._records(user)[1] if isinstance(user, User) else None
        client_id = (client or of.client).id
        with self._step(of) as context:
            known = lookup.pool(context, of.id)
            asking = lookup.client(context, known, client_id)
        request = shapes.pre_authentication(record, validation_data, hides_existence=asking.hides_existence)
        if record is None and not asking.hides_existence:
            raise UsageError(
                f"Cognito asks about nobody that is not there, unless the app client hides who is: make it with "
                f"PreventUserExistenceErrors='ENABLED', or give the user instead of {user!r}"
            )
        name = record.username if record else str(user)
        return self._event(of, known, "PreAuthentication", "Authentication", name, request, client)

    def post_authentication(self, user: User, *, metadata: Pairs = None, client: AppClient | None = None) -> Event:
        """PostAuthentication. ``metadata`` is the ClientMetadata of the answer to a challenge."""
        pool, record = self._records(user)
        request = shapes.post_authentication(record, metadata)
        return self._event(user.pool, pool, "PostAuthentication", "Authentication", user.username, request, client)

    def pre_token_generation(
        self,
        user: User,
        *,
        version: int | str | None = None,
        source: str = "Authentication",
        scopes: Sequence[str] = API_SCOPES,
        metadata: Pairs = None,
        client: AppClient | None = None,
    ) -> Event:
        """PreTokenGeneration, in the ``version`` that is asked for (``2`` or ``"V2_0"``) or else configured, or else 1.

        ``source``: ``Authentication``, ``NewPasswordChallenge``, ``RefreshTokens``, ``HostedAuth`` or
        ``AuthenticateDevice``.
        """
        with self._step(user.pool) as context:
            pool = lookup.pool(context, user.pool.id)
            record = lookup.user(context, pool, user.username)
            groups = Groups.of(membership.of_user(context, record))
        wanted = str(version or engine.version_of(pool, "PreTokenGeneration") or 1).removeprefix("V").removesuffix("_0")
        if wanted not in TRIGGERS["PreTokenGeneration"].response:
            raise UsageError(f"version is 1, 2 or 3, not {version!r}")
        request = shapes.pre_token_generation(record, groups, scopes, wanted, metadata)
        return self._event(
            user.pool, pool, "PreTokenGeneration", source, user.username, request, client, version=wanted
        )

    def user_migration(
        self,
        username: str,
        password: str | None = None,
        *,
        validation_data: Pairs = None,
        metadata: Pairs = None,
        pool: UserPool | None = None,
        client: AppClient | None = None,
    ) -> Event:
        """UserMigration, of somebody who is not a user yet: at a sign-in with a password, or without: it was forgotten.

        ``validation_data`` is the ClientMetadata of InitiateAuth, ``metadata`` that of ForgotPassword.
        """
        of = self._pool(pool)
        with self._step(of) as context:
            record = lookup.pool(context, of.id)
        source = "ForgotPassword" if password is None else "Authentication"
        request = shapes.user_migration(password, validation_data, metadata)
        return self._event(of, record, "UserMigration", source, username, request, client)

    def custom_message(
        self,
        user: User,
        source: str = "SignUp",
        *,
        metadata: Pairs = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """CustomMessage. ``source``: ``SignUp``, ``ResendCode``, ``ForgotPassword``, ``UpdateUserAttribute``,
        ``VerifyUserAttribute``, ``AdminCreateUser`` or ``Authentication``.
        """
        pool, record = self._records(user)
        request = shapes.custom_message(record, source, metadata)
        by_admin = by_admin or source == "AdminCreateUser"
        return self._event(user.pool, pool, "CustomMessage", source, user.username, request, client, by_admin=by_admin)

    def custom_email_sender(
        self,
        user: User,
        code: str,
        source: str = "SignUp",
        *,
        metadata: Pairs = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """CustomEmailSender, with the code encrypted as the pool's functions get it. Sources as of CustomMessage."""
        return self._sender("CustomEmailSender", user, code, source, metadata, client, by_admin=by_admin)

    def custom_sms_sender(
        self,
        user: User,
        code: str,
        source: str = "SignUp",
        *,
        metadata: Pairs = None,
        client: AppClient | None = None,
        by_admin: bool = False,
    ) -> Event:
        """CustomSMSSender, with the code encrypted as the pool's functions get it. Sources as of CustomMessage."""
        return self._sender("CustomSMSSender", user, code, source, metadata, client, by_admin=by_admin)

    def _sender(
        self,
        trigger: str,
        user: User,
        code: str,
        source: str,
        metadata: Pairs,
        client: AppClient | None,
        *,
        by_admin: bool,
    ) -> Event:
        pool, record = self._records(user)
        request = shapes.custom_sender(trigger, record, sealing.seal(pool, code), metadata)
        by_admin = by_admin or source == "AdminCreateUser"
        return self._event(user.pool, pool, trigger, source, user.username, request, client, by_admin=by_admin)

    def _event(
        self,
        of: UserPool,
        record: PoolRecord,
        trigger: str,
        source: str,
        username: str,
        request: Mapping[str, Any],
        client: AppClient | None,
        *,
        by_admin: bool = False,
        version: str = "1",
    ) -> Event:
        sources = shapes.SOURCES[trigger]
        if source not in sources:
            raise UsageError(f"{trigger} has no source {source!r}; it has {', '.join(sources)}")
        client_id = None if by_admin else (client or of.client).id
        return shapes.envelope(
            record, trigger, source, version, username=username, client_id=client_id, request=request
        )

    def _records(self, user: User) -> tuple[PoolRecord, UserRecord]:
        with self._step(user.pool) as context:
            pool = lookup.pool(context, user.pool.id)
            return pool, lookup.user(context, pool, user.username)

    def _step(self, pool: UserPool) -> Any:
        return self._cognito.world.step("events", pool.region)

    def _pool(self, pool: UserPool | None) -> UserPool:
        pools = [pool] if pool else self._cognito.pools
        if len(pools) != 1:
            raise UsageError(f"there are {len(pools)} user pools; say which one: pool=…")
        return pools[0]
