"""What a trigger's failure leaves behind, trigger by trigger: the error, the state, and what was not sent or given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.pools import SES, pairs
from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin

EMAIL = {"email": "alice@example.com"}
Call = Callable[[Any, Any], Any]
State = str | None
"""The status of alice; ``None`` if there is no such user."""


def sign_up(idp: Any, pool: Any) -> None:
    idp.sign_up(ClientId=pool.client.id, Username="alice", Password=PASSWORD, UserAttributes=pairs(EMAIL))


def create(idp: Any, pool: Any) -> None:
    by_email = {"DesiredDeliveryMediums": ["EMAIL"]}
    idp.admin_create_user(UserPoolId=pool.id, Username="alice", UserAttributes=pairs(EMAIL), **by_email)


def confirm(idp: Any, pool: Any) -> None:
    code = pool.cognito.outbox.last().code
    idp.confirm_sign_up(ClientId=pool.client.id, Username="alice", ConfirmationCode=code)


def confirm_by_admin(idp: Any, pool: Any) -> None:
    idp.admin_confirm_sign_up(UserPoolId=pool.id, Username="alice")


def resend(idp: Any, pool: Any) -> None:
    idp.resend_confirmation_code(ClientId=pool.client.id, Username="alice")


def forget(idp: Any, pool: Any) -> None:
    idp.forgot_password(ClientId=pool.client.id, Username="alice")


def reset(idp: Any, pool: Any) -> None:
    idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")


def confirm_forgotten(idp: Any, pool: Any) -> None:
    idp.confirm_forgot_password(
        ClientId=pool.client.id,
        Username="alice",
        ConfirmationCode=pool.cognito.outbox.last().code,
        Password="Another-horse-8",
    )


def sign_in(idp: Any, pool: Any) -> None:
    begin(idp, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)


def answer(idp: Any, pool: Any) -> None:
    """Sign in with a temporary password, and set another."""
    session = begin(idp, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)["Session"]
    idp.respond_to_auth_challenge(
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=session,
        ChallengeResponses={"USERNAME": "alice", "NEW_PASSWORD": "Another-horse-8"},
    )


def nothing(idp: Any, pool: Any) -> None:
    """There is no user."""


def a_user(idp: Any, pool: Any) -> None:
    pool.create_user("alice", **EMAIL)


def an_invited_user(idp: Any, pool: Any) -> None:
    pool.create_user("alice", password=PASSWORD, status="FORCE_CHANGE_PASSWORD", **EMAIL)


def a_user_who_forgot(idp: Any, pool: Any) -> None:
    a_user(idp, pool)
    forget(idp, pool)


TABLE: list[tuple[str, Call, Call, State]] = [
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
UNHEARD: list[tuple[str, Call, Call, State]] = [
    ("CustomEmailSender", nothing, sign_up, "UNCONFIRMED"),
    ("CustomEmailSender", nothing, create, "FORCE_CHANGE_PASSWORD"),
    ("CustomEmailSender", a_user, forget, "CONFIRMED"),
]
"""Cognito doesn't wait for these."""


def raising(cognito: Any) -> Callable[..., Any]:
    def function(event: Any, context: object) -> Any:
        raise PermissionError("no")

    return function


def slow(cognito: Any) -> Callable[..., Any]:
    def function(event: Any, context: object) -> Any:
        cognito.clock.advance(seconds=6)
        return event

    return function


def senseless(cognito: Any) -> Callable[..., Any]:
    return lambda event, context: {"statusCode": 200}


def unserialisable(cognito: Any) -> Callable[..., Any]:
    return lambda event, context: {**event, "response": {1, 2}}


FAILURES = [
    (raising, "UserLambdaValidationException", "{trigger} failed with error no.", 1),
    (
        slow,
        "UnexpectedLambdaException",
        "{trigger} invocation failed due to error Socket timeout while invoking Lambda function.",
        3,
    ),
    (senseless, "InvalidLambdaResponseException", "Unrecognizable lambda output", 1),
    (unserialisable, "InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON", 1),
]


