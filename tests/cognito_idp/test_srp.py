"""USER_SRP_AUTH: a password is proven without being sent."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito import Cognito as PyCognito
from pycognito.aws_srp import AWSSRP

from pytest_cognito import mock_cognito
from pytest_cognito.cognito_idp.rules import srp
from tests.support.refusals import refusal
from tests.support.sign_ins import PASSWORD, begin, begin_as_admin
from tests.support.srp import Client

NEW = "Another-horse-8"
INCORRECT = ("NotAuthorizedException", "Incorrect username or password.")
INVALID = ("NotAuthorizedException", "Invalid session for the user.")
USED = ("NotAuthorizedException", "Invalid session for the user, session can only be used once.")
EXPIRED = ("NotAuthorizedException", "Invalid session for the user, session is expired.")
DISABLED = ("NotAuthorizedException", "User is disabled.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")
RESET = ("PasswordResetRequiredException", "Password reset required for the user")
NO_USER = ("UserNotFoundException", "User does not exist.")
BAD_A = ("InvalidParameterException", "Invalid SRP_A.")


@pytest.fixture
def pool(cognito: Any) -> Any:
    pool = cognito.create_user_pool()
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    return pool


@pytest.fixture
def alice(cognito_idp: Any, pool: Any) -> Client:
    return Client(cognito_idp, pool)


@pytest.fixture
def discreet(pool: Any) -> Any:
    return pool.create_client(PreventUserExistenceErrors="ENABLED")


def tokens(answer: dict[str, Any]) -> Any:
    return answer["AuthenticationResult"]


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
    assert signed == "+KPlfHJ8UTkvg2XEVgLUb4RyoJPyKsVIMsFIdu0o094="


@settings(max_examples=25)
@given(
    password=st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=40),
    username=st.text(
        st.characters(categories=("L", "N", "S", "P", "M"), exclude_characters="@"), min_size=1, max_size=30
    ),
)
def test_any_password_in_any_script_proves_itself_and_no_other(password: str, username: str) -> None:
    policy = {"PasswordPolicy": {"MinimumLength": 6}}
    password = f"{password}-long"
    with mock_cognito(seed="scripts") as cognito:
        import boto3

        idp = boto3.client("cognito-idp", region_name=cognito.region)
        pool = cognito.create_user_pool(Policies=policy)
        app = pool.create_client()
        pool.create_user(username, password=password)
        assert "IdToken" in tokens(Client(idp, pool, username, password, app=app).run())
        assert refusal(Client(idp, pool, username, f"{password}!", app=app).run) == INCORRECT


# The two steps


def test_the_first_answer_is_a_challenge_without_a_session(pool: Any, alice: Client) -> None:
    answer = alice.begin()
    told = answer["ChallengeParameters"]
    assert set(answer) == {"ChallengeName", "ChallengeParameters", "ResponseMetadata"}
    assert answer["ChallengeName"] == "PASSWORD_VERIFIER"
    assert set(told) == {"SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"}
    assert told["USERNAME"] == told["USER_ID_FOR_SRP"] == "alice"
    assert re.fullmatch(r"[1-9a-f][0-9a-f]{27,31}", told["SALT"])
    assert re.fullmatch(r"[0-9a-f]{760,768}", told["SRP_B"])
    assert told["SECRET_BLOCK"].startswith("AgV4")
    assert 1200 <= len(told["SECRET_BLOCK"]) <= 2000
    assert base64.b64decode(told["SECRET_BLOCK"], validate=True)


def test_the_proof_gives_tokens(alice: Client) -> None:
    answer = alice.run()
    assert set(answer) == {"ChallengeParameters", "AuthenticationResult", "ResponseMetadata"}
    assert answer["ChallengeParameters"] == {}
    assert set(tokens(answer)) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}


def test_the_salt_stays_until_the_password_changes_and_the_rest_is_new_each_time(
    cognito_idp: Any, pool: Any, alice: Client
) -> None:
    first, second = (alice.begin()["ChallengeParameters"] for _ in range(2))
    assert first["SALT"] == second["SALT"]
    assert first["SRP_B"] != second["SRP_B"]
    assert first["SECRET_BLOCK"] != second["SECRET_BLOCK"]
    cognito_idp.admin_set_user_password(UserPoolId=pool.id, Username="alice", Password=NEW, Permanent=True)
    assert alice.begin()["ChallengeParameters"]["SALT"] != first["SALT"]


def test_a_password_that_changed_between_the_steps_is_no_longer_proven(
    cognito_idp: Any, pool: Any, alice: Client
) -> None:
    proof = alice.proof(alice.begin())
    cognito_idp.admin_set_user_password(UserPoolId=pool.id, Username="alice", Password=NEW, Permanent=True)
    assert refusal(alice.answer, responses=proof) == INCORRECT


def test_an_administrators_server_may_begin_and_answer(cognito_idp: Any, pool: Any, alice: Client) -> None:
    challenge = alice.begin_as_admin()
    assert "Session" not in challenge
    answer = cognito_idp.admin_respond_to_auth_challenge(
        UserPoolId=pool.id,
        ClientId=pool.client.id,
        ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=alice.proof(challenge),
    )
    assert "IdToken" in tokens(answer)


def test_a_session_in_the_answer_is_not_looked_at(alice: Client) -> None:
    assert "IdToken" in tokens(alice.answer(alice.proof(alice.begin()), Session="x" * 20))


def test_the_client_must_allow_the_flow(cognito_idp: Any, pool: Any) -> None:
    app = pool.create_client(ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    client = Client(cognito_idp, pool, app=app)
    expected = ("InvalidParameterException", "USER_SRP_AUTH is not enabled for the client.")
    assert refusal(client.begin) == refusal(client.begin_as_admin) == expected


# pycognito, as an app uses it


def sign_in_with_pycognito(pool: Any, username: str, password: str = PASSWORD) -> PyCognito:
    app = pool.client
    user = PyCognito(pool.id, app.id, username=username, client_secret=app.secret)
    user.authenticate(password)
    return user


def test_pycognito_signs_in_and_renews(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    user = sign_in_with_pycognito(pool, "alice")
    before = user.access_token
    assert user.get_user().email == "alice@example.com"
    cognito.clock.advance(minutes=1)
    user.renew_access_token()
    assert user.access_token != before
    assert cognito_idp.get_user(AccessToken=user.access_token)["Username"] == "alice"


def test_pycognito_signs_in_with_a_client_secret(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool()
    pool.create_client(GenerateSecret=True)
    pool.create_user("alice", email="alice@example.com")
    user = sign_in_with_pycognito(pool, "alice")
    user.renew_access_token()
    assert cognito_idp.get_user(AccessToken=user.access_token)["Username"] == "alice"


def test_pycognito_sets_a_new_password(cognito_idp: Any, pool: Any) -> None:
    cognito_idp.admin_create_user(
        UserPoolId=pool.id, Username="bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS"
    )
    user = PyCognito(pool.id, pool.client.id, username="bob")
    user.new_password_challenge(PASSWORD, NEW)
    assert user.access_token
    assert cognito_idp.admin_get_user(UserPoolId=pool.id, Username="bob")["UserStatus"] == "CONFIRMED"
    sign_in_with_pycognito(pool, "bob", NEW)


@pytest.mark.parametrize("secret", [False, True])
def test_where_an_attribute_is_the_user_name_the_sub_is_proven(cognito: Any, cognito_idp: Any, *, secret: bool) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    app = pool.create_client(GenerateSecret=secret)
    alice = pool.create_user("alice@example.com")
    client = Client(cognito_idp, pool, "alice@example.com", secret=app.secret, app=app)
    challenge = client.begin()
    told = challenge["ChallengeParameters"]
    assert told["USERNAME"] == told["USER_ID_FOR_SRP"] == alice.sub
    assert "IdToken" in tokens(client.answer(client.proof(challenge)))
    sign_in_with_pycognito(pool, "alice@example.com")


@pytest.mark.parametrize("name", ["alice", "alice@example.com"])
def test_an_alias_leads_to_the_user_name(cognito: Any, cognito_idp: Any, name: str) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    pool.create_client()
    pool.create_user("alice", email="alice@example.com")
    client = Client(cognito_idp, pool, name)
    challenge = client.begin()
    assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == "alice"
    assert "IdToken" in tokens(client.answer(client.proof(challenge)))


# Proofs that prove nothing


def test_a_wrong_password_is_refused(cognito_idp: Any, pool: Any) -> None:
    assert refusal(Client(cognito_idp, pool, password="wrong").run) == INCORRECT


def test_another_signature_is_refused_and_the_right_one_still_taken(alice: Client) -> None:
    challenge = alice.begin()
    for spoiled in ("AAAA", "not base64!", alice.proof(alice.begin())["PASSWORD_CLAIM_SIGNATURE"]):
        proof = alice.proof(challenge, PASSWORD_CLAIM_SIGNATURE=spoiled)
        assert refusal(alice.answer, responses=proof) == INCORRECT, spoiled
    assert "IdToken" in tokens(alice.answer(alice.proof(challenge)))


def test_a_tampered_secret_block_is_refused(alice: Client) -> None:
    block = alice.begin()["ChallengeParameters"]["SECRET_BLOCK"]
    flipped = block[:100] + ("A" if block[100] != "A" else "B") + block[101:]
    for spoiled in (flipped, block[:-4], "x", "AgV4"):
        assert refusal(alice.run, PASSWORD_CLAIM_SECRET_BLOCK=spoiled) == INVALID


def test_the_block_of_another_sign_in_is_refused(alice: Client, cognito_idp: Any, pool: Any) -> None:
    other = alice.begin()["ChallengeParameters"]["SECRET_BLOCK"]
    again = Client(cognito_idp, pool)
    assert refusal(again.run, PASSWORD_CLAIM_SECRET_BLOCK=other) == INCORRECT


def test_another_users_block_is_refused(alice: Client, cognito_idp: Any, pool: Any) -> None:
    pool.create_user("bob", email="bob@example.com")
    block = Client(cognito_idp, pool, "bob").begin()["ChallengeParameters"]["SECRET_BLOCK"]
    assert refusal(alice.run, PASSWORD_CLAIM_SECRET_BLOCK=block) == INVALID


def test_another_clients_block_is_refused(alice: Client, cognito_idp: Any, pool: Any) -> None:
    elsewhere = Client(cognito_idp, pool, app=pool.create_client())
    assert refusal(elsewhere.answer, responses=alice.proof(alice.begin())) == INVALID


def test_a_session_of_another_challenge_is_no_secret_block(alice: Client, cognito_idp: Any, pool: Any) -> None:
    cognito_idp.admin_create_user(
        UserPoolId=pool.id, Username="bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS"
    )
    session = begin(cognito_idp, pool.client.id, USERNAME="bob", PASSWORD=PASSWORD)["Session"]
    responses = {**alice.proof(alice.begin()), "USERNAME": "bob", "PASSWORD_CLAIM_SECRET_BLOCK": session}
    assert refusal(alice.answer, responses=responses) == INVALID


def test_a_block_is_good_for_one_sign_in(alice: Client) -> None:
    proof = alice.proof(alice.begin())
    alice.answer(proof)
    assert refusal(alice.answer, responses=proof) == USED


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_block_expires_with_the_clients_session_validity(
    cognito: Any, cognito_idp: Any, pool: Any, minutes: int
) -> None:
    client = Client(cognito_idp, pool, app=pool.create_client(AuthSessionValidity=minutes))
    first, second = client.begin(), client.begin()
    cognito.clock.advance(minutes=minutes, seconds=-5)
    assert "IdToken" in tokens(client.answer(client.proof(first)))
    cognito.clock.advance(seconds=5)
    assert refusal(client.answer, responses=client.proof(second)) == EXPIRED


@pytest.mark.parametrize("public", ["0", "00", f"{srp.N:x}", f"{2 * srp.N:X}", "-5", "0x5", "1_0", " 5", "٣", "xyz"])
def test_a_public_value_that_gives_the_secret_away_or_is_none_is_refused(
    cognito_idp: Any, pool: Any, public: str
) -> None:
    call = {"idp": cognito_idp, "client_id": pool.client.id, "flow": "USER_SRP_AUTH", "USERNAME": "alice"}
    assert refusal(begin, SRP_A=public, **call) == BAD_A
    assert refusal(begin_as_admin, pool_id=pool.id, SRP_A=public, **call) == BAD_A


@pytest.mark.parametrize("missing", ["USERNAME", "SRP_A"])
def test_what_the_start_lacks_is_named(cognito_idp: Any, pool: Any, missing: str) -> None:
    parameters = {"USERNAME": "alice", "SRP_A": "5"}
    del parameters[missing]
    assert refusal(begin, idp=cognito_idp, client_id=pool.client.id, flow="USER_SRP_AUTH", **parameters) == (
        "InvalidParameterException",
        f"Missing required parameter {missing}",
    )


@pytest.mark.parametrize(
    "missing", ["USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"]
)
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_what_the_answer_lacks_is_named_whoever_answers(
    cognito_idp: Any, pool: Any, discreet: Any, missing: str, username: str
) -> None:
    client = Client(cognito_idp, pool, username, app=discreet)
    proof = client.proof(client.begin())
    del proof[missing]
    expected = ("InvalidParameterException", f"Missing required parameter {missing}")
    assert refusal(client.answer, responses=proof) == expected


# Timestamps


MAY = dt.datetime(2024, 5, 7, 0, 9, 40, tzinfo=dt.UTC)


@pytest.fixture
def in_may() -> Any:
    import time_machine

    with time_machine.travel(MAY, tick=False):
        yield


def signed(client: Client, timestamp: str) -> dict[str, str]:
    """A proof that is right but for the timestamp, which it is computed with."""
    client.get_cognito_formatted_timestamp = lambda moment: timestamp  # type: ignore[method-assign]
    return client.proof(client.begin())


@pytest.mark.usefixtures("in_may")
def test_the_timestamp_of_the_documentation_is_taken(alice: Client) -> None:
    assert "IdToken" in tokens(alice.answer(signed(alice, "Tue May 7 00:09:40 UTC 2024")))


@pytest.mark.usefixtures("in_may")
@pytest.mark.parametrize(
    "timestamp",
    [
        "Tue May 07 00:09:40 UTC 2024",
        "Tue May  7 00:09:40 UTC 2024",
        "Mon May 7 00:09:40 UTC 2024",
        "Tue May 7 00:09:40 GMT 2024",
        "Tue May 7 00:09:40 2024",
        "Di Mai 7 00:09:40 UTC 2024",
        "Tue May 7 24:09:40 UTC 2024",
        "Tue May 7 00:61:40 UTC 2024",
        "Fri Feb 30 00:09:40 UTC 2024",
        "Tue May 7 00:09:40 UTC 0000",
        "2024-05-07T00:09:40Z",
        "now",
    ],
)
def test_a_timestamp_of_another_form_proves_nothing(alice: Client, timestamp: str) -> None:
    assert refusal(alice.answer, responses=signed(alice, timestamp)) == INCORRECT


@pytest.mark.usefixtures("in_may")
@pytest.mark.parametrize("seconds", [-181, 181, -86400])
def test_a_stale_timestamp_proves_nothing(cognito_idp: Any, pool: Any, seconds: int) -> None:
    client = Client(cognito_idp, pool, now=MAY + dt.timedelta(seconds=seconds))
    assert refusal(client.run) == INCORRECT


@pytest.mark.usefixtures("in_may")
@pytest.mark.parametrize("seconds", [-179, 179])
def test_a_timestamp_within_the_sessions_validity_is_taken(cognito_idp: Any, pool: Any, seconds: int) -> None:
    client = Client(cognito_idp, pool, now=MAY + dt.timedelta(seconds=seconds))
    assert "IdToken" in tokens(client.run())


def test_a_timestamp_is_not_to_be_changed_after_it_was_signed(alice: Client) -> None:
    stamp = AWSSRP.get_cognito_formatted_timestamp(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30))
    assert refusal(alice.run, TIMESTAMP=stamp) == INCORRECT


@pytest.mark.parametrize("day", [1, 9, 10, 31])
def test_sign_in_works_on_any_day_that_freezegun_shows(cognito_idp: Any, pool: Any, day: int) -> None:
    from freezegun import freeze_time

    with freeze_time(f"2031-01-{day:02d} 23:59:59"):
        assert "IdToken" in tokens(Client(cognito_idp, pool).run())


def test_a_client_may_have_the_machines_time_or_cognitos(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    cognito.clock.advance(days=400)
    assert "IdToken" in tokens(Client(cognito_idp, pool).run())
    assert "IdToken" in tokens(Client(cognito_idp, pool, now=cognito.clock.now()).run())
    yesterday = cognito.clock.now() - dt.timedelta(days=1)
    assert refusal(Client(cognito_idp, pool, now=yesterday).run) == INCORRECT


# Secret hashes


def test_each_step_needs_the_hash_of_the_name_that_it_sends(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    app = pool.create_client(GenerateSecret=True)
    alice = pool.create_user("alice@example.com")
    missing = (
        "NotAuthorizedException",
        f"Client {app.id} is configured with secret but SECRET_HASH was not received",
    )
    wrong = ("NotAuthorizedException", f"Unable to verify secret hash for client {app.id}")
    assert refusal(Client(cognito_idp, pool, "alice@example.com", app=app).begin) == missing
    assert refusal(Client(cognito_idp, pool, "alice@example.com", secret="another", app=app).begin) == wrong
    client = Client(cognito_idp, pool, "alice@example.com", secret=app.secret, app=app)
    proof = client.proof(client.begin())
    assert proof["SECRET_HASH"] == app.secret_hash(alice.sub)
    of_the_email = {**proof, "SECRET_HASH": app.secret_hash("alice@example.com")}
    assert refusal(client.answer, responses=of_the_email) == wrong
    without = {name: value for name, value in proof.items() if name != "SECRET_HASH"}
    assert refusal(client.answer, responses=without) == missing
    assert "IdToken" in tokens(client.answer(proof))


def test_a_hash_where_there_is_no_secret_is_refused(cognito_idp: Any, pool: Any, alice: Client) -> None:
    wrong = ("NotAuthorizedException", f"Unable to verify secret hash for client {pool.client.id}")
    assert refusal(Client(cognito_idp, pool, secret="another").begin) == wrong
    assert refusal(alice.run, SECRET_HASH="x") == wrong


# Users who are not there


def test_an_unknown_user_is_told_by_default(cognito_idp: Any, pool: Any) -> None:
    client = Client(cognito_idp, pool, "nobody")
    assert refusal(client.begin) == refusal(client.begin_as_admin) == NO_USER


def test_an_unknown_user_is_challenged_like_any_other_where_that_is_hidden(
    cognito_idp: Any, pool: Any, discreet: Any
) -> None:
    client = Client(cognito_idp, pool, "nobody", app=discreet)
    real = Client(cognito_idp, pool, app=discreet).begin()["ChallengeParameters"]
    first, second = client.begin(), client.begin_as_admin()
    for challenge in (first, second):
        told = challenge["ChallengeParameters"]
        assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
        assert set(told) == set(real)
        assert told["USERNAME"] == told["USER_ID_FOR_SRP"]
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]0[0-9a-f]1-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}", told["USERNAME"])
        assert refusal(client.answer, responses=client.proof(challenge)) == INCORRECT
    for same in ("SALT", "USER_ID_FOR_SRP"):
        assert first["ChallengeParameters"][same] == second["ChallengeParameters"][same]
    assert first["ChallengeParameters"]["SRP_B"] != second["ChallengeParameters"]["SRP_B"]
    other = Client(cognito_idp, pool, "somebody", app=discreet).begin()["ChallengeParameters"]
    for different in ("SALT", "USER_ID_FOR_SRP"):
        assert first["ChallengeParameters"][different] != other[different]


def test_the_made_up_user_is_the_same_however_the_name_is_written(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(UsernameConfiguration={"CaseSensitive": False})
    app = pool.create_client(PreventUserExistenceErrors="ENABLED")
    lower, upper = (
        Client(cognito_idp, pool, name, app=app).begin()["ChallengeParameters"] for name in ("nobody", "NOBODY")
    )
    assert lower["USER_ID_FOR_SRP"] == upper["USER_ID_FOR_SRP"]


def test_a_made_up_user_needs_a_secret_hash_too(cognito_idp: Any, pool: Any) -> None:
    app = pool.create_client(PreventUserExistenceErrors="ENABLED", GenerateSecret=True)
    client = Client(cognito_idp, pool, "nobody", secret=app.secret, app=app)
    challenge = client.begin()
    assert refusal(client.answer, responses=client.proof(challenge)) == INCORRECT
    wrong = ("NotAuthorizedException", f"Unable to verify secret hash for client {app.id}")
    assert refusal(client.answer, responses=client.proof(challenge, SECRET_HASH="x")) == wrong


def test_a_user_without_a_password_can_prove_none(cognito: Any, cognito_idp: Any) -> None:
    pool = cognito.create_user_pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}})
    app = pool.create_client()
    email = [{"Name": "email", "Value": "bob@example.com"}, {"Name": "email_verified", "Value": "true"}]
    cognito_idp.admin_create_user(UserPoolId=pool.id, Username="bob", UserAttributes=email, MessageAction="SUPPRESS")
    client = Client(cognito_idp, pool, "bob", app=app)
    first, second = client.begin(), client.begin()
    assert first["ChallengeParameters"]["SALT"] == second["ChallengeParameters"]["SALT"]
    assert refusal(client.answer, responses=client.proof(first)) == INCORRECT


def test_a_user_who_was_deleted_between_the_steps_is_not_signed_in(cognito_idp: Any, pool: Any, alice: Client) -> None:
    proof = alice.proof(alice.begin())
    cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="alice")
    pool.create_user("alice", email="alice@example.com")
    assert refusal(alice.answer, responses=proof) == INVALID


# What else keeps a user out


def test_a_disabled_user_is_told_at_the_start(cognito_idp: Any, pool: Any, alice: Client) -> None:
    proof = alice.proof(alice.begin())
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(alice.begin) == DISABLED
    assert refusal(alice.answer, responses=proof) == DISABLED


def test_that_a_user_is_disabled_is_told_only_to_who_knows_the_password(
    cognito_idp: Any, pool: Any, discreet: Any
) -> None:
    cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
    assert refusal(Client(cognito_idp, pool, app=discreet).run) == DISABLED
    assert refusal(Client(cognito_idp, pool, password="wrong", app=discreet).run) == INCORRECT


@pytest.mark.parametrize("password", [PASSWORD, "wrong"])
def test_that_a_password_was_reset_is_told_with_the_proof(
    cognito_idp: Any, pool: Any, discreet: Any, password: str
) -> None:
    cognito_idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice")
    assert refusal(Client(cognito_idp, pool, password=password).run) == RESET
    expected = RESET if password == PASSWORD else INCORRECT
    assert refusal(Client(cognito_idp, pool, password=password, app=discreet).run) == expected


def test_an_unconfirmed_user_learns_it_only_with_the_right_password(cognito_idp: Any, pool: Any) -> None:
    cognito_idp.sign_up(ClientId=pool.client.id, Username="bob", Password=PASSWORD)
    unconfirmed = ("UserNotConfirmedException", "User is not confirmed.")
    assert refusal(Client(cognito_idp, pool, "bob").run) == unconfirmed
    assert refusal(Client(cognito_idp, pool, "bob", "wrong").run) == INCORRECT


def test_a_temporary_password_expires(cognito: Any, cognito_idp: Any, pool: Any) -> None:
    cognito_idp.admin_create_user(
        UserPoolId=pool.id, Username="bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS"
    )
    client = Client(cognito_idp, pool, "bob")
    assert client.run()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito.clock.advance(days=7)
    expired = ("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.")
    assert refusal(client.run) == expired


@pytest.mark.usefixtures("in_may")
def test_the_lock_is_shared_with_passwords(cognito: Any, cognito_idp: Any, pool: Any, alice: Client) -> None:
    call = {"idp": cognito_idp, "client_id": pool.client.id, "USERNAME": "alice"}
    for _ in range(3):
        assert refusal(Client(cognito_idp, pool, password="wrong").run) == INCORRECT
    for _ in range(2):
        assert refusal(begin, PASSWORD="wrong", **call) == INCORRECT
    assert refusal(alice.run) == refusal(begin, PASSWORD=PASSWORD, **call) == LOCKED
    cognito.clock.advance(seconds=1)
    assert "IdToken" in tokens(alice.run())


@pytest.mark.usefixtures("in_may")
def test_a_success_forgets_the_failures(cognito_idp: Any, pool: Any, alice: Client) -> None:
    for _ in range(2):
        for _ in range(4):
            assert refusal(Client(cognito_idp, pool, password="wrong").run) == INCORRECT
        assert "IdToken" in tokens(alice.run())


# Triggers


def test_pre_authentication_runs_at_the_start_and_the_rest_after_the_proof(
    cognito: Any, pool: Any, alice: Client
) -> None:
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        pool.set_trigger(trigger, lambda event, context: event)
    challenge = alice.begin(ClientMetadata={"from": "start"})
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication"]
    assert cognito.triggers.last().event["request"]["validationData"] == {"from": "start"}
    alice.answer(alice.proof(challenge), ClientMetadata={"from": "answer"})
    assert [one.trigger for one in cognito.triggers] == [
        "PreAuthentication",
        "PostAuthentication",
        "PreTokenGeneration",
    ]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_Authentication"
    for trigger in ("PostAuthentication", "PreTokenGeneration"):
        assert cognito.triggers.last(trigger).event["request"]["clientMetadata"] == {"from": "answer"}


def test_pre_authentication_can_refuse(pool: Any, alice: Client) -> None:
    @pool.on("PreAuthentication")
    def refuse(event: Any, context: Any) -> Any:
        raise ValueError("not today")

    assert refusal(alice.begin) == (
        "UserLambdaValidationException",
        "PreAuthentication failed with error not today.",
    )


def test_pre_authentication_runs_for_a_made_up_user(cognito: Any, cognito_idp: Any, pool: Any, discreet: Any) -> None:
    pool.set_trigger("PreAuthentication", lambda event, context: event)
    Client(cognito_idp, pool, "nobody", app=discreet).begin()
    assert cognito.triggers.last().event["request"]["userNotFound"] is True
    Client(cognito_idp, pool, app=discreet).begin()
    assert cognito.triggers.last().event["request"]["userNotFound"] is False
