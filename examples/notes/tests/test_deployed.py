"""The service as its template deploys it: the API and its authorizer, the triggers, and what an update changes."""

import httpx
import pytest

from notes_service.settings import REGION
from pytest_cognito import HttpApi, Stack, Tokens, UserPool
from pytest_cognito.kernel.outbox import Outbox

ANN, BOB = "ann@acme.example", "bob@acme.example"

pytestmark = pytest.mark.cognito(region=REGION, users=[ANN, {"username": BOB, "groups": ["members"]}])


@pytest.fixture
def api(cognito_stack: Stack) -> HttpApi:
    """The API of the template, with its routes, its authorizer and its function."""
    api = cognito_stack.api("Api")
    assert isinstance(api, HttpApi)
    return api


def test_a_new_user_signs_up_and_reads_their_notes(api: HttpApi, cognito_outbox: Outbox) -> None:
    eve = {"email": "eve@other.example", "password": "Corr3ct-horse!"}
    assert api.post("/accounts", json=eve).status_code == 201
    code = cognito_outbox.last(to="eve@other.example").code
    assert api.post("/accounts/confirm", json={"email": eve["email"], "code": code}).status_code == 204
    token = api.post("/sessions", json=eve).json()["access_token"]

    answer = api.get("/notebooks", headers={"Authorization": f"Bearer {token}"})

    assert answer.json() == {"eve@other.example": ["Welcome!"]}


def test_the_tenant_is_in_the_tokens(cognito_tokens: Tokens) -> None:
    assert cognito_tokens.claims["tenant"] == cognito_tokens.id_claims["tenant"] == "acme.example"


def test_notes_are_behind_the_authorizer(api: HttpApi, cognito_auth_header: dict[str, str]) -> None:
    assert api.get("/notebooks", headers=cognito_auth_header).json() == {}

    answer = api.get("/notebooks")

    assert (answer.status_code, answer.json()) == (401, {"message": "Unauthorized"})


@pytest.mark.parametrize("spoil", ["expired", "tampered", "wrong_audience", "wrong_issuer"])
def test_the_authorizer_refuses_a_spoiled_token(
    api: HttpApi, cognito_tokens: Tokens, cognito_stack: Stack, spoil: str
) -> None:
    answer = api.get("/me", headers=getattr(cognito_tokens, spoil)().auth_header)

    assert answer.status_code == 401
    assert cognito_stack.function("ApiFunction").invocations == []


def test_the_authorizer_takes_id_tokens_and_the_service_does_not(api: HttpApi, cognito_tokens: Tokens) -> None:
    answer = api.get("/me", headers={"Authorization": f"Bearer {cognito_tokens.id_token}"})

    assert (answer.status_code, answer.json()) == (401, {"detail": "not an access token"})


def test_tokens_of_the_site_are_not_for_the_api(
    api: HttpApi, cognito_stack: Stack, cognito_user_pool: UserPool
) -> None:
    tokens = cognito_user_pool.user(BOB).tokens(client=cognito_stack.client("SiteClient"))

    assert api.get("/notebooks", headers=tokens.auth_header).status_code == 401


def test_writing_needs_the_scope_that_members_have(api: HttpApi, cognito_user_pool: UserPool) -> None:
    anns, bobs = (cognito_user_pool.user(name).sign_in().auth_header for name in (ANN, BOB))
    note = {"text": "Ship it"}

    answer = api.post("/notebooks/plans", json=note, headers=anns)

    assert (answer.status_code, answer.json()) == (403, {"message": "Forbidden"})
    assert api.post("/notebooks/plans", json=note, headers=bobs).status_code == 201
    assert api.get("/notebooks", headers=anns).json() == {"plans": ["Ship it"]}


def test_it_is_at_its_address(cognito_stack: Stack, cognito_auth_header: dict[str, str]) -> None:
    answer = httpx.get(f"{cognito_stack.outputs['Api']}/me", headers=cognito_auth_header)

    assert answer.json()["tenant"] == "acme.example"


def test_another_address_of_the_site_replaces_nothing(cognito_stack: Stack) -> None:
    changes = cognito_stack.update(parameters={"SiteUrl": "https://new.example"})

    assert (sorted(changes.modified), changes.replaced) == (["ApiFunction", "SiteClient"], [])
    assert cognito_stack.environment("ApiFunction")["NOTES_URL"] == "https://new.example"


def test_a_new_secret_of_google_changes_the_provider_alone(cognito_stack: Stack) -> None:
    changes = cognito_stack.update(secrets={"notes/google": {"client_secret": "rotated"}})

    assert changes.modified == ["Google"]
