"""What is known of an API that a template has made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.state.schema import Schema
from pytest_cognito.world import World

REST, HTTP, WEBSOCKET = "REST", "HTTP", "WEBSOCKET"
RESOURCE, METHOD, AUTHORIZER, GATEWAY_RESPONSE = "resource", "method", "authorizer", "gateway response"
ROUTE, INTEGRATION, INTEGRATION_RESPONSE = "route", "integration", "integration response"
DEPLOYMENT, STAGE = "deployment", "stage"
_NOT_DEPLOYED = (DEPLOYMENT, STAGE)


@dataclass(frozen=True, slots=True)
class Api:
    """An API of a ``kind``, ``REST``, ``HTTP`` or ``WEBSOCKET``. ``settings`` are its properties but for the body.

    ``root_id`` is the id of the resource ``/`` of a REST API.
    """

    id: str
    kind: str
    region: str
    logical_id: str
    settings: Mapping[str, Any]
    root_id: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an API: a method, a route, a stage. Its ``properties`` are those of CloudFormation's types.

    ``of_body`` says that it comes from an OpenAPI definition. A deployment has a ``snapshot`` of the API: its stages
    answer by that, whatever has changed since.
    """

    api_id: str
    kind: str
    id: str
    properties: Mapping[str, Any]
    of_body: bool = False
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An API and its parts at one moment."""

    api: Api
    parts: tuple[Part, ...]

    def of(self, kind: str) -> Iterator[Part]:
        """The parts of a kind."""
        return (part for part in self.parts if part.kind == kind)


@dataclass(frozen=True, slots=True)
class Key:
    """An API key. ``stages`` are pairs of an API and a stage that it is for without a usage plan."""

    id: str
    value: str
    enabled: bool = True
    stages: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class UsagePlan:
    """A usage plan of some stages, as pairs of an API and a stage, and the ids of its keys."""

    id: str
    stages: tuple[tuple[str, str], ...] = ()
    keys: tuple[str, ...] = field(default=())


APIS: Schema[Api] = Schema("apigateway/apis", key=lambda api: api.id)
PARTS: Schema[Part] = Schema(
    "apigateway/parts",
    key=lambda part: (part.api_id, part.kind, part.id),
    owners={APIS: lambda part: part.api_id},
)
KEYS: Schema[Key] = Schema("apigateway/keys", key=lambda key: key.id)
USAGE_PLANS: Schema[UsagePlan] = Schema("apigateway/usage_plans", key=lambda plan: plan.id)


def parts_of(world: World, api_id: str) -> list[Part]:
    """All parts of an API, in the order of their kinds and ids."""
    return sorted(world.store[PARTS].owned(APIS, api_id), key=lambda part: (part.kind, part.id))


def snapshot_of(world: World, api: Api) -> Snapshot:
    """What a deployment would deploy now."""
    return Snapshot(api, tuple(part for part in parts_of(world, api.id) if part.kind not in _NOT_DEPLOYED))


def keys_of(world: World, api_id: str, stage: str) -> tuple[Key, ...]:
    """The API keys that a stage takes: those of its usage plans."""
    wanted = (api_id, stage)
    ids = {key for plan in world.store[USAGE_PLANS] if wanted in plan.stages for key in plan.keys}
    return tuple(key for key in world.store[KEYS] if key.enabled and (key.id in ids or wanted in key.stages))
