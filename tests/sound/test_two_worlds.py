"""Two worlds of one seed, asked the same: one in process, the other over a socket. Nothing they say or keep differs.

`tests/conformance/test_both_transports.py` asks each operation what it was made for; here whatever the model allows is
asked, after whatever else was, and what one call gave (tokens, sessions, codes, page tokens) goes into the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
import time_machine
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import ClientError, ParamValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pytest_cognito import active
from pytest_cognito.aws.model import operation_model
from pytest_cognito.cognito import Cognito
from pytest_cognito.mock import Mock
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.conformance.transport import exact, of_aws, of_metadata
from tests.support import clients
from tests.support.aims import aimed, operations
from tests.support.prepared import prepare
from tests.support.shapes import params

NOW = 1_772_000_000
OPERATIONS = operations()
OF_USERS = [(service, name) for service, name in OPERATIONS if "Pool" not in name and service == "cognito-idp"]
FLOWS = ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"]
PAUSES = st.sampled_from([0, 0, 0, 0, 1, 179, 181, 3599, 3601, 86_401])
NOT_THERE_YET = ("PublishSecretsInAWSSecretsManager",)
"""Members that are an error of ours, as in test_fuzz.py."""
GIVEN_AGAIN = {
    "AccessToken": ("AccessToken",),
    "RefreshToken": ("RefreshToken", "Token", "REFRESH_TOKEN"),
    "Session": ("Session",),
    "UserSub": ("Username", "USERNAME"),
    "PaginationToken": ("PaginationToken",),
    "NextToken": ("NextToken",),
    "ChallengeName": ("ChallengeName",),
    "Id": ("UserPoolId",),
    "ClientId": ("ClientId",),
}
"""What an answer has under the one name goes into later requests under the others."""


@dataclass
class Side:
    """A world, and the way to it."""

    cognito: Cognito
    endpoint_url: str | None = None

    def ask(self, service: str, name: str, request: dict[str, Any]) -> tuple[object, ...]:
        """What comes of a call: the answer or the error, with all types, and what the headers say of it."""
        call = getattr(client(service, self.endpoint_url), xform_name(name))
        try:
            answer = call(**request)
        except ClientError as error:
            response: dict[str, Any] = dict(error.response)
            metadata = response.pop("ResponseMetadata")
            return type(error).__name__, exact(response), of_metadata(metadata)
        except ParamValidationError as error:
            return "not sent", str(error)
        metadata = answer.pop("ResponseMetadata")
        return "answered", of_aws(exact(answer)), of_metadata(metadata), answer

    @property
    def state(self) -> dict[str, list[str]]:
        tables = self.cognito.world.store.tables(with_history=True)
        return {name: sorted(map(repr, table)) for name, table in tables.items() if len(table)}


@cache
def client(service: str, endpoint_url: str | None) -> Any:
    config = Config(retries={"total_max_attempts": 1})
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    return clients.client(service, region_name="us-east-1", endpoint_url=endpoint_url, config=config, **keys)


@dataclass
class Pair:
    """The two sides, prepared alike, and what there is to name in them."""

    worlds: tuple[World, World]
    names: list[dict[str, list[str]]]
    endpoint_url: str
    served: list[World] = field(default_factory=list)

    @contextmanager
    def fresh(self) -> Iterator[tuple[Side, Side]]:
        """Both as they were prepared, with the same things to come; whatever happens to them is undone."""
        with ExitStack() as stack:
            there, here = (stack.enter_context(Mock(seed="two worlds", parent=each)) for each in reversed(self.worlds))
            # The last that was entered answers in process.
            self.served[:] = [there.world]
            yield Side(here), Side(there, self.endpoint_url)


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with time_machine.travel(NOW, tick=False):
        here, there = prepare(), prepare()
        served: list[World] = []
        with Server(lambda: served[0] if served else None) as server:
            names = [{"AuthFlow": FLOWS, **{name: list(of) for name, of in pool.items()}} for pool in here.names]
            yield Pair((here.world, there.world), names, server.endpoint_url, served)


def test_both_are_prepared_alike(pair: Pair) -> None:
    with pair.fresh() as (here, there):
        assert here.state == there.state
        assert {f"cognito-idp/{table}" for table in ("users", "grants", "sessions", "codes")} <= here.state.keys()


@settings(max_examples=settings().max_examples // 2, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_same_calls_have_the_same_outcomes(pair: Pair, data: st.DataObject) -> None:
    with pair.fresh() as (here, there):
        names = [dict(pool) for pool in pair.names]
        for service, name in data.draw(st.lists(_AN_OPERATION, min_size=4, max_size=12)):
            request = data.draw(_request(names, service, name), label=name)
            pause = data.draw(PAUSES, label="seconds later")
            for side in (here, there):
                side.cognito.clock.advance(seconds=pause)
            outcome = here.ask(service, name, request)
            with active.let_through():  # past the hook in process, to the socket
                assert there.ask(service, name, request)[:3] == outcome[:3]  # a fourth is the answer as it came
            _learn(names, outcome, here)
        assert here.state == there.state
        assert list(here.cognito.outbox) == list(there.cognito.outbox)
        assert [str(call.error) for call in here.cognito.calls] == [str(call.error) for call in there.cognito.calls]


_AN_OPERATION = st.sampled_from(OF_USERS) | st.sampled_from(OPERATIONS)


def _request(names: list[dict[str, list[str]]], service: str, name: str) -> st.SearchStrategy[dict[str, Any]]:
    reached = aimed(names, service, name)
    drawn = reached | reached | params(operation_model(service, name).input_shape)
    return drawn.filter(lambda request: not any(request.get(member) for member in NOT_THERE_YET))


def _learn(names: list[dict[str, list[str]]], outcome: tuple[object, ...], side: Side) -> None:
    """Let later requests name what came of a call; what is new is likelier to be drawn."""
    found = list(_values(outcome[3])) if outcome[0] == "answered" else []
    found += [("Code", message.code) for message in list(side.cognito.outbox)[-1:] if message.code]
    for member, value in found:
        for under in GIVEN_AGAIN.get(member, ("Code", "ConfirmationCode") if member == "Code" else ()):
            for pool in names:
                pool[under] = [value, *pool.get(under, [])]


def _values(answer: Any) -> Iterator[tuple[str, str]]:
    for name, value in answer.items() if isinstance(answer, dict) else ():
        if isinstance(value, str):
            yield name, value
        else:
            yield from _values(value)
