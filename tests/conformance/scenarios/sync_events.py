"""Cognito Events of an identity pool."""

from __future__ import annotations

from tests.conformance.scenarios.common import scenario
from tests.conformance.scenarios.identity_pools import NOTHING, an_identity_pool
from tests.conformance.transport import Transport

SERVICE = "cognito-sync"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:on-sync"


@scenario
def cognito_events(transport: Transport) -> None:
    pool = an_identity_pool(transport)
    nowhere = {"IdentityPoolId": NOTHING}
    transport.call("GetCognitoEvents", service=SERVICE, **pool)
    transport.call("SetCognitoEvents", service=SERVICE, **pool, Events={"SyncTrigger": ARN})
    transport.call("GetCognitoEvents", service=SERVICE, **pool)
    for events in ({"OnSync": ARN}, {"SyncTrigger": "on-sync"}):
        transport.refused("SetCognitoEvents", "InvalidParameterException", service=SERVICE, **pool, Events=events)
    transport.refused("SetCognitoEvents", "ResourceNotFoundException", service=SERVICE, **nowhere, Events={})
    transport.refused("GetCognitoEvents", "ResourceNotFoundException", service=SERVICE, **nowhere)
    transport.call("SetCognitoEvents", service=SERVICE, **pool, Events={"SyncTrigger": ""})
    transport.call("GetCognitoEvents", service=SERVICE, **pool)
