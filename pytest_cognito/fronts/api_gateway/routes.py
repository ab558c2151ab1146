"""Route keys of API Gateway, ``GET /notes/{id}``, and which of several a request takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar
from urllib.parse import unquote

from pytest_cognito.kernel.errors import UsageError

ANY = "ANY"
DEFAULT = "$default"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_VARIABLE = re.compile(r"\{(?P<name>[\w.:-]+)(?P<greedy>\+?)\}")
_ENCODED = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_FIXED, _VARYING, _GREEDY = range(3)
_EXAMPLE = 'write "GET /notes", "GET /notes/{id}", "ANY /{proxy+}" or "$default"'


@dataclass(frozen=True, slots=True)
class RouteKey:
    """A method and a path, whose segments may be variables: ``{id}`` is one segment, ``{proxy+}`` at the end the rest.

    ``method`` is ``ANY`` for all of them. The key ``$default`` has no path and takes what no other route does.
    """

    text: str
    method: str
    path: str
    rank: tuple[int, ...] = field(compare=False)
    """The smaller of two ranks is that of the more specific path: a fixed segment comes before a variable one."""
    pattern: re.Pattern[str] | None = field(compare=False, repr=False)
    variables: tuple[str, ...] = field(compare=False)

    @property
    def is_default(self) -> bool:
        return self.pattern is None

    def match(self, path: str) -> dict[str, str] | None:
        """The variables of an encoded path, which are decoded; None for a path of another route."""
        if self.pattern is None:
            return {}
        found = self.pattern.fullmatch(path)
        if found is None:
            return None
        return {name: unquote(value) for name, value in zip(self.variables, found.groups(), strict=True)}

    def takes(self, method: str) -> bool:
        return self.method in (method, ANY)

    def __str__(self) -> str:
        return self.text


@lru_cache(maxsize=512)
def parse(key: str) -> RouteKey:
    """A route key from its text. Raises `UsageError` for what API Gateway would not take."""
    if not isinstance(key, str):
        raise UsageError(f"a route is text, not {key!r}: {_EXAMPLE}")
    if key == DEFAULT:
        return RouteKey(key, ANY, "", (_GREEDY + 1,), None, ())
    method, _, path = key.partition(" ")
    if method not in (*METHODS, ANY):
        raise UsageError(f"the route {key!r} begins with no method of HTTP (in capitals): {_EXAMPLE}")
    return _of_path(key, method, path)


def at_path(method: str, path: str) -> RouteKey:
    """The route key of a method and a path, as a template has them."""
    return parse(f"{method} {path}")


def _of_path(key: str, method: str, path: str) -> RouteKey:
    if not path.startswith("/"):
        raise UsageError(f"the path of the route {key!r} does not begin with a slash: {_EXAMPLE}")
    pieces, variables, rank = [], [], []
    segments = path[1:].split("/")
    for position, segment in enumerate(segments, 1):
        found = _VARIABLE.fullmatch(segment)
        if found is None:
            if "{" in segment or "}" in segment:
                raise UsageError(f"a variable of the route {key!r} is not a whole segment of its path: {_EXAMPLE}")
            pieces.append(re.escape(segment))
            rank.append(_FIXED)
            continue
        if found["greedy"] and position < len(segments):
            raise UsageError(f"{segment} takes all that follows: it is the last segment of a route, not in {key!r}")
        if found["name"] in variables:
            raise UsageError(f"the route {key!r} has two variables {found['name']!r}: give them different names")
        variables.append(found["name"])
        pieces.append("(.+)" if found["greedy"] else "([^/]+)")
        rank.append(_GREEDY if found["greedy"] else _VARYING)
    return RouteKey(key, method, path, tuple(rank), re.compile("/" + "/".join(pieces), re.DOTALL), tuple(variables))


def _plain(found: re.Match[str]) -> str:
    """An encoded character by itself, if it needs no encoding."""
    character = chr(int(found[1], 16))
    return character if _UNRESERVED.fullmatch(character) else found[0]


class HasKey(Protocol):
    """What is found by a route key."""

    @property
    def key(self) -> RouteKey: ...


R = TypeVar("R", bound=HasKey)


class Found(NamedTuple, Generic[R]):
    """The route that a request takes, and the variables of its path."""

    route: R
    variables: dict[str, str]


class Routes(Generic[R]):
    """Routes, the most specific first: fixed segments before variables, variables before greedy ones, a method before
    ``ANY``, and ``$default`` at last. A greedy variable stands for one character at least.
    """

    def __init__(self, routes: Iterable[R]) -> None:
        self._routes = sorted(routes, key=lambda route: (route.key.rank, route.key.method == ANY))
        self._by_method: dict[str, tuple[tuple[R, ...], Mapping[str, R]]] = {}
        seen: dict[tuple[str, str], str] = {}
        for route in self._routes:
            shape = (route.key.method, _VARIABLE.sub(r"{\g<greedy>}", route.key.path))
            if shape in seen:
                raise UsageError(f"the routes {seen[shape]!r} and {route.key.text!r} take the same requests")
            seen[shape] = route.key.text

    def __iter__(self) -> Iterator[R]:
        return iter(self._routes)

    def find(self, method: str, path: str) -> Found[R] | None:
        """The route of a request by its method and its encoded path; None if there is none.

        What needs no encoding is the same with and without it (RFC 3986, section 6.2.2.2): ``/%6Eotes`` is ``/notes``.
        """
        if "%" in path:
            path = _ENCODED.sub(_plain, path)
        routes, fixed = self._of(method)
        exact = fixed.get(path)
        if exact is not None:
            return Found(exact, {})
        for route in routes:
            variables = route.key.match(path)
            if variables is not None:
                return Found(route, variables)
        return None

    def _of(self, method: str) -> tuple[tuple[R, ...], Mapping[str, R]]:
        """The routes that take a method, and those of them without variables by path."""
        known = self._by_method.get(method)
        if known is None:
            routes = tuple(route for route in self._routes if route.key.takes(method))
            fixed = {
                route.key.path: route for route in reversed(routes) if route.key.pattern and not route.key.variables
            }
            known = self._by_method[method] = (routes, fixed)
        return known
