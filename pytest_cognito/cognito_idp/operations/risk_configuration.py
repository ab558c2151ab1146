"""Operations on risk configurations: the responses of threat protection to risks."""

from __future__ import annotations

from typing import Any

from pytest_cognito.aws.operation import Response, operation
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.flows.threats import configurations
from pytest_cognito.cognito_idp.records import RiskConfiguration, UserPool
from pytest_cognito.cognito_idp.rules.pools import tiers
from pytest_cognito.cognito_idp.rules.threats import responses
from pytest_cognito.world import Context


@operation
def set_risk_configuration(
    context: Context,
    *,
    user_pool_id: str,
    client_id: str | None = None,
    compromised_credentials_risk_configuration: dict[str, Any] | None = None,
    account_takeover_risk_configuration: dict[str, Any] | None = None,
    risk_exception_configuration: dict[str, Any] | None = None,
) -> Response:
    """Set the responses to risks for a pool or an app client; without any, a client's are those of the pool again."""
    pool = _pool(context, user_pool_id, client_id)
    settings = responses.complete(
        compromised_credentials_risk_configuration, account_takeover_risk_configuration, risk_exception_configuration
    )
    return _response(configurations.replace(context, pool, client_id, settings))


@operation
def describe_risk_configuration(context: Context, *, user_pool_id: str, client_id: str | None = None) -> Response:
    """Return the responses to risks of a pool or, without those of the pool, of an app client."""
    pool = _pool(context, user_pool_id, client_id)
    found = configurations.find(context, pool, client_id)
    if found is None:
        return {"RiskConfiguration": {"UserPoolId": pool.id, "ClientId": client_id}}
    return _response(found)


def _pool(context: Context, pool_id: str, client_id: str | None) -> UserPool:
    pool = lookup.pool(context, pool_id)
    if client_id is not None:
        lookup.client(context, pool, client_id)
    tiers.check_threat_protection(pool)
    return pool


def _response(configuration: RiskConfiguration) -> Response:
    ids = {"UserPoolId": configuration.pool_id, "ClientId": configuration.client_id}
    return {"RiskConfiguration": {**ids, **configuration.settings, "LastModifiedDate": configuration.modified}}
