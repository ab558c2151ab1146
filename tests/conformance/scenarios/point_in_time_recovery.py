"""Point-in-time recoveries of pools."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_pool, a_user, scenario_with
from tests.conformance.transport import Transport

HOUR = dt.timedelta(hours=1)


@scenario_with("InitiatePointInTimeRecovery")
def point_in_time_recovery(transport: Transport) -> None:
    pool = a_pool(transport)
    a_user(transport, pool)
    moment = transport.cognito.clock.advance(hours=1)
    transport.cognito.clock.advance(hours=1)
    transport.call("AdminDeleteUser", UserPoolId=pool, Username="alice")
    asked: dict[str, Any] = {"UserPoolId": pool, "RestoreTimestamp": moment}
    early = {**asked, "RestoreTimestamp": moment - 2 * HOUR}
    transport.refused("InitiatePointInTimeRecovery", "InvalidParameterException", **early)
    first = transport.call("InitiatePointInTimeRecovery", **asked)["Restoration"]["RestoreId"]
    transport.refused("InitiatePointInTimeRecovery", "ConcurrentModificationException", **asked)
    transport.refused("AdminCreateUser", "OperationNotEnabledException", UserPoolId=pool, Username="bob")
    transport.call("CancelPointInTimeRecovery", UserPoolId=pool, RestoreId=first)
    second = transport.call("InitiatePointInTimeRecovery", **asked)["Restoration"]["RestoreId"]
    where = {"UserPoolId": pool, "RestoreId": second}
    transport.refused("StartPointInTimeRecovery", "InvalidParameterException", **where)
    transport.call("DescribePointInTimeRecovery", **where)
    transport.call("StartPointInTimeRecovery", **where)
    transport.refused("CancelPointInTimeRecovery", "InvalidParameterException", **where)
    transport.call("ListPointInTimeRecoveries", UserPoolId=pool)
    transport.call("AdminGetUser", UserPoolId=pool, Username="alice")
    transport.refused("ListPointInTimeRecoveries", NO_POOL, UserPoolId=NOWHERE)
    transport.refused("DescribePointInTimeRecovery", NO_POOL, UserPoolId=NOWHERE, RestoreId=second)
