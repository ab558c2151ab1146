"""What holds for every trigger: what its function may answer, how long it may take, and what it may call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from pytest_cognito.cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import NEW_PASSWORD, PASSWORD, App
from tests.support.functions import Event, failing, unchanged
from tests.support.jwts import claims
from tests.support.refusals import LAMBDA_NOT_JSON, LAMBDA_OUTPUT, lambda_timed_out, refusal

# What a function may answer


def renamed(event: Event, context: object) -> Event:
    return {**event, "userName": "mallory"}


@pytest.mark.parametrize(
    "function",
    [
        lambda event, context: None,
        lambda event, context: {},
        lambda event, context: "done",
        lambda event, context: event["response"],
        renamed,
        lambda event, context: {**event, "version": "2"},
        lambda event, context: {**event, "triggerSource": "PreSignUp_SignUp"},
        lambda event, context: {**event, "callerContext": {}},
        lambda event, context: {**event, "response": "fine"},
    ],
)
def test_an_answer_that_is_not_the_event_is_refused(app: App, function: Callable[[Event, object], object]) -> None:
    app.pool.set_trigger("PreAuthentication", function)
    assert refusal(app.sign_in) == LAMBDA_OUTPUT


def deep(levels: int) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(levels):
        value = {"more": value}
    return value


def endless() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


@pytest.mark.parametrize(
    "value",
    [
        {1, 2},
        object(),
        float("nan"),
        float("-inf"),
        10**5000,
        "\ud800",
        {"\udfff": 1},
        {(1, 2): 3},
        deep(200),
        deep(3000),
        deep(100_000),
        endless(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_answer_that_is_not_json_is_refused(app: App, value: object) -> None:
    app.pool.set_trigger("PreAuthentication", lambda event, context: {**event, "response": {"value": value}})
    assert refusal(app.sign_in) == LAMBDA_NOT_JSON


@pytest.mark.parametrize("response", [None, {}])
def test_an_empty_response_is_fine(app: App, response: object) -> None:
    app.pool.set_trigger("PostAuthentication", lambda event, context: {**event, "response": response})
    assert "IdToken" in app.sign_in()


def test_what_a_function_does_to_its_event_stays_with_it(cognito: Cognito, app: App) -> None:
    def spoil(event: Event, context: object) -> Event:
        event["request"]["userAttributes"].clear()
        return event

    app.pool.set_trigger("PreAuthentication", spoil)
    app.pool.set_trigger("PostAuthentication", unchanged)
    app.sign_in()
    assert all(one.event["request"]["userAttributes"] for one in cognito.triggers)


def test_a_coroutine_function_is_told_apart(app: App) -> None:
    async def handler(event: Event, context: object) -> Event:
        return event

    app.pool.set_trigger("PreAuthentication", handler)
    with pytest.raises(UsageError, match=r"PreAuthentication is a coroutine function; .* write `def`"):
        app.sign_in()


def test_invocations_are_recorded_with_what_came_of_them(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    app.pool.set_trigger("PostAuthentication", failing)
    refusal(app.sign_in)
    before, after = cognito.triggers
    assert (before.source, before.result, before.error) == ("PreAuthentication_Authentication", before.event, None)
    assert (after.source, after.result, str(after.error)) == ("PostAuthentication_Authentication", None, "not today")
    assert cognito.calls.of("InitiateAuth")[0].invocations == [before, after]


def test_an_unrecognizable_answer_is_recorded_too(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreAuthentication", renamed)
    refusal(app.sign_in)
    invocation = cognito.triggers.last()
    assert invocation.result["userName"] == "mallory"
    assert "Unrecognizable" in str(invocation.error)


def test_a_mistake_of_the_tests_own_is_no_error_of_aws(app: App) -> None:
    def confused(event: Event, context: object) -> Event:
        raise UsageError("this test is wrong")

    app.pool.set_trigger("PreAuthentication", confused)
    with pytest.raises(UsageError, match="this test is wrong"):
        app.sign_in()


# Time


def test_a_function_has_five_seconds_three_times(cognito: Cognito, app: App) -> None:
    def slow(event: Event, context: object) -> Event:
        cognito.clock.advance(seconds=5.1)
        return event

    app.pool.set_trigger("PreAuthentication", slow)
    assert refusal(app.sign_in) == lambda_timed_out("PreAuthentication")
    assert len(cognito.triggers) == 3
    assert all("Socket timeout" in str(one.error) for one in cognito.triggers)


def test_a_function_that_is_slow_once_is_asked_again(cognito: Cognito, app: App) -> None:
    def slow_at_first(event: Event, context: object) -> Event:
        cognito.clock.advance(seconds=6 if len(cognito.triggers) == 1 else 0)
        return event

    app.pool.set_trigger("PreAuthentication", slow_at_first)
    assert "IdToken" in app.sign_in()
    assert len(cognito.triggers) == 2


def test_the_context_tells_the_time_that_is_left(cognito: Cognito, app: App) -> None:
    left: list[int] = []

    def watch(event: Event, context: LambdaContext) -> Event:
        left.append(context.get_remaining_time_in_millis())
        cognito.clock.advance(seconds=4)
        left.append(context.get_remaining_time_in_millis())
        assert context.function_name in context.invoked_function_arn
        assert context.log_group_name == f"/aws/lambda/{context.function_name}"
        assert context.aws_request_id
        return event

    app.pool.set_trigger("PreAuthentication", watch)
    app.sign_in()
    assert 4500 < left[0] <= 5000
    assert 0 < left[1] <= 1000


# Functions that call Cognito


def test_a_function_may_call_cognito_and_sees_what_was_kept(cognito: Cognito, app: App) -> None:
    seen: list[str] = []

    def look(event: Event, context: object) -> Event:
        user = app.idp.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])
        seen.append(user["UserStatus"])
        return event

    app.pool.set_trigger("PostAuthentication", look)
    app.pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    app.respond(app.begin("bob"), "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert seen == ["CONFIRMED"]
    assert cognito.calls.of("AdminGetUser")[-1].depth == 1


def test_what_post_authentication_changes_is_in_the_tokens(app: App) -> None:
    def promote(event: Event, context: object) -> Event:
        app.pool.add_to_group(event["userName"], "members")
        return event

    app.pool.set_trigger("PostAuthentication", promote)
    assert claims(app.sign_in()["IdToken"])["cognito:groups"] == ["members"]


def test_a_function_may_sign_somebody_else_in(app: App) -> None:
    app.pool.create_user("service", email="service@example.com")

    def nested(event: Event, context: object) -> Event:
        if event["userName"] == "alice":
            app.sign_in("service")
        return event

    app.pool.set_trigger("PreAuthentication", nested)
    assert "IdToken" in app.sign_in()


def test_a_user_who_is_gone_after_the_function_does_not_come_in(app: App) -> None:
    def remove(event: Event, context: object) -> Event:
        app.admin("admin_delete_user")
        return event

    app.pool.set_trigger("PostAuthentication", remove)
    assert refusal(app.sign_in)[0] == "UserNotFoundException"
