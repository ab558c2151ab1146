"""What explains errors about an app client: which there are, and what this one allows."""

from __future__ import annotations

from collections.abc import Iterator

from ..cognito_idp.tables import CLIENTS, POOLS
from .scene import Scene, some


def clients_there(scene: Scene) -> Iterator[str]:
    """The app clients there are, and why the one that was asked for isn't found if it exists."""
    clients = list(scene.table(CLIENTS))
    if not clients:
        yield "there are no app clients here"
        return
    yield f"app clients: {some(f'{client.id} ({client.name}) of {client.pool_id}' for client in clients)}"
    if scene.client is None:
        return
    asked = scene.parameter("UserPoolId")
    if asked is not None and asked != scene.client.pool_id:
        yield f"{scene.client.id} is a client of {scene.client.pool_id}, not of {asked}"
    pool = scene.table(POOLS).get(scene.client.pool_id)
    if pool is not None and pool.region != scene.call.region:
        yield f"{scene.client.id} is in {pool.region}; the call went to {scene.call.region}"


def flows(scene: Scene) -> Iterator[str]:
    """The flows that the client allows."""
    if scene.client is not None:
        allowed = scene.client.settings.get("ExplicitAuthFlows") or ()
        yield f"ExplicitAuthFlows of {scene.client.id}: {', '.join(allowed) or 'none given'}"


def secret(scene: Scene) -> Iterator[str]:
    """What the client wants to be shown."""
    if scene.client is None:
        return
    name = scene.username or "the user name"
    yield f"{scene.client.id} has a secret: SECRET_HASH is base64(HMAC-SHA256(secret, {name!r} + client id))"


def writable(scene: Scene) -> Iterator[str]:
    """The attributes that the client may write."""
    if scene.client is not None:
        names = scene.client.settings.get("WriteAttributes") or ()
        yield f"WriteAttributes of {scene.client.id}: {some(names) or 'none given'}"
