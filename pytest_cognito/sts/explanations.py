"""Explanations of refusals, by the decision of the policies, for the reports of failed tests."""

from __future__ import annotations

from pytest_cognito import iam
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import World


def explain(world: World, call: Call) -> tuple[str, ...]:  # noqa: ARG001 - the others' need the world
    """Lines that explain the error of a call of any service, if policies or a missing role have led to it."""
    return iam.reasons_of(call.error)
