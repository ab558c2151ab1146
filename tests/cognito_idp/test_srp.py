"""USER_SRP_AUTH: a password is proven without being sent."""

from __future__ import annotations

import base64
import hashlib
import re

import boto3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito import Cognito as PyCognito

from pytest_cognito import mock_cognito
from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.rules.factors import srp
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.refusals import INCORRECT, invalid_parameter, refusal
from tests.support.srp import SrpClient, gives_tokens


@pytest.fixture
def client(app: App) -> SrpClient:
    """A sign-in of alice with the right password."""
    return SrpClient(app)


# The mathematics


def number(text: str) -> int:
    return int(hashlib.sha512(text.encode()).hexdigest() * 2, 16)


def digest(value: int) -> str:
    return hashlib.sha256(f"{value:x}".encode()).hexdigest()


def test_the_known_values_come_out() -> None:
    """Values that were computed with another implementation."""
    a, b = number("client-a"), number("server-b")
    identity, password, salt = "EXAMPLE12testuser", "P@ssw0rd!", "a1b2c3d4e5f60718293a4b5c6d7e8f90"
    client_public = pow(srp.G, a, srp.N)
    assert digest(client_public) == "762138a8a3a12aafd9e6db263f72d40a6c7b8c1e8bf06023f5ba4bce24370507"
    verifier = srp.verifier(identity, password, salt)
    assert f"{verifier:x}".startswith("91b9d1360ea9089c7f3340d2fa83632e3ab50734")
    public = srp.public_value(b, verifier)
    assert digest(public) == "9c5dbc190103ad7e069783d79ed950f9fe21371317a79dd95715d8d9da2de97c"
    key = srp.key(client_public, public, b, verifier)
    assert key.hex() == "89958c5be49bc6014c97ffae3d00ba56"
    block = base64.b64decode("b3BhcXVlLXNlY3JldC1ibG9jaw==")
    signed = srp.signature(key, identity, block, "Tue May 7 00:09:40 UTC 2024")
    assert signed == base64.b64decode("+KPlfHJ8UTkvg2XEVgLUb4RyoJPyKsVIMsFIdu0o094=")


@settings(max_examples=25)
@given(
    password=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=40),
    username=st.text(
        st.characters(categories=("L", "N", "S", "P", "M"), exclude_characters="@"), min_size=1, max_size=30
    ),
)
def test_any_password_in_any_script_proves_itself_and_no_other(password: str, username: str) -> None:
    password = f"{password}-long"
    with mock_cognito(seed="scripts") as cognito:
        pool = cognito.create_user_pool(Policies={"PasswordPolicy": {"MinimumLength": 6}})
        pool.create_user(username, password=password)
        app = App(boto3.client("cognito-idp", region_name=cognito.region), pool)
        assert gives_tokens(SrpClient(app, username, password).run())
        assert refusal(SrpClient(app, username, f"{password}!").run) == INCORRECT


# The two steps


def test_the_first_answer_is_a_challenge_without_a_session(client: SrpClient) -> None:
    answer = client.begin()
    told = answer["ChallengeParameters"]
    assert set(answer) == {"ChallengeName", "ChallengeParameters"}
    assert answer["ChallengeName"] == "PASSWORD_VERIFIER"
    assert set(told) == {"SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"}
    assert told["USERNAME"] == told["USER_ID_FOR_SRP"] == "alice"
    assert re.fullmatch(r"[1-9a-f][0-9a-f]{27,31}", told["SALT"])
    assert re.fullmatch(r"[0-9a-f]{760,768}", told["SRP_B"])
    assert told["SECRET_BLOCK"].startswith("AgV4")
    assert 1200 <= len(told["SECRET_BLOCK"]) <= 2000
    assert base64.b64decode(told["SECRET_BLOCK"], validate=True)


def test_the_proof_gives_tokens(client: SrpClient) -> None:
    answer = client.run()
    assert set(answer) == {"ChallengeParameters", "AuthenticationResult"}
    assert answer["ChallengeParameters"] == {}
    assert set(answer["AuthenticationResult"]) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}


