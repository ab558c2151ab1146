"""What an SRP sign-in is refused for: spoiled proofs, secret blocks, timestamps and secret hashes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from freezegun import freeze_time
from pycognito.aws_srp import AWSSRP

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.rules.factors import srp
from tests.support.app import PASSWORD, App, MakeApp
from tests.support.refusals import (
    INCORRECT,
    SESSION_EXPIRED,
    SESSION_INVALID,
    SESSION_USED,
    invalid_parameter,
    missing_parameter,
    refusal,
    secret_hash_missing,
    secret_hash_wrong,
)
from tests.support.srp import SrpClient, gives_tokens


@pytest.fixture
def client(app: App) -> SrpClient:
    """A sign-in of alice with the right password."""
    return SrpClient(app)


# Proofs that prove nothing


def test_a_wrong_password_is_refused(app: App) -> None:
    assert refusal(SrpClient(app, password="wrong").run) == INCORRECT


def test_another_signature_is_refused_and_the_right_one_still_taken(client: SrpClient) -> None:
    challenge = client.begin()
    for spoiled in ("AAAA", "not base64!", client.proof(client.begin())["PASSWORD_CLAIM_SIGNATURE"]):
        proof = client.proof(challenge, PASSWORD_CLAIM_SIGNATURE=spoiled)
        assert refusal(client.answer, responses=proof) == INCORRECT, spoiled
    assert gives_tokens(client.answer(client.proof(challenge)))


def test_a_tampered_secret_block_is_refused(client: SrpClient) -> None:
    block = client.begin()["ChallengeParameters"]["SECRET_BLOCK"]
    flipped = block[:100] + ("A" if block[100] != "A" else "B") + block[101:]
    for spoiled in (flipped, block[:-4], "x", "AgV4"):
        assert refusal(client.run, PASSWORD_CLAIM_SECRET_BLOCK=spoiled) == SESSION_INVALID


def test_the_block_of_another_sign_in_is_refused(app: App, client: SrpClient) -> None:
    other = client.begin()["ChallengeParameters"]["SECRET_BLOCK"]
    again = SrpClient(app)
    assert refusal(again.run, PASSWORD_CLAIM_SECRET_BLOCK=other) == INCORRECT


def test_another_users_block_is_refused(app: App, client: SrpClient) -> None:
    app.pool.create_user("bob", email="bob@example.com")
    block = SrpClient(app, "bob").begin()["ChallengeParameters"]["SECRET_BLOCK"]
    assert refusal(client.run, PASSWORD_CLAIM_SECRET_BLOCK=block) == SESSION_INVALID


def test_another_clients_block_is_refused(app: App, client: SrpClient) -> None:
    elsewhere = SrpClient(app.with_client())
    assert refusal(elsewhere.answer, responses=client.proof(client.begin())) == SESSION_INVALID


def test_a_session_of_another_challenge_is_no_secret_block(app: App, client: SrpClient) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    session = app.begin("bob")["Session"]
    responses = {**client.proof(client.begin()), "USERNAME": "bob", "PASSWORD_CLAIM_SECRET_BLOCK": session}
    assert refusal(client.answer, responses=responses) == SESSION_INVALID


def test_a_block_is_good_for_one_sign_in(client: SrpClient) -> None:
    proof = client.proof(client.begin())
    client.answer(proof)
    assert refusal(client.answer, responses=proof) == SESSION_USED


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_block_expires_with_the_clients_session_validity(cognito: Cognito, app: App, minutes: int) -> None:
    client = SrpClient(app.with_client(AuthSessionValidity=minutes))
    first, second = client.begin(), client.begin()
    cognito.clock.advance(minutes=minutes, seconds=-5)
    assert gives_tokens(client.answer(client.proof(first)))
    cognito.clock.advance(seconds=5)
    assert refusal(client.answer, responses=client.proof(second)) == SESSION_EXPIRED


@pytest.mark.parametrize("public", ["0", "00", f"{srp.N:x}", f"{2 * srp.N:X}", "-5", "0x5", "1_0", " 5", "٣", "xyz"])
def test_a_public_value_that_gives_the_secret_away_or_is_none_is_refused(app: App, public: str) -> None:
    expected = invalid_parameter("Invalid SRP_A.")
    for initiate in (app.initiate_auth, app.admin_initiate_auth):
        assert refusal(initiate, flow="USER_SRP_AUTH", USERNAME="alice", SRP_A=public) == expected


@pytest.mark.parametrize("missing", ["USERNAME", "SRP_A"])
def test_what_the_start_lacks_is_named(app: App, missing: str) -> None:
    parameters = {"USERNAME": "alice", "SRP_A": "5"}
    del parameters[missing]
    assert refusal(app.initiate_auth, flow="USER_SRP_AUTH", **parameters) == missing_parameter(missing)


@pytest.mark.parametrize(
    "missing", ["USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP"]
)
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_what_the_answer_lacks_is_named_whoever_answers(hiding: App, missing: str, username: str) -> None:
    client = SrpClient(hiding, username)
    proof = client.proof(client.begin())
    del proof[missing]
    assert refusal(client.answer, responses=proof) == missing_parameter(missing)


# Timestamps


MAY = dt.datetime(2024, 5, 7, 0, 9, 40, tzinfo=dt.UTC)


@pytest.fixture
def in_may() -> Iterator[None]:
    with time_machine.travel(MAY, tick=False):
        yield


def signed(client: SrpClient, timestamp: str) -> dict[str, str]:
    """A proof that is right but for the timestamp, which it is computed with."""
    client.timestamp = timestamp
    return client.proof(client.begin())


@pytest.mark.usefixtures("in_may")
def test_the_timestamp_of_the_documentation_is_taken(client: SrpClient) -> None:
    assert gives_tokens(client.answer(signed(client, "Tue May 7 00:09:40 UTC 2024")))


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
def test_a_timestamp_of_another_form_proves_nothing(client: SrpClient, timestamp: str) -> None:
    assert refusal(client.answer, responses=signed(client, timestamp)) == INCORRECT


@pytest.mark.usefixtures("in_may")
@pytest.mark.parametrize("seconds", [-181, 181, -86400])
def test_a_stale_timestamp_proves_nothing(app: App, seconds: int) -> None:
    client = SrpClient(app, now=MAY + dt.timedelta(seconds=seconds))
    assert refusal(client.run) == INCORRECT


@pytest.mark.usefixtures("in_may")
@pytest.mark.parametrize("seconds", [-179, 179])
def test_a_timestamp_within_the_sessions_validity_is_taken(app: App, seconds: int) -> None:
    client = SrpClient(app, now=MAY + dt.timedelta(seconds=seconds))
    assert gives_tokens(client.run())


def test_a_timestamp_is_not_to_be_changed_after_it_was_signed(client: SrpClient) -> None:
    stamp = AWSSRP.get_cognito_formatted_timestamp(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30))
    assert refusal(client.run, TIMESTAMP=stamp) == INCORRECT


@pytest.mark.parametrize("day", [1, 9, 10, 31])
def test_sign_in_works_on_any_day_that_freezegun_shows(app: App, day: int) -> None:
    with freeze_time(f"2031-01-{day:02d} 23:59:59"):
        assert gives_tokens(SrpClient(app).run())


def test_a_client_may_have_the_machines_time_or_cognitos(cognito: Cognito, app: App) -> None:
    cognito.clock.advance(days=400)
    assert gives_tokens(SrpClient(app).run())
    assert gives_tokens(SrpClient(app, now=cognito.clock.now()).run())
    yesterday = cognito.clock.now() - dt.timedelta(days=1)
    assert refusal(SrpClient(app, now=yesterday).run) == INCORRECT


# Secret hashes


def test_each_step_needs_the_hash_of_the_name_that_it_sends(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True}, UsernameAttributes=["email"])
    alice = app.pool.create_user("alice@example.com")
    missing = secret_hash_missing(app.client_id)
    wrong = secret_hash_wrong(app.client_id)
    assert refusal(SrpClient(app, "alice@example.com").begin) == missing
    assert refusal(SrpClient(app, "alice@example.com", secret="another").begin) == wrong
    client = SrpClient(app, "alice@example.com", secret=app.client.secret)
    proof = client.proof(client.begin())
    assert proof["SECRET_HASH"] == app.client.secret_hash(alice.sub)
    of_the_email = {**proof, "SECRET_HASH": app.client.secret_hash("alice@example.com")}
    assert refusal(client.answer, responses=of_the_email) == wrong
    without = {name: value for name, value in proof.items() if name != "SECRET_HASH"}
    assert refusal(client.answer, responses=without) == missing
    assert gives_tokens(client.answer(proof))


def test_a_hash_where_there_is_no_secret_is_refused(app: App, client: SrpClient) -> None:
    wrong = secret_hash_wrong(app.client_id)
    assert refusal(SrpClient(app, secret="another").begin) == wrong
    assert refusal(client.run, SECRET_HASH="x") == wrong
