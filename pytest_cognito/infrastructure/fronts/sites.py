"""Fronts of templates as sites of a world."""

from __future__ import annotations

import copy
from typing import Any, Generic, Self, TypeVar

from pytest_cognito.fronts.front import Front
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.world import World

F = TypeVar("F", bound=Front)


class DeployedSite(Generic[F]):
    """A site that answers by a front, which is made of what is deployed when it is first asked.

    It is made anew when what it was made of has changed. ``id`` is that of the resource that it is made of. What a test
    gives for it, such as an application, stays with it, and is there in the worlds that begin with this one.
    """

    def __init__(self, world: World, id: str, *hosts: str) -> None:
        self.world = world
        self.id = id
        self._front: F | None = None
        self._plan: object = None
        self._hosts = hosts
        self._register()

    def plan(self) -> Any:
        """What is deployed, and what the test has given: the front is made of it. Two plans can be compared."""
        raise NotImplementedError

    def make(self, plan: Any, before: F | None) -> F:
        """The front of a plan. ``before`` is the one that it takes the place of."""
        raise NotImplementedError

    @property
    def front(self) -> F:
        """The front of what is deployed now."""
        plan = self.plan()
        if self._front is None or plan != self._plan:
            front = self.make(plan, self._front)
            for host, site in self.world.sites.registered().items():
                if site is front:
                    self.world.sites.register(host, self)
            self._register()
            self._front, self._plan = front, plan
        return self._front

    def _register(self) -> None:
        for host in self._hosts:
            self.world.sites.register(host, self)

    def __call__(self, request: Request) -> Response:
        return self.front(request)

    def inherited_by(self, world: World) -> Self:
        """The site of a world that begins with what is here now."""
        heir = copy.copy(self)
        heir.world = world
        heir._front = None if self._front is None else self._front.inherited_by(world)
        return heir


def remove(world: World, id: str) -> None:
    """Let nothing answer any more for what was deployed with an id."""
    for host, site in world.sites.registered().items():
        found: object = site
        if isinstance(found, DeployedSite) and found.id == id:
            world.sites.unregister(host)
