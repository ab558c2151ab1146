"""What a test says of a route beside its handler: scopes, an authorizer of its own, or both."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from pytest_cognito.fronts.api_gateway.handlers import Handler
from pytest_cognito.kernel.errors import UsageError

AWS_IAM: Final = "AWS_IAM"
COMMON: Final = object()
"""The authorizer of an entry that names none: that of the API."""
_MOST = 3
_SHAPES = (
    "write handler, (handler, [scopes]), (handler, authorizer), (handler, authorizer, [scopes]) or, for a public "
    "route, (handler, None)"
)


class Entry(NamedTuple):
    """A handler, the authorizer that the entry names or `COMMON`, and the scopes of which a token must have one."""

    handler: Handler
    authorizer: Any
    scopes: tuple[str, ...]


def entry_of(route: str, value: Any) -> Entry:
    """What the value of a route says: a list of texts is scopes, anything else beside the handler an authorizer."""
    if not isinstance(value, tuple):
        return Entry(value, COMMON, ())
    if not 0 < len(value) <= _MOST:
        raise UsageError(f"the route {route!r} has {len(value)} values: {_SHAPES}")
    handler, *others = value
    scopes = [each for each in others if _are_scopes(each)]
    authorizers = [each for each in others if not _are_scopes(each)]
    for each in authorizers:
        if isinstance(each, str) and each != AWS_IAM and not each.startswith("arn:"):
            raise UsageError(f"the scopes of the route {route!r} are a list: write [{each!r}], not {each!r}")
    if len(scopes) > 1 or len(authorizers) > 1:
        raise UsageError(f"the route {route!r} has two {'lists of scopes' if scopes[1:] else 'authorizers'}: {_SHAPES}")
    return Entry(handler, authorizers[0] if authorizers else COMMON, tuple(scopes[0]) if scopes else ())


def _are_scopes(value: object) -> bool:
    return isinstance(value, list | tuple | set | frozenset) and all(isinstance(scope, str) for scope in value)
