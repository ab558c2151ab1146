"""Reading and changing the records of which fronts are made."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from typing import Any

from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.state.schema import Schema
from pytest_cognito.world import Context


@contextmanager
def step(deployment: Deployment) -> Iterator[Context]:
    """A step in which records are read and changed."""
    with deployment.world.handle_step("deploy", deployment.region) as context:
        yield context


def discard(deployment: Deployment, schema: Schema[Any], key: Hashable) -> None:
    """Delete a record, unless it is gone with what it belongs to."""
    with step(deployment) as context:
        if context.table(schema).get(key) is not None:
            context.table(schema).delete(key)
