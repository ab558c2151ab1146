"""Claims as events have them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, UserPool
from pytest_cognito.fronts.rest_api.claims import as_text
from tests.fronts.rest_api.conftest import echo

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("aé,", max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text("aé,", max_size=2), inner, max_size=2),
    max_leaves=3,
)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("exp", 1616938842, "Sun Mar 28 13:40:42 UTC 2021"),
        ("iat", 1614902405, "Fri Mar 05 00:00:05 UTC 2021"),
        ("auth_time", 1616935242, "1616935242"),
        ("email_verified", False, "false"),
        ("cognito:groups", ["landlord"], "landlord"),
        ("cognito:groups", ["admin", "user"], "admin,user"),
        ("scope", "openid email", "openid email"),
        ("identities", [{"providerName": "Google", "primary": "true"}], '{"providerName":"Google","primary":"true"}'),
        ("custom:size", 1.5, "1.5"),
        ("custom:none", None, "null"),
    ],
)
def test_a_claim(name: str, value: Any, text: str) -> None:
    assert as_text({name: value}) == {name: text}


@given(st.dictionaries(st.text("aé,", max_size=3), JSON, max_size=3))
@settings(max_examples=30)
def test_claims_are_text_in_the_order_of_the_token(claims: dict[str, Any]) -> None:
    said = as_text(claims)

    assert list(said) == list(claims)
    assert all(isinstance(value, str) for value in said.values())


def test_of_an_id_token(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    ann = cognito_user_pool.create_user("ann", email="ann@example.com", groups=["admins", "users"])
    tokens = ann.tokens()
    api = cognito.rest_api({"GET /notes": echo}, authorizer=cognito_user_pool)

    claims = api.get("/notes", headers={"Authorization": tokens.id_token}).json()["requestContext"]["authorizer"][
        "claims"
    ]

    assert list(claims) == list(tokens.id_claims)
    assert claims["cognito:groups"] == "admins,users"
    assert claims["token_use"] == "id"
    assert claims["auth_time"] == str(tokens.id_claims["auth_time"])