@pytest.fixture
def pool(cognito: Any) -> Any:
    return cognito.create_user_pool(AutoVerifiedAttributes=["email"], EmailConfiguration=SES)


def status(pool: Any) -> State:
    return next((user.status for user in pool.users), None)


@pytest.mark.parametrize(("trigger", "before", "call", "left"), TABLE)
@pytest.mark.parametrize(("failure", "code", "message", "runs"), FAILURES)
def test_a_failure(
    cognito: Any,
    cognito_idp: Any,
    pool: Any,
    trigger: str,
    before: Call,
    call: Call,
    left: State,
    failure: Callable[[Any], Any],
    code: str,
    message: str,
    runs: int,
) -> None:
    before(cognito_idp, pool)
    sent = len(cognito.outbox)
    pool.set_trigger(trigger, failure(cognito))
    assert refusal(call, idp=cognito_idp, pool=pool) == (code, message.format(trigger=trigger))
    assert (status(pool), len(cognito.outbox)) == (left, sent)
    assert len(cognito.triggers.of(trigger)) == runs
    assert all(one.error is not None for one in cognito.triggers.of(trigger))


@pytest.mark.parametrize(("trigger", "before", "call", "left"), UNHEARD)
@pytest.mark.parametrize("failure", [raising, slow, senseless, unserialisable])
def test_a_failure_that_nobody_hears_of(
    cognito: Any,
    cognito_idp: Any,
    pool: Any,
    trigger: str,
    before: Call,
    call: Call,
    left: State,
    failure: Callable[[Any], Any],
) -> None:
    before(cognito_idp, pool)
    pool.set_trigger(trigger, failure(cognito))
    call(cognito_idp, pool)
    assert (status(pool), len(cognito.outbox), len(cognito.triggers)) == (left, 0, 1)
    assert (cognito.triggers.last().error is None) is (failure in (slow, senseless))


def test_a_refresh_gives_no_tokens_but_the_refresh_token_stays_good(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    token = pool.create_user("alice").tokens().refresh_token
    pool.set_trigger("PreTokenGeneration", raising(cognito))
    call = {"client_id": pool.client.id, "flow": "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN": token}
    assert refusal(begin, idp=cognito_idp, **call)[0] == "UserLambdaValidationException"
    pool.set_trigger("PreTokenGeneration", lambda event, context: event)
    assert "AuthenticationResult" in begin(cognito_idp, **call)


def test_a_failed_sign_up_leaves_the_name_free(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreSignUp", raising(cognito))
    refusal(sign_up, idp=cognito_idp, pool=pool)
    pool.set_trigger("PreSignUp", lambda event, context: event)
    sign_up(cognito_idp, pool)
    confirm(cognito_idp, pool)
    assert status(pool) == "CONFIRMED"


def test_a_user_whose_confirmation_failed_signs_in(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    sign_up(cognito_idp, pool)
    pool.set_trigger("PostConfirmation", raising(cognito))
    refusal(confirm, idp=cognito_idp, pool=pool)
    sign_in(cognito_idp, pool)
    assert refusal(confirm, idp=cognito_idp, pool=pool) == (
        "NotAuthorizedException",
        "User cannot be confirmed. Current status is CONFIRMED",
    )


def test_a_sign_up_without_its_message_gets_another(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("CustomMessage", raising(cognito))
    refusal(sign_up, idp=cognito_idp, pool=pool)
    pool.set_trigger("CustomMessage", lambda event, context: event)
    resend(cognito_idp, pool)
    confirm(cognito_idp, pool)
    assert status(pool) == "CONFIRMED"


def test_refusals_before_the_password_do_not_lock_out(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    a_user(cognito_idp, pool)
    pool.set_trigger("PreAuthentication", raising(cognito))
    for _ in range(6):
        refusal(sign_in, idp=cognito_idp, pool=pool)
    pool.set_trigger("PreAuthentication", lambda event, context: event)
    sign_in(cognito_idp, pool)
