"""An HTTP API is reached by every HTTP library in process, and over the loopback server."""

from __future__ import annotations

from typing import Any

import aiohttp
import httpx
import pytest
import requests
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from fastapi import FastAPI, Request
from flask import Flask
from mangum import Mangum

from pytest_cognito import Cognito, HttpApi, Server, UserPool
from pytest_cognito.world import World
from tests.support.fronts import told


@pytest.fixture
def api(cognito: Cognito, cognito_user_pool: UserPool) -> HttpApi:
    return cognito.http_api({"GET /notes": told}, authorizer=cognito_user_pool, stage="dev")


def test_libraries_in_process(api: HttpApi, cognito_auth_header: dict[str, str]) -> None:
    for get in (requests.get, httpx.get):
        assert get(f"{api.url}/notes", headers=cognito_auth_header, timeout=5).json()["jwt"]["claims"]
        assert get(f"{api.url}/notes", timeout=5).headers["www-authenticate"] == "Bearer"


@pytest.mark.asyncio
async def test_asynchronous_libraries_in_process(api: HttpApi, cognito_auth_header: dict[str, str]) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{api.url}/notes", headers=cognito_auth_header)).status_code == 200
    async with aiohttp.ClientSession() as session, session.get(f"{api.url}/notes") as response:
        assert (response.status, await response.json()) == (401, {"message": "Unauthorized"})
    assert (await api.aget("/notes", headers=cognito_auth_header)).status_code == 200
    assert (await api.aget("/notes")).status_code == 401


def test_over_the_loopback_server(api: HttpApi, cognito_server: Server, cognito_auth_header: dict[str, str]) -> None:
    url = f"{cognito_server.endpoint_url}/_provider/{api.host}/dev/notes"
    response = requests.get(url, headers=cognito_auth_header, timeout=5)
    assert response.json()["jwt"]["claims"]["username"] == "alice"
    assert requests.get(url, timeout=5).status_code == 401


def test_a_world_that_begins_with_another_has_the_api_with_its_own_records(
    api: HttpApi, cognito: Cognito, cognito_auth_header: dict[str, str]
) -> None:
    world = World(parent=cognito.world, account_id="111122223333")
    heir = world.sites.find(api.host)
    assert isinstance(heir, HttpApi)
    before = len(cognito.calls)
    assert heir.get("/notes", headers=cognito_auth_header).status_code == 200
    assert (len(cognito.calls), len(world.calls)) == (before, 1)


def test_a_resolver_of_powertools(cognito: Cognito, cognito_user_pool: UserPool, cognito_auth_header: Any) -> None:
    app = APIGatewayHttpResolver()

    @app.get("/notes/<note_id>")
    def note(note_id: str) -> dict[str, Any]:
        authorizer = app.current_event.request_context.authorizer
        return {"note": note_id, "user": authorizer.jwt_claim["username"] if authorizer else None}

    api = cognito.http_api(app, authorizer=cognito_user_pool)
    assert api.get("/notes/7", headers=cognito_auth_header).json() == {"note": "7", "user": "alice"}
    assert api.get("/tags", headers=cognito_auth_header).status_code == 404


@pytest.mark.usefixtures("mangum_loop")
def test_an_application_by_mangum_or_by_itself(
    cognito: Cognito, cognito_user_pool: UserPool, cognito_auth_header: dict[str, str]
) -> None:
    app = FastAPI()

    @app.get("/notes")
    def notes(request: Request) -> dict[str, Any]:
        event = request.scope.get("aws.event")
        user = event["requestContext"]["authorizer"]["jwt"]["claims"]["username"] if event else None
        return {"user": user, "tag": request.query_params.get("tag")}

    for handler, user in ((Mangum(app, lifespan="off"), "alice"), (app, None)):
        api = cognito.http_api(handler, authorizer=cognito_user_pool)
        assert api.get("/notes?tag=x").status_code == 401
        response = api.get("/notes?tag=x", headers=cognito_auth_header)
        assert response.json() == {"user": user, "tag": "x"}


def test_a_wsgi_application_on_a_named_stage(cognito: Cognito) -> None:
    app = Flask("notes")
    app.add_url_rule("/notes/<note>", view_func=lambda note: {"note": note}, endpoint="note")
    api = cognito.http_api({"GET /notes/{id}": app}, stage="dev")
    response = api.get("/notes/7")
    assert response.json() == {"note": "7"}
    assert response.headers["content-length"] == str(len(response.content))
