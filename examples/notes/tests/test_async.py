"""The service's asynchronous side, by an asynchronous client in the test's own event loop."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pyotp
import pytest
import pytest_asyncio
from freezegun.api import FrozenDateTimeFactory

from notes_service.app import app
from notes_service.settings import REGION
from pytest_cognito import Tokens, User, UserPool
from pytest_cognito.kernel.outbox import Outbox

pytestmark = [pytest.mark.asyncio, pytest.mark.cognito(region=REGION)]


@pytest_asyncio.fixture
async def service() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://notes") as client:
        yield client


async def test_the_service_is_ready_when_the_pool_is(service: httpx.AsyncClient, cognito_user_pool: UserPool) -> None:
    answer = await service.get("/ready")

    assert answer.json() == {"keys": cognito_user_pool.jwks_uri}


async def test_the_service_is_not_ready_without_its_pool(
    service: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COGNITO_USER_POOL_ID", f"{REGION}_Missing00")

    assert (await service.get("/ready")).status_code == 503


async def test_a_signed_in_user_is_known(
    service: httpx.AsyncClient, cognito_user: User, cognito_auth_header: dict[str, str]
) -> None:
    answer = await service.get("/me", headers=cognito_auth_header)

    assert answer.json()["id"] == cognito_user.sub


async def test_a_tampered_token_is_refused(service: httpx.AsyncClient, cognito_tokens: Tokens) -> None:
    answer = await service.get("/me", headers=cognito_tokens.tampered().auth_header)

    assert (answer.status_code, answer.json()["detail"]) == (401, "Signature verification failed")


async def test_sign_ins_at_the_same_time_are_each_users_own(
    service: httpx.AsyncClient, cognito_user_pool: UserPool
) -> None:
    users = cognito_user_pool.create_user("ann@acme.example"), cognito_user_pool.create_user("bob@other.example")

    async def signed_in(user: User) -> object:
        answer = await service.post("/sessions", json={"email": user.email, "password": user.password})
        header = {"Authorization": f"Bearer {answer.json()['access_token']}"}
        return (await service.get("/me", headers=header)).json()["id"]

    assert await asyncio.gather(*map(signed_in, users * 5)) == [user.sub for user in users * 5]


async def test_an_old_user_comes_over_once_with_two_sign_ins_at_the_same_time(
    service: httpx.AsyncClient, cognito_user_pool: UserPool
) -> None:
    old = {"email": "old@acme.example", "password": "tr0ubador"}

    answers = await asyncio.gather(service.post("/sessions", json=old), service.post("/sessions", json=old))

    assert 201 in {answer.status_code for answer in answers}
    assert [user.email for user in cognito_user_pool.users] == ["old@acme.example"]


async def test_a_new_address_is_proven_by_its_code(
    service: httpx.AsyncClient, cognito_user: User, cognito_auth_header: dict[str, str], cognito_outbox: Outbox
) -> None:
    await service.put("/profile/email", json={"email": "new@acme.example"}, headers=cognito_auth_header)
    code = cognito_outbox.last(to="new@acme.example").code

    answer = await service.post("/profile/email/confirm", json={"code": code}, headers=cognito_auth_header)

    assert (answer.status_code, cognito_user.email) == (204, "new@acme.example")


async def test_a_sign_in_takes_password_and_code(
    service: httpx.AsyncClient, clock: FrozenDateTimeFactory, cognito_user: User, cognito_auth_header: dict[str, str]
) -> None:
    set_up = await service.post("/profile/second-factor", headers=cognito_auth_header)
    authenticator = pyotp.parse_uri(set_up.json()["uri"])
    assert isinstance(authenticator, pyotp.TOTP)
    first = {"code": authenticator.now()}
    await service.post("/profile/second-factor/confirm", json=first, headers=cognito_auth_header)
    clock.tick(authenticator.interval)

    asked = await service.post("/sessions", json={"email": cognito_user.email, "password": cognito_user.password})
    code = {"email": cognito_user.email, "session": asked.json()["session"], "code": authenticator.now()}
    answer = await service.post("/sessions/code", json=code)

    assert (asked.status_code, answer.status_code) == (202, 201)


async def test_admins_page_through_the_users(service: httpx.AsyncClient, cognito_user_pool: UserPool) -> None:
    root = cognito_user_pool.create_user("root@acme.example", groups=["admins"])
    cognito_user_pool.create_users(3, prefix="guest")
    query: dict[str, str | int] = {"email": "guest", "size": 2}
    header = root.sign_in().auth_header

    first = (await service.get("/admin/users", params=query, headers=header)).json()
    second = (await service.get("/admin/users", params=query | {"page": first["next"]}, headers=header)).json()

    assert (len(first["users"]), len(second["users"]), second["next"]) == (2, 1, None)
