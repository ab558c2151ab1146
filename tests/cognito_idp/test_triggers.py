"""PreAuthentication and PostAuthentication, and what holds for every trigger: events, answers, time, functions."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import boto3
import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import (
    PostAuthenticationTriggerEvent,
    PreAuthenticationTriggerEvent,
    PreTokenGenerationTriggerEvent,
    PreTokenGenerationV2TriggerEvent,
)
from botocore.config import Config

from pytest_cognito.kernel.usage import UsageError
from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, begin_as_admin, part, refresh, respond, sign_in

UNKNOWN = ("InvalidLambdaResponseException", "Unrecognizable lambda output")
NOT_JSON = ("InvalidLambdaResponseException", "Invalid lambda function output : Invalid JSON")
Event = dict[str, Any]


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


def same(event: Event, context: Any) -> Event:
    return event


def refuse(event: Event, context: Any) -> Event:
    raise ValueError("not today")


def begin_with_metadata(idp: Any, pool: Any, **metadata: str) -> dict[str, Any]:
    answer: dict[str, Any] = idp.initiate_auth(
        ClientId=pool.client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        ClientMetadata=metadata,
    )
    return answer


def attributes(pool: Any, username: str = "alice") -> dict[str, str]:
    user = pool.user(username)
    return {**user.attributes, "cognito:user_status": user.status}


# Events


def test_the_event_of_pre_authentication(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", same)
    begin_with_metadata(cognito_idp, pool, campaign="spring")
    assert cognito.triggers.last("PreAuthentication").event == {
        "version": "1",
        "triggerSource": "PreAuthentication_Authentication",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client.id},
        "request": {"userAttributes": attributes(pool), "validationData": {"campaign": "spring"}},
        "response": {},
    }


def test_the_event_of_post_authentication(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PostAuthentication", same)
    begin_with_metadata(cognito_idp, pool, campaign="spring")
    assert cognito.triggers.last("PostAuthentication").event == {
        "version": "1",
        "triggerSource": "PostAuthentication_Authentication",
        "region": "us-east-1",
        "userPoolId": pool.id,
        "userName": "alice",
        "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": pool.client.id},
        "request": {"userAttributes": attributes(pool)},
        "response": {},
    }


def test_attributes_in_an_event_are_strings_and_tell_sub_and_status(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", same)
    sign_in(cognito_idp, pool.client.id)
    event = cognito.triggers.last().event
    assert event["request"] == {
        "userAttributes": {
            "sub": pool.user("alice").sub,
            "cognito:user_status": "CONFIRMED",
            "email": "alice@example.com",
            "email_verified": "true",
        },
        "validationData": None,
    }


def test_the_name_in_an_event_is_the_sub_where_that_is_the_user_name(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    alice = pool.create_user("alice@example.com")
    pool.set_trigger("PreAuthentication", same)
    sign_in(cognito_idp, pool.client.id, "alice@example.com")
    assert cognito.triggers.last().event["userName"] == alice.sub


def test_a_client_that_hides_users_tells_the_function_who_is_there(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    pool.set_trigger("PreAuthentication", same)
    sign_in(cognito_idp, client.id)
    assert cognito.triggers.last().event["request"]["userNotFound"] is False
    refusal(sign_in, idp=cognito_idp, client_id=client.id, username="nobody")
    event = cognito.triggers.last().event
    assert event["userName"] == "nobody"
    assert event["request"] == {"userAttributes": {}, "validationData": None, "userNotFound": True}


def test_no_function_is_told_of_unknown_users_otherwise(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", same)
    refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, username="nobody")
    assert len(cognito.triggers) == 0


def test_the_answers_metadata_reaches_post_authentication(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", same)
    pool.set_trigger("PostAuthentication", same)
    pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    begun = begin(cognito_idp, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)
    cognito_idp.respond_to_auth_challenge(
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=begun["Session"],
        ChallengeResponses={"USERNAME": "bob", "NEW_PASSWORD": "Another-horse-8"},
        ClientMetadata={"step": "two"},
    )
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication", "PostAuthentication"]
    request = cognito.triggers.last().event["request"]
    assert request["clientMetadata"] == {"step": "two"}
    assert request["userAttributes"]["cognito:user_status"] == "CONFIRMED"


@pytest.mark.parametrize(
    ("user_agent", "told"),
    [
        ("aws-sdk-js/2.6.4 linux", "aws-sdk-js-2.6.4"),
        ("Boto3/1.43 Python/3.12", "aws-sdk-unknown-unknown"),
        ("curl/8", "aws-sdk-unknown-unknown"),
    ],
)
def test_the_sdk_is_told_by_the_user_agent(cognito: Any, pool: Any, user_agent: str, told: str) -> None:
    pool.set_trigger("PreAuthentication", same)
    client = boto3.client("cognito-idp", region_name="us-east-1", config=Config(user_agent=user_agent))
    sign_in(client, pool.client.id)
    assert cognito.triggers.last().event["callerContext"]["awsSdkVersion"] == told


# Order and effects


def test_the_order_of_a_sign_in(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    for trigger in ("PreTokenGeneration", "PostAuthentication", "PreAuthentication", "PostConfirmation"):
        pool.set_trigger(trigger, same)
    sign_in(cognito_idp, pool.client.id)
    assert [one.trigger for one in cognito.triggers] == [
        "PreAuthentication",
        "PostAuthentication",
        "PreTokenGeneration",
    ]


def test_a_refresh_runs_neither(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    token = sign_in(cognito_idp, pool.client.id)["RefreshToken"]
    pool.set_trigger("PreAuthentication", refuse)
    pool.set_trigger("PostAuthentication", refuse)
    refresh(cognito_idp, pool.client.id, token)
    assert len(cognito.triggers) == 0


def test_a_wrong_password_reaches_pre_authentication_but_not_the_next(
    cognito: Any, cognito_idp: Any, pool: Any
) -> None:
    pool.set_trigger("PreAuthentication", same)
    pool.set_trigger("PostAuthentication", same)
    refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, password="wrong")
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication"]


def test_pre_authentication_is_asked_of_the_disabled_and_the_locked_out_no_more(
    cognito: Any, cognito_idp: Any, pool: Any
) -> None:
    for _ in range(5):
        refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, password="wrong")
    pool.set_trigger("PreAuthentication", same)
    refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)
    assert len(cognito.triggers) == 0


def test_pre_authentication_refuses_a_sign_in(cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", refuse)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == (
        "UserLambdaValidationException",
        "PreAuthentication failed with error not today.",
    )


def test_what_pre_authentication_refuses_does_not_count_as_a_failure(cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", refuse)
    for _ in range(6):
        refusal(sign_in, idp=cognito_idp, client_id=pool.client.id, password="wrong")
    pool.set_trigger("PreAuthentication", same)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_post_authentication_keeps_the_tokens_but_not_the_new_password_back(cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PostAuthentication", refuse)
    pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    begun = begin(cognito_idp, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)
    call = {"client_id": pool.client.id, "session": begun["Session"], "USERNAME": "bob"}
    assert refusal(respond, idp=cognito_idp, **call, NEW_PASSWORD="Another-horse-8") == (
        "UserLambdaValidationException",
        "PostAuthentication failed with error not today.",
    )
    assert pool.user("bob").status == "CONFIRMED"


def test_an_administrators_sign_in_runs_them_too(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", same)
    begin_as_admin(cognito_idp, pool.id, pool.client.id, USERNAME="alice", PASSWORD=PASSWORD)
    assert cognito.triggers.last().event["callerContext"]["clientId"] == pool.client.id


# What a function may answer


def renamed(event: Event, context: Any) -> Event:
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
def test_an_answer_that_is_not_the_event_is_refused(
    cognito_idp: Any, pool: Any, function: Callable[[Event, Any], Any]
) -> None:
    pool.set_trigger("PreAuthentication", function)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == UNKNOWN


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan")])
def test_an_answer_that_is_not_json_is_refused(cognito_idp: Any, pool: Any, value: object) -> None:
    pool.set_trigger("PreAuthentication", lambda event, context: {**event, "response": {"value": value}})
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == NOT_JSON


@pytest.mark.parametrize("response", [None, {}])
def test_an_empty_response_is_fine(cognito_idp: Any, pool: Any, response: object) -> None:
    pool.set_trigger("PostAuthentication", lambda event, context: {**event, "response": response})
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_what_a_function_does_to_its_event_stays_with_it(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    def spoil(event: Event, context: Any) -> Event:
        event["request"]["userAttributes"].clear()
        return event

    pool.set_trigger("PreAuthentication", spoil)
    pool.set_trigger("PostAuthentication", same)
    sign_in(cognito_idp, pool.client.id)
    assert all(one.event["request"]["userAttributes"] for one in cognito.triggers)


def test_a_coroutine_function_is_told_apart(cognito_idp: Any, pool: Any) -> None:
    async def handler(event: Event, context: Any) -> Event:
        return event

    pool.set_trigger("PreAuthentication", handler)
    with pytest.raises(UsageError, match=r"PreAuthentication is a coroutine function; .* write `def`"):
        sign_in(cognito_idp, pool.client.id)


def test_invocations_are_recorded_with_what_came_of_them(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", same)
    pool.set_trigger("PostAuthentication", refuse)
    refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)
    before, after = cognito.triggers
    assert (before.source, before.result, before.error) == ("PreAuthentication_Authentication", before.event, None)
    assert (after.source, after.result, str(after.error)) == ("PostAuthentication_Authentication", None, "not today")
    assert cognito.calls.of("InitiateAuth")[0].invocations == [before, after]


def test_an_unrecognizable_answer_is_recorded_too(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    pool.set_trigger("PreAuthentication", renamed)
    refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)
    invocation = cognito.triggers.last()
    assert invocation.result["userName"] == "mallory"
    assert "Unrecognizable" in str(invocation.error)


def test_a_mistake_of_the_tests_own_is_no_error_of_aws(cognito_idp: Any, pool: Any) -> None:
    def confused(event: Event, context: Any) -> Event:
        raise UsageError("this test is wrong")

    pool.set_trigger("PreAuthentication", confused)
    with pytest.raises(UsageError, match="this test is wrong"):
        sign_in(cognito_idp, pool.client.id)


# Time


def test_a_function_has_five_seconds_three_times(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    def slow(event: Event, context: Any) -> Event:
        cognito.clock.advance(seconds=5.1)
        return event

    pool.set_trigger("PreAuthentication", slow)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id) == (
        "UnexpectedLambdaException",
        "PreAuthentication invocation failed due to error Socket timeout while invoking Lambda function.",
    )
    assert len(cognito.triggers) == 3
    assert all("Socket timeout" in str(one.error) for one in cognito.triggers)


def test_a_function_that_is_slow_once_is_asked_again(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    def slow_at_first(event: Event, context: Any) -> Event:
        cognito.clock.advance(seconds=6 if len(cognito.triggers) == 1 else 0)
        return event

    pool.set_trigger("PreAuthentication", slow_at_first)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)
    assert len(cognito.triggers) == 2


def test_the_context_tells_the_time_that_is_left(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    left: list[int] = []

    def watch(event: Event, context: Any) -> Event:
        left.append(context.get_remaining_time_in_millis())
        cognito.clock.advance(seconds=4)
        left.append(context.get_remaining_time_in_millis())
        assert context.function_name in context.invoked_function_arn
        assert context.log_group_name == f"/aws/lambda/{context.function_name}"
        assert context.aws_request_id
        return event

    pool.set_trigger("PreAuthentication", watch)
    sign_in(cognito_idp, pool.client.id)
    assert 4500 < left[0] <= 5000
    assert 0 < left[1] <= 1000


# Functions that call Cognito


def test_a_function_may_call_cognito_and_sees_what_was_kept(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    seen: list[str] = []

    def look(event: Event, context: Any) -> Event:
        user = cognito_idp.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])
        seen.append(user["UserStatus"])
        return event

    pool.set_trigger("PostAuthentication", look)
    pool.create_user("bob", password=PASSWORD, status="FORCE_CHANGE_PASSWORD")
    begun = begin(cognito_idp, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)
    respond(cognito_idp, pool.client.id, begun["Session"], USERNAME="bob", NEW_PASSWORD="Another-horse-8")
    assert seen == ["CONFIRMED"]
    assert cognito.calls.of("AdminGetUser")[-1].depth == 1


def test_what_post_authentication_changes_is_in_the_tokens(cognito_idp: Any, pool: Any) -> None:
    def promote(event: Event, context: Any) -> Event:
        pool.add_to_group(event["userName"], "members")
        return event

    pool.set_trigger("PostAuthentication", promote)
    assert part(sign_in(cognito_idp, pool.client.id)["IdToken"])["cognito:groups"] == ["members"]


def test_a_function_may_sign_somebody_else_in(cognito_idp: Any, pool: Any) -> None:
    pool.create_user("service", email="service@example.com")

    def nested(event: Event, context: Any) -> Event:
        if event["userName"] == "alice":
            sign_in(cognito_idp, pool.client.id, "service")
        return event

    pool.set_trigger("PreAuthentication", nested)
    assert "IdToken" in sign_in(cognito_idp, pool.client.id)


def test_a_user_who_is_gone_after_the_function_does_not_come_in(cognito_idp: Any, pool: Any) -> None:
    def remove(event: Event, context: Any) -> Event:
        cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
        return event

    pool.set_trigger("PostAuthentication", remove)
    assert refusal(sign_in, idp=cognito_idp, client_id=pool.client.id)[0] == "UserNotFoundException"


# Functions by ARN

ARN = "arn:aws:lambda:us-east-1:123456789012:function:pre-auth"


@pytest.fixture
def pool_by_arn(cognito: Any) -> Any:
    pool = cognito.create_user_pool(LambdaConfig={"PreAuthentication": ARN})
    pool.create_user("alice", email="alice@example.com")
    return pool


def test_a_function_is_registered_for_an_arn(cognito: Any, cognito_idp: Any, pool_by_arn: Any) -> None:
    cognito.triggers.register(ARN, same)
    sign_in(cognito_idp, pool_by_arn.client.id)
    assert cognito.triggers.last("PreAuthentication").arn == ARN


def test_an_arn_that_nobody_registered_names_the_cure(cognito_idp: Any, pool_by_arn: Any) -> None:
    with pytest.raises(UsageError) as caught:
        sign_in(cognito_idp, pool_by_arn.client.id)
    message = str(caught.value)
    assert f'cognito_triggers.register("{ARN}", handler)' in message
    assert '@pool.on("PreAuthentication")' in message


def create_function() -> None:
    role = boto3.client("iam", region_name="us-east-1").create_role(RoleName="lambda", AssumeRolePolicyDocument="{}")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("index.py", "def handler(event, context): return event")
    boto3.client("lambda", region_name="us-east-1").create_function(
        FunctionName="pre-auth",
        Runtime="python3.12",
        Role=role["Role"]["Arn"],
        Handler="index.handler",
        Code={"ZipFile": archive.getvalue()},
    )


def test_a_function_in_motos_lambda_is_run(cognito: Any, cognito_idp: Any, pool_by_arn: Any) -> None:
    from moto import mock_aws
    from moto.awslambda_simple.models import lambda_simple_backends

    # Without Docker, moto's Lambda answers with what it is given, or what it is told to.
    with mock_aws(config={"lambda": {"use_docker": False}}):
        create_function()
        assert "IdToken" in sign_in(cognito_idp, pool_by_arn.client.id)
        lambda_simple_backends["123456789012"]["us-east-1"].lambda_simple_results_queue.append("done")
        assert refusal(sign_in, idp=cognito_idp, client_id=pool_by_arn.client.id) == NOT_JSON
    first, second = cognito.triggers
    assert (first.result, first.error) == (first.event, None)
    assert "Invalid JSON" in str(second.error)


def test_a_function_that_motos_lambda_lacks_cannot_be_invoked(cognito_idp: Any, pool_by_arn: Any) -> None:
    from moto import mock_aws

    with mock_aws():
        assert refusal(sign_in, idp=cognito_idp, client_id=pool_by_arn.client.id) == (
            "UnexpectedLambdaException",
            "PreAuthentication invocation failed due to error ResourceNotFoundException.",
        )


# What AWS's own library for Lambda functions makes of the events


def test_powertools_reads_the_events_of_a_sign_in(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        pool.set_trigger(trigger, same)
    begin_with_metadata(cognito_idp, pool, campaign="spring")
    before = PreAuthenticationTriggerEvent(cognito.triggers.last("PreAuthentication").event)
    after = PostAuthenticationTriggerEvent(cognito.triggers.last("PostAuthentication").event)
    generation = PreTokenGenerationTriggerEvent(cognito.triggers.last("PreTokenGeneration").event)
    assert before.request.validation_data == {"campaign": "spring"}
    assert (before.user_name, before.user_pool_id, before.region) == ("alice", pool.id, "us-east-1")
    assert before.caller_context.client_id == pool.client.id
    assert after.request.user_attributes["email"] == "alice@example.com"
    assert generation.request.group_configuration.groups_to_override == []
    assert generation.trigger_source == "TokenGeneration_Authentication"


def test_powertools_writes_claims(cognito_idp: Any, pool: Any) -> None:
    def first(event: Event, context: Any) -> Any:
        data = PreTokenGenerationTriggerEvent(event)
        data.response.claims_override_details.claims_to_add_or_override = {"tenant": "t1"}
        return data.raw_event

    def second(event: Event, context: Any) -> Any:
        data = PreTokenGenerationV2TriggerEvent(event)
        details = data.response.claims_scope_override_details
        details.access_token_generation.scopes_to_add = ["notes/read"]
        details.id_token_generation.claims_to_add_or_override = {"tenant": "t2"}
        return data.raw_event

    pool.set_trigger("PreTokenGeneration", first)
    assert part(sign_in(cognito_idp, pool.client.id)["IdToken"])["tenant"] == "t1"
    pool.set_trigger("PreTokenGeneration", second, version="V2_0")
    result = sign_in(cognito_idp, pool.client.id)
    assert part(result["IdToken"])["tenant"] == "t2"
    assert part(result["AccessToken"])["scope"] == "aws.cognito.signin.user.admin notes/read"
