"""The retention of expired records."""

from __future__ import annotations

import datetime as dt

RETENTION = dt.timedelta(days=7)
"""How long an expired record is kept, so that errors and the reports of failed tests can say that it has expired."""
