"""The pool's triggers, run by Cognito as part of what users do."""

import pytest
from fastapi.testclient import TestClient

from notes_service.settings import REGION
from pytest_cognito import Stack, Triggers, UserPool
from pytest_cognito.kernel.outbox import Outbox

pytestmark = pytest.mark.cognito(region=REGION)

ANN = {"email": "ann@acme.example", "password": "Corr3ct-horse!"}


@pytest.fixture
def ann(service: TestClient, cognito_outbox: Outbox) -> dict[str, str]:
    """The header of a user who has just signed up."""
    service.post("/accounts", json=ANN)
    service.post("/accounts/confirm", json={"email": ANN["email"], "code": cognito_outbox.last().code})
    return {"Authorization": f"Bearer {service.post('/sessions', json=ANN).json()['access_token']}"}


def test_a_new_user_is_a_member_with_a_tenant(service: TestClient, ann: dict[str, str]) -> None:
    me = service.get("/me", headers=ann).json()

    assert (me["groups"], me["tenant"]) == (["members"], "acme.example")


def test_a_new_user_finds_a_first_notebook_and_may_write(service: TestClient, ann: dict[str, str]) -> None:
    assert service.get("/notebooks", headers=ann).json() == {"ann@acme.example": ["Welcome!"]}
    assert service.post("/notebooks/plans", json={"text": "Ship it"}, headers=ann).status_code == 201


def test_a_new_password_is_no_second_welcome(
    service: TestClient, ann: dict[str, str], cognito_outbox: Outbox, cognito_triggers: Triggers
) -> None:
    service.post("/passwords/forgot", json={"email": ANN["email"]})
    service.post("/passwords/reset", json=ANN | {"code": cognito_outbox.last().code})

    assert [run.event["triggerSource"] for run in cognito_triggers.of("PostConfirmation")] == [
        "PostConfirmation_ConfirmSignUp",
        "PostConfirmation_ConfirmForgotPassword",
    ]
    assert service.get("/notebooks", headers=ann).json() == {"ann@acme.example": ["Welcome!"]}


def test_both_tokens_tell_the_tenant(cognito_user_pool: UserPool) -> None:
    tokens = cognito_user_pool.create_user("ann@acme.example", groups=["members"]).sign_in()

    assert tokens.claims["tenant"] == tokens.id_claims["tenant"] == "acme.example"
    assert "notes/write" in tokens.claims["scope"].split()


def test_a_failing_trigger_is_not_the_users_fault(
    service: TestClient, cognito_stack: Stack, cognito_outbox: Outbox
) -> None:
    service.post("/accounts", json=ANN)
    cognito_stack.update(parameters={"DataDirectory": "/nowhere"})

    answer = service.post("/accounts/confirm", json={"email": ANN["email"], "code": cognito_outbox.last().code})

    assert (answer.status_code, answer.json()["error"]) == (502, "UserLambdaValidationException")
