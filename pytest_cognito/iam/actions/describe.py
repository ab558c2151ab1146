"""What a call of a service wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from pytest_cognito.aws.arn import partition
from pytest_cognito.iam.actions import dynamodb, errors, s3
from pytest_cognito.iam.actions import keys as condition_keys
from pytest_cognito.iam.actions.fillers import Place
from pytest_cognito.iam.actions.lookups import Lookups
from pytest_cognito.iam.actions.tables import Line, table
from pytest_cognito.iam.actions.templates import entries, find
from pytest_cognito.iam.actions.wanted import Wanted
from pytest_cognito.iam.policies.requests import Keys

_OWN_KEYS = {"dynamodb": dynamodb.keys, "s3": s3.keys}
"""Functions for the condition keys that a table can't describe."""


def describe_call(
    service: str,
    operation: str,
    parameters: Mapping[str, Any],
    *,
    region: str,
    account: str,
    mapped: tuple[Line, ...] = (),
    now: dt.datetime | None = None,
    user_agent: str | None = None,
    address: str = "127.0.0.1",
    secure: bool = True,
    keys: Keys | None = None,
) -> tuple[Wanted, ...]:
    """What a call wants, all of which its caller must be allowed; nothing if no policy of the caller is asked.

    ``service``, ``operation`` and ``parameters`` are botocore's: ``("s3", "GetObject", {"Bucket": …, "Key": …})``.
    ``mapped`` is what the test says of the operation (see `mapped_calls`), and stands over the tables. ``now``,
    ``user_agent``, ``address`` and ``secure`` (whether the call came over TLS) are for the condition keys that every
    request has; ``keys`` are further ones, which the parameters do not tell. Raises `Unmapped` if it is not known what
    the operation stands for.
    """
    place = Place(partition(region), region, account, Lookups(region))
    known = table(service)
    common = condition_keys.of_request(region=region, now=now, user_agent=user_agent, address=address, secure=secure)
    lines = mapped or _lines(service, operation)
    common.update(condition_keys.of_tags(known.tags if known else ("Tags", "tags"), parameters))
    common.update(keys or {})
    own = None if mapped else _OWN_KEYS.get(service)
    if service == "s3":
        parameters = s3.with_source(parameters)
    wanted: list[Wanted] = []
    for line in lines:
        for scope in _scopes(line, parameters):
            resource = _resource(service, operation, line, scope, place)
            more: Keys = own(operation, line.action, scope, place.lookups) if own else {}
            given = condition_keys.of_parameters(line.keys, scope)
            passing = condition_keys.of_passing(service, line.action)
            wanted.append(Wanted(line.action, resource, {**common, **given, **passing, **more}))
    return tuple(wanted)


def _lines(service: str, operation: str) -> tuple[Line, ...]:
    """What the tables say of an operation."""
    known = table(service)
    if known is None:
        raise errors.unknown_service(service, operation)
    if operation in known.unmappable:
        raise errors.unmappable(service, operation, known.unmappable[operation])
    if operation not in known.lines:
        raise errors.unknown_operation(service, operation)
    return known.lines[operation]


def _scopes(line: Line, parameters: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The parameters that a line is about: those of the call, or with those of an entry of a list, for each of them."""
    for entry in entries(parameters, line.each.split(".")) if line.each else ({},):
        scope = {**parameters, **(entry if isinstance(entry, Mapping) else {"each": entry})}
        if all(_has(scope, condition) for condition in line.when):
            yield scope


def _has(scope: Mapping[str, Any], condition: str) -> bool:
    name = condition.removeprefix("!")
    return (find(scope, name) not in (None, "", False)) is (name == condition)


def _resource(service: str, operation: str, line: Line, scope: Mapping[str, Any], place: Place) -> str:
    for template in line.resources:
        filled = template.fill(scope, place)
        if filled is not None:
            return filled
    raise errors.incomplete(service, operation, " or ".join(template.text for template in line.resources))
