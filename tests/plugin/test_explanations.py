"""Under a failed call stands the state that explains it, as it was when the call failed."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from string import Formatter
from typing import Any

import jwt
import pytest

from pytest_cognito.aws.errors import AWSError, ErrorText
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.cognito_idp import errors
from pytest_cognito.kernel.calls import Call
from pytest_cognito.report.explanations import EXPLAINERS, explain

Explained = Callable[[Callable[[], object]], list[str]]


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    """A pool with the user alice."""
    pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"])
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def explained(cognito: Cognito) -> Explained:
    """What explains the failure of what is done."""

    def explanation(fail: Callable[[], object]) -> list[str]:
        with pytest.raises(AWSError):
            fail()
        return [re.sub(r"\b\d\d:\d\d:\d\d\b", "TIME", line) for line in cognito.calls[-1].explanation]

    return explanation


def sign_in(pool: UserPool, username: str = "alice", password: str = "wrong") -> dict[str, Any]:
    return pool.cognito.call(
        "InitiateAuth",
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=pool.client.id,
        AuthParameters={"USERNAME": username, "PASSWORD": password},
    )


def sign_up(pool: UserPool, username: str = "bob", password: str = "Passw0rd!") -> dict[str, Any]:
    attributes = [{"Name": "email", "Value": f"{username}@example.com"}]
    return pool.cognito.call(
        "SignUp", ClientId=pool.client.id, Username=username, Password=password, UserAttributes=attributes
    )


def confirm(pool: UserPool, username: str = "bob", code: str = "1") -> dict[str, Any]:
    return pool.cognito.call("ConfirmSignUp", ClientId=pool.client.id, Username=username, ConfirmationCode=code)


def refresh(pool: UserPool, token: str | None) -> dict[str, Any]:
    return pool.cognito.call(
        "InitiateAuth",
        AuthFlow="REFRESH_TOKEN_AUTH",
        ClientId=pool.client.id,
        AuthParameters={"REFRESH_TOKEN": token},
    )


def test_a_wrong_password_is_explained_by_how_the_user_stands(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, enabled, password as arranged"]


@pytest.mark.parametrize("permanent", [True, False])
def test_and_by_who_set_the_password_last(pool: UserPool, explained: Explained, permanent: bool) -> None:
    pool.call("AdminSetUserPassword", Username="alice", Password="Passw0rd!", Permanent=permanent)

    (said,) = explained(lambda: sign_in(pool))

    assert said.endswith("enabled, password set by AdminSetUserPassword")


def test_a_disabled_user(pool: UserPool, explained: Explained) -> None:
    pool.call("AdminDisableUser", Username="alice")

    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, disabled, password as arranged"]


def test_a_user_found_by_another_name(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    pool.create_user("alice", email="alice@example.com")

    (said,) = explained(lambda: sign_in(pool, "alice@example.com"))

    assert said == "alice: found by alice@example.com, CONFIRMED, enabled, password as arranged"


def test_a_locked_user(pool: UserPool, explained: Explained) -> None:
    for _ in range(7):
        with suppress(AWSError):
            sign_in(pool)

    (said,) = explained(lambda: sign_in(pool))

    assert re.fullmatch(r"alice: locked, until TIME, now TIME; \d failed sign-ins in a row", said)


def test_an_unknown_user_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_in(pool, "nobody")) == [f"users of {pool.id}: alice"]


def test_of_many_users_some_are_named(pool: UserPool, explained: Explained) -> None:
    pool.create_users(50)

    (said,) = explained(lambda: pool.user("nobody"))

    assert said == f"users of {pool.id}: alice, user00001, user00002, user00003, user00004, user00005 …"


def test_a_user_of_another_case(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": True})
    pool.create_user("alice")

    assert explained(lambda: pool.user("Alice"))[1] == (
        "names of this pool differ by case (UsernameConfiguration.CaseSensitive)"
    )


def test_a_user_of_another_pool(pool: UserPool, explained: Explained) -> None:
    other = pool.cognito.create_user_pool()
    other.create_user("zoe")

    assert explained(lambda: pool.user("zoe"))[1] == f"zoe is a user of {other.id}"


def test_a_user_whom_the_client_hides(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    parameters = {"USERNAME": "nobody", "PASSWORD": "x"}

    said = explained(
        lambda: pool.cognito.call(
            "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId=client.id, AuthParameters=parameters
        )
    )

    assert said[0] == "there is no such user; the client's PreventUserExistenceErrors=ENABLED hides that"


def test_an_unconfirmed_user_is_explained_by_the_code_that_waits(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)

    state, code = explained(lambda: sign_in(pool, "bob", "Passw0rd!"))

    assert state == "bob: UNCONFIRMED, enabled, password set by SignUp"
    assert code.startswith(f"the SignUp code sent to the email is {pool.cognito.outbox.last().code}, good until ")


def test_a_wrong_code_is_explained_by_the_right_one(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)

    (said,) = explained(lambda: confirm(pool))

    assert said.startswith(f"the SignUp code sent to the email is {pool.cognito.outbox.last().code}, good until ")


def test_an_expired_code(pool: UserPool, explained: Explained) -> None:
    sign_up(pool)
    pool.cognito.clock.advance(hours=25)

    (said,) = explained(lambda: confirm(pool))

    assert re.fullmatch(r"the SignUp code sent to the email is \d{6}, expired .*TIME, now .*TIME", said)


def test_a_code_that_was_never_sent(pool: UserPool, explained: Explained) -> None:
    (said,) = explained(
        lambda: pool.cognito.call(
            "ConfirmForgotPassword",
            ClientId=pool.client.id,
            Username="alice",
            ConfirmationCode="123456",
            Password="Passw0rd!",
        )
    )

    assert said == "no ForgotPassword code waits for alice"


def test_a_flow_that_is_off_is_explained_by_those_that_are_on(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    parameters = {"USERNAME": "alice", "PASSWORD": "x"}

    (said,) = explained(
        lambda: pool.cognito.call(
            "InitiateAuth", AuthFlow="USER_PASSWORD_AUTH", ClientId=client.id, AuthParameters=parameters
        )
    )

    assert said == f"ExplicitAuthFlows of {client.id}: ALLOW_CUSTOM_AUTH, ALLOW_REFRESH_TOKEN_AUTH"


def test_an_unknown_client_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    client = pool.client

    (said,) = explained(
        lambda: pool.cognito.call("ConfirmSignUp", ClientId="nope", Username="alice", ConfirmationCode="1")
    )

    assert said == f"app clients: {client.id} (pytest) of {pool.id}"


def test_a_client_of_another_pool(pool: UserPool, explained: Explained) -> None:
    other = pool.cognito.create_user_pool()
    client = other.client

    said = explained(lambda: pool.call("DescribeUserPoolClient", ClientId=client.id))

    assert said[1] == f"{client.id} is a client of {other.id}, not of {pool.id}"


def test_a_client_of_another_region(pool: UserPool, explained: Explained) -> None:
    client = pool.client
    parameters = {"USERNAME": "alice", "PASSWORD": "x"}

    said = explained(
        lambda: pool.cognito.call(
            "InitiateAuth",
            region="eu-west-1",
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=client.id,
            AuthParameters=parameters,
        )
    )

    assert said[1] == f"{client.id} is in us-east-1; the call went to eu-west-1"


def test_an_unknown_pool_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: pool.cognito.call("DescribeUserPool", UserPoolId="us-east-1_nope"))

    assert said == [f"user pools: {pool.id} (pytest)"]


def test_a_pool_of_another_region(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: pool.cognito.call("DescribeUserPool", region="eu-west-1", UserPoolId=pool.id))

    assert said[1] == f"{pool.id} is in us-east-1; the call went to eu-west-1"


def test_an_unknown_group_is_explained_by_those_there_are(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: pool.call("GetGroup", GroupName="x")) == [f"{pool.id} has no groups"]
    pool.create_group("admins")
    assert explained(lambda: pool.call("GetGroup", GroupName="x")) == [f"groups of {pool.id}: admins"]


def test_a_refused_password_is_explained_by_the_policy(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_up(pool, password="short")) == [
        f"{pool.id} asks for 8 characters or more, upper case, lower case, digits, symbols"
    ]


def test_a_name_that_is_taken(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_up(pool, "alice")) == ["alice: CONFIRMED, enabled, password as arranged"]


def test_sign_up_that_is_off(cognito: Cognito, explained: Explained) -> None:
    pool = cognito.create_user_pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True})

    assert explained(lambda: sign_up(pool)) == [f"{pool.id} has AdminCreateUserConfig.AllowAdminCreateUserOnly=True"]


def test_a_missing_secret_hash(pool: UserPool, explained: Explained) -> None:
    client = pool.create_client(GenerateSecret=True)

    (said,) = explained(lambda: pool.cognito.call("SignUp", ClientId=client.id, Username="bob", Password="Passw0rd!"))

    assert said == f"{client.id} has a secret: SECRET_HASH is base64(HMAC-SHA256(secret, 'bob' + client id))"


def test_an_expired_access_token(pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").sign_in().access_token
    pool.cognito.clock.advance(hours=2)

    (said,) = explained(lambda: pool.cognito.call("GetUser", AccessToken=token))

    assert re.fullmatch(
        r"access token of alice, scope aws\.cognito\.signin\.user\.admin, expired .*TIME, now .*TIME", said
    )


def test_what_is_no_token(pool: UserPool, explained: Explained) -> None:
    said = explained(lambda: pool.cognito.call("GetUser", AccessToken="abc"))

    assert said == ["what the call has for an access token is no JWT"]


def test_a_revoked_refresh_token(pool: UserPool, explained: Explained) -> None:
    token = pool.user("alice").sign_in().refresh_token
    pool.call("AdminUserGlobalSignOut", Username="alice")

    (said,) = explained(lambda: refresh(pool, token))

    assert said.startswith(f"refresh token of alice from client {pool.client.id}: good until ")
    assert said.endswith(", revoked")


def test_an_unknown_refresh_token(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: refresh(pool, "abc")) == ["no sign-in here has given this refresh token"]


def answer_new_password(pool: UserPool, session: str) -> dict[str, Any]:
    return pool.cognito.call(
        "RespondToAuthChallenge",
        ClientId=pool.client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=session,
        ChallengeResponses={"USERNAME": "alice", "NEW_PASSWORD": "N3w-Passw0rd"},
    )


@pytest.fixture
def used_session(pool: UserPool) -> str:
    """A session of alice whose challenge was answered."""
    pool.call("AdminSetUserPassword", Username="alice", Password="Passw0rd!", Permanent=False)
    session: str = sign_in(pool, password="Passw0rd!")["Session"]
    answer_new_password(pool, session)
    return session


def test_a_used_session(pool: UserPool, explained: Explained, used_session: str) -> None:
    (said,) = explained(lambda: answer_new_password(pool, used_session))

    assert said.startswith("session of alice for NEW_PASSWORD_REQUIRED from client ")
    assert said.endswith(", used already")


@pytest.mark.usefixtures("used_session")
def test_the_answer_to_a_challenge_sets_a_password_too(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: sign_in(pool)) == ["alice: CONFIRMED, enabled, password set by RespondToAuthChallenge"]


def test_an_injected_fault(pool: UserPool, cognito_idp: Any) -> None:
    pool.cognito.faults.throttle("ListUsers", times=9)

    with pytest.raises(cognito_idp.exceptions.TooManyRequestsException):
        cognito_idp.list_users(UserPoolId=pool.id)

    assert pool.cognito.calls[-1].explanation == ("a fault that the test injected",)


def test_parameters_that_the_model_refuses_say_it_all(pool: UserPool, explained: Explained) -> None:
    assert explained(lambda: pool.cognito.call("DescribeUserPool", UserPoolId="x")) == []


SPARSE: tuple[dict[str, Any], ...] = (
    {},
    {"UserPoolId": "us-east-1_gone", "Username": "nobody"},
    {"ClientId": "gone", "Username": "alice", "Session": "gone", "AuthParameters": {"USERNAME": "alice"}},
    {"AccessToken": "not.a.token", "RefreshToken": "gone", "ChallengeResponses": {}},
    {"UserPoolId": 7, "Username": None, "AuthParameters": [], "UserAttributes": {}, "AccessToken": {}},
)


@pytest.mark.parametrize("kind", EXPLAINERS, ids=lambda kind: str(kind.text)[:40])
def test_explainers_do_with_what_the_call_has(pool: UserPool, kind: ErrorText) -> None:
    """They explain or stay silent, and never get in the way of the call."""
    there = ({"UserPoolId": pool.id, "Username": "alice"}, {"ClientId": pool.client.id, "Username": "ALICE"})
    for parameters in (*SPARSE, *there):
        call = Call("cognito-idp", "ConfirmForgotPassword", parameters, "us-east-1", "")
        call.error = kind(**dict.fromkeys(_placeholders(kind), "x"))

        assert all(isinstance(line, str) and line for line in explain(pool.cognito.world, call))


@pytest.mark.parametrize(
    "claims",
    [
        {"client_id": [], "username": 3, "exp": "soon"},
        {"iss": "https://elsewhere", "client_id": "gone", "exp": 10**30},
        {"exp": -1, "token_use": None, "scope": {"a": 1}},
    ],
)
def test_forged_tokens_are_explained_too(cognito: Cognito, claims: dict[str, Any]) -> None:
    token = jwt.encode(claims, "k" * 32, algorithm="HS256")
    call = Call("cognito-idp", "GetUser", {"AccessToken": token}, "us-east-1", "")
    call.error = errors.ACCESS_TOKEN_INVALID()

    assert "its issuer is" in explain(cognito.world, call)[-1]


def _placeholders(kind: ErrorText) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(kind.text) if name]
