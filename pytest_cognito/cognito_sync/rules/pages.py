"""How many results a page of a listing has. Cognito Sync gives no bounds; those here are what AWS's SDKs ask for."""

from __future__ import annotations

from pytest_cognito.cognito_sync import errors

DATASETS = 64
RECORDS = 1024
POOLS = 60


def size(wanted: int | None, most: int) -> int:
    """The size of a page, which is never larger than ``most``."""
    if wanted is None:
        return most
    if wanted < 1:
        raise errors.PAGE_SIZE_INVALID(size=wanted)
    return min(wanted, most)
