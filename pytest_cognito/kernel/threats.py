"""What threat protection is to find, as a test says: compromised credentials, risks, where addresses are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import NamedTuple

Network = IPv4Network | IPv6Network

LEVELS = ("Low", "Medium", "High")
"""The levels of risk."""


class Place(NamedTuple):
    """Where an IP address is; a part that is not known is ``None``."""

    city: str | None = None
    country: str | None = None


NOWHERE = Place()


class Attempted(NamedTuple):
    """What is known of an attempt: the user, the IP address, the device, and the user agent.

    ``is_user`` tells whether a name is one of the user's.
    """

    is_user: Callable[[str], bool]
    ip: str
    device: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Compromised:
    """Credentials that are compromised: a password, all passwords of a user, or a password of one user."""

    username: str | None
    password: str | None = field(repr=False)

    def includes(self, is_user: Callable[[str], bool], password: str) -> bool:
        return (self.username is None or is_user(self.username)) and self.password in (None, password)


@dataclass(frozen=True, slots=True)
class Risk:
    """The level of attempts that fit in all that is given; ``None``: they have no risk.

    ``device`` and ``user_agent`` are parts of the device's name and of the user agent, in any case.
    """

    level: str | None
    username: str | None = None
    network: Network | None = None
    device: str | None = None
    user_agent: str | None = None

    def fits(self, attempted: Attempted) -> bool:
        return (
            (self.username is None or attempted.is_user(self.username))
            and (self.network is None or is_within(attempted.ip, self.network))
            and (self.device is None or self.device.lower() in attempted.device.lower())
            and (self.user_agent is None or self.user_agent.lower() in attempted.user_agent.lower())
        )


def is_within(ip: str, network: Network) -> bool:
    """Whether an address is one of a network; what is no address is in none."""
    try:
        return ip_address(ip) in network
    except ValueError:
        return False


class ThreatFindings:
    """All that a test has said. Of several risks that fit, the one that was given last decides; so do places."""

    def __init__(self, earlier: ThreatFindings | None = None) -> None:
        self._earlier = earlier
        self.clear()

    def clear(self) -> None:
        """Forget all but what was said before the test, by what sets up its world."""
        earlier = self._earlier
        self.compromised: tuple[Compromised, ...] = earlier.compromised if earlier else ()
        self.risks: tuple[Risk, ...] = earlier.risks if earlier else ()
        self.places: tuple[tuple[Network, Place], ...] = earlier.places if earlier else ()

    def is_compromised(self, is_user: Callable[[str], bool], password: str) -> bool:
        """Whether a password is compromised; ``is_user`` tells whether a name is one of its user's."""
        return any(one.includes(is_user, password) for one in self.compromised)

    def level(self, attempted: Attempted) -> str | None:
        """The level of risk of an attempt; ``None`` if it has no risk."""
        return next((risk.level for risk in reversed(self.risks) if risk.fits(attempted)), None)

    def place(self, ip: str) -> Place:
        """Where an IP address is."""
        return next((place for network, place in reversed(self.places) if is_within(ip, network)), NOWHERE)
