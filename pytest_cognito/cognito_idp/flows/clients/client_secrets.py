"""Generating the secrets of app clients and their ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from pytest_cognito.cognito_idp.records import ClientSecret
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

_LENGTH = 51


def draw(context: Context) -> str:
    """Generate the value of a secret, unless the test has pinned it."""
    return context.pins.get("secret") or context.world.ids.text(_LENGTH, LOWERCASE_AND_DIGITS)


def new_secret(client_id: str, value: str, now: dt.datetime, others: Iterable[ClientSecret] = ()) -> ClientSecret:
    """A new secret of an app client. Its id is the client id and the creation time in milliseconds since the epoch.

    The time in the id is incremented if one of the ``others`` has it.
    """
    used_ids = {other.id for other in others}
    milliseconds = int(now.timestamp() * 1000)
    while (secret_id := f"{client_id}--{milliseconds}") in used_ids:
        milliseconds += 1
    return ClientSecret(secret_id, value, now)
