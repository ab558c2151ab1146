"""The stage of a REST API that answers, and what is set for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pytest_cognito import iam
from pytest_cognito.fronts.api_gateway import stages
from pytest_cognito.fronts.rest_api.gateway_responses import GatewayResponse
from pytest_cognito.http.messages import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(stages.Stage):
    """A stage of a REST API, whose name begins every path.

    ``resource_ids`` are those of the paths. ``binary_media_types`` are the types of bodies that are passed on in
    Base64: ``image/png``, or ``*/*`` for all. ``policy`` is the resource policy of the API.
    """

    deployment_id: str
    resource_ids: Mapping[str, str]
    binary_media_types: tuple[str, ...] = ()
    gateway_responses: Mapping[str, GatewayResponse] = field(default_factory=dict)
    policy: iam.NamedPolicy | None = None

    def application_path(self, request: Request) -> str:
        """The path without the stage, encoded as it came."""
        inside = self.inside(request)
        return request.path if inside is None else inside

    def is_binary(self, content_type: str | None) -> bool:
        """Whether a body of a type is passed on in Base64."""
        if "*/*" in self.binary_media_types:
            return True
        kind = (content_type or "").partition(";")[0].strip().lower()
        return bool(kind) and any(kind == each.lower() for each in self.binary_media_types)
