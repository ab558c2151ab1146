"""Feature plans: what a pool has beyond its settings that a lower plan does not include."""

from __future__ import annotations

from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.logs import export
from pytest_cognito.cognito_idp.flows.pools import recovery
from pytest_cognito.cognito_idp.records import LOG_DELIVERIES, POOLS, UserPool
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.world import Context


def check(context: Context, pool: UserPool) -> None:
    """Raise if a changed pool uses a feature that its plan does not include; its settings are checked elsewhere."""
    if pool.tracks_sessions:
        tiers.check_session_tracking(pool.tier)
    if any(domain.has_managed_login for domain in lookup.domains(context, pool)):
        tiers.check_managed_login(pool)
    if "EmailMfaConfiguration" in pool.mfa_config:
        tiers.check_email_mfa(pool)
    deliveries = context.table(LOG_DELIVERIES).owned(POOLS, pool.id)
    if any(one["EventSource"] == export.AUTH_EVENTS for delivery in deliveries for one in delivery.configurations):
        tiers.check_activity_logs(pool)
    if recovery.active(context, pool) is not None:
        tiers.check_recovery(pool)
