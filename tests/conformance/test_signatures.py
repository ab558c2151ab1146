"""Every operation takes what its model lets a caller send, and nothing else."""

from __future__ import annotations

import inspect

import pytest
from botocore import xform_name

from pytest_cognito import gateway
from pytest_cognito.aws import operation
from pytest_cognito.aws.model import SERVICES, operation_model, service_model
from tests.support import installed


def _names() -> dict[tuple[str, str], str]:
    """AWS's name of each operation, by service and by boto3's name."""
    return {
        (service, xform_name(name)): name for service in SERVICES for name in service_model(service).operation_names
    }


NAMES = _names()
FUNCTIONS = {
    (service, name): function for service in SERVICES for name, function in operation.registered(service).items()
}
REGISTERED = [each for each in sorted(FUNCTIONS) if each in NAMES]


def _members(service: str, name: str) -> set[str]:
    shape = operation_model(service, NAMES[service, name]).input_shape
    return set(shape.members) if shape is not None else set()


def _taken_by_name(service: str, name: str) -> set[str]:
    parameters = inspect.signature(FUNCTIONS[service, name]).parameters.values()
    return {each.name for each in parameters if each.kind is each.KEYWORD_ONLY}


@pytest.mark.parametrize(("service", "name"), REGISTERED, ids=[name for _, name in REGISTERED])
def test_an_operation_takes_what_its_model_has(service: str, name: str) -> None:
    members = _members(service, name)
    taken = set(gateway.find_target(service, NAMES[service, name]).keywords)
    assert members - taken == set(), f"{name} lacks parameters"
    if not installed.is_older():
        strange = _taken_by_name(service, name) - {xform_name(member) for member in members}
        assert strange == set(), f"{name} takes parameters that the model has not"


@pytest.mark.parametrize(("service", "name"), REGISTERED, ids=[name for _, name in REGISTERED])
def test_what_may_be_left_out_has_a_default(service: str, name: str) -> None:
    shape = operation_model(service, NAMES[service, name]).input_shape
    needed = {xform_name(member) for member in shape.required_members} if shape is not None else set()
    parameters = inspect.signature(FUNCTIONS[service, name]).parameters.values()
    bare = {each.name for each in parameters if each.kind is each.KEYWORD_ONLY and each.default is each.empty}
    assert bare <= needed


def test_every_operation_is_one_of_its_service_s_model() -> None:
    strange = set(FUNCTIONS) - set(NAMES)
    assert strange == set() or installed.is_older()
