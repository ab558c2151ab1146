"""Watching an operation that is no sign-in: sign-up, a forgotten password, a new one, a code that is sent again."""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.threats import watch
from pytest_cognito.cognito_idp.records import AppClient, User, UserPool
from pytest_cognito.cognito_idp.rules.threats import modes
from pytest_cognito.cognito_idp.rules.users import circumstances
from pytest_cognito.cognito_idp.rules.users.circumstances import Told
from pytest_cognito.world import Context

_SIGN_UP = "SignUp"


class Activity(AbstractContextManager["Activity"]):
    """The context of such an operation: it records its event, if the pool has threat protection.

    ``event_type`` is the type of the event; ``None`` for an operation of which nothing is recorded, although requests
    from some addresses are blocked. ``username`` is the name that was entered. Set ``user`` to whom it is about,
    once it is known.
    """

    def __init__(
        self,
        context: Context,
        pool: UserPool,
        client: AppClient,
        event_type: str | None,
        username: str,
        told: Told | None = None,
    ) -> None:
        told = told or {}
        if told:
            circumstances.check(client, told)
        self.user: User | None = None
        self._context = context
        self._username = username
        self._pool = pool
        self._type = event_type
        self._watch = watch.begin(context, pool, client, event_type or "", told) if modes.is_on(pool) else None
        if self._watch is not None:
            self._watch.note(username=username)

    def __enter__(self) -> Activity:
        if self._watch is not None:
            try:
                self._watch.check_address()
            except AWSError as error:
                if self._type != _SIGN_UP:
                    self.user = lookup.find_user(self._context, self._pool, self._username)
                self._record(error)
                raise
        return self

    def check_new_password(self, password: str, at: str) -> None:
        """Raise if a new password is compromised and the pool blocks it ``at`` SIGN_UP or PASSWORD_CHANGE."""
        if self._watch is not None:
            self._watch.check_new_password(self.user, self._username, password, at)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._record(error)

    def _record(self, error: BaseException | None) -> None:
        if self._watch is None or self._type is None:
            return
        if error is None:
            self._watch.record(self.user, "Pass")
        elif isinstance(error, AWSError) and error.code != modes.MALFORMED:
            self._context.roll_back()
            self._watch.record(self.user, "Fail")
            self._context.commit()
