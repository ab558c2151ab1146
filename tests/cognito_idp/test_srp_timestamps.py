"""The times that SRP clients sign: any time is taken, in the forms that AWS reads."""

from __future__ import annotations

import datetime as dt

import pytest
from freezegun import freeze_time

from pytest_cognito.cognito import Cognito
from tests.support.app import App
from tests.support.refusals import INCORRECT, invalid_parameter, refusal
from tests.support.srp import SrpClient, gives_tokens

CANONICAL = "Tue May 7 00:09:40 UTC 2024"
MALFORMED = invalid_parameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.")


@pytest.fixture
def client(app: App) -> SrpClient:
    """A sign-in of alice with the right password."""
    return SrpClient(app)


def signed(client: SrpClient, timestamp: str) -> dict[str, str]:
    """A proof that is right, computed with this timestamp."""
    client.timestamp = timestamp
    return client.proof(client.begin())


def test_the_time_is_not_compared_with_any_clock(client: SrpClient) -> None:
    for timestamp in (CANONICAL, "Thu Jan 1 00:00:00 UTC 1970", "Fri Dec 31 23:59:59 UTC 9999"):
        assert gives_tokens(client.answer(signed(client, timestamp)))


@pytest.mark.parametrize(
    "timestamp",
    [
        "Tue May 07 00:09:40 UTC 2024",
        "Tue May 7 00:09:40 GMT 2024",
        "tue may 7 00:09:40 UTC 2024",
        "TUE MAY 07 00:09:40 GMT 2024",
        "Mon May 7 00:09:40 UTC 2024",
    ],
)
def test_other_forms_are_read_and_the_canonical_one_is_signed(client: SrpClient, timestamp: str) -> None:
    proof = signed(client, CANONICAL)
    assert gives_tokens(client.answer({**proof, "TIMESTAMP": timestamp}))
    assert refusal(client.answer, responses=signed(client, timestamp)) == INCORRECT


@pytest.mark.parametrize(
    "timestamp",
    [
        "Tue May  7 00:09:40 UTC 2024",
        "Tue May 7 00:09:40 CET 2024",
        "Tue May 7 00:09:40 Z 2024",
        "Tue May 7 00:09:40 +0000 2024",
        "Tue May 7 00:09:40 2024",
        "Di Mai 7 00:09:40 UTC 2024",
        "Tue May 7 24:09:40 UTC 2024",
        "Tue May 7 00:61:40 UTC 2024",
        "Tue May 0 00:09:40 UTC 2024",
        "Fri Feb 30 00:09:40 UTC 2024",
        "Tue May 7 00:09:40 UTC 0000",
        "Tue May 7 00:09:40 UTC 24",
        "Tue May \u0667 00:09:40 UTC 2024",
        f"{CANONICAL}\n",
        "2024-05-07T00:09:40Z",
        "now",
    ],
)
@pytest.mark.parametrize("username", ["alice", "nobody"])
def test_any_other_form_is_malformed(hiding: App, timestamp: str, username: str) -> None:
    client = SrpClient(hiding, username)
    assert refusal(client.answer, responses=signed(client, timestamp)) == MALFORMED


def test_a_timestamp_is_not_to_be_changed_after_it_was_signed(client: SrpClient) -> None:
    assert refusal(client.run, TIMESTAMP=CANONICAL) == INCORRECT


@pytest.mark.parametrize("day", [1, 9, 10, 31])
def test_sign_in_works_on_any_day_that_freezegun_shows(app: App, day: int) -> None:
    with freeze_time(f"2031-01-{day:02d} 23:59:59"):
        assert gives_tokens(SrpClient(app).run())


def test_a_client_may_have_the_machines_time_or_cognitos(cognito: Cognito, app: App) -> None:
    cognito.clock.advance(days=400)
    assert gives_tokens(SrpClient(app).run())
    assert gives_tokens(SrpClient(app, now=cognito.clock.now()).run())
    assert gives_tokens(SrpClient(app, now=cognito.clock.now() - dt.timedelta(days=1)).run())
