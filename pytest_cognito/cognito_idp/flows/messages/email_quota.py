"""The quota of Cognito's own sender of e-mails, which an account shares among its pools."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import SENT_EMAILS, SentEmails, UserPool
from pytest_cognito.cognito_idp.rules import quotas
from pytest_cognito.world import Context

_DAY = dt.timedelta(days=1)
_BEGIN_OF_DAY = 9  # UTC


def count(context: Context, pool: UserPool) -> None:
    """Count an e-mail of a pool; raise if the account has sent as many today as Cognito's own sender allows.

    A pool that sends through Amazon SES (``EmailSendingAccount`` ``DEVELOPER``) has no such quota.
    """
    if pool.settings["EmailConfiguration"]["EmailSendingAccount"] != "COGNITO_DEFAULT":
        return
    now, table = context.now(), context.table(SENT_EMAILS)
    found = table.get(pool.account)
    if found is None or not found.until - _DAY <= now < found.until:
        found = SentEmails(pool.account, 0, _end_of_day(now))
    if found.number >= quotas.EMAILS_OF_DEFAULT_SENDER:
        raise errors.EMAIL_LIMIT()
    table.put(SentEmails(pool.account, found.number + 1, found.until))


def _end_of_day(now: dt.datetime) -> dt.datetime:
    today = now.replace(hour=_BEGIN_OF_DAY, minute=0, second=0, microsecond=0)
    return today if now < today else today + _DAY
