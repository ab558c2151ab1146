"""Users who may not sign in get no tokens: looked at again after each function, and when each challenge is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom, mfa
from tests.support.app import NEW_PASSWORD, PASSWORD, Answer, App
from tests.support.codes import last_code
from tests.support.custom import RIGHT, CustomSrp, proven
from tests.support.functions import Event, unchanged
from tests.support.mfa import ADDRESSES, EMAIL_OTP, FACTORS, ON, SMS_MFA, TOTP, enrolled, prefer, response, turn_on
from tests.support.refusals import (
    INCORRECT,
    REFRESH_TOKEN_OF_A_DELETED_USER,
    REFRESH_TOKEN_REVOKED,
    RESET_REQUIRED,
    SESSION_INVALID,
    USER_DISABLED,
    USER_NOT_FOUND,
    Refusal,
    not_authorized,
    refusal,
)
from tests.support.srp import SrpClient, gives_tokens

# Codes are not to run out on a slow machine.
pytestmark = pytest.mark.usefixtures("time_stands_still")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool in which every way to sign in is open to alice; her addresses are verified."""
    pool = mfa.make_pool(cognito, "OPTIONAL", *FACTORS)
    pool.create_client(ExplicitAuthFlows=custom.FLOWS)
    pool.create_user("alice", attributes=ADDRESSES)
    custom.set_functions(pool)
    return pool


def disable(app: App) -> None:
    app.admin("admin_disable_user")


def reset(app: App) -> None:
    app.admin("admin_set_user_password", Password=PASSWORD, Permanent=True)
    app.admin("admin_reset_user_password")


def delete(app: App) -> None:
    app.admin("admin_delete_user")


TROUBLES = pytest.mark.parametrize(
    ("trouble", "error"), [(disable, USER_DISABLED), (reset, RESET_REQUIRED), (delete, USER_NOT_FOUND)]
)


# In a function


def by_password(app: App) -> Answer:
    return app.begin()


def by_srp(app: App) -> Answer:
    return SrpClient(app).run()


def by_custom(app: App) -> Answer:
    return app.respond(custom.begin(app), ANSWER=RIGHT)


def by_srp_and_custom(app: App) -> Answer:
    return app.respond(proven(app), ANSWER=RIGHT)


def by_admin(app: App) -> Answer:
    return app.admin_initiate_auth(USERNAME="alice", PASSWORD=PASSWORD)


AROUND = ["PreAuthentication", "PostAuthentication", "PreTokenGeneration"]
CUSTOM = ["DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse"]
FLOWS: dict[Callable[[App], Answer], list[str]] = {
    by_password: AROUND,
    by_admin: AROUND,
    by_srp: AROUND,
    by_custom: AROUND + CUSTOM,
    by_srp_and_custom: AROUND + CUSTOM,
}
EVERYWHERE = [(sign_in, trigger) for sign_in, triggers in FLOWS.items() for trigger in triggers]


@TROUBLES
@pytest.mark.parametrize(("sign_in", "trigger"), EVERYWHERE)
def test_what_a_function_does_to_the_user_counts(
    app: App, trouble: Callable[[App], None], error: Refusal, sign_in: Callable[[App], Answer], trigger: str
) -> None:
    function = custom.FUNCTIONS.get(trigger, unchanged)
    done: list[Callable[[App], None]] = []

    def act(event: Event, context: object) -> Event:
        if not done:
            done.append(trouble)
            trouble(app)
        return function(event, context)

    assert gives_tokens(sign_in(app))
    app.pool.set_trigger(trigger, act)
    # By SRP a deleted user is told as one who has never sent the proof, or the answer.
    possible = (error, INCORRECT, SESSION_INVALID) if trouble is delete else (error,)
    assert refusal(sign_in, app=app) in possible
    assert done == [trouble]


@TROUBLES
def test_a_sign_in_that_hides_who_exists_tells_who_proves_the_password(
    app: App, trouble: Callable[[App], None], error: Refusal
) -> None:
    """What happened before the proof is not told to who can't give it."""
    hiding = app.with_client(ExplicitAuthFlows=custom.FLOWS, PreventUserExistenceErrors="ENABLED")
    trouble(app)
    if trouble is delete:
        error = INCORRECT
    assert refusal(CustomSrp(hiding).begin_and_prove) == error
    assert refusal(CustomSrp(hiding, password="wrong").begin_and_prove) == INCORRECT


