"""What a call is refused with."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError


def refusal(call: Any, **parameters: Any) -> tuple[str, str]:
    """Code and message of the error that a call through boto3 ends in."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]
