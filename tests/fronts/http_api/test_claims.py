"""Claims in the events of HTTP APIs: text, as Go prints it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, UserPool
from pytest_cognito.fronts.http_api.claims import as_text
from tests.support.fronts import told


def test_groups_and_booleans_and_numbers_of_an_id_token(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    user = cognito_user_pool.create_user("ann", email="ann@example.com", groups=["admin", "user"])
    tokens = user.sign_in()
    api = cognito.http_api(told, authorizer=cognito_user_pool)
    claims = api.get("/", headers={"Authorization": tokens.id_token}).json()["jwt"]["claims"]
    assert claims["cognito:groups"] == "[admin user]"
    assert claims["email_verified"] == "true"
    assert claims["exp"] == str(tokens.id_claims["exp"])
    assert list(claims) == sorted(claims)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["landlord"], "[landlord]"),
        ([], "[]"),
        (False, "false"),
        (1616938842, "1616938842"),
        (1.5, "1.5"),
        (2.0, "2"),
        (None, "<nil>"),
        ({"b": [1, True], "a": "x"}, "map[a:x b:[1 true]]"),
        (
            [{"userId": "1", "providerName": "Google", "primary": True, "issuer": None}],
            "[map[issuer:<nil> primary:true providerName:Google userId:1]]",
        ),
    ],
)
def test_values_are_printed_as_go_does(value: Any, text: str) -> None:
    assert as_text({"claim": value}) == {"claim": text}


SIMPLE = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text("ab ", max_size=2)
LISTS = st.lists(SIMPLE | st.dictionaries(st.sampled_from("ab"), SIMPLE, max_size=2), max_size=2)


@settings(max_examples=25)
@given(claims=st.dictionaries(st.sampled_from(("a", "b:c", "")), SIMPLE | LISTS))
def test_every_claim_is_text(claims: dict[str, Any]) -> None:
    printed = as_text(claims)
    assert printed.keys() == claims.keys()
    assert all(isinstance(value, str) for value in printed.values())
