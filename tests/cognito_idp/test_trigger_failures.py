"""What a trigger's failure leaves behind, trigger by trigger: the error, the state, and what was not sent or given."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import NEW_PASSWORD, PASSWORD, App
from tests.support.functions import Event, Function, unchanged
from tests.support.refusals import (
    LAMBDA_NOT_JSON,
    LAMBDA_OUTPUT,
    Refusal,
    lambda_failed,
    lambda_timed_out,
    no_client,
    not_authorized,
    refusal,
)
from tests.support.settings import SES

EMAIL = {"email": "alice@example.com"}
Step = Callable[[App], object]
State = str | None
"""The status of alice; ``None`` if there is no such user."""


def code(app: App) -> str:
    sent = app.pool.world.outbox.last().code
    assert sent is not None
    return sent


def sign_up(app: App) -> None:
    app.sign_up("alice", EMAIL)


def create(app: App) -> None:
    app.create("alice", EMAIL, DesiredDeliveryMediums=["EMAIL"])


def confirm(app: App) -> None:
    app.confirm("alice", code(app))


def confirm_by_admin(app: App) -> None:
    app.admin("admin_confirm_sign_up")


def resend(app: App) -> None:
    app.public("resend_confirmation_code")


def forget(app: App) -> None:
    app.public("forgot_password")


def reset(app: App) -> None:
    app.admin("admin_reset_user_password")


def confirm_forgotten(app: App) -> None:
    app.public("confirm_forgot_password", ConfirmationCode=code(app), Password=NEW_PASSWORD)


def sign_in(app: App) -> None:
    app.begin()


def answer(app: App) -> None:
    """Sign in with a temporary password, and set another."""
    app.respond(app.begin(), NEW_PASSWORD=NEW_PASSWORD)


def nothing(app: App) -> None:
    """There is no user."""


def a_user(app: App) -> None:
    app.pool.create_user("alice", attributes=EMAIL)


def an_invited_user(app: App) -> None:
    app.pool.create_user("alice", password=PASSWORD, status="FORCE_CHANGE_PASSWORD", attributes=EMAIL)


def a_user_who_forgot(app: App) -> None:
    a_user(app)
    forget(app)


TABLE: list[tuple[str, Step, Step, State]] = [
    ("PreSignUp", nothing, sign_up, None),
    ("PreSignUp", nothing, create, None),
    ("PostConfirmation", sign_up, confirm, "CONFIRMED"),
    ("PostConfirmation", sign_up, confirm_by_admin, "CONFIRMED"),
    ("PostConfirmation", a_user_who_forgot, confirm_forgotten, "CONFIRMED"),
    ("CustomMessage", nothing, sign_up, "UNCONFIRMED"),
    ("CustomMessage", nothing, create, "FORCE_CHANGE_PASSWORD"),
    ("CustomMessage", sign_up, resend, "UNCONFIRMED"),
    ("CustomMessage", a_user, forget, "CONFIRMED"),
    ("CustomMessage", a_user, reset, "RESET_REQUIRED"),
    ("PreAuthentication", a_user, sign_in, "CONFIRMED"),
    ("PostAuthentication", a_user, sign_in, "CONFIRMED"),
    ("PostAuthentication", an_invited_user, answer, "CONFIRMED"),
    ("PreTokenGeneration", a_user, sign_in, "CONFIRMED"),
    ("PreTokenGeneration", an_invited_user, answer, "CONFIRMED"),
    ("UserMigration", nothing, sign_in, None),
    ("UserMigration", nothing, forget, None),
]
UNHEARD: list[tuple[str, Step, Step, State]] = [
    ("CustomEmailSender", nothing, sign_up, "UNCONFIRMED"),
    ("CustomEmailSender", nothing, create, "FORCE_CHANGE_PASSWORD"),
    ("CustomEmailSender", a_user, forget, "CONFIRMED"),
]
"""Cognito doesn't wait for these."""


def raising(cognito: Cognito) -> Function:
    def function(event: Event, context: object) -> Event:
        raise PermissionError("no")

    return function


def slow(cognito: Cognito) -> Function:
    def function(event: Event, context: object) -> Event:
        cognito.clock.advance(seconds=6)
        return event

    return function


def senseless(cognito: Cognito) -> Function:
    return lambda event, context: {"statusCode": 200}


def unserialisable(cognito: Cognito) -> Function:
    return lambda event, context: {**event, "response": {1, 2}}


