"""Django behind every front, by WSGI and by ASGI."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import requests

from tests.support.web_apps import DJANGO, needs

needs(*DJANGO)

from django.core.handlers.asgi import ASGIHandler
from django.core.handlers.wsgi import WSGIHandler
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


def stream(request: HttpRequest) -> Any:
    return StreamingHttpResponse(iter([b"a", b"b"]))


async def coroutine(request: HttpRequest) -> Any:
    await asyncio.sleep(0)
    return HttpResponse(b"\x89PNG", content_type="image/png")


urlpatterns = [re_path("stream$", stream), re_path("coroutine$", coroutine), re_path("", notes)]


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
