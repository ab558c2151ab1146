"""A request through a front, against what cannot be left out of it: the verification of its token, and the application.

Each request has a token of its own, as after a sign-in: nothing can be known of it from the time before. The sign-in
that it comes from is not measured. In one row a test sends the same token again and again, as most tests do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from time import process_time
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from fastapi import FastAPI, Request
from mangum import Mangum

from pytest_cognito import mock_cognito

from . import floor
from .measure import CALLS, Row, Subject

_MANGUM = "a request through http_api with a new token"
_POWERTOOLS = "a request through http_api to a resolver"
_AGAIN = "a request through http_api with the same token"
_SIGNED = b"x" * 1000
"""A token's header and payload have about so many bytes."""
_web = FastAPI()
_mangum = Mangum(_web, lifespan="off")
_resolver = APIGatewayHttpResolver()


@_web.get("/notes/{note}")
async def _read_note(note: str, request: Request) -> dict[str, Any]:
    claims = request.scope["aws.event"]["requestContext"]["authorizer"]["jwt"]["claims"]
    return {"note": note, "user": claims["username"]}


@_resolver.get("/notes/<note>")
def _get_note(note: str) -> dict[str, Any]:
    authorizer = _resolver.current_event.request_context.authorizer
    return {"note": note, "user": authorizer and authorizer.jwt_claim["username"]}


def _by_mangum(quick: bool) -> Iterable[Row]:
    """An application of FastAPI behind a JWT authorizer of a pool."""
    yield Row(_MANGUM, "one RSA verification + FastAPI", 1.5, _taken(quick, _mangum))


def _by_powertools(quick: bool) -> Iterable[Row]:
    """The fastest application that there is: what the front does itself shows most."""
    yield Row(_POWERTOOLS, "one RSA verification + powertools", 3.0, _taken(quick, _resolver.resolve))


def _again(quick: bool) -> Iterable[Row]:
    """The token is that of the request before."""
    yield Row(_AGAIN, "one RSA verification + FastAPI", 1.5, _taken(quick, _mangum, new_tokens=False))


def _taken(
    quick: bool, application: Callable[[dict[str, Any], Any], Any], *, new_tokens: bool = True
) -> list[list[float]]:
    with mock_cognito(region=floor.REGION, seed="benchmarks") as cognito:
        pool = cognito.create_user_pool(PoolName="benchmarks")
        pool.create_user("alice")
        events: list[dict[str, Any]] = []

        def handler(event: dict[str, Any], context: Any) -> Any:
            events.append(event)
            return application(event, context)

        api = cognito.http_api({"GET /notes/{note}": handler}, authorizer=pool)
        assert api.get("/notes/7", headers=pool.tokens_for("alice").auth_header).status_code == 200
        event, context, verify = events[0], _Context(), _verification()

        def theirs() -> None:
            verify()
            application(event, context)

        def after() -> None:
            cognito.calls.clear()
            cognito.world.functions.invocations.clear()
            events.clear()

        def new() -> list[dict[str, str]]:
            if not new_tokens:
                return [pool.tokens_for("alice").auth_header] * CALLS
            return [pool.tokens_for("alice").auth_header for _ in range(CALLS)]

        return _in_turns(20 if quick else 60, new, lambda header: api.get("/notes/7", headers=header), theirs, after)


class _Context:
    """What powertools asks of a context."""

    aws_request_id = "1"


def _verification() -> Callable[[], object]:
    """One verification with a key that is there already."""
    key = rsa.generate_private_key(65537, 2048)
    signature, public = key.sign(_SIGNED, padding.PKCS1v15(), hashes.SHA256()), key.public_key()
    return lambda: public.verify(signature, _SIGNED, padding.PKCS1v15(), hashes.SHA256())


def _in_turns(
    rounds: int,
    new: Callable[[], list[dict[str, str]]],
    ours: Callable[[dict[str, str]], object],
    theirs: Callable[[], object],
    after: Callable[[], object],
) -> list[list[float]]:
    """As `measure.call_by_call`; the tokens of a round are made before it, and not measured."""
    taken = []
    for _ in range(rounds):
        seconds = [0.0, 0.0]
        for header in new():
            calls: tuple[Callable[[], object], ...] = (partial(ours, header), theirs)
            for number, call in enumerate(calls):
                start = process_time()
                call()
                seconds[number] += process_time() - start
        taken.append([each / CALLS for each in seconds])
        after()
    return [list(column) for column in zip(*taken, strict=True)]


SUBJECTS = (Subject((_MANGUM,), _by_mangum), Subject((_AGAIN,), _again), Subject((_POWERTOOLS,), _by_powertools))