BY_OPERATION = pytest.param(App.exchange, id="by operation", marks=pytest.mark.needs("GetTokensFromRefreshToken"))


@pytest.mark.parametrize("refresh", [pytest.param(App.refresh, id="by flow"), BY_OPERATION])
@pytest.mark.parametrize(
    ("operation", "error"),
    [
        ("admin_disable_user", USER_DISABLED),
        ("admin_delete_user", REFRESH_TOKEN_OF_A_DELETED_USER),
        ("admin_user_global_sign_out", REFRESH_TOKEN_REVOKED),
    ],
)
def test_and_so_it_is_when_tokens_are_refreshed(
    app: App, refresh: Callable[[App, str], Answer], operation: str, error: Refusal
) -> None:
    token = app.sign_in()["RefreshToken"]

    def act(event: Event, context: object) -> Event:
        app.admin(operation)
        return event

    app.pool.set_trigger("PreTokenGeneration", act)
    assert refusal(partial(refresh, app), token=token) == error


# While a challenge is open

Waiting = tuple[Answer, dict[str, Any]]
"""A challenge, and the right answer to it."""


def by_message(factor: str) -> Callable[[App], Waiting]:
    def begin(app: App) -> Waiting:
        turn_on(app.pool, factor)
        return app.begin(), response(factor, last_code(app.pool.world.outbox))

    return begin


def by_authenticator(app: App) -> Waiting:
    authenticator = enrolled(app)
    return app.begin(), response(TOTP, authenticator.code())


def by_choice(app: App) -> Waiting:
    prefer(app.pool, SMS=ON, Email=ON)
    return app.begin(), {"ANSWER": SMS_MFA}


def by_set_up(app: App) -> Waiting:
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])
    mfa.configure(app.pool, "ON", *FACTORS)
    challenge = app.begin()
    associated = app.idp.associate_software_token(Session=challenge["Session"])
    code = mfa.Authenticator(app.pool.world.clock, associated["SecretCode"]).code()
    session = app.idp.verify_software_token(Session=associated["Session"], UserCode=code)["Session"]
    return {**challenge, "Session": session}, {}


def by_new_password(app: App) -> Waiting:
    app.admin("admin_set_user_password", Password=PASSWORD, Permanent=False)
    return app.begin(), {"NEW_PASSWORD": NEW_PASSWORD}


def by_question(app: App) -> Waiting:
    return custom.begin(app), {"ANSWER": RIGHT}


def by_question_after_srp(app: App) -> Waiting:
    return proven(app), {"ANSWER": RIGHT}


OPEN = [
    by_message(SMS_MFA),
    by_message(EMAIL_OTP),
    by_authenticator,
    by_choice,
    by_set_up,
    by_new_password,
    by_question,
    by_question_after_srp,
]


@TROUBLES
@pytest.mark.parametrize("begin", OPEN)
def test_an_open_challenge_is_no_way_in(
    app: App,
    trouble: Callable[[App], None],
    error: Refusal,
    begin: Callable[[App], Waiting],
) -> None:
    challenge, right = begin(app)
    trouble(app)
    if trouble is delete:
        error = SESSION_INVALID
    for answer in (app.respond, app.admin_respond):
        assert refusal(answer, challenge=challenge, **right) == error
    if trouble is disable:
        app.admin("admin_enable_user")
        assert app.respond(challenge, **right)["ChallengeParameters"] is not None


@pytest.mark.parametrize("trouble", [disable, reset])
def test_a_software_token_is_not_set_up_either(app: App, trouble: Callable[[App], None]) -> None:
    app.admin("admin_delete_user_attributes", UserAttributeNames=["phone_number"])
    mfa.configure(app.pool, "ON", *FACTORS)
    first = app.begin()["Session"]
    associated = app.idp.associate_software_token(Session=app.begin()["Session"])
    code = mfa.Authenticator(app.pool.world.clock, associated["SecretCode"]).code()
    trouble(app)
    enrolling = not_authorized(RESET_REQUIRED.message) if trouble is reset else USER_DISABLED
    assert refusal(app.idp.associate_software_token, Session=first) == enrolling
    verifying = RESET_REQUIRED if trouble is reset else USER_DISABLED
    assert refusal(app.idp.verify_software_token, Session=associated["Session"], UserCode=code) == verifying
