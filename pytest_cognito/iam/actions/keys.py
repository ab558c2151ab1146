"""Condition keys of calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl

from pytest_cognito.http import hosts
from pytest_cognito.iam.actions.templates import entries, find
from pytest_cognito.iam.policies.requests import Keys


def of_request(
    *, region: str, now: dt.datetime | None, user_agent: str | None, address: str, secure: bool
) -> dict[str, str | tuple[str, ...]]:
    """The keys that every request has, whatever it is for. Without a moment or a user agent it lacks theirs."""
    keys: dict[str, str | tuple[str, ...]] = {
        "aws:RequestedRegion": region,
        "aws:SourceIp": address,
        "aws:SecureTransport": as_text(secure),
    }
    if now is not None:
        keys["aws:CurrentTime"] = as_text(now)
        keys["aws:EpochTime"] = str(int(now.timestamp()))
    if user_agent:
        keys["aws:UserAgent"] = user_agent
    return keys


def of_passing(service: str, action: str) -> Keys:
    """The key of a call that hands a role on: which service gets it."""
    return {"iam:PassedToService": hosts.service_principal(service)} if action == "iam:PassRole" else {}


def of_tags(names: tuple[str, ...], parameters: Mapping[str, Any]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The keys of the tags that a call sets or removes, which are in the parameters with these names."""
    keys: list[str] = []
    for name in names:
        for key, value in _tags(find(parameters, name)):
            keys.append(key)
            if value is not None:
                yield f"aws:RequestTag/{key}", value
    if keys:
        yield "aws:TagKeys", tuple(keys)


def _tags(value: Any) -> Iterator[tuple[str, str | None]]:
    """Tags with their values, in the shapes that services give them; a bare key has none."""
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, str):  # of an object in S3: "team=blue&kind=note"
        yield from parse_qsl(value, keep_blank_values=True)
    else:
        for tag in value or ():
            if isinstance(tag, str):
                yield tag, None
            else:
                key = _first(tag, "Key", "key", "TagKey")
                if key is not None:
                    yield key, _first(tag, "Value", "value", "TagValue")


def _first(tag: Mapping[str, Any], *names: str) -> str | None:
    return next((str(tag[name]) for name in names if name in tag), None)


def of_parameters(keys: Mapping[str, str | list[str]], parameters: Mapping[str, Any]) -> Keys:
    """Keys that are taken from parameters, without those that the call does not have."""
    found: dict[str, str | tuple[str, ...]] = {}
    for key, path in keys.items():
        if path.__class__ is str and path not in parameters and "." not in path:
            continue  # most calls have few of the parameters
        value: Any = find(parameters, path) if isinstance(path, str) else _values(path, parameters)
        if key.endswith(":"):
            found.update({f"{key}{name}": as_values(one) for name, one in (value or {}).items()})
        elif value is not None:
            found[key] = as_values(value)
    return found


def _values(paths: list[str], parameters: Mapping[str, Any]) -> list[Any] | None:
    """All values at paths through lists."""
    return [value for path in paths for value in entries(parameters, path.split("."))] or None


def as_values(value: Any) -> str | tuple[str, ...]:
    return tuple(as_text(one) for one in value) if isinstance(value, (list, tuple)) else as_text(value)


def as_text(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value).lower() if isinstance(value, bool) else str(value)