def test_the_salt_stays_until_the_password_changes_and_the_rest_is_new_each_time(app: App, client: SrpClient) -> None:
    first, second = (client.begin()["ChallengeParameters"] for _ in range(2))
    assert first["SALT"] == second["SALT"]
    assert first["SRP_B"] != second["SRP_B"]
    assert first["SECRET_BLOCK"] != second["SECRET_BLOCK"]
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    assert client.begin()["ChallengeParameters"]["SALT"] != first["SALT"]


def test_a_password_that_changed_between_the_steps_is_no_longer_proven(app: App, client: SrpClient) -> None:
    proof = client.proof(client.begin())
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    assert refusal(client.answer, responses=proof) == INCORRECT


def test_an_administrators_server_may_begin_and_answer(client: SrpClient) -> None:
    challenge = client.begin_as_admin()
    assert "Session" not in challenge
    assert gives_tokens(client.answer_as_admin(client.proof(challenge)))


def test_a_session_in_the_answer_is_not_looked_at(client: SrpClient) -> None:
    assert gives_tokens(client.answer(client.proof(client.begin()), Session="x" * 20))


def test_the_client_must_allow_the_flow(app: App) -> None:
    client = SrpClient(app.with_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"]))
    expected = invalid_parameter("USER_SRP_AUTH is not enabled for the client.")
    assert refusal(client.begin) == refusal(client.begin_as_admin) == expected


# pycognito, as an app uses it


def sign_in_with_pycognito(app: App, username: str, password: str = PASSWORD) -> PyCognito:
    user = PyCognito(app.pool_id, app.client_id, username=username, client_secret=app.client.secret)
    user.authenticate(password)
    return user


def test_pycognito_signs_in_and_renews(cognito: Cognito, app: App) -> None:
    user = sign_in_with_pycognito(app, "alice")
    before = user.access_token
    assert user.get_user().email == "alice@example.com"
    cognito.clock.advance(minutes=1)
    user.renew_access_token()
    assert user.access_token != before
    assert app.idp.get_user(AccessToken=user.access_token)["Username"] == "alice"


def test_pycognito_signs_in_with_a_client_secret(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True})
    app.pool.create_user("alice", email="alice@example.com")
    user = sign_in_with_pycognito(app, "alice")
    user.renew_access_token()
    assert app.idp.get_user(AccessToken=user.access_token)["Username"] == "alice"


def test_pycognito_sets_a_new_password(app: App) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    user = PyCognito(app.pool_id, app.client_id, username="bob")
    user.new_password_challenge(PASSWORD, NEW_PASSWORD)
    assert user.access_token
    assert app.status("bob") == "CONFIRMED"
    sign_in_with_pycognito(app, "bob", NEW_PASSWORD)


@pytest.mark.parametrize("secret", [False, True])
def test_where_an_attribute_is_the_user_name_the_sub_is_proven(make_app: MakeApp, *, secret: bool) -> None:
    app = make_app({"GenerateSecret": secret}, UsernameAttributes=["email"])
    alice = app.pool.create_user("alice@example.com")
    client = SrpClient(app, "alice@example.com", secret=app.client.secret)
    challenge = client.begin()
    told = challenge["ChallengeParameters"]
    assert told["USERNAME"] == told["USER_ID_FOR_SRP"] == alice.sub
    assert gives_tokens(client.answer(client.proof(challenge)))
    sign_in_with_pycognito(app, "alice@example.com")


@pytest.mark.parametrize("name", ["alice", "alice@example.com"])
def test_an_alias_leads_to_the_user_name(make_app: MakeApp, name: str) -> None:
    app = make_app(AliasAttributes=["email"])
    app.pool.create_user("alice", email="alice@example.com")
    client = SrpClient(app, name)
    challenge = client.begin()
    assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == "alice"
    assert gives_tokens(client.answer(client.proof(challenge)))
