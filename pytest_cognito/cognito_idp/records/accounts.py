"""What AWS remembers of an account rather than of a user pool."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class SentEmails:
    """How many e-mails Cognito's own sender has sent for an account on a day, which ends at ``until``."""

    account: str
    number: int
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class ProvisionedLimit:
    """The requests per second that an account has bought in a region for a category of operations."""

    account: str
    region: str
    category: str
    value: int


SENT_EMAILS: Schema[SentEmails] = Schema(
    "cognito-idp/sent-emails",
    key=lambda sent: sent.account,
    expires=lambda sent: sent.until,
)
PROVISIONED_LIMITS: Schema[ProvisionedLimit] = Schema(
    "cognito-idp/provisioned-limits", key=lambda limit: (limit.account, limit.region, limit.category)
)
