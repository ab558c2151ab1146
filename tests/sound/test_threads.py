"""Many threads on one world, in process and over the server: nothing is lost, nothing half done, nobody hangs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from pytest_cognito import active
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.server.socket import Server
from tests.sound import threads
from tests.sound.threads import THREADS, at_once

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient
    from types_boto3_cognito_idp.type_defs import AttributeTypeTypeDef

PASSWORD = "Correct-horse-7"
SES = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com"}
"""A sender that sends more e-mails a day than Cognito's own."""


@pytest.fixture(autouse=True)
def no_deadlock() -> Iterator[None]:
    with threads.watched():
        yield


@pytest.fixture(params=["in process", "over the server"])
def idp(request: pytest.FixtureRequest, cognito: Cognito) -> Iterator[CognitoIdentityProviderClient]:
    """A client by either transport. It is used by all threads, as clients may be."""
    config = Config(max_pool_connections=2 * THREADS, retries={"total_max_attempts": 1})
    if request.param == "in process":
        yield boto3.client("cognito-idp", config=config)
        return
    with Server(cognito.world) as server, active.let_through():
        yield boto3.client("cognito-idp", endpoint_url=server.endpoint_url, config=config)


@pytest.fixture
def app(cognito: Cognito, idp: CognitoIdentityProviderClient) -> App:
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"], EmailConfiguration=SES)
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    return App(idp, pool, client.id)


@dataclass(frozen=True)
class App:
    """A pool with a client, and the way to it."""

    idp: CognitoIdentityProviderClient
    pool: UserPool
    client: str

    def sign_up(self, name: str) -> str:
        email: list[AttributeTypeTypeDef] = [{"Name": "email", "Value": f"{name}@example.com"}]
        self.idp.sign_up(ClientId=self.client, Username=name, Password=PASSWORD, UserAttributes=email)
        return name

    def sign_in(self, name: str, password: str = PASSWORD) -> str:
        given = {"USERNAME": name, "PASSWORD": password}
        answer = self.idp.initiate_auth(ClientId=self.client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)
        return str(answer["AuthenticationResult"]["AccessToken"])


def codes(outcomes: list[Any]) -> Counter[str]:
    """How many calls ended in which error; ``""`` for those that were answered."""
    for outcome in outcomes:
        if isinstance(outcome, Exception) and not isinstance(outcome, ClientError):
            raise outcome
    return Counter(one.response["Error"]["Code"] if isinstance(one, ClientError) else "" for one in outcomes)


def test_one_of_many_sign_ups_with_a_name_wins(app: App) -> None:
    outcomes = at_once(lambda number: app.sign_up("alice"))
    assert codes(outcomes) == {"": 1, "UsernameExistsException": THREADS - 1}
    assert [user.username for user in app.pool.users] == ["alice"]


def test_one_of_many_confirmations_of_an_address_wins(cognito: Cognito, idp: CognitoIdentityProviderClient) -> None:
    """The same e-mail address may wait with many, and be an alias of one."""
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"], AliasAttributes=["email"])
    app = App(idp, pool, pool.create_client().id)
    email: list[AttributeTypeTypeDef] = [{"Name": "email", "Value": "shared@example.com"}]

    def sign_up_and_confirm(number: int) -> None:
        name = f"user{number}"
        idp.sign_up(ClientId=app.client, Username=name, Password=PASSWORD, UserAttributes=email)
        code = next(call for call in cognito.calls.of("SignUp") if call.parameters["Username"] == name).messages[0].code
        assert code is not None
        idp.confirm_sign_up(ClientId=app.client, Username=name, ConfirmationCode=code)

    assert codes(at_once(sign_up_and_confirm)) == {"": 1, "AliasExistsException": THREADS - 1}


def test_no_user_is_lost(app: App) -> None:
    at_once(lambda number: [app.sign_up(f"user{number}-{one}") for one in range(3)])
    expected = {f"user{number}-{one}" for number in range(THREADS) for one in range(3)}
    pages = app.idp.get_paginator("list_users").paginate(UserPoolId=app.pool.id, PaginationConfig={"PageSize": 60})
    listed = [user["Username"] for page in pages for user in page["Users"]]
    assert sorted(listed) == sorted(expected)
    assert app.idp.describe_user_pool(UserPoolId=app.pool.id)["UserPool"]["EstimatedNumberOfUsers"] == len(expected)


def test_no_membership_is_lost(app: App) -> None:
    app.idp.create_group(UserPoolId=app.pool.id, GroupName="all")
    app.pool.create_users(THREADS)
    names = [user.username for user in app.pool.users]

    def join(number: int) -> None:
        group = f"group{number}"
        app.idp.create_group(UserPoolId=app.pool.id, GroupName=group)
        for name in ("all", group):
            app.idp.admin_add_user_to_group(UserPoolId=app.pool.id, GroupName=name, Username=names[number])

    assert codes(at_once(join)) == {"": THREADS}
    members = app.idp.list_users_in_group(UserPoolId=app.pool.id, GroupName="all", Limit=60)["Users"]
    assert sorted(user["Username"] for user in members) == sorted(names)
    groups = app.idp.list_groups(UserPoolId=app.pool.id, Limit=60)["Groups"]
    assert len(groups) == THREADS + 1


