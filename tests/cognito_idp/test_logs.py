"""What a test can look at: the log of calls, the outbox, and the runs of triggers."""

from __future__ import annotations

import json

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.functions import Event
from tests.support.refusals import refusal


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(PoolName="app", AutoVerifiedAttributes=["email"])


def test_calls_are_logged_with_what_came_of_them(cognito: Cognito, app: App, pool: UserPool) -> None:
    pool.create_user("alice")
    cognito.calls.clear()
    app.sign_in()
    refusal(app.sign_in, username="nobody")
    good, bad = cognito.calls.of("initiate_auth")
    assert (good.service, good.region, good.error) == ("cognito-idp", "us-east-1", None)
    assert good.parameters["AuthParameters"]["USERNAME"] == "alice"
    assert good.result is not None
    assert "IdToken" in good.result["AuthenticationResult"]
    assert isinstance(bad.error, AWSError)
    assert (bad.result, bad.error.code) == (None, "UserNotFoundException")
    assert good.request_id != bad.request_id


def test_the_last_message_of_an_empty_outbox_is_an_error(cognito: Cognito) -> None:
    with pytest.raises(LookupError, match="no message was sent; the outbox is empty"):
        cognito.outbox.last()


def test_a_message_to_nobody_tells_who_got_one(cognito: Cognito, app: App) -> None:
    app.sign_up("alice", {"email": "alice@example.com"})
    assert last_code(cognito.outbox, "alice@example.com").isdigit()
    with pytest.raises(LookupError, match=r"no message was sent to bob@example\.com; .*SignUp to alice@example\.com"):
        cognito.outbox.last(to="bob@example.com")


# Triggers


def test_a_function_is_registered_by_a_decorator(cognito: Cognito, pool: UserPool) -> None:
    pool.create_user("alice")

    @pool.on("PreTokenGeneration", version=2)
    def add_tenant(event: Event, context: object) -> Event:
        details = {"accessTokenGeneration": {"claimsToAddOrOverride": {"tenant": "t1"}}}
        event["response"]["claimsAndScopeOverrideDetails"] = details
        return event

    assert pool.user("alice").sign_in().claims["tenant"] == "t1"
    assert json.loads(json.dumps(cognito.triggers.last().event))["version"] == "2"


def test_the_only_pool_need_not_be_named(cognito: Cognito, pool: UserPool) -> None:
    pool.create_user("alice")
    cognito.triggers.on("PreAuthentication")(lambda event, context: event)
    pool.user("alice").sign_in()
    assert cognito.triggers.last().trigger == "PreAuthentication"
    cognito.create_user_pool()
    with pytest.raises(UsageError, match=r"there are 2 user pools; say which one: pool\.on"):
        cognito.triggers.on("PreAuthentication")


def test_a_trigger_that_aws_does_not_have(pool: UserPool) -> None:
    with pytest.raises(UsageError, match="there is no trigger 'PreCoffee': "):
        pool.on("PreCoffee")(lambda event, context: event)


def test_an_invocation_that_never_was(cognito: Cognito) -> None:
    with pytest.raises(LookupError, match="PreSignUp was not invoked"):
        cognito.triggers.last("PreSignUp")
