"""Custom authentication that begins with the proof of the password."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import custom
from tests.support.app import NEW_PASSWORD, PASSWORD, SUB, App
from tests.support.custom import CUSTOM, RIGHT, VERIFIER, WRONG, CustomSrp, proven
from tests.support.functions import Event, answering, unchanged
from tests.support.refusals import (
    INCORRECT,
    LAMBDA_OUTPUT,
    NOT_CONFIRMED,
    RESET_REQUIRED,
    SESSION_INVALID,
    SESSION_USED,
    TEMPORARY_PASSWORD_EXPIRED,
    USER_DISABLED,
    USER_NOT_FOUND,
    missing_parameter,
    refusal,
)
from tests.support.srp import SrpClient, gives_tokens

STARTED = {"challengeName": "SRP_A", "challengeResult": True, "challengeMetadata": None}
PROVEN = {"challengeName": VERIFIER, "challengeResult": True, "challengeMetadata": None}
REPLACED = {"challengeName": "NEW_PASSWORD_REQUIRED", "challengeResult": True, "challengeMetadata": None}
ANSWERED = {"challengeName": CUSTOM, "challengeResult": True}


@pytest.fixture
def pool(custom_pool: UserPool) -> UserPool:
    return custom_pool


@pytest.fixture
def client(app: App) -> CustomSrp:
    """A sign-in of alice with the right password."""
    return CustomSrp(app)


@pytest.fixture
def hiding(app: App) -> App:
    """An app client that hides which users exist."""
    return app.with_client(PreventUserExistenceErrors="ENABLED", ExplicitAuthFlows=custom.FLOWS)


def sessions(cognito: Cognito) -> list[object]:
    """What DefineAuthChallenge saw of the answers, call by call."""
    return [one.event["request"]["session"] for one in cognito.triggers.of("DefineAuthChallenge")]


# The proof, and what follows


def test_the_proof_is_asked_for_as_elsewhere_but_with_a_session(app: App, client: CustomSrp) -> None:
    challenge = client.begin()
    assert challenge["ChallengeName"] == VERIFIER
    told = challenge["ChallengeParameters"]
    assert set(told) == set(SrpClient(app).begin()["ChallengeParameters"])
    assert (told["USERNAME"], told["USER_ID_FOR_SRP"]) == ("alice", "alice")
    assert len(challenge["Session"]) > 20


def test_the_custom_challenge_follows_and_then_tokens(cognito: Cognito, app: App, client: CustomSrp) -> None:
    proof = client.begin()
    challenge = client.prove(proof)
    assert challenge["ChallengeName"] == CUSTOM
    assert challenge["Session"] != proof["Session"]
    again = app.respond(challenge, ANSWER=WRONG)
    assert gives_tokens(app.respond(again, ANSWER=RIGHT))
    wrong = {**ANSWERED, "challengeResult": False, "challengeMetadata": "ROUND-3"}
    right = {**ANSWERED, "challengeMetadata": "ROUND-4"}
    assert sessions(cognito) == [
        [STARTED],
        [STARTED, PROVEN],
        [STARTED, PROVEN, wrong],
        [STARTED, PROVEN, wrong, right],
    ]
    assert cognito.triggers.of("CreateAuthChallenge")[0].event["request"]["session"] == [STARTED, PROVEN]


def test_the_order_of_all_functions(cognito: Cognito, app: App, client: CustomSrp) -> None:
    for trigger in ("PreAuthentication", "PostAuthentication", "PreTokenGeneration"):
        app.pool.set_trigger(trigger, unchanged)
    challenge = client.begin(ClientMetadata={"from": "start"})
    assert [one.trigger for one in cognito.triggers] == ["PreAuthentication", "DefineAuthChallenge"]
    assert cognito.triggers.last("PreAuthentication").event["request"]["validationData"] == {"from": "start"}
    assert "clientMetadata" not in cognito.triggers.last().event["request"]
    app.respond(client.prove(challenge, ClientMetadata={"from": "proof"}), ANSWER=RIGHT)
    after = list(cognito.triggers)[2:]
    assert [one.trigger for one in after] == [
        "DefineAuthChallenge",
        "CreateAuthChallenge",
        "VerifyAuthChallengeResponse",
        "DefineAuthChallenge",
        "PostAuthentication",
        "PreTokenGeneration",
    ]
    assert [one.event["request"].get("clientMetadata") for one in after[:3]] == [{"from": "proof"}] * 2 + [None]


def test_a_wrong_proof_is_refused_before_any_function(cognito: Cognito, app: App) -> None:
    assert refusal(proven, app=app, password="wrong") == INCORRECT
    assert sessions(cognito) == [[STARTED]]


def test_a_spoiled_proof_is_refused(client: CustomSrp) -> None:
    challenge, other = client.begin(), client.begin()
    for spoiled in (
        client.proof(challenge, PASSWORD_CLAIM_SIGNATURE="AAAA"),
        client.proof(challenge, PASSWORD_CLAIM_SECRET_BLOCK="AAAA"),
        client.proof(other),
    ):
        assert refusal(client.answer, responses=spoiled, Session=challenge["Session"]) == INCORRECT
    assert client.prove(challenge)["ChallengeName"] == CUSTOM


def test_a_proof_goes_with_the_session(app: App, client: CustomSrp) -> None:
    challenge = client.begin()
    assert refusal(client.answer, responses=client.proof(challenge)) == INCORRECT
    client.prove(challenge)
    assert refusal(client.prove, challenge=challenge) == SESSION_USED


def test_neither_challenge_takes_the_answer_of_the_other(app: App, client: CustomSrp) -> None:
    challenge = client.begin()
    assert refusal(app.respond, challenge={**challenge, "ChallengeName": CUSTOM}, ANSWER=RIGHT) == SESSION_INVALID
    second = client.prove(challenge)
    assert refusal(client.answer, responses=client.proof(challenge), Session=second["Session"]) == SESSION_INVALID
    assert gives_tokens(app.respond(second, ANSWER=RIGHT))


def test_a_client_with_a_secret(app: App) -> None:
    confidential = app.with_client(GenerateSecret=True, ExplicitAuthFlows=custom.FLOWS)
    client = CustomSrp(confidential, secret=confidential.client.secret)
    assert client.prove(client.begin())["ChallengeName"] == CUSTOM


def test_the_public_value_has_to_be_there(app: App) -> None:
    assert refusal(custom.begin, app=app, CHALLENGE_NAME="SRP_A") == missing_parameter("SRP_A")


@pytest.mark.parametrize("name", [CUSTOM, "NEW_PASSWORD_REQUIRED", "SMS_MFA", None])
def test_the_function_has_to_ask_for_the_proof(app: App, client: CustomSrp, name: str | None) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(challengeName=name))
    assert refusal(client.begin) == LAMBDA_OUTPUT


def test_the_function_may_do_with_the_proof_alone(app: App, client: CustomSrp) -> None:
    def password_only(event: Event, context: object) -> Event:
        enough = len(event["request"]["session"]) == 2
        event["response"].update({"issueTokens": True} if enough else {"challengeName": VERIFIER})
        return event

    app.pool.set_trigger("DefineAuthChallenge", password_only)
    assert gives_tokens(client.prove(client.begin()))


def test_the_proof_comes_first_or_not_at_all(app: App) -> None:
    def later(event: Event, context: object) -> Event:
        event["response"]["challengeName"] = VERIFIER if event["request"]["session"] else CUSTOM
        return event

    app.pool.set_trigger("DefineAuthChallenge", later)
    assert refusal(app.respond, challenge=custom.begin(app), ANSWER=RIGHT) == LAMBDA_OUTPUT


# A temporary password


def test_a_temporary_password_is_replaced_on_the_way(cognito: Cognito, app: App) -> None:
    app.pool.set_trigger("PreTokenGeneration", unchanged)
    app.create("bob", {"email": "bob@example.com"}, TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    replacing = proven(app, "bob")
    assert replacing["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert set(replacing["ChallengeParameters"]) == {"USER_ID_FOR_SRP", "requiredAttributes", "userAttributes"}
    challenge = app.respond(replacing, "bob", NEW_PASSWORD=NEW_PASSWORD)
    assert (challenge["ChallengeName"], app.status("bob")) == (CUSTOM, "CONFIRMED")
    assert gives_tokens(app.respond(challenge, "bob", ANSWER=RIGHT))
    assert sessions(cognito)[:3] == [[STARTED], [STARTED, PROVEN], [STARTED, PROVEN, REPLACED]]
    assert cognito.triggers.last().event["triggerSource"] == "TokenGeneration_NewPasswordChallenge"


@pytest.mark.parametrize("said", [{"challengeName": CUSTOM}, {"issueTokens": True}])
def test_nothing_else_follows_a_temporary_password(app: App, said: dict[str, object]) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    client = CustomSrp(app, "bob")
    challenge = client.begin()
    app.pool.set_trigger("DefineAuthChallenge", answering(**said))
    expected = NOT_CONFIRMED if "issueTokens" in said else LAMBDA_OUTPUT
    assert refusal(client.prove, challenge=challenge) == expected


def test_a_temporary_password_is_not_replaced_by_who_has_not_proven_it(app: App) -> None:
    """The user is confirmed when the sign-in begins; then an administrator gives them a temporary password."""

    def demotes(event: Event, context: object) -> Event:
        app.admin("admin_set_user_password", Password=NEW_PASSWORD, Permanent=False)
        return custom.verify(event, context)

    app.pool.set_trigger("VerifyAuthChallengeResponse", demotes)
    challenge = custom.begin(app)
    app.pool.set_trigger("DefineAuthChallenge", answering(challengeName="NEW_PASSWORD_REQUIRED"))
    assert refusal(app.respond, challenge=challenge, ANSWER=RIGHT) == LAMBDA_OUTPUT


def test_a_temporary_password_expires(cognito: Cognito, app: App) -> None:
    app.create("bob", TemporaryPassword=PASSWORD, MessageAction="SUPPRESS")
    cognito.clock.advance(days=7)
    assert refusal(proven, app=app, username="bob") == TEMPORARY_PASSWORD_EXPIRED


# Users who are kept out


def test_who_is_kept_out_is_told_with_the_proof(app: App) -> None:
    app.sign_up("bob")
    assert refusal(proven, app=app, username="bob") == NOT_CONFIRMED
    app.admin("admin_reset_user_password")
    assert refusal(proven, app=app) == RESET_REQUIRED
    app.admin("admin_disable_user")
    assert refusal(CustomSrp(app).begin) == USER_DISABLED
    assert refusal(CustomSrp(app, "nobody").begin) == USER_NOT_FOUND


def test_that_a_user_is_disabled_is_told_only_to_who_knows_the_password(app: App, hiding: App) -> None:
    app.admin("admin_disable_user")
    assert refusal(proven, app=hiding) == USER_DISABLED
    assert refusal(proven, app=hiding, password="wrong") == INCORRECT


@pytest.mark.parametrize("operation", ["admin_disable_user", "admin_reset_user_password"])
def test_tokens_without_the_proof_are_not_for_them_either(app: App, hiding: App, operation: str) -> None:
    app.pool.set_trigger("DefineAuthChallenge", answering(issueTokens=True))
    assert gives_tokens(CustomSrp(hiding).begin())
    app.admin(operation)
    expected = USER_DISABLED if operation == "admin_disable_user" else RESET_REQUIRED
    assert refusal(CustomSrp(hiding).begin) == expected


def test_a_user_who_does_not_exist_is_challenged_where_that_is_hidden(cognito: Cognito, hiding: App) -> None:
    client = CustomSrp(hiding, "nobody")
    challenge = client.begin()
    assert challenge["ChallengeName"] == VERIFIER
    assert SUB.fullmatch(challenge["ChallengeParameters"]["USERNAME"])
    assert cognito.triggers.last().event["request"]["userNotFound"] is True
    assert refusal(client.prove, challenge=challenge) == INCORRECT
    hiding.pool.set_trigger("DefineAuthChallenge", answering(issueTokens=True))
    assert refusal(client.begin) == INCORRECT
