"""Whether somebody may do something, as a test asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito import enforcement, iam, sts
from pytest_cognito.aws.caller import Signer
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World


def decide(
    world: World, region: str, signer: Signer, action: object, resource: object, keys: Mapping[str, Any]
) -> iam.Decision:
    """Whether who signs may do an action on a resource, in a request with further condition keys."""
    action, resource = _action(action), _resource(resource)
    own = {_key(name): _values(value) for name, value in keys.items()}
    with world.handle_step("can", region) as context:
        authorized = sts.authorization(context, signer)
        general = sts.global_keys(context)
    request_keys = {**_without(general, own), **_without(authorized.keys, own), **own}
    return enforcement.evaluate(authorized, iam.Wanted(action, resource, request_keys))


def _action(action: object) -> str:
    if not isinstance(action, str) or action.count(":") != 1 or "*" in action:
        raise UsageError(f'an action is that of one call, such as "s3:GetObject"; not {action!r}')
    return action


def _resource(resource: object) -> str:
    if not isinstance(resource, str) or not (resource == "*" or resource.startswith("arn:")):
        raise UsageError(f'a resource is an ARN, such as "arn:aws:s3:::notes/a.txt", or "*"; not {resource!r}')
    return resource


def _key(name: str) -> str:
    """A condition key. Those of all services have a prefix, which a misplaced argument has not."""
    if ":" not in name:
        raise UsageError(
            f'{name} is no condition key, such as "dynamodb:LeadingKeys"; write can("s3:GetObject", "arn:…"), with '
            f'condition keys as **{{"dynamodb:LeadingKeys": […]}}'
        )
    return name


def _without(keys: iam.Keys, others: Mapping[str, Any]) -> iam.Keys:
    """Keys without those that others say, whatever the case of their names."""
    said = {name.lower() for name in others}
    return {name: value for name, value in keys.items() if name.lower() not in said}


def _values(value: Any) -> str | tuple[str, ...]:
    """The values of a condition key, as text."""
    if isinstance(value, str | bool | int | float | dt.datetime):
        return _text(value)
    if isinstance(value, Iterable) and not isinstance(value, Mapping | bytes):
        return tuple(_text(each) for each in value)
    raise UsageError(f"the value of a condition key is a text, a number, True, False, a time or a list; not {value!r}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, dt.datetime) else str(value)
