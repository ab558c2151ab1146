"""Resources of the pools of the prepared world, of which an older botocore knows fewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.cognito import Cognito

from . import installed
from .replicated import CONDITIONS, SECONDARY

Names = Mapping[str, Sequence[Any]]
URL = "https://client.example.com/1"


def settings() -> dict[str, Any]:
    """The settings of a pool that may have a replica."""
    return {} if installed.lacks("CreateUserPoolReplica") else CONDITIONS


def make(cognito: Cognito, pool_id: str, client_id: str) -> Names:
    """What stands in nobody's way: a style of managed login, terms documents, a client metadata document."""
    pool = cognito.user_pool(pool_id)
    of_client: dict[str, Any] = {"ClientId": client_id}
    style = pool.call("CreateManagedLoginBranding", **of_client)["ManagedLoginBranding"]
    names: dict[str, Sequence[Any]] = {
        "ManagedLoginBrandingId": [style["ManagedLoginBrandingId"]],
        "CSS": [".label-customizable { color: red }", ""],
        "LimitDefinition": [{"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserRead"}}],
        "RequestedLimitValue": [200],
    }
    if not installed.lacks("CreateTerms"):
        links = {"cognito:default": "https://example.com"}
        terms: dict[str, Any] = {
            "TermsName": "terms-of-use",
            "TermsSource": "LINK",
            "Enforcement": "NONE",
            "Links": links,
        }
        names["TermsId"] = [pool.call("CreateTerms", **of_client, **terms)["Terms"]["TermsId"]]
        names["Links"] = [links]
    if not installed.lacks("CreateCIMDPolicy"):
        policy: dict[str, Any] = {"PolicyName": "partners", "URLPatterns": ["https://*.example.com/*"]}
        made = pool.call("CreateCIMDPolicy", **of_client, **policy)["CIMDPolicy"]
        pool.cache_client_metadata(URL, {})
        names |= {"CIMDPolicyId": [made["CIMDPolicyId"]], "URL": [URL], "URLPatterns": [policy["URLPatterns"]]}
    if not installed.lacks("CreateUserPoolReplica"):
        names["RegionName"] = [SECONDARY]
    return names


def make_lasting(cognito: Cognito, pool_id: str) -> Names:
    """What a pool can't be deleted with: a domain and a replica."""
    pool = cognito.user_pool(pool_id)
    pool.call("CreateUserPoolDomain", Domain="prepared")
    if not installed.lacks("CreateUserPoolReplica"):
        pool.call("CreateUserPoolReplica", RegionName=SECONDARY)
    return {"Domain": ["prepared"]}
