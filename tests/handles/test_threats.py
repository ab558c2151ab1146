"""What a test says to threat protection, and what it is told where that can't be meant."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_cognito import Cognito, Threats, UsageError
from pytest_cognito.world import World


@pytest.mark.parametrize(
    ("say", "told"),
    [
        (lambda threats: threats.compromise(), "say what is compromised"),
        (lambda threats: threats.compromise(password=7), "password is a string, such as"),
        (lambda threats: threats.risk("alice"), "write risk"),
        (lambda threats: threats.risk("alice", "high"), "did you mean 'High'"),
        (lambda threats: threats.risk("High"), "level is that of the risk, not None"),
        (lambda threats: threats.risk(7, "High"), "username is a string, such as user.username"),
        (lambda threats: threats.risk(level="Low", ip="here"), "ip is an address or a range"),
        (lambda threats: threats.risk(level="Low", device=""), "device is a string, such as"),
        (lambda threats: threats.locate("203.0.113.7", city=7), "city is a string, such as"),
        (lambda threats: threats.locate(None, city="Seattle"), "ip is an address or a range"),
    ],
)
def test_what_cannot_be_meant(cognito: Cognito, say: Callable[[Threats], None], told: str) -> None:
    before = repr(cognito.threats)

    with pytest.raises(UsageError, match=told):
        say(cognito.threats)
    assert repr(cognito.threats) == before


def test_what_was_said_is_counted_and_forgotten(cognito: Cognito) -> None:
    cognito.threats.compromise(password="Correct-horse-7")
    cognito.threats.risk("alice", "High")
    assert repr(cognito.threats) == "<Threats: 1 compromised, 1 risks>"

    cognito.threats.clear()
    assert repr(cognito.threats) == "<Threats: 0 compromised, 0 risks>"


def test_a_reset_forgets_it(cognito: Cognito) -> None:
    cognito.threats.risk("alice", "High")

    cognito.reset()

    assert repr(cognito.threats) == "<Threats: 0 compromised, 0 risks>"


def test_what_a_seed_has_said_stays(cognito: Cognito) -> None:
    cognito.threats.risk("alice", "High")
    later = Cognito(World(parent=cognito.world))
    later.threats.compromise(username="bob")
    assert repr(later.threats) == "<Threats: 1 compromised, 1 risks>"

    later.threats.clear()
    assert repr(later.threats) == "<Threats: 0 compromised, 1 risks>"


def test_passwords_are_not_shown(cognito: Cognito) -> None:
    cognito.threats.compromise(password="Correct-horse-7")

    assert "Correct" not in repr(cognito.world.threats.compromised)
