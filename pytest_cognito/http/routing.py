"""Routing of requests to views, by method and path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import unquote

from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import Map, Rule

from pytest_cognito.http.messages import Request

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Route(Generic[V]):
    """A path with ``<parameters>``, its view, and the methods that the view handles.

    ``any_case`` is for a path without parameters that matches in upper and lower case.
    """

    path: str
    view: V
    methods: tuple[str, ...] = ("GET",)
    any_case: bool = False


class Router(Generic[V]):
    """The routes of one kind of host. A trailing slash in a path is ignored.

    Paths without parameters are found in a dictionary, which most requests are for.
    """

    def __init__(self, routes: Sequence[Route[V]]) -> None:
        self._plain: dict[str, dict[str, V]] = {}
        for route in routes:
            if "<" not in route.path:
                views = self._plain.setdefault(route.path, {})
                views.update(dict.fromkeys(route.methods, route.view))
                if "GET" in route.methods:
                    views.setdefault("HEAD", route.view)
        rules = [Rule(route.path, endpoint=route, methods=route.methods) for route in routes]
        self._map = Map(rules, strict_slashes=False, merge_slashes=False).bind("")
        self._spelled = {route.path.lower(): route.path for route in routes if route.any_case}

    def has_path(self, request: Request) -> bool:
        """Whether a view handles the path of a request, with this method or another."""
        if request.path in self._plain:
            return True
        try:
            self._map.match(self._path(request), request.method)
        except MethodNotAllowed:
            return True
        except HTTPException:
            return False
        return True

    def find(self, request: Request) -> tuple[V, dict[str, str]] | None:
        """The view for a request and the values of the path parameters; None if no route matches."""
        plain = self._plain.get(request.path)
        if plain is not None:
            view = plain.get(request.method)
            return None if view is None else (view, {})
        try:
            route, arguments = self._map.match(self._path(request), request.method)
        except HTTPException:
            return None
        found: Route[V] = route
        return found.view, {name: str(value) for name, value in arguments.items()}

    def _path(self, request: Request) -> str:
        path = unquote(request.path)
        return self._spelled.get(path.rstrip("/").lower(), path)
