"""What threat protection is to find: compromised credentials, risks of sign-ins, and where addresses are."""

from __future__ import annotations

from ipaddress import ip_network

from pytest_cognito.handles import arguments
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.kernel.threats import LEVELS, Compromised, Network, Place, Risk
from pytest_cognito.world import World

_NO_RISK = "None"


class Threats:
    """The findings of threat protection in a world: what a test says is compromised or risky, and nothing else.

    A pool acts on them as its ``UserPoolAddOns`` and its risk configuration say, and records them in its events.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def compromise(self, *, username: str | None = None, password: str | None = None) -> None:
        """Let a password count as compromised, all passwords of a user, or the password of one user.

        ``username`` is the user name, the ``sub`` or an alias.
        """
        if username is None and password is None:
            raise UsageError('say what is compromised: compromise(password="…") or compromise(username="alice")')
        _check_text("username", username, "user.username")
        _check_text("password", password, '"Correct-horse-7"')
        findings = self._world.threats
        findings.compromised = (*findings.compromised, Compromised(username, password))

    def risk(
        self,
        username: str | None = None,
        level: str | None = None,
        *,
        ip: str | None = None,
        device: str | None = None,
        user_agent: str | None = None,
    ) -> None:
        """Give sign-ins a level of risk: ``risk("alice", "High")``, ``risk(level="Low", ip="203.0.113.0/24")``.

        It is that of sign-ins that fit in all that is given: the user (the user name, the ``sub`` or an alias), the IP
        address or range, and a part of the name of the device (``Chrome``) or of the user agent. If several fit, the
        last one given decides. ``level`` is ``"Low"``, ``"Medium"`` or ``"High"``; ``"None"`` takes the risk away.
        """
        if level not in (*LEVELS, _NO_RISK):
            raise UsageError(
                f"level is that of the risk, not {level!r}: {suggestion(str(level), (*LEVELS, _NO_RISK))}; "
                f'write risk("alice", "High")'
            )
        _check_text("username", username, "user.username")
        _check_text("device", device, '"Chrome"')
        _check_text("user_agent", user_agent, '"Mozilla/5.0"')
        network = None if ip is None else _network(ip)
        found = Risk(None if level == _NO_RISK else level, username, network, device, user_agent)
        self._world.threats.risks = (*self._world.threats.risks, found)

    def locate(self, ip: str, *, city: str | None = None, country: str | None = None) -> None:
        """Say where an IP address or range is, for events and messages: ``country="United States"``."""
        _check_text("city", city, '"Seattle"')
        _check_text("country", country, '"United States"')
        findings = self._world.threats
        findings.places = (*findings.places, (_network(ip), Place(city, country)))

    def clear(self) -> None:
        """Forget what was said so far, but what `cognito_seed` has."""
        self._world.threats.clear()

    def __repr__(self) -> str:
        findings = self._world.threats
        return f"<Threats: {len(findings.compromised)} compromised, {len(findings.risks)} risks>"


def _check_text(name: str, value: object, example: str) -> None:
    if value is not None:
        arguments.check_text(name, value, example)


def _network(ip: object) -> Network:
    try:
        return ip_network(ip if isinstance(ip, str) else "", strict=False)
    except ValueError:
        raise UsageError(
            f'ip is an address or a range, such as "203.0.113.7" or "203.0.113.0/24"; not {ip!r}'
        ) from None
