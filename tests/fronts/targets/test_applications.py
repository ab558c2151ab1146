"""WSGI and ASGI applications behind a front."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import BackgroundTasks, FastAPI
from fastapi import Request as FastAPIRequest
from flask import Flask, request
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import Cognito
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.front import Front
from pytest_cognito.fronts.targets import Target, applications
from pytest_cognito.kernel.errors import UsageError


class Open(Front):
    """A front that lets everything pass."""

    service = "elb"

    def __init__(self, cognito: Cognito, app: object) -> None:
        super().__init__(cognito.world, "open.example.com", "us-east-1")
        target = applications.find(app)
        assert target is not None
        self.target = target

    def admit(self, exchange: Exchange) -> Target:
        return self.target


async def _asgi(scope: Any, receive: Any, send: Any) -> None:
    assert scope["type"] == "http"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-a", b"1"), (b"x-a", b"2")]})
    await send({"type": "http.response.body", "body": b"a", "more_body": True})
    await send({"type": "http.response.body", "body": scope["path"].encode()})


def _flask() -> Flask:
    app = Flask(__name__)

    @app.route("/echo/<path:rest>", methods=["GET", "POST"])
    def echo(rest: str) -> dict[str, Any]:
        sent = request.get_data(as_text=True)
        return {
            "rest": rest,
            "query": request.args.to_dict(),
            "body": sent,
            "host": request.host,
            "ip": request.remote_addr,
        }

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError

    app.testing = True
    return app


def test_a_wsgi_application_gets_path_query_body_and_host(cognito: Cognito) -> None:
    front = Open(cognito, _flask())
    assert front.post("/echo/a%20b/ü?c=d", data="höhe", headers={"Content-Type": "text/plain"}).json() == {
        "rest": "a b/ü",
        "query": {"c": "d"},
        "body": "höhe",
        "host": "open.example.com",
        "ip": "127.0.0.1",
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    path=st.text("aZ9 /%?#&+;=~.ä€\U0001f600\u2028", max_size=8),
    query=st.text("aZ9 /%?#&+;=~.ä€\x00\n", max_size=8),
    body=st.binary(max_size=8),
)
def test_both_kinds_see_the_same_request(cognito: Cognito, path: str, query: str, body: bytes) -> None:
    def wsgi(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        sent = environ["wsgi.input"].read()
        return [environ["PATH_INFO"].encode("latin-1"), b"|", environ["QUERY_STRING"].encode(), b"|", sent]

    async def asgi(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        sent = (await receive())["body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        content = b"|".join((scope["path"].encode(), scope["query_string"], sent))
        await send({"type": "http.response.body", "body": content})

    url = f"/{quote(path, safe='')}?q={quote(query)}"
    for app in (wsgi, asgi):
        assert Open(cognito, app).post(url, data=body).content == f"/{path}|q={quote(query)}|".encode() + body


def test_what_an_application_raises_the_test_gets(cognito: Cognito) -> None:
    with pytest.raises(ZeroDivisionError):
        Open(cognito, _flask()).get("/broken")


def test_an_asgi_application_answers_plain_and_asynchronous_calls(cognito: Cognito) -> None:
    front = Open(cognito, _asgi)
    response = front.get("/x")
    assert (response.status_code, response.headers["x-a"], response.text) == (200, "1, 2", "a/x")

    async def in_a_loop() -> tuple[str, str]:
        return (await front.aget("/y")).text, front.get("/z").text

    assert asyncio.run(in_a_loop()) == ("a/y", "a/z")


def test_a_lifespan_begins_with_the_first_request_and_ends_with_the_world() -> None:
    from pytest_cognito import mock_cognito

    events: list[str] = []

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, str]]:
        events.append("start")
        yield {"colour": "green"}
        events.append("stop")

    app = FastAPI(lifespan=lifespan)

    @app.get("/colour")
    async def colour(request: FastAPIRequest) -> str:
        events.append("request")
        return str(request.state.colour)

    with mock_cognito() as cognito:
        front = Open(cognito, app)
        assert events == []
        assert front.get("/colour").json() == front.get("/colour").json() == "green"
        assert events == ["start", "request", "request"]
    assert events == ["start", "request", "request", "stop"]


def test_an_application_that_does_not_start_says_why(cognito: Cognito) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no database"})

    with pytest.raises(UsageError, match="no database"):
        Open(cognito, app).get("/")


def test_what_keeps_an_application_from_starting_is_the_cause(cognito: Cognito) -> None:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        raise ConnectionError("no database")
        yield

    with pytest.raises(UsageError, match="its startup") as raised:
        Open(cognito, FastAPI(lifespan=lifespan)).get("/")
    assert isinstance(raised.value.__cause__, ConnectionError)


def test_what_an_application_does_after_its_response_is_done(cognito: Cognito) -> None:
    app, done = FastAPI(), list[str]()

    @app.post("/notes")
    async def add(tasks: BackgroundTasks) -> str:
        tasks.add_task(done.append, "sent")
        return "ok"

    assert Open(cognito, app).post("/notes").json() == "ok"
    assert done == ["sent"]


def test_an_application_without_a_response_is_told(cognito: Cognito) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()

    with pytest.raises(UsageError, match=r"http\.response\.start"):
        Open(cognito, app).get("/")


def test_an_application_may_ask_itself(cognito: Cognito) -> None:
    app = FastAPI()
    front = Open(cognito, app)

    @app.get("/outer")
    async def outer() -> str:
        return str(front.get("/inner").json())

    @app.get("/inner")
    async def inner() -> str:
        return "here"

    assert front.get("/outer").json() == "here"


def test_applications_and_functions_are_told_apart() -> None:
    def function(event: dict[str, Any], context: object) -> None: ...

    def wsgi(environ: Any, start_response: Any) -> None: ...

    def asgi_2(scope: Any) -> None: ...

    class Object:
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None: ...

    assert applications.find(function) is None
    assert applications.find("app") is None
    assert applications.find(Object) is None
    assert isinstance(applications.find(wsgi), applications.WsgiApplication)
    assert isinstance(applications.find(_flask()), applications.WsgiApplication)
    assert isinstance(applications.find(Object()), applications.AsgiApplication)
    assert isinstance(applications.find(FastAPI()), applications.AsgiApplication)
    wrapped = applications.WsgiApplication(function)  # type: ignore[arg-type]
    assert applications.find(wrapped) is wrapped
    with pytest.raises(UsageError, match="ASGI 2"):
        applications.find(asgi_2)
