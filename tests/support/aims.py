"""Requests drawn for an operation: whatever has the right types, what the model allows, and what leads somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from botocore import xform_name
from hypothesis import strategies as st

from pytest_cognito.aws import operation
from pytest_cognito.aws.model import SERVICES, Shape, operation_model, service_model

from .prepared import Names
from .shapes import params

MADE_HERE = {"Username", "GroupName", "AttributeName", "ProviderName", "Identifier"}
"""Members of which other values than those of the prepared world lead somewhere, too: they name what is to be made."""
LEADING = {"UserPoolId", "ClientId", "AccessToken", "AuthParameters", "ChallengeResponses", "Session", "Password"}
"""Members that a request has even where the model lets it do without."""
NAMED_BY_KEY = {"AuthParameters", "ChallengeResponses"}
KEYS = ("USERNAME", "PASSWORD", "NEW_PASSWORD", "REFRESH_TOKEN", "PREFERRED_CHALLENGE", "ANSWER")
PERHAPS = ("DEVICE_KEY",)


def operations() -> list[tuple[str, str]]:
    """Every operation that is answered, by service and AWS's name."""
    return [
        (service, name)
        for service in SERVICES
        for name in service_model(service).operation_names
        if xform_name(name) in operation.registered(service)
    ]


def aimed(pools: Sequence[Names], service: str, name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters that the model allows, and that name what there is in one of the pools."""
    shape = operation_model(service, name).input_shape
    assert shape is not None
    needed = {member: params(shape.members[member]) for member in shape.required_members}
    ways = [
        st.builds(_aim, drawn, _aims(shape, names))
        for drawn in (params(shape), st.fixed_dictionaries(needed))
        for names in pools
    ]
    return st.one_of(ways)


def _aims(shape: Shape, names: Names) -> st.SearchStrategy[dict[str, Any]]:
    aims: dict[str, st.SearchStrategy[Any]] = {
        member: st.sampled_from(names[member]) for member in shape.members if names.get(member)
    }
    for member in NAMED_BY_KEY & set(shape.members):
        aims[member] = _by_key(names)
    perhaps = {member: aims.pop(member) for member in MADE_HERE & aims.keys()}
    return st.fixed_dictionaries(aims, optional=perhaps)


def _by_key(names: Names) -> st.SearchStrategy[dict[str, str]]:
    values = {key: st.sampled_from(names[key]) for key in KEYS}
    perhaps = {key: st.sampled_from(names[key]) for key in PERHAPS if key in names}
    return st.fixed_dictionaries(values, optional=perhaps) | st.fixed_dictionaries({}, optional=values)


def _aim(request: dict[str, Any], aims: dict[str, Any]) -> dict[str, Any]:
    """The request with what is aimed in place of what was drawn, where the request has the member at all."""
    return {**request, **{member: value for member, value in aims.items() if member in request or member in LEADING}}