Failure = Callable[[Cognito], Function]
FAILURES: list[tuple[Failure, Callable[[str], Refusal], int]] = [
    (raising, lambda trigger: lambda_failed(trigger, "no"), 1),
    (slow, lambda_timed_out, 3),
    (senseless, lambda trigger: LAMBDA_OUTPUT, 1),
    (unserialisable, lambda trigger: LAMBDA_NOT_JSON, 1),
]
"""How a function fails, the error of a trigger that this leads to, and how often it was invoked."""


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool without users that sends codes by e-mail."""
    return cognito.create_user_pool(AutoVerifiedAttributes=["email"], EmailConfiguration=SES)


def status(app: App) -> State:
    return next((user.status for user in app.pool.users), None)


@pytest.mark.parametrize(("trigger", "before", "call", "left"), TABLE)
@pytest.mark.parametrize(("failure", "error", "runs"), FAILURES)
def test_a_failure(
    cognito: Cognito,
    app: App,
    trigger: str,
    before: Step,
    call: Step,
    left: State,
    failure: Failure,
    error: Callable[[str], Refusal],
    runs: int,
) -> None:
    before(app)
    sent = len(cognito.outbox)
    app.pool.set_trigger(trigger, failure(cognito))
    assert refusal(call, app=app) == error(trigger)
    assert (status(app), len(cognito.outbox)) == (left, sent)
    assert len(cognito.triggers.of(trigger)) == runs
    assert all(one.error is not None for one in cognito.triggers.of(trigger))


@pytest.mark.parametrize(("trigger", "before", "call", "left"), UNHEARD)
@pytest.mark.parametrize("failure", [raising, slow, senseless, unserialisable])
def test_a_failure_that_nobody_hears_of(
    cognito: Cognito,
    app: App,
    trigger: str,
    before: Step,
    call: Step,
    left: State,
    failure: Failure,
) -> None:
    before(app)
    app.pool.set_trigger(trigger, failure(cognito))
    call(app)
    assert (status(app), len(cognito.outbox), len(cognito.triggers)) == (left, 0, 1)
    assert (cognito.triggers.last().error is None) is (failure in (slow, senseless))


def test_a_refresh_gives_no_tokens_but_the_refresh_token_stays_good(cognito: Cognito, app: App) -> None:
    token = app.pool.create_user("alice").tokens().refresh_token
    assert token is not None
    app.pool.set_trigger("PreTokenGeneration", raising(cognito))
    assert refusal(app.refresh, token=token).code == "UserLambdaValidationException"
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    assert "IdToken" in app.refresh(token)


def test_a_failed_sign_up_leaves_the_name_free(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreSignUp", raising(cognito))
    refusal(sign_up, app=app)
    app.pool.set_trigger("PreSignUp", unchanged)
    sign_up(app)
    confirm(app)
    assert status(app) == "CONFIRMED"


def test_a_user_whose_confirmation_failed_signs_in(cognito: Cognito, app: App) -> None:
    sign_up(app)
    app.pool.set_trigger("PostConfirmation", raising(cognito))
    refusal(confirm, app=app)
    sign_in(app)
    assert refusal(confirm, app=app) == not_authorized("User cannot be confirmed. Current status is CONFIRMED")


def test_a_sign_up_without_its_message_gets_another(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("CustomMessage", raising(cognito))
    refusal(sign_up, app=app)
    app.pool.set_trigger("CustomMessage", unchanged)
    resend(app)
    confirm(app)
    assert status(app) == "CONFIRMED"


def test_refusals_before_the_password_do_not_lock_out(cognito: Cognito, app: App) -> None:
    a_user(app)
    app.pool.set_trigger("PreAuthentication", raising(cognito))
    for _ in range(6):
        refusal(sign_in, app=app)
    app.pool.set_trigger("PreAuthentication", unchanged)
    sign_in(app)


def test_a_sign_in_ends_where_a_function_deletes_the_app_client(app: App) -> None:
    def deletes(event: Event, context: object) -> Event:
        app.call("delete_user_pool_client", UserPoolId=app.pool_id, ClientId=app.client_id)
        return event

    a_user(app)
    app.pool.set_trigger("PreTokenGeneration", deletes)
    assert refusal(sign_in, app=app) == no_client(app.client_id)


def test_a_sign_up_ends_where_a_function_deletes_the_pool(app: App) -> None:
    def deletes(event: Event, context: object) -> Event:
        app.call("delete_user_pool", UserPoolId=app.pool_id)
        return event

    app.pool.set_trigger("PreSignUp", deletes)
    assert refusal(sign_up, app=app) == no_client(app.client_id)
