"""Watching an activity of a user: the event that is recorded of it, and the responses to what it reveals."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.logs import export
from pytest_cognito.cognito_idp.flows.threats import configurations, notification
from pytest_cognito.cognito_idp.records import (
    AUTH_EVENTS,
    USERS,
    AppClient,
    AuthEvent,
    User,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.threats import event_views, modes, notices, responses
from pytest_cognito.cognito_idp.rules.users import circumstances
from pytest_cognito.cognito_idp.rules.users.circumstances import Circumstances, Told
from pytest_cognito.kernel.threats import Attempted
from pytest_cognito.world import Context


@dataclass(slots=True)
class Watch:
    """The watch over one request. ``event`` is what is recorded of it when it ends, ``mode`` is AUDIT or ENFORCED.

    ``settings`` are those of the risk configuration of the app client or, if it has none, of the pool.
    """

    context: Context
    pool: UserPool
    client: AppClient
    mode: str
    settings: responses.Settings
    circumstances: Circumstances
    event: AuthEvent

    @property
    def enforces(self) -> bool:
        return self.mode == modes.ENFORCED

    @property
    def trusts(self) -> bool:
        """Whether no risk is looked for, because of the user's IP address."""
        return responses.never_assesses(self.settings, self.circumstances.ip)

    def note(self, **changes: Any) -> None:
        """Change the event."""
        self.event = replace(self.event, **changes)

    def note_challenge(self, name: str, *, passed: bool) -> None:
        """Add what the user has proven, or has failed to."""
        self.note(challenges=(*self.event.challenges, (name, "Success" if passed else "Failure")))

    def check_address(self) -> None:
        """Raise if requests from the user's IP address are always blocked."""
        if self.enforces and responses.always_blocks(self.settings, self.circumstances.ip):
            self.note(decision="Block")
            raise errors.REQUEST_BLOCKED()

    def is_blocked_by_password(self, user: User | None, entered: str, password: str, at: str) -> bool:
        """Whether a password is compromised, which is noted, and blocked ``at`` an event such as ``SIGN_IN``.

        ``entered`` is the name that the user has entered.
        """
        is_user = self._recognizer(user, entered)
        if self.trusts or not self.context.world.threats.is_compromised(is_user, password):
            return False
        self.note(compromised=True)
        blocked = self.enforces and responses.blocks_compromised(self.settings, at)
        if blocked:
            self.note(decision="Block")
        return blocked

    def check_new_password(self, user: User | None, entered: str, password: str, at: str) -> None:
        """Raise if a new password is compromised and blocked."""
        if self.is_blocked_by_password(user, entered, password, at):
            raise errors.PASSWORD_COMPROMISED()

    def require_reset(self, user: User) -> None:
        """Let a user reset the password before they sign in again, even if the call fails.

        While writes are paused, the status stays: the password is looked at again when they next sign in.
        """
        users = self.context.table(USERS)
        if not users.is_locked(user):
            users.put(replace(user, status="RESET_REQUIRED", modified=self.context.now()))
            self.context.commit()

    def assess(self, user: User, entered: str, *, has_factor: bool) -> None:
        """Assess the risk of a sign-in, once, and respond to it.

        Whether a second factor must be proven is noted. Raise if the sign-in is blocked: that is also the response
        MFA_REQUIRED to a user without a factor. ``has_factor`` says whether the user can prove one.
        """
        self.note(assessed=True)
        level = None if self.trusts else self.context.world.threats.level(self._attempted(user, entered))
        if level is None:
            return
        event_action, notify = responses.action(self.settings, level) if self.enforces else responses.Action()
        wants_mfa = event_action in (responses.MFA_REQUIRED, responses.MFA_IF_CONFIGURED)
        blocked = event_action == responses.BLOCK or (event_action == responses.MFA_REQUIRED and not has_factor)
        asks = wants_mfa and has_factor
        self.note(level=level, decision="Block" if blocked else "AccountTakeover", mfa=asks)
        if notify:
            kind = notices.BLOCKED if blocked else notices.CHALLENGED if asks else notices.ALLOWED
            self._describe(user)
            self.event = notification.send(self.context, self.pool, self.client, user, self.event, self.settings, kind)
        if blocked:
            raise errors.SIGN_IN_BLOCKED()

    def record(self, user: User | None, response: str) -> None:
        """Record the event with its response, and export it. That of a user who does not exist is exported alone."""
        self.note(response=response)
        if user is not None:
            self._describe(user)
            if self.context.table(USERS).get((self.pool.id, user.key)) is not None:
                self.context.table(AUTH_EVENTS).put(self.event)
        message = event_views.log_message(self.event, self.context.call.request_id)
        export.export(self.context, self.pool, export.AUTH_EVENTS, message)

    def _describe(self, user: User) -> None:
        self.note(user=user.key, username=user.username, sub=user.sub)

    def _attempted(self, user: User, entered: str) -> Attempted:
        known = self.circumstances
        return Attempted(self._recognizer(user, entered), known.ip, known.device, known.user_agent)

    def _recognizer(self, user: User | None, entered: str) -> Callable[[str], bool]:
        """A function that tells whether a test means this user by a name: as entered, user name, ``sub`` or alias."""
        names = {self.pool.fold(entered), *((user.key, *user.names) if user else ())}
        return lambda name: self.pool.fold(name) in names


def begin(context: Context, pool: UserPool, client: AppClient, event_type: str, told: Told, flow: str = "") -> Watch:
    """Begin to watch a request in a pool with threat protection."""
    known = circumstances.read(client, told, context.address, context.user_agent)
    place = context.world.threats.place(known.ip)
    event = AuthEvent(
        id=context.world.ids.uuid(),
        pool_id=pool.id,
        client_id=client.id,
        type=event_type,
        created=context.now(),
        number=context.world.store.serial(),
        ip=known.ip,
        device=known.device,
        timezone=known.timezone,
        city=place.city,
        country=place.country,
        told=known.told,
    )
    return Watch(context, pool, client, modes.mode(pool, flow), _settings(context, pool, client), known, event)


def _settings(context: Context, pool: UserPool, client: AppClient) -> responses.Settings:
    found = configurations.find(context, pool, client.id) or configurations.find(context, pool, None)
    return {} if found is None else found.settings