def test_no_attribute_of_one_user_is_lost(cognito: Cognito, idp: CognitoIdentityProviderClient) -> None:
    schema = [{"Name": f"a{number}", "AttributeDataType": "String", "Mutable": True} for number in range(THREADS)]
    pool = cognito.create_user_pool(Schema=schema)
    pool.create_user("alice")

    def write(number: int) -> None:
        attribute: AttributeTypeTypeDef = {"Name": f"custom:a{number}", "Value": str(number)}
        idp.admin_update_user_attributes(UserPoolId=pool.id, Username="alice", UserAttributes=[attribute])

    assert codes(at_once(write)) == {"": THREADS}
    written = {
        one["Name"]: one["Value"] for one in idp.admin_get_user(UserPoolId=pool.id, Username="alice")["UserAttributes"]
    }
    assert all(written[f"custom:a{number}"] == str(number) for number in range(THREADS))


def test_a_code_is_good_for_one(app: App) -> None:
    app.pool.create_user("alice", password=PASSWORD, email="alice@example.com")
    app.idp.forgot_password(ClientId=app.client, Username="alice")
    code = app.pool.world.outbox.last(to="alice@example.com").code
    assert code is not None

    def reset(number: int) -> None:
        app.idp.confirm_forgot_password(
            ClientId=app.client, Username="alice", ConfirmationCode=code, Password=f"Another-horse-{number}"
        )

    outcomes = at_once(reset)
    assert codes(outcomes)[""] == 1
    assert app.sign_in("alice", f"Another-horse-{outcomes.index(None)}")


def test_ids_and_request_ids_are_never_the_same(cognito: Cognito, idp: CognitoIdentityProviderClient) -> None:
    answers = at_once(lambda number: [idp.create_user_pool(PoolName=f"p{number}") for _ in range(4)])
    made = [answer for several in answers for answer in several]
    assert len({answer["UserPool"]["Id"] for answer in made}) == 4 * THREADS
    assert len({answer["ResponseMetadata"]["RequestId"] for answer in made}) == 4 * THREADS
    assert len(cognito.calls.of("CreateUserPool")) == 4 * THREADS


def test_tokens_of_many_sign_ins(app: App) -> None:
    names = [app.pool.create_user(f"user{number}", password=PASSWORD).username for number in range(THREADS)]
    tokens = at_once(lambda number: app.sign_in(names[number]))
    assert codes(tokens) == {"": THREADS}
    assert [app.idp.get_user(AccessToken=token)["Username"] for token in tokens] == names


def test_triggers_that_call_back(app: App) -> None:
    """No lock is held while a function runs: it may ask Cognito, even about the user for whom it runs."""
    app.idp.create_group(UserPoolId=app.pool.id, GroupName="members")
    seen: list[str] = []

    @app.pool.on("PreSignUp")
    def confirm(event: Any, context: Any) -> Any:
        app.idp.list_users(UserPoolId=event["userPoolId"], Limit=60)
        event["response"]["autoConfirmUser"] = True
        return event

    @app.pool.on("PostConfirmation")
    def welcome(event: Any, context: Any) -> Any:
        name = {"UserPoolId": event["userPoolId"], "Username": event["userName"]}
        app.idp.admin_get_user(**name)
        app.idp.admin_add_user_to_group(**name, GroupName="members")
        seen.append(event["userName"])
        return event

    @app.pool.on("PreTokenGeneration")
    def claims(event: Any, context: Any) -> Any:
        groups = app.idp.admin_list_groups_for_user(UserPoolId=event["userPoolId"], Username=event["userName"])
        added = {"groups": ",".join(group["GroupName"] for group in groups["Groups"])}
        event["response"]["claimsOverrideDetails"] = {"claimsToAddOrOverride": added}
        return event

    def arrive(number: int) -> str:
        return app.sign_in(app.sign_up(f"user{number}"))

    assert codes(at_once(arrive)) == {"": THREADS}
    assert sorted(seen) == sorted(f"user{number}" for number in range(THREADS))
    members = app.idp.list_users_in_group(UserPoolId=app.pool.id, GroupName="members", Limit=60)["Users"]
    assert len(members) == THREADS


def test_one_of_many_sign_ups_with_a_name_wins_though_triggers_run_meanwhile(app: App) -> None:
    @app.pool.on("PreSignUp")
    def look(event: Any, context: Any) -> Any:
        app.idp.list_users(UserPoolId=event["userPoolId"])
        return event

    assert codes(at_once(lambda number: app.sign_up("alice"))) == {"": 1, "UsernameExistsException": THREADS - 1}


def test_a_step_that_fails_undoes_nothing_of_another_s(app: App) -> None:
    """Half of the threads only fail, deep in an operation that has changed things before; the others' changes stay."""

    @app.pool.on("PreSignUp")
    def refuse(event: Any, context: Any) -> Any:
        if event["userName"].startswith("bad"):
            raise ValueError("not this one")
        return event

    def work(number: int) -> None:
        for one in range(3):
            app.sign_up(f"{'bad' if number % 2 else 'good'}{number}-{one}")

    outcomes = codes(at_once(work))
    assert outcomes == {"": THREADS / 2, "UserLambdaValidationException": THREADS / 2}
    good = {f"good{number}-{one}" for number in range(0, THREADS, 2) for one in range(3)}
    assert {user.username for user in app.pool.users} == good
