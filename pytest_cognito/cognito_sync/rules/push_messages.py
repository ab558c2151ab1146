"""Silent push notifications: which application sends to a platform, and what each platform gets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_sync.records import Dataset

_APPLE = ("APNS", "APNS_SANDBOX")


def application(push: Mapping[str, Any], platform: str) -> str | None:
    """The ARN of the application of SNS for a platform in PushSync, if there is one."""
    found = (arn for arn in push.get("ApplicationArns", ()) if arn.partition(":app/")[2].startswith(f"{platform}/"))
    return next(found, None)


def body(platform: str, dataset: Dataset) -> str:
    """What the application on a device gets. The values are text, as Google and Amazon want them."""
    data = {
        "source": "cognito-sync",
        "identityPoolId": dataset.pool_id,
        "identityId": dataset.identity_id,
        "datasetName": dataset.name,
        "syncCount": str(dataset.sync_count),
    }
    return json.dumps({"aps": {"content-available": 1}, "data": data} if platform in _APPLE else {"data": data})


def message(platform: str, text: str) -> str:
    """The Message of SNS's Publish with the MessageStructure ``json``."""
    return json.dumps({"default": "", platform: text})
