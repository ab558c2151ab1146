"""The Sync manager for JavaScript, amazon-cognito-js, against the server, where this machine has Node."""

from __future__ import annotations

import json

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.handles.identity import Identity
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support import node


@pytest.fixture
def alice(world: World) -> Identity:
    """An identity of a user with a role, in a pool that admits guests."""
    user_pool = Cognito(world).create_user_pool()
    provider = user_pool.issuer.removeprefix("https://")
    trusted = {"ProviderName": provider, "ClientId": user_pool.create_client().id}
    pool = Cognito(world).create_identity_pool(AllowUnauthenticatedIdentities=True, CognitoIdentityProviders=[trusted])
    pool.set_roles(authenticated=pool.create_role("users"), unauthenticated=pool.create_role("guests", guests=True))
    return pool.identity_of(user_pool.create_user("alice"))


def test_two_devices(server: Server, world: World, alice: Identity) -> None:
    """A change reaches the other one, a conflict is resolved; a merged and a deleted dataset are told."""
    user = Cognito(world).pools[0].user("alice")
    logins = {user.pool.issuer.removeprefix("https://"): user.sign_in().id_token}
    guest = alice.pool.guest()

    def merge(question: object) -> str:
        device = guest.sync_device()
        device.dataset("settings")["sound"] = "on"
        device.synchronize()
        assert guest.link(user) == alice
        return "merged"

    names = {"endpoint": server.endpoint_url, "pool": alice.pool.id, "region": alice.pool.region, "logins": logins}
    said = node.converse(node.program(), "sync_manager.mjs", json.dumps(names), merge)

    assert said["first"] == [[], [], {"theme": "dark", "size": "12"}]
    asked, other, values = said["conflict"]
    assert asked[0] == ["conflict", ["theme", "blue"]]
    assert (other, values["theme"]) == ([], "red")
    assert not values.get("size")
    assert said["merged"] == [["merged", f"settings.{guest.id}"]]
    assert said["deleted"] == [[["deleted", "settings"]], {}]
    assert {call.operation for call in world.calls if call.error is not None} == set()
