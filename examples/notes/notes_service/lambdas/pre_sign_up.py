"""PreSignUp: employees of a company with its own sign-in come by that one, and nobody else comes by it."""

from typing import Any

from ..tenants import SIGN_IN_OF, tenant_of


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    tenant = tenant_of(event["request"]["userAttributes"]["email"])
    by = _provider(event)
    wanted = SIGN_IN_OF.get(tenant)
    if by != wanted and wanted is not None:
        raise ValueError(f"people of {tenant} sign in with {wanted}")
    if by != wanted and by in SIGN_IN_OF.values():
        raise ValueError(f"{by} does not speak for {tenant}")
    # A company knows the addresses of its people.
    event["response"]["autoVerifyEmail"] = wanted is not None
    return event


def _provider(event: dict[str, Any]) -> str | None:
    """The identity provider that brings the user, by whose name theirs begins."""
    if event["triggerSource"] != "PreSignUp_ExternalProvider":
        return None
    return str(event["userName"].partition("_")[0])
