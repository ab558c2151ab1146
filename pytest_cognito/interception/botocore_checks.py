"""Authorising a call of botocore's: the question whether policies allow it, and the answer if they don't."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from pytest_cognito import gateway
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.model import protocol_of
from pytest_cognito.aws.protocol.other_services import render_error
from pytest_cognito.interception.botocore_responses import error_response
from pytest_cognito.kernel.calls import Call, Caller, depth
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.world import World

Answer: TypeAlias = tuple[Any, dict[str, Any]]
"""An HTTP response, and the parsed one."""


@dataclass(frozen=True, slots=True)
class Check:
    """A call that is to be authorised. ``operation`` is the model of the operation, ``parameters`` are the client's."""

    world: World
    operation: Any
    parameters: dict[str, Any]
    region: str
    caller: Caller
    user_agent: str = field(default="", compare=False)

    def error(self, wanting: str | None = None) -> AWSError | None:
        """The refusal, which is logged; None if policies allow the call.

        With ``wanting`` they must allow what this other operation of the service stands for.
        """
        service = self.operation.service_model
        call = Call(
            service.service_name, self.operation.name, self.parameters, self.region, "", depth.get(), self.caller
        )
        try:
            gateway.check_call_to_another(self.world, call, protocol_of(service), self.user_agent, wanting=wanting)
        except AWSError as error:
            release_frames(error)
            return error
        return None

    def answer(self, error: AWSError) -> Answer:
        """A refusal as botocore's parser returns it."""
        service = self.operation.service_model
        is_head = self.operation.http.get("method") == "HEAD"
        request_id = self.world.ids.request_id()
        response = render_error(protocol_of(service), error, request_id, service.metadata, head=is_head)
        return error_response(response, self.operation, error.code)

    def with_parameters(self, **parameters: Any) -> Check:
        """The check of the same call with some parameters replaced."""
        return replace(self, parameters={**self.parameters, **parameters})
