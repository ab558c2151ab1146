"""The secrets of an app client: drawn, and given their ids."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from ...kernel.identifiers import LOWERCASE_AND_DIGITS
from ...world import Context
from ..records import ClientSecret

_LENGTH = 51


def draw(context: Context) -> str:
    """A new secret."""
    return context.world.ids.text(_LENGTH, LOWERCASE_AND_DIGITS)


def made(client_id: str, value: str, now: dt.datetime, others: Iterable[ClientSecret] = ()) -> ClientSecret:
    """A secret of a client, with the id that AWS gives it: the client's, and when it was made, in milliseconds.

    Two that are made within one millisecond have different ids nevertheless.
    """
    taken = {other.id for other in others}
    moment = int(now.timestamp() * 1000)
    while (secret_id := f"{client_id}--{moment}") in taken:
        moment += 1
    return ClientSecret(secret_id, value, now)
