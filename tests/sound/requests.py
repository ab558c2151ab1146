"""Requests to every operation, on what there is in the prepared world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from pytest_cognito import gateway
from pytest_cognito.aws.caller import TEST_CALLER
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import operation_model
from pytest_cognito.kernel.errors import Unsupported
from pytest_cognito.world import World
from tests.support.aims import KEYS, LEADING, NAMED_BY_KEY, aimed, operations
from tests.support.app import PASSWORD
from tests.support.prepared import Names, Prepared, prepare

Request = tuple[str, dict[str, Any]]
SETTINGS = settings(max_examples=1, phases=(Phase.generate,), suppress_health_check=list(HealthCheck))
USER_POOLS = "cognito-idp"
OPERATIONS = [name for service, name in operations() if service == USER_POOLS]
ENDING = (
    "SignOut",
    "RevokeToken",
    "DisableUser",
    "UserPassword",
    "ChangePassword",
    "ForgetDevice",
    "UpdateUserPool",
    "UpdateUserPoolClient",
    "SetUserPoolMfaConfig",
    "SetUserMFAPreference",
    "InitiatePointInTimeRecovery",
    "StartPointInTimeRecovery",
)
"""What takes away tokens, triggers or ways to sign in, besides what deletes."""

LAST = {"DeleteUserPool", "DeleteIdentityPool"}


def ask(world: World, name: str, parameters: Mapping[str, Any], service: str = USER_POOLS) -> str:
    """Make a call; gives the code of the error that it is refused with, if it is."""
    try:
        gateway.call(world, gateway.find_target(service, name), parameters, caller=TEST_CALLER)
    except AWSError as error:
        return error.code
    except Unsupported:
        return "Unsupported"
    return ""


@cache
def prepared() -> Prepared:
    """A prepared world, for those who undo what they do to it."""
    return prepare()


@cache
def smallest_requests(service: str = USER_POOLS) -> Mapping[str, dict[str, Any]]:
    """For each operation of a service the smallest request that its model allows."""
    drawn: dict[str, dict[str, Any]] = {}

    def draw(name: str) -> None:
        @SETTINGS
        @given(aimed(prepared().of(service), service, name))
        def run(request: dict[str, Any]) -> None:
            drawn[name] = request

        run()

    for of_service, name in operations():
        if of_service == service:
            draw(name)
    return drawn


def requests(random: Random, pools: Sequence[Names], service: str = USER_POOLS) -> list[Request]:
    """One request of each operation in any order, but that what would end all the rest comes late."""
    smallest = smallest_requests(service)
    late = {name: 0.9 * (name.endswith(ENDING) or "Delete" in name) for name in smallest}
    late |= dict.fromkeys(late.keys() & LAST, 2.0)
    order = sorted(smallest, key=lambda name: late[name] + random.random())
    return [(name, _aim(random, random.choice(pools), service, name, smallest[name])) for name in order]


def _aim(random: Random, names: Names, service: str, name: str, request: dict[str, Any]) -> dict[str, Any]:
    """The request with what there is in a pool."""
    shape = operation_model(service, name).input_shape
    assert shape is not None
    members = (request.keys() | LEADING) & shape.members.keys()
    aims = {member: random.choice(names[member]) for member in sorted(members) if names.get(member)}
    by_key = {key: random.choice(names[key]) for key in KEYS if key in names}
    return {**request, **dict.fromkeys(sorted(members & NAMED_BY_KEY), by_key), **aims}


def arrival(names: Names, number: int) -> list[Request]:
    """A new user signs up and in, for which triggers run."""
    email = f"user{number}@example.com"
    name = email if "@" in names["Username"][0] else f"user{number}"
    client, pool = {"ClientId": names["ClientId"][0]}, {"UserPoolId": names["UserPoolId"][0]}
    address = [{"Name": "email", "Value": email}]
    given = {"USERNAME": name, "PASSWORD": PASSWORD}
    return [
        ("SignUp", {**client, "Username": name, "Password": PASSWORD, "UserAttributes": address}),
        ("AdminConfirmSignUp", {**pool, "Username": name}),
        ("InitiateAuth", {**client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": given}),
    ]
