"""Sync sessions: what the token of ListRecords is good for."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, IdentityPool
from tests.support.refusals import refusal
from tests.support.synchronized import TOKEN_INVALID, Device, device_of, replaced


def test_each_listing_begins_a_session(device: Device) -> None:
    tokens = {device.token() for _ in range(3)}

    assert len(tokens) == 3
    assert device.identity_id not in "".join(tokens)


def test_a_token_that_is_given_again_goes_on(device: Device) -> None:
    token = device.token()

    assert device.list(SyncSessionToken=token)["SyncSessionToken"] == token
    assert device.patch(*replaced({"a": "1"}), SyncSessionToken=token)
    assert device.patch(*replaced({"a": "2"}, 1), SyncSessionToken=token)


def test_a_token_of_another_dataset(device: Device) -> None:
    token = device.of("settings").token()

    assert device.refused(*replaced({"a": "1"}), SyncSessionToken=token) == TOKEN_INVALID
    assert refusal(device.client.list_records, **device.named, SyncSessionToken=token) == TOKEN_INVALID
    assert not device.list()["DatasetExists"]


def test_a_token_of_another_identity(guests: IdentityPool, device: Device) -> None:
    other = device_of(guests.guest())

    assert device.refused(*replaced({"a": "1"}), SyncSessionToken=other.token()) == TOKEN_INVALID


def test_a_token_expires(cognito: Cognito, device: Device, developer: Device) -> None:
    token = device.token()
    cognito.clock.advance(minutes=59)
    device.patch(*replaced({"a": "1"}), SyncSessionToken=token)

    cognito.clock.advance(minutes=1)
    assert developer.refused(*replaced({"a": "2"}, 1), SyncSessionToken=token) == TOKEN_INVALID


@pytest.mark.parametrize("token", ["nonsense", "ß"])
def test_a_token_that_nobody_has_given(device: Device, token: str) -> None:
    assert device.refused(*replaced({"a": "1"}), SyncSessionToken=token) == TOKEN_INVALID
    assert refusal(device.client.list_records, **device.named, SyncSessionToken=token) == TOKEN_INVALID


def test_a_token_is_needed(device: Device) -> None:
    refused = refusal(device.client.update_records, **device.named, RecordPatches=replaced({"a": "1"}))

    assert refused.code == "InvalidParameterException"
    assert "'syncSessionToken' failed to satisfy constraint: Member must not be null" in refused.message
