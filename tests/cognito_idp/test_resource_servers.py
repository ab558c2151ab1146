"""Resource servers, and the scopes that they give app clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import Answer, App
from tests.support.refusals import PAGINATION_TOKEN_INVALID, Refusal, invalid_parameter, no_pool, refusal

NOTES = "https://notes.example.com"
READ = {"ScopeName": "read", "ScopeDescription": "Read notes"}
WRITE = {"ScopeName": "write", "ScopeDescription": "Write notes"}
MACHINE: dict[str, Any] = {
    "GenerateSecret": True,
    "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH"],
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["client_credentials"],
}
NO_SERVER = Refusal("ResourceNotFoundException", f"Resource server {NOTES} does not exist.")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool()


def create(app: App, identifier: str = NOTES, **settings: Any) -> Answer:
    parameters = {"Name": "notes", "UserPoolId": app.pool_id, "Identifier": identifier, **settings}
    answer: Answer = app.call("create_resource_server", **parameters)["ResourceServer"]
    return answer


def update(app: App, **settings: Any) -> Answer:
    parameters = {"Name": "notes", "UserPoolId": app.pool_id, "Identifier": NOTES, **settings}
    answer: Answer = app.call("update_resource_server", **parameters)["ResourceServer"]
    return answer


def describe(app: App) -> Answer:
    answer: Answer = app.call("describe_resource_server", UserPoolId=app.pool_id, Identifier=NOTES)["ResourceServer"]
    return answer


def scopes_of(app: App, client_id: str) -> list[str]:
    answer = app.call("describe_user_pool_client", UserPoolId=app.pool_id, ClientId=client_id)["UserPoolClient"]
    scopes: list[str] = answer["AllowedOAuthScopes"]
    return scopes


def test_a_server_is_created_and_read(app: App) -> None:
    created = create(app, Scopes=[READ, WRITE])
    assert created == {"UserPoolId": app.pool_id, "Identifier": NOTES, "Name": "notes", "Scopes": [READ, WRITE]}
    assert describe(app) == created
    assert "Scopes" not in create(app, "plain")


def test_an_update_replaces_name_and_scopes(app: App) -> None:
    create(app, Scopes=[READ, WRITE])
    assert update(app, Name="other", Scopes=[WRITE])["Scopes"] == [WRITE]
    assert update(app, Name="other") == {"UserPoolId": app.pool_id, "Identifier": NOTES, "Name": "other"}
    assert describe(app)["Name"] == "other"


def test_servers_are_listed_by_identifier(app: App) -> None:
    for name in ("c", "a", "b"):
        create(app, name, Scopes=[READ])
    pages = app.pages("list_resource_servers", 2)
    assert [[each["Identifier"] for each in page["ResourceServers"]] for page in pages] == [["a", "b"], ["c"]]
    assert pages[0]["ResourceServers"][0]["Scopes"] == [READ]


def test_a_client_is_allowed_scopes_that_there_are(app: App) -> None:
    create(app, Scopes=[READ])
    assert scopes_of(app, app.pool.create_client(**MACHINE, AllowedOAuthScopes=[f"{NOTES}/read"]).id)
    make: Callable[..., object] = app.idp.create_user_pool_client
    answer = refusal(make, UserPoolId=app.pool_id, ClientName="c", **MACHINE, AllowedOAuthScopes=[f"{NOTES}/write"])
    assert answer == Refusal("ScopeDoesNotExistException", f"Invalid scope requested: {NOTES}/write")


def test_scopes_of_another_pool_are_none(cognito: Cognito, app: App) -> None:
    create(app, Scopes=[READ])
    other = cognito.create_user_pool()
    make: Callable[..., object] = app.idp.create_user_pool_client
    answer = refusal(make, UserPoolId=other.id, ClientName="c", **MACHINE, AllowedOAuthScopes=[f"{NOTES}/read"])
    assert answer.code == "ScopeDoesNotExistException"


def test_a_scope_that_is_gone_stays_with_the_client_inactive(app: App) -> None:
    create(app, Scopes=[READ, WRITE])
    wanted = ["openid", f"{NOTES}/read", f"{NOTES}/write"]
    google = app.pool.create_identity_provider("Google")
    web = app.pool.create_client(
        AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=wanted,
        CallbackURLs=["https://app.example.com/"],
    )

    def granted() -> list[str]:
        return str(google.sign_in("1", client=web).claims["scope"]).split()

    assert granted() == wanted
    update(app, Scopes=[READ])
    assert granted() == wanted[:2]
    app.call("delete_resource_server", UserPoolId=app.pool_id, Identifier=NOTES)
    assert (granted(), scopes_of(app, web.id)) == (["openid"], wanted)
    create(app, Scopes=[WRITE])
    assert granted() == ["openid", f"{NOTES}/write"]


def test_refused_servers(app: App) -> None:
    created = create(app, Scopes=[READ])
    expected = invalid_parameter(f"{NOTES} already exists in user pool {app.pool_id}.")
    assert refusal(create, app=app, Name="again") == expected
    for call in (create, update):
        identifier = {"identifier": "other"} if call is create else {}
        answer = refusal(call, app=app, Scopes=[READ, WRITE, READ], **identifier)
        assert answer.code == "InvalidParameterException"
    assert describe(app) == created
    for settings in ({"Scopes": [{**READ, "ScopeName": "a/b"}]}, {"identifier": "a b"}, {"Scopes": [READ] * 101}):
        assert refusal(create, app=app, **settings).message.startswith("1 validation error detected")


def test_a_pool_has_at_most_25(app: App) -> None:
    for number in range(25):
        create(app, f"s{number}")
    assert refusal(create, app=app).code == "LimitExceededException"
    app.call("delete_resource_server", UserPoolId=app.pool_id, Identifier="s0")
    create(app)


def test_a_server_that_there_is_not(app: App) -> None:
    ids = {"UserPoolId": app.pool_id, "Identifier": NOTES}
    for name in ("describe_resource_server", "delete_resource_server"):
        assert refusal(getattr(app.idp, name), **ids) == NO_SERVER
    assert refusal(update, app=app) == NO_SERVER
    listing: Callable[..., object] = app.idp.list_resource_servers
    assert refusal(listing, UserPoolId=app.pool_id, NextToken="abc") == PAGINATION_TOKEN_INVALID
    nowhere = "us-east-1_Nowhere00"
    assert refusal(create, app=app, UserPoolId=nowhere) == no_pool(nowhere)
