"""The service's asynchronous side, by an asynchronous client in the test's own event loop."""

import httpx
import pytest
import pytest_asyncio

from infrastructure import APP_CLIENT, USER_POOL
from notes_service.app import app
from notes_service.settings import REGION

pytestmark = [pytest.mark.asyncio, pytest.mark.cognito(pool=USER_POOL, client=APP_CLIENT, region=REGION)]


@pytest_asyncio.fixture
async def service():
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://notes") as client:
        yield client


async def test_the_service_is_ready_when_the_pool_is(service, cognito_user_pool):
    answer = await service.get("/ready")

    assert answer.json() == {"keys": cognito_user_pool.jwks_uri}


async def test_the_service_is_not_ready_without_its_pool(service, monkeypatch):
    monkeypatch.setenv("COGNITO_USER_POOL_ID", f"{REGION}_Missing00")

    assert (await service.get("/ready")).status_code == 503


async def test_a_signed_in_user_is_known(service, cognito_user, cognito_auth_header):
    answer = await service.get("/me", headers=cognito_auth_header)

    assert answer.json()["id"] == cognito_user.sub


async def test_a_tampered_token_is_refused(service, cognito_tokens):
    answer = await service.get("/me", headers=cognito_tokens.tampered().auth_header)

    assert (answer.status_code, answer.json()["detail"]) == (401, "Signature verification failed")
