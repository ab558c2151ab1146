"""PreTokenGeneration, version 2: the tenant in both tokens, and for members the scope to write."""

from typing import Any

from ..tenants import tenant_of


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    request = event["request"]
    claims = {"tenant": tenant_of(request["userAttributes"]["email"])}
    member = "members" in request["groupConfiguration"]["groupsToOverride"]
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "idTokenGeneration": {"claimsToAddOrOverride": claims},
        "accessTokenGeneration": {
            "claimsToAddOrOverride": claims,
            "scopesToAdd": ["notes/write"] if member else [],
        },
    }
    return event
