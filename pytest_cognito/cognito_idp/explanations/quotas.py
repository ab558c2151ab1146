"""Explanations of errors about quotas and about replicas."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import REPLICAS, SENT_EMAILS


def emails(details: CallDetails) -> Iterator[str]:
    """How many e-mails the account has sent today, and what sends more."""
    account = details.pool.account if details.pool else ""
    sent = details.table(SENT_EMAILS).get(account)
    if sent is not None:
        yield (
            f"Cognito's own sender has sent {sent.number} e-mails for {account} since 9:00 UTC; a pool with "
            f"EmailConfiguration.EmailSendingAccount=DEVELOPER may send more"
        )


def replica(details: CallDetails) -> Iterator[str]:
    """The state of the replica that the call went to."""
    pool, region = details.pool, details.call.region
    found = details.table(REPLICAS).get((pool.id, region)) if pool else None
    if pool is not None and found is not None:
        yield f"in {region} is the {'active' if found.active else 'inactive'} replica of {pool.id} in {pool.region}"
