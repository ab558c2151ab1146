"""What directives say about access, against a plain formulation of AppSync's rules."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, GraphQLApi, UserPool
from tests.support.graphql_apis import Resolver, denied, without_place

GROUPS = ("admins", "staff")
USERS, KEYS = "AMAZON_COGNITO_USER_POOLS", "API_KEY"


@dataclass(frozen=True)
class Directive:
    """A directive of a field or a type; ``groups`` is None where it names none."""

    name: str
    groups: tuple[str, ...] | None = None

    def __str__(self) -> str:
        groups = "" if self.groups is None else f"(cognito_groups: {json.dumps(self.groups)})"
        return f"@{self.name}{groups}"


groups = st.lists(st.sampled_from(GROUPS), min_size=1, unique=True).map(tuple)
pools = st.one_of(st.none(), groups).map(lambda names: Directive("aws_cognito_user_pools", names))
others = st.sampled_from(["aws_api_key", "aws_iam", "aws_oidc", "aws_lambda"]).map(Directive)
auth = groups.map(lambda names: Directive("aws_auth", names))


def several(*kinds: st.SearchStrategy[Directive]) -> st.SearchStrategy[list[Directive]]:
    return st.lists(st.one_of(*kinds), max_size=2, unique_by=lambda each: each.name)


def may(
    field: list[Directive], kind: list[Directive], modes: list[str], default: str, mode: str, own: set[str]
) -> bool:
    """The rules, in the order in which AppSync's guide tells them."""
    only_users = modes == [USERS]
    counting = [[each for each in level if each.name != "aws_auth" or only_users] for level in (field, kind)]
    level = counting[0] or counting[1]
    if not level:
        return mode == modes[0] and (mode != USERS or default == "ALLOW")
    of_users = [each for each in level if each.name == "aws_cognito_user_pools"] or [
        each for each in level if each.name == "aws_auth"
    ]
    if mode == USERS:
        return any(each.groups is None or own & set(each.groups) for each in of_users[:1])
    return any(each.name == "aws_api_key" for each in level)


def make(cognito: Cognito, pool: UserPool, schema: str, modes: list[str], default: str) -> GraphQLApi:
    configured: dict[str, Any] = {"userPoolId": pool.id, "defaultAction": default}
    as_given = {USERS: {"authenticationType": USERS, "userPoolConfig": configured}, KEYS: KEYS}
    return cognito.appsync(schema, {"Query.field": Resolver({"inner": "y"})}, [as_given[mode] for mode in modes])


@pytest.fixture
def users(cognito_user_pool: UserPool) -> list[tuple[set[str], str]]:
    """Users of all combinations of the groups: the groups, and a token."""
    made = []
    for number, (admin, staff) in enumerate(product([False, True], repeat=2)):
        named = [name for name, is_in in zip(GROUPS, (admin, staff), strict=True) if is_in]
        cognito_user_pool.create_user(f"user-{number}", groups=named)
        made.append((set(named), cognito_user_pool.tokens_for(f"user-{number}").access_token))
    return made


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    of_field=several(pools, others, auth),
    of_inner=several(pools, others, auth),
    of_type=several(pools, others),
    modes=st.sampled_from([[USERS], [USERS, KEYS], [KEYS, USERS], [KEYS]]),
    default=st.sampled_from(["ALLOW", "DENY"]),
)
def test_directives(
    cognito: Cognito,
    cognito_user_pool: UserPool,
    users: list[tuple[set[str], str]],
    of_field: list[Directive],
    of_inner: list[Directive],
    of_type: list[Directive],
    modes: list[str],
    default: str,
) -> None:
    written = {name: " ".join(map(str, of)) for name, of in (("f", of_field), ("i", of_inner), ("t", of_type))}
    schema = (
        f"type Query {{ field: Outer {written['f']} }} type Outer {written['t']} {{ inner: String {written['i']} }}"
    )
    api = make(cognito, cognito_user_pool, schema, modes, default)
    callers = [(USERS, own, token) for own, token in users] if USERS in modes else []
    if KEYS in modes:
        callers.append((KEYS, set(), api.api_key))
    for mode, own, token in callers:
        answer = api.query("{ field { inner } }", auth=token)
        errors = [without_place(error) for error in answer.errors]
        if not may(of_field, [], modes, default, mode, own):
            assert (answer.data, errors) == ({"field": None}, [denied("field")])
        elif not may(of_inner, of_type, modes, default, mode, own):
            assert (answer.data, errors) == ({"field": {"inner": None}}, [denied("inner", "Outer")])
        else:
            assert (answer.data, errors) == ({"field": {"inner": "y"}}, [])


def test_null_goes_up_from_a_denied_field(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    schema = """
    type Query { a: A b: String }
    type A { list: [B!] }
    type B { id: ID secret: String! @aws_iam }
    """
    api = cognito.appsync(
        schema, {"Query.a": Resolver({"list": [{"id": "1", "secret": "x"}]}), "Query.b": Resolver("b")}, "API_KEY"
    )
    answer = api.query("{ a { list { id secret } } b }", auth=api.api_key)
    assert answer.data == {"a": {"list": None}, "b": "b"}
    assert [(error["path"], without_place(error)) for error in answer.errors] == [
        (["a", "list", 0, "secret"], denied("secret", "B"))
    ]
