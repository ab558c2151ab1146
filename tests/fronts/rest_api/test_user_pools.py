"""The authorizer of user pools: which tokens it takes, and how it refuses the others."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito, CognitoUserPoolsAuthorizer, Tokens, User, UserPool
from pytest_cognito.fronts.rest_api.api import RestApi
from tests.fronts.rest_api.conftest import echo
from tests.support import replicated

UNAUTHORIZED = (401, '{"message":"Unauthorized"}')
EXPIRED = (401, '{"message":"The incoming token has expired"}')
SPOILT: list[Callable[[Tokens], Tokens]] = [Tokens.tampered, Tokens.wrong_issuer, Tokens.swapped]


def answer(api: RestApi, token: str | None, path: str = "/notes", method: str = "GET") -> tuple[int, str]:
    response = api.request(method, path, headers={} if token is None else {"Authorization": token})
    return response.status_code, response.text if response.status_code != 200 else ""


def test_a_method_without_scopes_takes_id_tokens(notes: RestApi, tokens: Tokens) -> None:
    assert answer(notes, tokens.id_token) == (200, "")
    assert answer(notes, f"Bearer {tokens.id_token}") == (200, "")
    assert answer(notes, tokens.access_token) == UNAUTHORIZED


def test_a_method_with_scopes_takes_access_tokens_that_have_one(
    notes: RestApi, tokens: Tokens, cognito_user: User
) -> None:
    without = cognito_user.pool.tokens_for(cognito_user.username, scopes=["openid"])

    assert answer(notes, tokens.access_token, method="POST") == (200, "")
    assert answer(notes, tokens.id_token, method="POST") == UNAUTHORIZED
    assert answer(notes, without.access_token, method="POST") == UNAUTHORIZED


def test_a_missing_scope_may_be_403(cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens) -> None:
    authorizer = CognitoUserPoolsAuthorizer([cognito_user_pool], missing_scope=403)
    api = cognito.rest_api({"GET /notes": (echo, ["notes/other"])}, authorizer=authorizer)

    assert answer(api, tokens.access_token)[0] == 403
    assert answer(api, tokens.id_token) == UNAUTHORIZED


def test_a_public_method_asks_for_nothing(notes: RestApi) -> None:
    response = notes.get("/health")

    assert response.status_code == 200
    assert "authorizer" not in response.json()["requestContext"]


@pytest.mark.parametrize("spoil", SPOILT)
def test_spoilt_tokens_are_refused(notes: RestApi, tokens: Tokens, spoil: Callable[[Tokens], Tokens]) -> None:
    assert answer(notes, spoil(tokens).id_token) == UNAUTHORIZED
    assert answer(notes, spoil(tokens).access_token, method="POST") == UNAUTHORIZED


def test_an_expired_token_is_told_apart(notes: RestApi, tokens: Tokens, cognito: Cognito) -> None:
    assert answer(notes, tokens.expired().id_token) == EXPIRED
    assert answer(notes, tokens.expired().tampered().id_token) == UNAUTHORIZED
    cognito.clock.advance(hours=2)
    assert answer(notes, tokens.id_token) == EXPIRED


@pytest.mark.parametrize("token", [None, "", "Bearer", "Bearer ", "Basic YTpi", "not-a-token", "a.b.c"])
def test_what_is_no_token_is_refused(notes: RestApi, token: str | None) -> None:
    assert answer(notes, token) == UNAUTHORIZED


@given(st.data())
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_changed_token_passes(notes: RestApi, tokens: Tokens, data: st.DataObject) -> None:
    """One character of header, claims or signature is another, or claims are changed and signed by nobody."""
    parts = tokens.id_token.split(".")
    part = data.draw(st.integers(0, 2))
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(parts[part]) - 2))  # the last character may have bits that count for nothing
        other = "A" if parts[part][at] != "A" else "B"
        parts[part] = parts[part][:at] + other + parts[part][at + 1 :]
    else:
        name = data.draw(st.sampled_from(["exp", "sub", "token_use", "iss", "aud", "alg", "kid"]))
        said = json.loads(base64.urlsafe_b64decode(parts[part % 2] + "=="))
        said[name] = data.draw(
            st.none() | st.integers(0, 2**33) | st.text(max_size=5) | st.sampled_from(["none", "HS256"])
        )
        parts[part % 2] = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")

    assert answer(notes, ".".join(parts)) == UNAUTHORIZED


def test_revoked_tokens_are_good_until_they_expire(notes: RestApi, cognito_user: User) -> None:
    tokens = cognito_user.sign_in()
    cognito_user.pool.call("AdminUserGlobalSignOut", Username=cognito_user.username)

    assert answer(notes, tokens.id_token) == (200, "")


def test_several_pools(cognito: Cognito, cognito_user_pool: UserPool, cognito_user: User) -> None:
    staff, strangers = cognito.create_user_pool(), cognito.create_user_pool()
    ann, eve = staff.create_user("ann"), strangers.create_user("eve")
    api = cognito.rest_api({"GET /notes": echo}, authorizer=[cognito_user_pool, staff])

    assert answer(api, cognito_user.tokens().id_token) == (200, "")
    assert answer(api, ann.tokens().id_token) == (200, "")
    assert answer(api, eve.tokens().id_token) == UNAUTHORIZED


@pytest.mark.parametrize("wrapped", [lambda arn: arn, lambda arn: (arn,), lambda arn: [arn]])
def test_pools_by_their_arns_alone(
    cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens, wrapped: Callable[[str], object]
) -> None:
    api = cognito.rest_api({"GET /notes": echo}, authorizer=wrapped(cognito_user_pool.arn))

    assert answer(api, None) == UNAUTHORIZED
    assert answer(api, tokens.id_token) == (200, "")


def test_pools_by_their_arns_and_ids(cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens) -> None:
    for pool in (cognito_user_pool.arn, cognito_user_pool.id):
        api = cognito.rest_api({"GET /notes": echo}, authorizer=CognitoUserPoolsAuthorizer([pool]))
        assert answer(api, tokens.id_token) == (200, "")


def test_a_validation_expression_is_about_the_audience(
    cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens
) -> None:
    expression = re.escape(cognito_user_pool.client.id)
    authorizer = CognitoUserPoolsAuthorizer([cognito_user_pool], validation=expression)
    api = cognito.rest_api({"GET /notes": echo, "POST /notes": (echo, ["notes/write"])}, authorizer=authorizer)

    assert answer(api, tokens.id_token) == (200, "")
    assert answer(api, tokens.wrong_audience().id_token) == UNAUTHORIZED
    assert answer(api, tokens.access_token, method="POST") == UNAUTHORIZED


def test_a_token_in_another_header(cognito: Cognito, cognito_user_pool: UserPool, tokens: Tokens) -> None:
    authorizer = CognitoUserPoolsAuthorizer([cognito_user_pool], header="X-Id-Token")
    api = cognito.rest_api({"GET /notes": echo}, authorizer=authorizer)

    assert api.get("/notes", headers={"x-id-token": tokens.id_token}).status_code == 200
    assert answer(api, tokens.id_token) == UNAUTHORIZED


@pytest.mark.needs("CreateUserPoolRequest.IssuerConfiguration")
def test_tokens_of_an_updated_issuer_are_refused(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(**replicated.CONDITIONS)
    api = cognito.rest_api({"GET /notes": echo}, authorizer=pool)

    assert answer(api, pool.create_user("ann").tokens().id_token) == UNAUTHORIZED


def test_the_report_says_why(notes: RestApi, tokens: Tokens, cognito: Cognito) -> None:
    notes.get("/notes", headers={"Authorization": tokens.access_token})

    (line,) = cognito.calls[-1].explanation
    assert line == (
        "COGNITO_USER_POOLS refused the token in Authorization: it is not the kind of token that is asked for: "
        "a method without scopes takes ID tokens, and this is for 'access'"
    )
