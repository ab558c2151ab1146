"""Sites: hosts outside AWS for which a world answers, such as those of simulated identity providers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from pytest_cognito.http.messages import Request, Response

Site: TypeAlias = Callable[[Request], Response]
"""What answers the requests to a host."""


class Sites:
    """The sites of a world, by host name in lower case. A world with a parent begins with the parent's."""

    def __init__(self, parent: Sites | None = None) -> None:
        self._inherited: Mapping[str, Site] = parent.registered() if parent else {}
        self._sites: dict[str, Site] = dict(self._inherited)

    def register(self, host: str, site: Site) -> None:
        """Let ``site`` answer the requests to a host; it replaces an earlier one."""
        self._sites[host.lower()] = site

    def find(self, host: str) -> Site | None:
        """The site at a host, if there is one."""
        return self._sites.get(host)

    def registered(self) -> dict[str, Site]:
        """All sites, by host name."""
        return dict(self._sites)

    def clear(self) -> None:
        """Forget all sites but those of the parent."""
        self._sites = dict(self._inherited)
