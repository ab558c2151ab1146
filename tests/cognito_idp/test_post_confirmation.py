"""The PostConfirmation trigger of a confirmed sign-up."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.outbox import Outbox
from tests.support.addresses import EMAIL
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.functions import answering, failing
from tests.support.refusals import lambda_failed, not_authorized, refusal
from tests.support.settings import VERIFY


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(**VERIFY)


@pytest.mark.parametrize("admin", [False, True])
def test_post_confirmation_gets_the_confirmed_user(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, admin: bool
) -> None:
    cognito_triggers.on("PostConfirmation")(answering())
    sub = app.sign_up("alice", EMAIL)["UserSub"]
    metadata: dict[str, Any] = {"ClientMetadata": {"step": "two"}}
    if admin:
        app.admin("admin_confirm_sign_up", **metadata)
    else:
        app.confirm("alice", last_code(cognito_outbox), **metadata)
    [run] = cognito_triggers.of("PostConfirmation")
    assert run.event == {
        "version": "1",
        "triggerSource": "PostConfirmation_ConfirmSignUp",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": "CLIENT_ID_NOT_APPLICABLE" if admin else app.client_id,
        },
        "request": {
            "userAttributes": {
                "sub": sub,
                "cognito:user_status": "CONFIRMED",
                **EMAIL,
                "email_verified": "false" if admin else "true",
            },
            "clientMetadata": {"step": "two"},
        },
        "response": {},
    }


def test_post_confirmation_without_metadata(app: App, cognito_triggers: Triggers) -> None:
    cognito_triggers.on("PostConfirmation")(answering())
    sub = app.sign_up("alice")["UserSub"]
    app.admin("admin_confirm_sign_up")
    request = cognito_triggers.of("PostConfirmation")[0].event["request"]
    assert request == {"userAttributes": {"sub": sub, "cognito:user_status": "CONFIRMED"}}


@pytest.mark.parametrize("admin", [False, True])
def test_the_user_stays_confirmed_when_post_confirmation_fails(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox, admin: bool
) -> None:
    cognito_triggers.on("PostConfirmation")(failing)
    app.sign_up("alice", EMAIL)
    call, given = (
        (app.admin, {"operation": "admin_confirm_sign_up"})
        if admin
        else (app.confirm, {"username": "alice", "code": last_code(cognito_outbox)})
    )
    assert refusal(call, **given) == lambda_failed("PostConfirmation")
    assert app.status() == "CONFIRMED"


def test_a_code_that_was_used_is_gone_even_if_post_confirmation_fails(
    app: App, cognito_triggers: Triggers, cognito_outbox: Outbox
) -> None:
    cognito_triggers.on("PostConfirmation")(failing)
    app.sign_up("alice", EMAIL)
    code = last_code(cognito_outbox)
    refusal(app.confirm, username="alice", code=code)
    assert refusal(app.confirm, username="alice", code=code) == not_authorized(
        "User cannot be confirmed. Current status is CONFIRMED"
    )
