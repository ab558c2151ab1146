"""Client ID metadata documents."""

from __future__ import annotations

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_client, a_pool, scenario_with
from tests.conformance.transport import Transport


@scenario_with("CreateCIMDPolicy")
def client_metadata(transport: Transport) -> None:
    pool = a_pool(transport)
    client = a_client(transport, pool)["ClientId"]
    new = {"UserPoolId": pool, "ClientId": client, "URLPatterns": ["https://*.example.com/*"]}
    made = transport.call("CreateCIMDPolicy", **new, PolicyName="partners")["CIMDPolicy"]
    policy = {"UserPoolId": pool, "CIMDPolicyId": made["CIMDPolicyId"]}
    transport.refused("CreateCIMDPolicy", NO_POOL, **{**new, "ClientId": "nobody"}, PolicyName="partners")
    transport.call("DescribeCIMDPolicy", **policy)
    transport.call("ListCIMDPolicies", UserPoolId=pool, MaxResults=1)
    transport.refused("ListCIMDPolicies", NO_POOL, UserPoolId=NOWHERE)
    transport.call("UpdateCIMDPolicy", **new, CIMDPolicyId=made["CIMDPolicyId"], CacheDuration=100_000)
    transport.call("ListClientMetadataURLs", **policy)
    at = {"URL": "https://a.example.com/1", "Action": "REFRESH"}
    transport.refused("UpdateClientMetadataURLState", "CachedCIMDURLDoesNotExistException", **policy, **at)
    transport.cognito.user_pool(pool).cache_client_metadata("https://a.example.com/1", {})
    transport.call("UpdateClientMetadataURLState", **policy, **at)
    transport.call("ListClientMetadataURLs", **policy)
    transport.call("DeleteCIMDPolicy", **policy)
    for operation in ("DeleteCIMDPolicy", "DescribeCIMDPolicy", "ListClientMetadataURLs"):
        transport.refused(operation, NO_POOL, **policy)
    transport.refused("UpdateCIMDPolicy", NO_POOL, **new, CIMDPolicyId=made["CIMDPolicyId"])
