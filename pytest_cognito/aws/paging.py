"""Pagination: pages of a listing, and the tokens for the next page."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, TypeVar

from pytest_cognito.aws.errors import AWSError

R = TypeVar("R")


def page(
    listing: Callable[[Any], Iterator[tuple[Any, R]]],
    limit: int,
    token: str | None,
    query: str,
    invalid: Callable[[], AWSError],
) -> tuple[list[R], str | None]:
    """The next ``limit`` records of a listing, and the token for the next page (``None`` on the last page).

    ``listing`` gives the records after a position, each with its position. A token contains the ``query`` that it was
    issued for; ``invalid`` creates the error for a token of another query.
    """
    after = _position(token, query, invalid) if token else None
    found = list(islice(listing(after), limit + 1))
    if len(found) <= limit:
        return [record for _, record in found], None
    return [record for _, record in found[:limit]], _token(found[limit - 1][0], query)


def _token(position: Any, query: str) -> str:
    return base64.urlsafe_b64encode(json.dumps([query, position]).encode()).decode()


def _position(token: str, query: str, invalid: Callable[[], AWSError]) -> Any:
    try:
        issued_for, position = json.loads(base64.urlsafe_b64decode(token))
    except (ValueError, TypeError, RecursionError):
        raise invalid() from None
    if issued_for != query or not isinstance(position, list):
        raise invalid()
    return _tuples(position)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
