"""Whatever an operation is asked: a modelled answer or a modelled error, and an error leaves the state as it was."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from pytest_cognito import gateway
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import operation_model
from pytest_cognito.cognito_idp.records import AUTH_EVENTS, LOCKOUTS, RECENT_CALLS
from pytest_cognito.kernel.calls import Call
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import World
from tests.support.aims import aimed, operations
from tests.support.modelled import departures
from tests.support.prepared import Prepared, prepare
from tests.support.shapes import params

State = dict[str, dict[Any, str]]
COUNTED_FOR_GOOD = {schema.name for schema in (RECENT_CALLS, LOCKOUTS, AUTH_EVENTS)}
"""Failed attempts count, and are events, although the call fails."""
NOT_THERE_YET = ("PublishSecretsInAWSSecretsManager",)
"""What a valid request can ask for that is an error which names it."""
OPERATIONS = operations()
SETTINGS = settings(max_examples=settings().max_examples // 3, suppress_health_check=list(HealthCheck))


@cache
def prepared() -> Prepared:
    return prepare()


def requests(service: str, name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Parameters of an operation: whatever has the right types, what the model allows, and what leads somewhere."""
    shape = operation_model(service, name).input_shape
    return params(shape, valid=False) | params(shape) | aimed(prepared().of(service), service, name)


def ask(world: World, service: str, name: str, request: dict[str, Any], before: State) -> Call:
    """Make one call, and hold what comes of it against the model and the state before it."""
    target = gateway.find_target(service, name)
    try:
        target.codec.render(gateway.call(world, target, request, caller=prepared().caller(name)), "request")
    except AWSError as error:
        target.codec.render_error(error, "request")
        assert state(world) == before
    except Unsupported as error:
        if not any(name in str(error) for name in NOT_THERE_YET):
            raise
        assert state(world) == before
    call = world.calls[-1]
    assert departures(call) == []
    return call


def state(world: World) -> State:
    """All records in writing, so that a change inside a record shows as well."""
    return {
        name: {table.schema.key(record): repr(record) for record in table}
        for name, table in world.store.tables(with_history=True).items()
        if name not in COUNTED_FOR_GOOD and len(table)
    }


@pytest.mark.parametrize(("service", "name"), OPERATIONS, ids=[name for _, name in OPERATIONS])
def test_every_request_has_a_modelled_outcome(service: str, name: str) -> None:
    world = prepared().world
    before = state(world)  # and before each call, unless one was not rolled back

    @settings(SETTINGS)
    @given(requests(service, name))
    def check(request: dict[str, Any]) -> None:
        world.calls.clear()
        with world.store.rolled_back():
            ask(world, service, name, request, before)

    check()
    assert state(world) == before


@settings(SETTINGS)
@given(st.data())
def test_calls_after_one_another_have_modelled_outcomes(data: st.DataObject) -> None:
    world = prepared().world
    world.calls.clear()
    with world.store.rolled_back():
        for service, name in data.draw(st.lists(st.sampled_from(OPERATIONS), min_size=2, max_size=6)):
            ask(world, service, name, data.draw(requests(service, name), label=name), state(world))


def test_most_operations_are_reached() -> None:
    """Without the values of the prepared world nearly every request would end at the first look-up."""
    before = state(prepared().world)
    reached = [name for service, name in OPERATIONS if _is_answered(service, name, before)]
    assert len(reached) >= 0.8 * len(OPERATIONS)


def _is_answered(service: str, name: str, before: State) -> bool:
    world = prepared().world

    def is_answered(request: dict[str, Any]) -> bool:
        with world.store.rolled_back():
            return ask(world, service, name, request, before).error is None

    once = settings(SETTINGS, max_examples=20, phases=[Phase.generate], report_multiple_bugs=False)
    try:
        find(aimed(prepared().of(service), service, name), is_answered, settings=once)
    except NoSuchExample:
        return False
    return True
