"""Sync sessions: ListRecords begins one and gives its token, which UpdateRecords takes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pytest_cognito.cognito_sync import errors
from pytest_cognito.cognito_sync.flows.access import Access
from pytest_cognito.cognito_sync.records import CONFIGURATIONS, SYNC_SESSIONS, Configuration, SyncSession
from pytest_cognito.world import Context

VALID_FOR = dt.timedelta(hours=1)
"""AWS says that a token contains an expiration, and not how long it is valid."""
_LENGTH = 120


def begin(context: Context, access: Access, dataset: str) -> str:
    """Begin a sync session, which counts in the usage of the pool. Returns its token."""
    pool_id = access.pool.id
    token = context.world.ids.text(_LENGTH)
    expires = context.now() + VALID_FOR
    context.table(SYNC_SESSIONS).put(SyncSession(token, pool_id, access.identity.id, dataset, expires))
    configurations = context.table(CONFIGURATIONS)
    configuration = configurations.get(pool_id) or Configuration(pool_id)
    configurations.put(replace(configuration, sessions=configuration.sessions + 1))
    return token


def check(context: Context, access: Access, dataset: str, token: str) -> None:
    """Raise unless a token is valid, and of the identity and the dataset. It can be used more than once."""
    session = context.table(SYNC_SESSIONS).get(token)
    wanted = access.pool.id, access.identity.id, dataset
    if session is None or (session.pool_id, session.identity_id, session.dataset) != wanted:
        raise errors.SESSION_TOKEN_INVALID()
    if session.expires <= context.now():
        raise errors.SESSION_TOKEN_INVALID()
