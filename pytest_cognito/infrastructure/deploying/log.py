"""Stacks in the log of calls: what is made, changed or deleted for a stack is inside of one call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.records import StackRecord
from pytest_cognito.kernel.calls import Call, depth

SERVICE = "cloudformation"


@contextmanager
def logged(deployment: Deployment, operation: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Call]:
    """Log a call of CloudFormation; the calls inside of this are inside of it. It is about the stack, if not said."""
    world = deployment.world
    if parameters is None:
        parameters = {"StackName": deployment.stack_name, "TemplateURL": str(deployment.template.location.path.name)}
    call = Call(SERVICE, operation, parameters, deployment.region, world.ids.request_id(), depth.get())
    world.calls.add(call)
    token = depth.set(depth.get() + 1)
    try:
        yield call
    except Exception as error:
        world.calls.failed(call, error)
        raise
    finally:
        depth.reset(token)
    call.result = {"StackId": deployment.stack_id}


def summary(record: StackRecord) -> str:
    """What a report says of a stack instead of the calls that made it."""
    text = f"made {record.made} resource{'' if record.made == 1 else 's'}"
    return f"{text}, left out {', '.join(record.left_out)}" if record.left_out else text
