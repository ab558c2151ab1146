"""Routing of requests to views, by method and path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import unquote

from pytest_cognito.http.messages import Request

V = TypeVar("V")
_PARAMETER = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Route(Generic[V]):
    """A path with ``<parameters>``, its view, and the methods that the view handles. One for GET handles HEAD, too.

    ``any_case`` is for a path without parameters that matches in upper and lower case.
    """

    path: str
    view: V
    methods: tuple[str, ...] = ("GET",)
    any_case: bool = False

    def handles(self, method: str) -> bool:
        return method in self.methods or (method == "HEAD" and "GET" in self.methods)


class Router(Generic[V]):
    """The routes of one kind of host. A trailing slash in a path is ignored. Of several routes the first counts.

    Paths without parameters are found in a dictionary, which most requests are for.
    """

    def __init__(self, routes: Sequence[Route[V]]) -> None:
        self._plain: dict[str, list[Route[V]]] = {}
        self._patterns: list[tuple[re.Pattern[str], Route[V]]] = []
        for route in routes:
            if _PARAMETER.search(route.path):
                self._patterns.append((_pattern(route.path), route))
            else:
                self._plain.setdefault(route.path, []).append(route)
        self._spelled = {route.path.lower(): route.path for route in routes if route.any_case}

    def has_path(self, request: Request) -> bool:
        """Whether a view handles the path of a request, with this method or another."""
        return any(True for _ in self._matching(request))

    def find(self, request: Request) -> tuple[V, dict[str, str]] | None:
        """The view for a request and the values of the path parameters; None if no route matches."""
        for route, arguments in self._matching(request):
            if route.handles(request.method):
                return route.view, arguments
        return None

    def _matching(self, request: Request) -> Iterator[tuple[Route[V], dict[str, str]]]:
        path = request.path
        if "%" in path:
            path = unquote(path)
        if len(path) > 1 and path.endswith("/"):
            path = path[:-1]
        known = self._plain.get(path) or self._plain.get(self._spelled.get(path.lower(), "")) or ()
        for route in known:
            yield route, {}
        for pattern, route in self._patterns:
            found = pattern.fullmatch(path)
            if found is not None:
                yield route, found.groupdict()


def _pattern(path: str) -> re.Pattern[str]:
    """The expression of a path, whose parameters are segments that are not empty."""
    parts = _PARAMETER.split(path)
    literals, names = parts[::2], [*parts[1::2], None]
    return re.compile(
        "".join(
            re.escape(text) + (f"(?P<{name}>[^/]+)" if name else "") for text, name in zip(literals, names, strict=True)
        )
    )
