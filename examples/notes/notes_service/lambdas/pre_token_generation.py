"""PreTokenGeneration, version 2: the tenant in both tokens, and for members the scope to write."""

from typing import Any

from ..tenants import tenant_of


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    attributes = event["request"]["userAttributes"]
    groups = set(event["request"]["groupConfiguration"]["groupsToOverride"])
    # Whom UserMigration brings is no user yet when it runs, so that it can't put anybody into a group.
    if "custom:old_id" in attributes:
        groups.add("members")
    claims = {"tenant": tenant_of(attributes["email"])}
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "idTokenGeneration": {"claimsToAddOrOverride": claims},
        "accessTokenGeneration": {
            "claimsToAddOrOverride": claims,
            "scopesToAdd": ["notes/write"] if "members" in groups else [],
        },
        "groupOverrideDetails": {"groupsToOverride": sorted(groups)},
    }
    return event
