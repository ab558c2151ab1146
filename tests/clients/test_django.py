"""Django behind every front, by WSGI and by ASGI."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import requests

from tests.support.web_apps import DJANGO, needs

needs(*DJANGO)

from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.test import override_settings
from django.urls import re_path

from pytest_cognito import Cognito

LENGTH = 1_000_000


def notes(request: HttpRequest) -> Any:
    response = JsonResponse(
        {
            "path": request.path,
            "body": len(request.body),
            "tags": request.GET.getlist("tag"),
            "host": request.get_host(),
        }
    )
    response.set_cookie("a", "1")
    response.set_cookie("b", "2", httponly=True)
    return response


async def pieces() -> AsyncIterator[bytes]:
    for piece in (b"a", b"b"):
        yield piece


def stream(request: HttpRequest) -> Any:
    return StreamingHttpResponse(pieces() if isinstance(request, ASGIRequest) else iter([b"a", b"b"]))


async def coroutine(request: HttpRequest) -> Any:
    await asyncio.sleep(0)
    return HttpResponse(b"\x89PNG", content_type="image/png")


urlpatterns = [re_path("stream$", stream), re_path("coroutine$", coroutine), re_path("", notes)]


@pytest.fixture(autouse=True)
def without_a_database() -> Iterator[None]:
    """A request looks after no connection: there is none, and pytest-django lets only tests with a database do so."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("app", [WSGIHandler, ASGIHandler])
@pytest.mark.parametrize("front", ["http_api", "rest_api", "load_balancer"])
def test_behind(cognito: Cognito, front: str, app: Any) -> None:
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[]):
        options = {"action": "forward"} if front == "load_balancer" else {}
        made = getattr(cognito, front)(app(), **options)
        answer = made.post("/notes", params={"tag": ["red", "blue"]}, data=b"\0" * LENGTH)
        said = answer.json()
        assert (said["body"], said["tags"], said["host"]) == (LENGTH, ["red", "blue"], made.host)
        assert dict(answer.cookies) == {"a": "1", "b": "2"}
        assert made.get("/stream").content == b"ab"
        assert requests.get(f"{made.url}/coroutine", timeout=5).content == b"\x89PNG"
        assert made.head("/notes").content == b""
