"""Resource servers and their scopes."""

from __future__ import annotations

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_pool, scenario
from tests.conformance.transport import Transport


@scenario
def resource_servers(transport: Transport) -> None:
    pool = {"UserPoolId": a_pool(transport)}
    notes = {**pool, "Identifier": "https://notes.example.com", "Name": "notes"}
    where = {**pool, "Identifier": notes["Identifier"]}
    transport.call("CreateResourceServer", **notes, Scopes=[{"ScopeName": "read", "ScopeDescription": "Größe lesen"}])
    transport.refused("CreateResourceServer", "InvalidParameterException", **notes)
    transport.call("CreateResourceServer", **{**notes, "Identifier": "other"})
    transport.call("DescribeResourceServer", **where)
    listed = transport.call("ListResourceServers", **pool, MaxResults=1)
    transport.call("ListResourceServers", **pool, MaxResults=1, NextToken=listed["NextToken"])
    transport.call("UpdateResourceServer", **notes)
    transport.call("DeleteResourceServer", **where)
    transport.refused("DescribeResourceServer", "ResourceNotFoundException", **where)
    transport.refused("DeleteResourceServer", "ResourceNotFoundException", **where)
    transport.refused("UpdateResourceServer", "ResourceNotFoundException", **notes)
    transport.refused("ListResourceServers", NO_POOL, UserPoolId=NOWHERE)
