"""Explanations of errors about app clients."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import CLIENTS, POOLS
from pytest_cognito.kernel.text import first_few, plain

_SECRETS = ("ClientSecret", "Secret")
"""The members of requests that are the secret itself."""


def existing_clients(details: CallDetails) -> Iterator[str]:
    """The existing app clients, and the pool or region of the one in the call if that differs."""
    clients = list(details.table(CLIENTS))
    if not clients:
        yield "there are no app clients here"
        return
    yield f"app clients: {first_few(f'{client.id} ({plain(client.name)}) of {client.pool_id}' for client in clients)}"
    if details.client is None:
        return
    pool_id = details.parameter("UserPoolId")
    if pool_id is not None and pool_id != details.client.pool_id:
        yield f"{details.client.id} is a client of {details.client.pool_id}, not of {plain(pool_id)}"
    pool = details.table(POOLS).get(details.client.pool_id)
    if pool is not None and pool.region != details.call.region:
        yield f"{details.client.id} is in {pool.region}; the call went to {details.call.region}"


def absent_client(details: CallDetails) -> Iterator[str]:
    """The existing app clients, if the one in the call does not exist."""
    if details.client is None:
        yield from existing_clients(details)


def flows(details: CallDetails) -> Iterator[str]:
    """The ExplicitAuthFlows of the app client."""
    if details.client is not None:
        allowed = details.client.settings.get("ExplicitAuthFlows") or ()
        yield f"ExplicitAuthFlows of {details.client.id}: {', '.join(allowed) or 'none given'}"


def secret(details: CallDetails) -> Iterator[str]:
    """Whether the app client has a secret, and how the call proves that it knows it."""
    client = details.client
    if client is None:
        return
    proof = next((name for name in (*_SECRETS, "SecretHash") if name in details.members), "SECRET_HASH")
    if not client.secrets and proof == "Secret":
        yield f"{client.id} has no secret, so that it gets no tokens for itself"
    elif not client.secrets:
        yield f"{client.id} has no secret: leave {proof} out"
    elif proof in _SECRETS:
        yield f"{client.id} has a secret, which is the {proof} of this call"
    else:
        name = details.hashed_username
        named = "the user name" if name is None else repr(name)
        yield f"{client.id} has a secret: {proof} is base64(HMAC-SHA256(secret, {named} + client id))"


def writable(details: CallDetails) -> Iterator[str]:
    """The WriteAttributes of the app client."""
    if details.client is not None:
        names = details.client.settings.get("WriteAttributes") or ()
        yield f"WriteAttributes of {details.client.id}: {first_few(names) or 'none given'}"
