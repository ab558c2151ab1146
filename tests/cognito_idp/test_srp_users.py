"""SRP sign-ins of users who are not there or kept out, and the triggers that run."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import PASSWORD, SUB, App, MakeApp
from tests.support.functions import failing, unchanged
from tests.support.refusals import (
    INCORRECT,
    NOT_CONFIRMED,
    RESET_REQUIRED,
    TEMPORARY_PASSWORD_EXPIRED,
    TOO_MANY_ATTEMPTS,
    USER_DISABLED,
    USER_NOT_FOUND,
    lambda_failed,
    refusal,
    secret_hash_wrong,
)
from tests.support.settings import PASSWORDLESS
from tests.support.srp import SrpClient, gives_tokens


@pytest.fixture
def client(app: App) -> SrpClient:
    """A sign-in of alice with the right password."""
    return SrpClient(app)


# Users who are not there


def test_an_unknown_user_is_told_by_default(app: App) -> None:
    client = SrpClient(app, "nobody")
    assert refusal(client.begin) == refusal(client.begin_as_admin) == USER_NOT_FOUND


def test_an_unknown_user_is_challenged_like_any_other_where_that_is_hidden(hiding: App) -> None:
    client = SrpClient(hiding, "nobody")
    real = SrpClient(hiding).begin()["ChallengeParameters"]
    first, second = client.begin(), client.begin_as_admin()
    for challenge in (first, second):
        told = challenge["ChallengeParameters"]
        assert challenge["ChallengeName"] == "PASSWORD_VERIFIER"
        assert set(told) == set(real)
        assert told["USERNAME"] == told["USER_ID_FOR_SRP"]
        assert SUB.fullmatch(told["USERNAME"])
        assert refusal(client.answer, responses=client.proof(challenge)) == INCORRECT
    for same in ("SALT", "USER_ID_FOR_SRP"):
        assert first["ChallengeParameters"][same] == second["ChallengeParameters"][same]
    assert first["ChallengeParameters"]["SRP_B"] != second["ChallengeParameters"]["SRP_B"]
    other = SrpClient(hiding, "somebody").begin()["ChallengeParameters"]
    for different in ("SALT", "USER_ID_FOR_SRP"):
        assert first["ChallengeParameters"][different] != other[different]


def test_the_made_up_user_is_the_same_however_the_name_is_written(make_app: MakeApp) -> None:
    app = make_app({"PreventUserExistenceErrors": "ENABLED"}, UsernameConfiguration={"CaseSensitive": False})
    lower, upper = (SrpClient(app, name).begin()["ChallengeParameters"] for name in ("nobody", "NOBODY"))
    assert lower["USER_ID_FOR_SRP"] == upper["USER_ID_FOR_SRP"]


def test_a_made_up_user_needs_a_secret_hash_too(app: App) -> None:
    hiding = app.with_client(PreventUserExistenceErrors="ENABLED", GenerateSecret=True)
    client = SrpClient(hiding, "nobody", secret=hiding.client.secret)
    challenge = client.begin()
    assert refusal(client.answer, responses=client.proof(challenge)) == INCORRECT
    wrong = secret_hash_wrong(hiding.client_id)
    assert refusal(client.answer, responses=client.proof(challenge, SECRET_HASH="x")) == wrong


def test_a_user_without_a_password_can_prove_none(make_app: MakeApp) -> None:
    app = make_app(Policies=PASSWORDLESS)
    app.create("bob", {"email": "bob@example.com", "email_verified": "true"}, MessageAction="SUPPRESS")
    client = SrpClient(app, "bob")
    first, second = client.begin(), client.begin()
    assert first["ChallengeParameters"]["SALT"] == second["ChallengeParameters"]["SALT"]
    assert refusal(client.answer, responses=client.proof(first)) == INCORRECT


def test_a_user_who_was_deleted_between_the_steps_is_not_signed_in(app: App, client: SrpClient) -> None:
    proof = client.proof(client.begin())
    app.admin("admin_delete_user")
    app.pool.create_user("alice", email="alice@example.com")
    assert refusal(client.answer, responses=proof) == INCORRECT


# What else keeps a user out


def test_a_disabled_user_is_told_at_the_start(app: App, client: SrpClient) -> None:
    proof = client.proof(client.begin())
    app.admin("admin_disable_user")
    assert refusal(client.begin) == USER_DISABLED
    assert refusal(client.answer, responses=proof) == USER_DISABLED


def test_that_a_user_is_disabled_is_told_only_to_who_knows_the_password(app: App, hiding: App) -> None:
    app.admin("admin_disable_user")
    assert refusal(SrpClient(hiding).run) == USER_DISABLED
    assert refusal(SrpClient(hiding, password="wrong").run) == INCORRECT


def test_that_a_password_was_reset_is_told_to_who_proves_it(app: App, hiding: App) -> None:
    app.admin("admin_reset_user_password")
    for through in (app, hiding):
        assert refusal(SrpClient(through).run) == RESET_REQUIRED
        assert refusal(SrpClient(through, password="wrong").run) == INCORRECT


def test_an_unconfirmed_user_is_told_at_the_start(app: App, hiding: App) -> None:
    app.sign_up("bob")
    for through in (app, hiding):
        client = SrpClient(through, "bob")
        assert refusal(client.begin) == refusal(client.begin_as_admin) == NOT_CONFIRMED


def test_a_sub_is_no_user_name(app: App, hiding: App, make_app: MakeApp) -> None:
    """An alias is one; and where users sign in with an address, the user name is the sub."""
    sub = app.sub()
    assert refusal(SrpClient(app, sub).begin) == refusal(SrpClient(app, sub.upper()).begin) == USER_NOT_FOUND
    made_up = SrpClient(hiding, sub).begin()["ChallengeParameters"]["USER_ID_FOR_SRP"]
    assert made_up not in (sub, "alice")
    by_address = make_app(UsernameAttributes=["email"])
    alice = by_address.pool.create_user("alice@example.com")
    assert gives_tokens(SrpClient(by_address, alice.sub).run())
    by_alias = make_app(AliasAttributes=["email"])
    by_alias.pool.create_user("alice", email="alice@example.com")
    assert gives_tokens(SrpClient(by_alias, "alice@example.com").run())


def test_a_temporary_password_expires(cognito: Cognito, app: App) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    client = SrpClient(app, "bob")
    assert client.run()["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    cognito.clock.advance(days=7)
    assert refusal(client.run) == TEMPORARY_PASSWORD_EXPIRED


@pytest.mark.usefixtures("time_stands_still")
def test_the_lock_is_shared_with_passwords(cognito: Cognito, app: App, client: SrpClient) -> None:
    for _ in range(3):
        assert refusal(SrpClient(app, password="wrong").run) == INCORRECT
    for _ in range(2):
        assert refusal(app.begin, password="wrong") == INCORRECT
    assert refusal(client.run) == refusal(app.begin) == TOO_MANY_ATTEMPTS
    cognito.clock.advance(seconds=1)
    assert gives_tokens(client.run())


@pytest.mark.usefixtures("time_stands_still")
def test_a_success_forgets_the_failures(app: App, client: SrpClient) -> None:
    for _ in range(2):
        for _ in range(4):
            assert refusal(SrpClient(app, password="wrong").run) == INCORRECT
        assert gives_tokens(client.run())


# Triggers


def test_pre_authentication_runs_at_the_start_and_the_rest_after_the_proof(
    cognito: Cognito, app: App, client: SrpClient
) -> None:
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        app.pool.set_trigger(trigger, unchanged)
    challenge = client.begin(ClientMetadata={"from": "start"})
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication"]
    assert cognito.triggers.last().event["request"]["validationData"] == {"from": "start"}
    client.answer(client.proof(challenge), ClientMetadata={"from": "answer"})
    assert [one.trigger for one in cognito.triggers] == [
        "PreAuthentication",
        "PostAuthentication",
        "PreTokenGeneration",
    ]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_Authentication"
    for trigger in ("PostAuthentication", "PreTokenGeneration"):
        assert cognito.triggers.last(trigger).event["request"]["clientMetadata"] == {"from": "answer"}


def test_pre_authentication_can_refuse(app: App, client: SrpClient) -> None:
    app.pool.set_trigger("PreAuthentication", failing)
    assert refusal(client.begin) == lambda_failed("PreAuthentication")


def test_pre_authentication_runs_for_a_made_up_user(cognito: Cognito, app: App, hiding: App) -> None:
    app.pool.set_trigger("PreAuthentication", unchanged)
    SrpClient(hiding, "nobody").begin()
    assert cognito.triggers.last().event["request"]["userNotFound"] is True
    SrpClient(hiding).begin()
    assert cognito.triggers.last().event["request"]["userNotFound"] is False
