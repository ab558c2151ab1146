"""Sync sessions: what ListRecords begins, and UpdateRecords goes on with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pytest_cognito.cognito_identity import IDENTITIES
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class SyncSession:
    """A sync session of an identity for a dataset."""

    token: str = field(repr=False)
    pool_id: str
    identity_id: str
    dataset: str
    expires: dt.datetime


SYNC_SESSIONS: Schema[SyncSession] = Schema(
    "cognito-sync/sync-sessions",
    key=lambda session: session.token,
    owners={IDENTITIES: lambda session: session.identity_id},
    expires=lambda session: session.expires,
)
