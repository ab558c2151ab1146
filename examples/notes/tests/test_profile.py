"""The profile, and an e-mail address that changes once it is proven."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from notes_service.settings import REGION
from pytest_cognito import Cognito, Tokens
from pytest_cognito.kernel.outbox import Outbox

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


ANN = {"username": "ann@acme.example", "password": "Corr3ct-horse!"}
BOB = {"username": "bob@other.example"}
NEW = "ann@other.example"

Header = Callable[[dict[str, Any]], dict[str, str]]
SignIn = Callable[[str], Response]

pytestmark = pytest.mark.cognito(region=REGION, users=[ANN, BOB])


@pytest.fixture
def sign_in(service: TestClient) -> SignIn:
    """A sign-in of Ann, by one address or the other."""
    return lambda email: service.post("/sessions", json={"email": email, "password": ANN["password"]})


@pytest.fixture
def anns(header: Header) -> dict[str, str]:
    return header(ANN)


@pytest.fixture
def code(service: TestClient, anns: dict[str, str], cognito_outbox: Outbox) -> str | None:
    """The code that went to the new address."""
    assert service.put("/profile/email", json={"email": NEW}, headers=anns).status_code == 202
    return cognito_outbox.last(to=NEW).code


def test_a_user_reads_the_profile(service: TestClient, anns: dict[str, str]) -> None:
    assert service.get("/profile", headers=anns).json() == {"email": "ann@acme.example", "second_factor": False}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/profile", None),
        ("PUT", "/profile/email", {"email": NEW}),
        ("POST", "/profile/email/confirm", {"code": "123456"}),
        ("POST", "/profile/second-factor", None),
        ("POST", "/profile/second-factor/confirm", {"code": "123456"}),
        ("DELETE", "/profile/second-factor", None),
    ],
)
def test_a_profile_is_its_users_own(service: TestClient, method: str, path: str, body: dict[str, str] | None) -> None:
    assert service.request(method, path, json=body).status_code == 401


@pytest.mark.parametrize("path", ["/profile", "/profile/second-factor"])
def test_a_token_of_another_pool_opens_none(service: TestClient, cognito: Cognito, path: str) -> None:
    """Cognito itself would take it: the API of user pools asks no pool, it goes by the token."""
    stranger = cognito.create_user_pool(AutoVerifiedAttributes=["email"]).create_user("m", email="m@acme.example")

    answer = service.request("GET" if path == "/profile" else "POST", path, headers=stranger.sign_in().auth_header)

    assert answer.status_code == 401
    assert "Unable to find a signing key" in answer.json()["detail"]


def test_a_code_goes_to_the_new_address(service: TestClient, anns: dict[str, str], cognito_outbox: Outbox) -> None:
    answer = service.put("/profile/email", json={"email": NEW}, headers=anns)

    assert answer.json() == {"codes_sent_to": ["a***@o***"]}
    assert [message.to for message in cognito_outbox] == [NEW]


def test_the_old_address_works_until_the_code_is_back(
    service: TestClient, anns: dict[str, str], code: str | None, sign_in: SignIn
) -> None:
    assert service.get("/profile", headers=anns).json()["email"] == "ann@acme.example"
    assert (sign_in("ann@acme.example").status_code, sign_in(NEW).status_code) == (201, 401)

    assert service.post("/profile/email/confirm", json={"code": code}, headers=anns).status_code == 204

    assert service.get("/profile", headers=anns).json()["email"] == NEW
    assert (sign_in("ann@acme.example").status_code, sign_in(NEW).status_code) == (401, 201)


def test_a_wrong_code_changes_nothing(service: TestClient, anns: dict[str, str], code: str | None) -> None:
    wrong = "000000" if code != "000000" else "111111"

    answer = service.post("/profile/email/confirm", json={"code": wrong}, headers=anns)

    assert (answer.status_code, answer.json()["error"]) == (400, "CodeMismatchException")
    assert service.get("/profile", headers=anns).json()["email"] == "ann@acme.example"


def test_the_tenant_changes_with_the_address_and_not_before(
    service: TestClient, anns: dict[str, str], code: str | None, sign_in: SignIn
) -> None:
    def tenant(answer: Response) -> object:
        header = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return service.get("/me", headers=header).json()["tenant"]

    assert tenant(sign_in("ann@acme.example")) == "acme.example"

    service.post("/profile/email/confirm", json={"code": code}, headers=anns)
    assert tenant(sign_in(NEW)) == "other.example"


def test_another_users_address_is_refused(service: TestClient, anns: dict[str, str], cognito_outbox: Outbox) -> None:
    answer = service.put("/profile/email", json={"email": BOB["username"]}, headers=anns)

    assert (answer.status_code, answer.json()["error"]) == (409, "AliasExistsException")
    assert len(cognito_outbox) == 0


def test_the_number_of_the_old_table_is_not_the_users_to_write(
    cognito_idp: CognitoIdentityProviderClient, cognito_tokens: Tokens
) -> None:
    with pytest.raises(cognito_idp.exceptions.NotAuthorizedException, match="unauthorized attribute"):
        cognito_idp.update_user_attributes(
            AccessToken=cognito_tokens.access_token, UserAttributes=[{"Name": "custom:old_id", "Value": "1"}]
        )
