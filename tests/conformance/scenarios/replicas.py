"""Replicas of user pools."""

from __future__ import annotations

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_pool, scenario_with
from tests.conformance.transport import Transport
from tests.support.replicated import CONDITIONS, SECONDARY


@scenario_with("CreateUserPoolReplica")
def replicas(transport: Transport) -> None:
    pool = a_pool(transport, **CONDITIONS)
    replica = {"UserPoolId": pool, "RegionName": SECONDARY}
    transport.refused("UpdateUserPoolReplica", NO_POOL, **replica, Status="ACTIVE")
    transport.refused("CreateUserPoolReplica", NO_POOL, **{**replica, "UserPoolId": NOWHERE})
    transport.call("CreateUserPoolReplica", **replica, UserPoolTags={"a": "b"})
    transport.call("ListUserPoolReplicas", UserPoolId=pool)
    transport.refused("ListUserPoolReplicas", NO_POOL, UserPoolId=NOWHERE)
    transport.call("UpdateUserPoolReplica", **replica, Status="ACTIVE")
    transport.refused("DeleteUserPoolReplica", "InvalidParameterException", **replica)
    transport.call("UpdateUserPoolReplica", **replica, Status="INACTIVE")
    transport.call("DeleteUserPoolReplica", **replica)
