"""Sites: hosts outside AWS for which a world answers, such as those of simulated identity providers."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

from pytest_cognito.http.messages import Request, Response

Site: TypeAlias = Callable[[Request], Response]
"""What answers the requests to a host."""
S = TypeVar("S")
SERVER_PATH = "/_provider"
"""The path of the loopback server below which it answers for sites, by their hosts."""


def address(host: str, origin: str) -> str:
    """The address of a site: its own, or that on the loopback server with an ``origin``."""
    return f"{origin}{SERVER_PATH}/{host}" if origin else f"https://{host}"


@runtime_checkable
class Inherited(Protocol):
    """A site of which a world that begins with its parent's sites gets one of its own."""

    def inherited_by(self, world: object) -> Site:
        """The site of ``world``, with what this one has now."""


class Sites:
    """The sites of a world, by host name in lower case. A world with a parent begins with the parent's."""

    def __init__(self, parent: Sites | None = None, world: object = None) -> None:
        self._of_parent: Mapping[str, Site] = dict(parent._sites) if parent else {}
        self._world = None if world is None else weakref.ref(world)  # the world has this object
        self._sites: dict[str, Site] = self._inherited()

    def register(self, host: str, site: Site) -> None:
        """Let ``site`` answer the requests to a host; it replaces an earlier one."""
        self._sites[host.lower()] = site

    def unregister(self, host: str) -> None:
        """Let nothing answer the requests to a host any more."""
        self._sites.pop(host.lower(), None)

    def find(self, host: str) -> Site | None:
        """The site at a host, if there is one."""
        return self._sites.get(host)

    def first(self, kind: type[S]) -> S | None:
        """The first site that is an instance of a class, if there is one."""
        sites: tuple[object, ...] = tuple(self._sites.values())
        return next((site for site in sites if isinstance(site, kind)), None)

    def __bool__(self) -> bool:
        return bool(self._sites)

    def registered(self) -> dict[str, Site]:
        """All sites, by host name."""
        return dict(self._sites)

    def clear(self) -> None:
        """Forget all sites but those of the parent."""
        self._sites = self._inherited()

    def _inherited(self) -> dict[str, Site]:
        own = {id(site): self._own(site) for site in self._of_parent.values()}
        return {host: own[id(site)] for host, site in self._of_parent.items()}

    def _own(self, site: Site) -> Site:
        inherited: object = site
        return inherited.inherited_by(self._world and self._world()) if isinstance(inherited, Inherited) else site
