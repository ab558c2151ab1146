"""What an SRP sign-in is refused for: spoiled proofs, secret blocks and secret hashes."""

from __future__ import annotations

import base64

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp.rules.factors import srp
from tests.support.app import NEW_PASSWORD, PASSWORD, App, MakeApp
from tests.support.refusals import (
    INCORRECT,
    SESSION_EXPIRED,
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
    for spoiled in ("AAAA", "AA", client.proof(client.begin())["PASSWORD_CLAIM_SIGNATURE"]):
        proof = client.proof(challenge, PASSWORD_CLAIM_SIGNATURE=spoiled)
        assert refusal(client.answer, responses=proof) == INCORRECT, spoiled
    assert gives_tokens(client.answer(client.proof(challenge)))


@pytest.mark.parametrize("signature", ["not base64!", "A", "AAAA-_==", "AA=A", "\u00e4\u00e4\u00e4\u00e4"])
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_a_signature_that_is_not_base64(hiding: App, signature: str, username: str) -> None:
    expected = invalid_parameter("Invalid PASSWORD_CLAIM_SIGNATURE format. Must be a Base64 string.")
    assert refusal(SrpClient(hiding, username).run, PASSWORD_CLAIM_SIGNATURE=signature) == expected


def test_a_signature_without_its_padding_is_taken(client: SrpClient) -> None:
    proof = client.proof(client.begin())
    signature = proof["PASSWORD_CLAIM_SIGNATURE"].rstrip("=")
    assert gives_tokens(client.answer({**proof, "PASSWORD_CLAIM_SIGNATURE": signature}))


def test_a_tampered_secret_block_is_refused(client: SrpClient) -> None:
    block = client.begin()["ChallengeParameters"]["SECRET_BLOCK"]
    flipped = block[:100] + ("A" if block[100] != "A" else "B") + block[101:]
    for spoiled in (flipped, block[:-4], "x", "AgV4"):
        assert refusal(client.run, PASSWORD_CLAIM_SECRET_BLOCK=spoiled) == INCORRECT


def test_the_block_of_another_sign_in_is_refused(app: App, client: SrpClient) -> None:
    other = client.begin()["ChallengeParameters"]["SECRET_BLOCK"]
    again = SrpClient(app)
    assert refusal(again.run, PASSWORD_CLAIM_SECRET_BLOCK=other) == INCORRECT


def test_another_users_block_is_refused(app: App, client: SrpClient) -> None:
    app.pool.create_user("bob", email="bob@example.com")
    block = SrpClient(app, "bob").begin()["ChallengeParameters"]["SECRET_BLOCK"]
    assert refusal(client.run, PASSWORD_CLAIM_SECRET_BLOCK=block) == INCORRECT


def test_another_clients_block_is_refused(app: App, client: SrpClient) -> None:
    elsewhere = SrpClient(app.with_client())
    assert refusal(elsewhere.answer, responses=client.proof(client.begin())) == INCORRECT


def test_a_session_of_another_challenge_is_no_secret_block(app: App, client: SrpClient) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    session = app.begin("bob")["Session"]
    responses = {**client.proof(client.begin()), "USERNAME": "bob", "PASSWORD_CLAIM_SECRET_BLOCK": session}
    assert refusal(client.answer, responses=responses) == INCORRECT


def test_a_proof_is_good_until_its_block_expires(client: SrpClient) -> None:
    proof = client.proof(client.begin())
    first, second = client.answer(proof), client.answer_as_admin(proof)
    assert gives_tokens(first)
    assert gives_tokens(second)
    assert first["AuthenticationResult"]["AccessToken"] != second["AuthenticationResult"]["AccessToken"]


def test_a_proof_of_an_old_password_is_good_no_more(app: App, client: SrpClient) -> None:
    proof = client.proof(client.begin())
    client.answer(proof)
    app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=True)
    assert refusal(client.answer, responses=proof) == INCORRECT


@pytest.mark.parametrize("minutes", [3, 15])
def test_a_block_expires_with_the_clients_session_validity(cognito: Cognito, app: App, minutes: int) -> None:
    client = SrpClient(app.with_client(AuthSessionValidity=minutes))
    first, second = client.begin(), client.begin()
    cognito.clock.advance(minutes=minutes, seconds=-5)
    assert gives_tokens(client.answer(client.proof(first)))
    cognito.clock.advance(seconds=5)
    assert refusal(client.answer, responses=client.proof(second)) == SESSION_EXPIRED


@pytest.mark.parametrize("public", ["0", "00", f"{srp.N:x}", f"{2 * srp.N:X}"])
def test_a_public_value_that_gives_the_secret_away_proves_nothing(app: App, client: SrpClient, public: str) -> None:
    """With A = 0 modulo N the shared secret is 0, whatever the password."""
    challenge = app.initiate_auth("USER_SRP_AUTH", USERNAME="alice", SRP_A=public)
    told = challenge["ChallengeParameters"]
    identity = app.pool_id.partition("_")[2] + "alice"
    key = srp.key(int(public, 16), int(told["SRP_B"], 16), 1, 1)
    signature = srp.signature(key, identity, base64.b64decode(told["SECRET_BLOCK"]), "Tue May 7 00:09:40 UTC 2024")
    proof = {
        "USERNAME": "alice",
        "TIMESTAMP": "Tue May 7 00:09:40 UTC 2024",
        "PASSWORD_CLAIM_SECRET_BLOCK": told["SECRET_BLOCK"],
        "PASSWORD_CLAIM_SIGNATURE": base64.b64encode(signature).decode(),
    }
    assert refusal(client.answer, responses=proof) == INCORRECT


@pytest.mark.parametrize("public", ["-5", "0x5", "1_0", " 5", "٣", "xyz"])
def test_a_public_value_that_is_no_number(app: App, public: str) -> None:
    expected = invalid_parameter(
        "1 validation error detected: Value at 'sRPA' failed to satisfy constraint: "
        "Member must satisfy regular expression pattern: ^[0-9a-fA-F]+$"
    )
    for initiate in (app.initiate_auth, app.admin_initiate_auth):
        assert refusal(initiate, flow="USER_SRP_AUTH", USERNAME="alice", SRP_A=public) == expected


@pytest.mark.parametrize("missing", ["USERNAME", "SRP_A"])
def test_what_the_start_lacks_is_named(app: App, missing: str) -> None:
    parameters = {"USERNAME": "alice", "SRP_A": "5"}
    del parameters[missing]
    assert refusal(app.initiate_auth, flow="USER_SRP_AUTH", **parameters) == missing_parameter(missing)


NEEDED = ["USERNAME", "TIMESTAMP", "PASSWORD_CLAIM_SIGNATURE", "PASSWORD_CLAIM_SECRET_BLOCK"]


@pytest.mark.parametrize("missing", NEEDED)
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_what_the_answer_lacks_is_named_whoever_answers(hiding: App, missing: str, username: str) -> None:
    client = SrpClient(hiding, username)
    proof = client.proof(client.begin())
    del proof[missing]
    assert refusal(client.answer, responses=proof) == missing_parameter(missing)


def test_of_several_that_lack_the_first_is_named(client: SrpClient) -> None:
    proof = client.proof(client.begin())
    for number, name in enumerate(NEEDED[1:], 1):
        responses = {given: proof[given] for given in NEEDED[:number]}
        assert refusal(client.answer, responses=responses) == missing_parameter(name)
    assert refusal(client.answer, responses={"TIMESTAMP": "now"}) == missing_parameter("USERNAME")


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
