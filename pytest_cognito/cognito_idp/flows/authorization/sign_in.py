"""Sign-in at a domain: the flows of the API, whose challenges are pages, and whose end is a redirect."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import answers, browser_sessions
from pytest_cognito.cognito_idp.flows.authorization.answers import Authenticated
from pytest_cognito.cognito_idp.flows.factors import software_token
from pytest_cognito.cognito_idp.flows.sign_in import engine, mfa_setup
from pytest_cognito.cognito_idp.flows.sign_in.attempt import PAGE_VALIDITY, Attempt, Credit, EntryPoint
from pytest_cognito.cognito_idp.flows.sign_in.completion import Completed
from pytest_cognito.cognito_idp.records import (
    LOCAL,
    PAGE_STATES,
    SESSIONS,
    AppClient,
    BrowserSession,
    PageState,
    UserPool,
)
from pytest_cognito.cognito_idp.rules.factors import acr, first_factors, mfa
from pytest_cognito.cognito_idp.rules.oauth import authorization_requests
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import AuthorizationRequest
from pytest_cognito.world import Context

_BYTES = 30
_CHOICES = (mfa.SELECT, "SELECT_CHALLENGE")
_PASSWORD_FLOW = "USER_PASSWORD_AUTH"


@dataclass(frozen=True)
class Finished:
    """A sign-in that is complete: ``location`` is where the browser goes, ``session`` the one that has begun."""

    location: str
    session: BrowserSession


Step: TypeAlias = Finished | PageState
"""A complete sign-in, or one that waits for the next page of the user."""


@dataclass(frozen=True)
class HostedSignIn:
    """A sign-in at a domain, for an authorization request. ``context_data`` is what threat protection gets to know.

    ``earlier`` is the sign-in of the browser's session, which counts where the request asks for a level. Of the errors
    of answers, those that say that the session is over are replaced by ATTEMPT_EXPIRED.
    """

    context: Context
    pool: UserPool
    client: AppClient
    request: AuthorizationRequest
    context_data: Mapping[str, Any]
    earlier: Authenticated | None = None

    def begin(self, flow: str, parameters: Mapping[str, str], session: str | None = None) -> Step:
        """Begin a flow with AuthParameters. The username is ``USERNAME``. ``session`` is that of a sign-up."""
        if LOCAL not in authorization_requests.providers(self.client):
            raise errors.LOGIN_OPTION_NOT_AVAILABLE()
        flow, parameters = self._aimed(flow, parameters)
        attempt = self._attempt(parameters)
        attempt.flow, attempt.session = flow, session
        if self.earlier is not None:
            attempt.credit = Credit(self.earlier.user.key, self.earlier.methods)
        return self._next(attempt, engine.begin(attempt), self._new_state(parameters.get("USERNAME", "")))

    def begin_with_name(self, username: str) -> Step:
        """Begin choice-based sign-in with a name alone.

        One who does not exist is asked for the password where a function may migrate them, unless the client hides
        who exists.
        """
        try:
            return self.begin("USER_AUTH", {"USERNAME": username})
        except AWSError as error:
            if error.kind is not errors.USER_NOT_FOUND or not self.pool.triggers.get("UserMigration"):
                raise
        return self._keep(replace(self._new_state(username), role=first_factors.PASSWORD))

    def answer(self, state: PageState, responses: Mapping[str, str], challenge: str | None = None) -> Step:
        """Answer the challenge that waits with ChallengeResponses, under another ChallengeName if one is given."""
        if state.session is None:
            step = self.begin(_PASSWORD_FLOW, {"USERNAME": state.username, **responses})
        else:
            attempt = self._answering(state, challenge or state.challenge, responses)
            with _over_with_its_session():
                answered = engine.answer(attempt, state.session)
            step = self._next(attempt, answered, state)
        self.context.table(PAGE_STATES).delete(state.token)
        return step

    def verify_software_token(self, state: PageState, code: str) -> Step:
        """Register the software token that is set up in this sign-in with its first code, and go on."""
        with _over_with_its_session():
            setup = mfa_setup.resume(self.context, state.session)
        software_token.verify(self.context, setup.pool, setup.user, code, None)
        return self.answer(replace(state, session=setup.next_session(self.context, verified=True)), {})

    def again(self, state: PageState, *, choice: bool = False) -> PageState:
        """Put the challenge that waits again, which sends another code, or the choice that has led to it."""
        attempt = self._answering(state, state.challenge, {})
        attempt.answering = False
        with _over_with_its_session():
            prompted = engine.prompt_again(attempt, state.session, state.role, choice=choice)
        again = self._prompted(attempt, prompted, state)
        self.context.table(PAGE_STATES).delete(state.token)
        return again if choice else self._keep(replace(again, chosen=state.chosen))

    def _aimed(self, flow: str, parameters: Mapping[str, str]) -> tuple[str, Mapping[str, str]]:
        """The flow and its parameters that lead to one of the levels of the request, which USER_AUTH alone does."""
        target = self.request.acr_values
        if not acr.levels_named(self.pool.settings["AcrConfiguration"], target or ""):
            return flow, parameters
        if flow == "USER_PASSWORD_AUTH":
            flow, parameters = "USER_AUTH", {**parameters, "PREFERRED_CHALLENGE": "PASSWORD"}
        return flow, {**parameters, "TARGET_ACR_VALUES": target or ""}

    def _attempt(self, parameters: Mapping[str, str]) -> Attempt:
        attempt = Attempt(self.context, self.pool, self.client, "", EntryPoint.HOSTED, parameters)
        attempt.context_data = self.context_data
        return attempt

    def _answering(self, state: PageState, challenge: str, responses: Mapping[str, str]) -> Attempt:
        attempt = self._attempt({**responses, "USERNAME": state.username})
        attempt.answering, attempt.challenge_name = True, challenge
        return attempt

    def _new_state(self, username: str) -> PageState:
        return new_state(self.context, self.pool, self.client, username)

    def _next(self, attempt: Attempt, step: engine.Step, before: PageState) -> Step:
        return self._finish(attempt, step) if isinstance(step, Completed) else self._prompted(attempt, step, before)

    def _prompted(self, attempt: Attempt, prompted: engine.Prompted, before: PageState) -> PageState:
        """The state that waits for the answer to a challenge, until the attempt that ``before`` is of expires."""
        challenge, prompt, session = prompted
        last = attempt.last
        setup = challenge.role == mfa.SETUP and mfa.TOTP in mfa.available_for_setup(self.pool)
        return self._keep(
            PageState(
                token=_draw(self.context),
                pool_id=self.pool.id,
                client_id=self.client.id,
                username=before.username,
                expires=before.expires,
                session=session,
                challenge=challenge.name,
                role=challenge.role,
                parameters=prompt.parameters,
                available=tuple(prompt.members.get("AvailableChallenges", before.available)),
                chosen=attempt.answering and last is not None and last.role in _CHOICES,
                secret=software_token.associate(self.context, self.pool, attempt.user) if setup else None,
            )
        )

    def _keep(self, state: PageState) -> PageState:
        self.context.table(PAGE_STATES).put(state)
        return state

    def _finish(self, attempt: Attempt, completed: Completed) -> Finished:
        who = Authenticated(
            user=completed.user,
            provider=LOCAL,
            authenticated=self.context.now(),
            methods=attempt.methods,
            event_id=completed.event_id,
        )
        return finish(self.context, self.pool, self.client, self.request, who)


def finish(
    context: Context, pool: UserPool, client: AppClient, request: AuthorizationRequest, who: Authenticated
) -> Finished:
    """Answer the authorization request for a user who has just signed in, and begin the session of their browser."""
    session = browser_sessions.begin(context, pool, client, who)
    location = answers.redirect(context, pool, client, request, who._replace(sso=session.sso))
    return Finished(location, session)


def new_state(context: Context, pool: UserPool, client: AppClient, username: str) -> PageState:
    """The state of an attempt that begins, which is not stored yet."""
    return PageState(_draw(context), pool.id, client.id, username, context.now() + PAGE_VALIDITY)


def waiting(context: Context, client: AppClient, token: str | None) -> PageState:
    """The sign-in of a cookie that waits for an answer; raise if there is none, or if it was not finished in time."""
    state = context.table(PAGE_STATES).get(token)
    if state is None or state.client_id != client.id or state.expires <= context.now():
        raise errors.ATTEMPT_EXPIRED()
    return state


def can_go_on(context: Context, state: PageState) -> bool:
    """Whether a challenge can still be answered after an answer to it has failed."""
    if state.session is None:
        return True
    session = context.table(SESSIONS).get(state.session)
    return session is not None and not session.answered and session.expires > context.now()


def _draw(context: Context) -> str:
    return base64.urlsafe_b64encode(context.world.ids.data(_BYTES)).decode()


@contextmanager
def _over_with_its_session() -> Iterator[None]:
    """Say that the attempt is over where the API says that its session is."""
    try:
        yield
    except AWSError as error:
        if error.kind in (errors.SESSION_INVALID, errors.SESSION_EXPIRED, errors.SESSION_USED):
            raise errors.ATTEMPT_EXPIRED() from None
        raise
