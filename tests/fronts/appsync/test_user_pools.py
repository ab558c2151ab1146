"""GraphQL APIs whose callers are users of user pools."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, GraphQLApi, Tokens, User, UserPool
from tests.support.graphql_apis import (
    EXPIRED,
    NO_AUTHORIZATION,
    NOT_AUTHORIZED,
    SCHEMA,
    UNREADABLE,
    Resolver,
    denied,
    refused,
    without_place,
)

QUERY = "{ notes { id } }"
DATA = [{"id": "1"}, {"id": "2"}]


@pytest.mark.parametrize("use", ["id_token", "access_token"])
def test_tokens_of_both_kinds(api: GraphQLApi, notes: Resolver, cognito_tokens: Tokens, use: str) -> None:
    claims = cognito_tokens.id_claims if use == "id_token" else cognito_tokens.claims
    assert api.query(QUERY, auth=getattr(cognito_tokens, use))["notes"] == DATA
    assert notes.identity == {
        "claims": claims,
        "defaultAuthStrategy": "ALLOW",
        "groups": None,
        "issuer": claims["iss"],
        "sourceIp": ["127.0.0.1"],
        "sub": claims["sub"],
        "username": "alice",
    }


@pytest.mark.cognito(users=[{"username": "alice", "groups": ["admins", "staff"]}])
def test_a_user_with_groups(api: GraphQLApi, notes: Resolver, cognito_user: User) -> None:
    answer = api.query("{ notes { id } admin }", auth=cognito_user)
    assert answer.data == {"notes": DATA, "admin": "secret"}
    assert sorted(notes.identity["groups"]) == ["admins", "staff"]


def test_a_user_without_the_group(api: GraphQLApi, cognito_user: User, cognito: Cognito) -> None:
    answer = api.query("{ notes { id } admin }", auth=cognito_user)
    (error,) = answer.errors
    assert (answer.status_code, answer.data) == (200, {"notes": DATA, "admin": None})
    assert without_place(error) == denied("admin")
    assert error["path"] == ["admin"]
    assert error["locations"] == [{"line": 1, "column": 16, "sourceName": None}]
    assert "it is for the groups admins, and the caller is in none" in cognito.calls[-1].explanation[-1]


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (Tokens.expired, EXPIRED),
        (Tokens.tampered, NOT_AUTHORIZED),
        (Tokens.wrong_issuer, NO_AUTHORIZATION),
    ],
)
def test_tokens_that_are_not_right(
    api: GraphQLApi,
    notes: Resolver,
    cognito_tokens: Tokens,
    spoil: Callable[[Tokens], Tokens],
    expected: tuple[int, str, str],
) -> None:
    spoiled = spoil(cognito_tokens)
    for token in (spoiled.access_token, spoiled.id_token):
        assert refused(api.query(QUERY, auth=token)) == expected
    assert notes.events == []


def test_without_a_token(api: GraphQLApi, cognito: Cognito) -> None:
    assert refused(api.query(QUERY)) == NO_AUTHORIZATION
    assert refused(api.query(QUERY, auth="da2-abc")) == NO_AUTHORIZATION
    assert (
        cognito.calls[-1].explanation[-1].endswith("there is no Authorization header, and API_KEY is none of its modes")
    )


def test_appsync_takes_no_bearer(api: GraphQLApi, cognito_auth_header: dict[str, str], cognito: Cognito) -> None:
    assert refused(api.query(QUERY, headers=cognito_auth_header)) == UNREADABLE
    assert cognito.calls[-1].explanation[-1].endswith("AppSync takes the token alone: leave out 'Bearer'")


def test_a_token_expires(api: GraphQLApi, cognito_tokens: Tokens, cognito: Cognito) -> None:
    cognito.clock.advance(seconds=cognito_tokens.expires_in + 1)
    assert refused(api.query(QUERY, auth=cognito_tokens)) == EXPIRED


def test_clients_by_a_regular_expression(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    own, other = cognito_user_pool.client, cognito_user_pool.create_client()
    configured = {"userPoolId": cognito_user_pool.id, "appIdClientRegex": f"{own.id[:5]}.*"}
    api = cognito.appsync(
        SCHEMA,
        {"Query.notes": Resolver()},
        {"authenticationType": "AMAZON_COGNITO_USER_POOLS", "userPoolConfig": configured},
    )
    right, wrong = cognito_user.sign_in(), cognito_user.sign_in(client=other)
    assert api.query(QUERY, auth=right)["notes"] == api.query(QUERY, auth=right.id_token)["notes"] == DATA
    assert refused(api.query(QUERY, auth=wrong)) == NOT_AUTHORIZED
    assert refused(api.query(QUERY, auth=right.wrong_audience().id_token)) == NOT_AUTHORIZED


@pytest.mark.cognito(users=[{"username": "alice", "groups": ["admins"]}])
def test_default_action_deny(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    notes = Resolver()
    api = cognito.appsync(
        SCHEMA,
        {"Query.notes": notes, "Query.admin": Resolver("secret")},
        {
            "authenticationType": "AMAZON_COGNITO_USER_POOLS",
            "userPoolConfig": {"userPoolId": cognito_user_pool.id, "defaultAction": "DENY"},
        },
    )
    answer = api.query("{ admin notes { id } }", auth=cognito_user)
    assert answer.data == {"admin": "secret", "notes": None}
    assert [without_place(error) for error in answer.errors] == [denied("notes")]
    assert notes.events == []


def test_several_pools(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    second = cognito.create_user_pool()
    third = cognito.create_user_pool()
    notes = Resolver()
    api = cognito.appsync(SCHEMA, {"Query.notes": notes}, [cognito_user_pool, second])
    assert api.query(QUERY, auth=cognito_user)["notes"] == DATA
    assert api.query(QUERY, auth=second.tokens_for(second.create_user("bob").username))["notes"] == DATA
    assert notes.identity["issuer"] == second.issuer
    assert refused(api.query(QUERY, auth=third.tokens_for(third.create_user("eve").username))) == NO_AUTHORIZATION


def test_a_pool_that_is_deleted(api: GraphQLApi, cognito_tokens: Tokens, cognito_user_pool: UserPool) -> None:
    cognito_user_pool.call("DeleteUserPool")
    assert refused(api.query(QUERY, auth=cognito_tokens)) == NOT_AUTHORIZED


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_spoiled_token_passes(api: GraphQLApi, notes: Resolver, cognito_tokens: Tokens, data: st.DataObject) -> None:
    token = data.draw(st.sampled_from([cognito_tokens.access_token, cognito_tokens.id_token]))
    parts = [base64.urlsafe_b64decode(part + "==") for part in token.split(".")]
    which = data.draw(st.integers(0, 2))
    place, bit = data.draw(st.integers(0, len(parts[which]) - 1)), data.draw(st.integers(0, 7))
    parts[which] = parts[which][:place] + bytes([parts[which][place] ^ (1 << bit)]) + parts[which][place + 1 :]
    encoded = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts]
    joined = data.draw(st.sampled_from([".".join(encoded), ".".join(encoded[:2]), f"{token}.", f"Bearer {token}"]))
    status, kind, _ = refused(api.query(QUERY, auth=joined))
    assert (status, kind, notes.events) == (401, "UnauthorizedException", [])
