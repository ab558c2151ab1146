"""Regions, accounts and ids of pools as a test names them. Imports only light modules."""

from __future__ import annotations

import re

from pytest_cognito.kernel.errors import UsageError

DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"
# Compiled when a value is checked: pytest loads this module in every run.
_REGION = r"[a-z]{2,}(?:-[a-z]+)+-[0-9]{1,2}"
_POOL_ID = rf"(?P<region>{_REGION})_[0-9a-zA-Z]+"
_IDENTITY_POOL_ID = rf"(?P<region>{_REGION}):[0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}"
_ACCOUNT = r"[0-9]{12}"


def check_region(region: object) -> None:
    """Raise `UsageError` for what can't be a region."""
    if not isinstance(region, str) or re.fullmatch(_REGION, region) is None:
        raise UsageError(f"region is the name of an AWS region, such as 'eu-west-1'; not {region!r}")


def check_account_id(account_id: object) -> None:
    """Raise `UsageError` for what can't be the id of an account."""
    if not isinstance(account_id, str) or re.fullmatch(_ACCOUNT, account_id) is None:
        raise UsageError(f"account_id is twelve digits, as a string, such as '123456789012'; not {account_id!r}")


def region_of_pool(pool_id: object) -> str:
    """The region that the id of a user pool begins with. Raises `UsageError` for what can't be such an id."""
    found = re.fullmatch(_POOL_ID, pool_id) if isinstance(pool_id, str) else None
    if found is None:
        raise UsageError(
            f"the id of a user pool is its region, _ and letters or digits: 'us-east-1_Fixed0001'; not {pool_id!r}"
        )
    return found["region"]


def region_of_identity_pool(pool_id: object) -> str:
    """The region that the id of an identity pool begins with. Raises `UsageError` for what can't be such an id."""
    found = re.fullmatch(_IDENTITY_POOL_ID, pool_id) if isinstance(pool_id, str) else None
    if found is None:
        raise UsageError(
            f"the id of an identity pool is its region, a colon and a UUID: "
            f"'us-east-1:12345678-dead-beef-cafe-123456789012'; not {pool_id!r}"
        )
    return found["region"]
