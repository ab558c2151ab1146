"""Pages between the first of a sign-in and its end: each is for the challenge that waits for this browser's answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Concatenate, ParamSpec, TypeAlias

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import ATTEMPT_EXPIRED, PageState, Step, authorization, signing_in
from pytest_cognito.http.cookies import Cookie
from pytest_cognito.http.messages import Response
from pytest_cognito.web import challenge_pages, flash
from pytest_cognito.web.context import View
from pytest_cognito.web.flash import Flash
from pytest_cognito.web.rendering import texts
from pytest_cognito.web.visit import STATE_COOKIE, Visit, note_error, visited
from pytest_cognito.world import Context

P = ParamSpec("P")

_ELSEWHERE = {"PasswordResetRequiredException": "/forgotPassword", "UserNotConfirmedException": challenge_pages.CONFIRM}
"""The pages that an error leads to, by its code."""


@dataclass(frozen=True)
class WaitingVisit:
    """A request to the page of a challenge: the visit, and the sign-in that waits.

    ``page`` is the path of the page that shows errors, again with the values ``entered``.
    """

    visit: Visit
    state: PageState
    page: str
    entered: Mapping[str, str] = field(default_factory=dict)

    def said(self) -> Flash:
        """What the page says, once."""
        return flash.take(self.visit.context)

    def answer(self, responses: Mapping[str, str]) -> Response:
        """Answer the challenge with ChallengeResponses, and go on to the next page."""
        visit = self.visit
        return self.go_on(
            authorization.answer_challenge, visit.found, visit.request, self.state, responses, visit.context_data
        )

    def go_on(self, work: Callable[Concatenate[Context, P], Step], *args: P.args, **keywords: P.kwargs) -> Response:
        """Go on by a step. After an error the same page says what it was, as long as the user can try again."""
        visit = self.visit
        try:
            step = visit.context.step(work, *args, **keywords)
        except AWSError as error:
            if error.kind is ATTEMPT_EXPIRED:
                note_error(visit.context, error)
                return start_again(visit)
            goes_on = visit.context.step(signing_in.can_go_on, self.state)
            if not goes_on:
                visit.context.set_cookie(Cookie.deleted(STATE_COOKIE))
            entered = {"username": self.state.username, **self.entered}
            return refused(visit, error, entered, self.page if goes_on else "/login")
        return visit.after(step)


WaitingView: TypeAlias = Callable[[WaitingVisit], Response]


def waiting(view: WaitingView, *roles: str) -> View:
    """A view of the page of the challenges with some roles.

    A browser that waits for another page is sent there, one that waits for nothing begins with the first page.
    """

    def run(visit: Visit) -> Response:
        token = visit.context.cookies.get(STATE_COOKIE)
        if not token:
            return visit.to("/login")
        try:
            state = visit.context.step(authorization.waiting_sign_in, visit.found, token)
        except AWSError as error:
            note_error(visit.context, error)
            return start_again(visit)
        if (state.role or state.challenge) not in roles:
            return visit.to(challenge_pages.path_of(state))
        return view(WaitingVisit(visit, state, challenge_pages.path_of(state)))

    return visited(run)


def start_again(visit: Visit) -> Response:
    """Back to the first page, because the attempt has taken too long or is over."""
    visit.context.set_cookie(Cookie.deleted(STATE_COOKIE))
    flash.keep(visit.context, Flash(error=str(texts.SOMETHING_WENT_WRONG)))
    return visit.to("/login")


def refused(visit: Visit, error: AWSError, entered: Mapping[str, str], path: str) -> Response:
    """The redirect after an error: to the page with ``path``, which says it, or to the page on which it can be mended.

    ``entered`` are the values that the page shows again, the ``username`` among them.
    """
    note_error(visit.context, error)
    target = _ELSEWHERE.get(error.code, path)
    if target == challenge_pages.CONFIRM:
        state = visit.context.step(signing_in.remember_unconfirmed, visit.found, entered["username"])
        visit.context.set_cookie(Cookie(STATE_COOKIE, state.token))
        return visit.to(target)
    flash.keep(visit.context, Flash(error=error.message, values=entered))
    return visit.to(target)
