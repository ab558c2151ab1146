"""Sign-in at a domain: the flows of the API, whose challenges are pages, and whose end is a redirect."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import answers, browser_sessions
from pytest_cognito.cognito_idp.flows.authorization.answers import Authenticated
from pytest_cognito.cognito_idp.flows.sign_in import completion, engine
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt, EntryPoint
from pytest_cognito.cognito_idp.flows.sign_in.completion import Completed
from pytest_cognito.cognito_idp.records import PAGE_STATES, AppClient, BrowserSession, PageState, UserPool
from pytest_cognito.cognito_idp.rules.oauth.authorization_requests import LOCAL, AuthorizationRequest
from pytest_cognito.world import Context

_ATTEMPT = dt.timedelta(minutes=5)
_BYTES = 30


@dataclass(frozen=True)
class Finished:
    """A sign-in that is complete: ``location`` is where the browser goes, ``session`` the one that has begun."""

    location: str
    session: BrowserSession


Step: TypeAlias = Finished | PageState
"""A complete sign-in, or one that waits for the next page of the user."""


@dataclass(frozen=True)
class HostedSignIn:
    """A sign-in at a domain, for an authorization request. ``context_data`` is what threat protection gets to know."""

    context: Context
    pool: UserPool
    client: AppClient
    request: AuthorizationRequest
    context_data: Mapping[str, Any]

    def begin(self, flow: str, parameters: Mapping[str, str]) -> Step:
        """Begin a flow with AuthParameters. The username is ``USERNAME``."""
        attempt = self._attempt(parameters)
        attempt.flow = flow
        return self._next(attempt, engine.begin(attempt), parameters["USERNAME"])

    def answer(self, state: PageState, responses: Mapping[str, str], challenge: str | None = None) -> Step:
        """Answer the challenge that waits with ChallengeResponses, under another ChallengeName if one is given."""
        attempt = self._attempt({"USERNAME": state.username, **responses})
        attempt.answering, attempt.challenge_name = True, challenge or state.challenge
        step = self._next(attempt, engine.answer(attempt, state.session), state.username, state.expires)
        self.context.table(PAGE_STATES).delete(state.token)
        return step

    def _attempt(self, parameters: Mapping[str, str]) -> Attempt:
        attempt = Attempt(self.context, self.pool, self.client, "", EntryPoint.HOSTED, parameters)
        attempt.context_data = self.context_data
        return attempt

    def _next(self, attempt: Attempt, step: engine.Step, username: str, until: dt.datetime | None = None) -> Step:
        if isinstance(step, Completed):
            return self._finish(attempt, step)
        state = PageState(
            token=base64.urlsafe_b64encode(self.context.world.ids.data(_BYTES)).decode(),
            pool_id=self.pool.id,
            client_id=self.client.id,
            username=username,
            expires=until or self.context.now() + _ATTEMPT,
            session=step.session,
            challenge=step.challenge.name,
            parameters=step.prompt.parameters,
            available=tuple(step.prompt.members.get("AvailableChallenges", ())),
        )
        self.context.table(PAGE_STATES).put(state)
        return state

    def _finish(self, attempt: Attempt, completed: Completed) -> Finished:
        who = Authenticated(
            user=completed.user,
            provider=LOCAL,
            authenticated=self.context.now(),
            methods=attempt.methods,
            acr=completion.reached_acr(attempt),
            event_id=completed.event_id,
        )
        return finish(self.context, self.pool, self.client, self.request, who)


def finish(
    context: Context, pool: UserPool, client: AppClient, request: AuthorizationRequest, who: Authenticated
) -> Finished:
    """Answer the authorization request for a user who has just signed in, and begin the session of their browser."""
    location = answers.redirect(context, pool, client, request, who)
    return Finished(location, browser_sessions.begin(context, pool, client, who))


def waiting(context: Context, client: AppClient, token: str | None) -> PageState:
    """The sign-in of a cookie that waits for an answer; raise if there is none, or if it was not finished in time."""
    state = context.table(PAGE_STATES).get(token)
    if state is None or state.client_id != client.id or state.expires <= context.now():
        raise errors.ATTEMPT_EXPIRED()
    return state
