"""Outbound identity federation: an account vouches for its users and roles by tokens. It is disabled by default."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import replace

from pytest_cognito.iam.records import OUTBOUND_FEDERATION, OutboundFederation
from pytest_cognito.world import Context


def enable_outbound_federation(context: Context, account: str) -> OutboundFederation:
    """Let an account have tokens issued. Its issuer is always the same: verifiers keep the keys of an address."""
    digest = hashlib.sha256(f"outbound federation of {account}".encode()).digest()
    issuer_id = str(uuid.UUID(bytes=digest[:16], version=4))
    federation = OutboundFederation(account, issuer_id, enabled=True)
    context.table(OUTBOUND_FEDERATION).put(federation)
    return federation


def disable_outbound_federation(context: Context, account: str) -> None:
    """Let an account have no more tokens issued. Those that it has stay valid, and their keys listed."""
    found = context.table(OUTBOUND_FEDERATION).get(account)
    if found is not None:
        context.table(OUTBOUND_FEDERATION).put(replace(found, enabled=False))
