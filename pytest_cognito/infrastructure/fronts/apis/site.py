"""An API of a template as a site of the world, with a front for each of its stages."""

from __future__ import annotations

import copy
from typing import Self

from pytest_cognito.fronts.api_gateway.stages import DEFAULT_STAGE
from pytest_cognito.fronts.http_api.api import HttpApi
from pytest_cognito.fronts.rest_api.api import RestApi
from pytest_cognito.fronts.targets import Target
from pytest_cognito.fronts.websocket_api.api import WebSocketApi
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.infrastructure.fronts.apis import http, plans, rest, websocket
from pytest_cognito.infrastructure.fronts.apis.plans import Plan
from pytest_cognito.infrastructure.fronts.apis.records import HTTP, REST, Api
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import World

ApiFront = RestApi | HttpApi | WebSocketApi


class ApiSite:
    """What answers at the address of an API. Its fronts are made when they are asked, and anew after a change."""

    def __init__(self, world: World, api: Api, application: Target | None) -> None:
        self.world = world
        self.api_id = api.id
        self.host = hosts.rest_or_http_api(api.id, api.region)
        self.application = application
        self._fronts: dict[str, tuple[Plan, ApiFront]] = {}
        world.sites.register(self.host, self)

    def __call__(self, request: Request) -> Response:
        """The response of the stage that a request is for."""
        first = request.path[1:].partition("/")[0]
        found = {stage.id: stage for stage in plans.stages(self.world, self.api_id)}
        name = first if first in found else DEFAULT_STAGE if DEFAULT_STAGE in found else next(iter(found), "")
        return self._front(name)(request)

    def inherited_by(self, world: World) -> Self:
        """The site of a world that begins with what is here now."""
        heir = copy.copy(self)
        heir.world, heir._fronts = world, {}
        return heir

    def front(self, stage: str | None, *, preferred: tuple[str, ...] = ()) -> ApiFront:
        """The front of a stage; of the only one without a name, or the only one of those that are ``preferred``."""
        there = [each.id for each in plans.stages(self.world, self.api_id)]
        if stage is not None:
            if stage not in there:
                hint = suggestion(stage, there) if there else "there is none"
                raise UsageError(f"the API has no stage {stage!r}: {hint}")
            return self._front(stage)
        chosen = [each for each in there if each in preferred] or there
        if len(chosen) > 1:
            raise UsageError(f"the API has several stages: say which one, by stage=, of {', '.join(chosen)}")
        if not chosen:
            raise UsageError(
                "the API has no stage that answers at this address: add a resource of the type AWS::ApiGateway::Stage "
                "or AWS::ApiGatewayV2::Stage"
            )
        return self._front(chosen[0])

    def _front(self, name: str) -> ApiFront:
        stage = next((each for each in plans.stages(self.world, self.api_id) if each.id == name), None)
        plan = plans.of_stage(self.world, self.api_id, stage, self.application)
        assert plan is not None  # an API that is deleted has no site
        before, front = self._fronts.get(name, (None, None))
        if front is None or plan != before:
            front = _made(self.world, plan)
            self.world.sites.register(self.host, self)  # where the front has put itself
            self._fronts[name] = (plan, front)
        return front


def _made(world: World, plan: Plan) -> ApiFront:
    kind = plan.deployed.api.kind
    if kind == REST:
        return rest.make(world, plan)
    return http.make(world, plan) if kind == HTTP else websocket.make(world, plan)


def find(world: World, api_id: str, region: str) -> ApiSite | None:
    """The site of an API, if it is there."""
    site: object = world.sites.find(hosts.rest_or_http_api(api_id, region).lower())
    return site if isinstance(site, ApiSite) else None


def remove(world: World, api_id: str, region: str) -> None:
    """Let nothing answer any more at the address of an API."""
    world.sites.unregister(hosts.rest_or_http_api(api_id, region))
