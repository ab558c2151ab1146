"""The quotas of an account."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import NO_POOL, scenario_with
from tests.conformance.transport import Transport


@scenario_with("GetProvisionedLimit")
def provisioned_limits(transport: Transport) -> None:
    limit: dict[str, Any] = {"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserRead"}}}
    unknown: dict[str, Any] = {"LimitDefinition": {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "Unknown"}}}
    transport.call("GetProvisionedLimit", **limit)
    transport.refused("GetProvisionedLimit", NO_POOL, **unknown)
    transport.call("UpdateProvisionedLimit", **limit, RequestedLimitValue=200)
    transport.refused("UpdateProvisionedLimit", "InvalidParameterException", **limit, RequestedLimitValue=1)
    transport.refused("UpdateProvisionedLimit", "ServiceQuotaExceededException", **limit, RequestedLimitValue=9_000_000)
