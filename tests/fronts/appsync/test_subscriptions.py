"""Subscriptions in the test's process."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, GraphQLApi, UsageError, User, UserPool
from tests.support.graphql_apis import SCHEMA, denied, without_place

ADD = (
    "mutation($title: String!, $owner: String) { added: addNote(title: $title, owner: $owner) { id title who: owner } }"
)


def add(event: dict[str, dict[str, object]], context: object) -> dict[str, object]:
    return {"id": "1", "stars": 5, **event["arguments"]}


@pytest.fixture
def live(cognito: Cognito, cognito_user_pool: UserPool) -> GraphQLApi:
    return cognito.appsync(SCHEMA, {"Mutation.addNote": add}, cognito_user_pool)


def test_mutations_are_delivered(live: GraphQLApi, cognito_user: User) -> None:
    everything = live.subscribe("subscription { onAddNote { id owner stars } }", auth=cognito_user)
    query = "subscription($owner: String) { note: onAddNote(owner: $owner) { title } }"
    mine = live.subscribe(query, {"owner": "alice"}, auth=cognito_user)
    anybody = live.subscribe(query, {}, auth=cognito_user)
    live.query(ADD, {"title": "a", "owner": "alice"}, auth=cognito_user)
    live.query(ADD, {"title": "b", "owner": "bob"}, auth=cognito_user)
    assert everything.accepted
    # What the mutation did not select is not there.
    assert everything.messages[1] == {"data": {"onAddNote": {"id": "1", "owner": "bob", "stars": None}}}
    assert mine.messages == [{"data": {"note": {"title": "a"}}}]
    assert [message["data"]["note"]["title"] for message in anybody.messages] == ["a", "b"]

    anybody.unsubscribe()
    live.query(ADD, {"title": "c"}, auth=cognito_user)
    assert (len(everything.messages), len(anybody.messages)) == (3, 2)


def test_a_mutation_that_fails_is_not_delivered(live: GraphQLApi, cognito_user: User, cognito: Cognito) -> None:
    subscription = live.subscribe("subscription { onAddNote { id } }", auth=cognito_user)
    answer = live.query('mutation { addNote(title: "x") { id title nope: author { name } } }', auth=cognito_user)
    assert answer["addNote"]["nope"] is None
    assert len(subscription.messages) == 1
    live.query("mutation { addNote { id } }", auth=cognito_user)
    assert len(subscription.messages) == 1


def test_who_may_subscribe(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    schema = SCHEMA.replace(
        '@aws_subscribe(mutations: ["addNote"])',
        '@aws_subscribe(mutations: ["addNote"]) @aws_cognito_user_pools(cognito_groups: ["staff"])',
    )
    api = cognito.appsync(schema, {"Mutation.addNote": add}, cognito_user_pool)
    nobody = api.subscribe("subscription { onAddNote { id } }")
    assert [error["message"] for error in nobody.errors] == ["Valid authorization header not provided."]
    alice = api.subscribe("subscription { onAddNote { id } }", auth=cognito_user)
    assert [without_place(error) for error in alice.errors] == [denied("onAddNote", "Subscription")]
    cognito_user_pool.create_group("staff")
    cognito_user.add_to_group("staff")
    staff = api.subscribe("subscription { onAddNote { id } }", auth=cognito_user)
    api.query(ADD, {"title": "a"}, auth=cognito_user)
    assert (alice.messages, nobody.messages, len(staff.messages)) == ([], [], 1)


def test_a_resolver_of_a_subscription_judges(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    def judge(event: dict[str, dict[str, object]], context: object) -> None:
        if event["arguments"].get("owner") != event["identity"]["username"]:
            raise PermissionError("only your own")

    api = cognito.appsync(SCHEMA, {"Mutation.addNote": add, "Subscription.onAddNote": judge}, cognito_user_pool)
    mine = api.subscribe('subscription { onAddNote(owner: "alice") { id } }', auth=cognito_user)
    theirs = api.subscribe('subscription { onAddNote(owner: "bob") { id } }', auth=cognito_user)
    assert (mine.accepted, theirs.accepted) == (True, False)
    assert theirs.errors[0]["message"] == "only your own"


def test_what_is_no_subscription(live: GraphQLApi, cognito_user: User) -> None:
    with pytest.raises(UsageError, match=r"api\.query sends a query"):
        live.subscribe("{ never }", auth=cognito_user)
    assert "FieldUndefined" in live.subscribe("subscription { onNope { id } }", auth=cognito_user).errors[0]["message"]
