"""A REST API of API Gateway."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Self
from urllib.parse import unquote

from pytest_cognito.aws.arn import arn
from pytest_cognito.fronts.api_gateway.routes import Routes
from pytest_cognito.fronts.api_gateway.stages import short_id
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.front import Front
from pytest_cognito.fronts.rest_api import events, resource_policies, texts
from pytest_cognito.fronts.rest_api.authorizers.functions import RequestAuthorizer, TokenAuthorizer
from pytest_cognito.fronts.rest_api.authorizers.iam_callers import IamAuthorizer, unsigned
from pytest_cognito.fronts.rest_api.methods import ApiKeys, Method
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.fronts.targets import Target
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.world import World

_LONGEST_BODY = 10 * 1024 * 1024


class RestApi(Front):
    """A REST API, with the stage that answers: ``api.get("/notes", headers={"Authorization": tokens.id_token})``.

    A request takes the most specific of the methods; its authorizer decides before the application is asked. The
    methods are those of `requests`, and those that begin with ``a`` are coroutines. At `url`, which ends in the stage,
    every HTTP library finds it.
    """

    service: ClassVar[str] = "execute-api"

    def __init__(self, world: World, stage: Stage, methods: Iterable[Method], api_keys: ApiKeys | None = None) -> None:
        super().__init__(world, stage.host, stage.region)
        self.stage = stage
        self._methods = Routes(methods)
        self._api_keys = api_keys or ApiKeys()
        self._cache: Cache[Any] = Cache()

    @property
    def id(self) -> str:
        return self.stage.api_id

    @property
    def arn(self) -> str:
        """The ARN of the stage. Policies allow methods of it: ``f"{api.arn}/GET/notes"``, ``f"{api.arn}/*"``."""
        return arn("execute-api", self.region, self.world.account_id, f"{self.id}/{self.stage.name}")

    @property
    def url(self) -> str:
        """The address of the stage, without a slash at its end."""
        return f"https://{self.host}{self.stage.prefix}"

    @property
    def api_keys(self) -> tuple[str, ...]:
        """The values of the API keys, which a client sends as ``x-api-key``."""
        return tuple(key.value for key in self._api_keys.keys)

    def path(self, request: Request) -> str:
        return unquote(self.stage.application_path(request))

    def admit(self, exchange: Exchange) -> Response | Target:
        try:
            method = self._method(exchange)
            self._authorize(exchange, method)
            if method.api_key_required:
                self._api_keys.check(exchange)
        except texts.Refusal as refusal:
            response = events.respond(exchange, self.stage, refusal)
            return self.complete(exchange, response)
        return method.target

    def complete(self, exchange: Exchange, response: Response) -> Response:
        response.add_headers([("x-amzn-RequestId", exchange.request_id), ("x-amz-apigw-id", short_id(exchange))])
        return response

    def inherited_by(self, world: World) -> Self:
        heir = super().inherited_by(world)
        heir._cache = Cache()
        return heir

    def flush_authorizers_cache(self) -> None:
        """Forget the policies of Lambda authorizers, as FlushStageAuthorizersCache does."""
        self._cache.clear()

    def _method(self, exchange: Exchange) -> Method:
        """The method that a request is for. A slash at the end of the path counts for nothing."""
        request = exchange.request
        if self.stage.inside(request) is None:
            exchange.explain(f"the path does not begin with the stage: {self.stage.prefix}/…")
            raise texts.FORBIDDEN_STAGE()
        path = self.stage.application_path(request).rstrip("/") or "/"
        found = self._methods.find(request.method, path)
        if found is None:
            there = ", ".join(str(each.key) for each in self._methods)
            exchange.explain(f"no method takes {request.method} {path}; there is {there}")
            raise unsigned(request)
        exchange.route, exchange.path_parameters = str(found.route.key), _decoded(found.variables)
        if len(request.body) > _LONGEST_BODY:
            raise texts.TOO_LARGE()
        return found.route

    def _authorize(self, exchange: Exchange, method: Method) -> None:
        """Whether the resource policy and the authorizer let a request pass, in the order in which AWS asks them.

        A Lambda authorizer is not asked about what the resource policy denies. That of user pools comes before it.
        """
        authorizer = method.authorizer
        if isinstance(authorizer, RequestAuthorizer | TokenAuthorizer):
            resource_policies.refuse_denied(exchange, self.stage)
        if authorizer is not None:
            authorizer.authorize(exchange, self.stage, method.scopes, self._cache)
        if not isinstance(authorizer, IamAuthorizer | RequestAuthorizer | TokenAuthorizer):
            resource_policies.admit_anyone(exchange, self.stage)


def _decoded(variables: dict[str, str]) -> dict[str, str]:
    """The variables of a path as REST APIs pass them on: decoded, but for percent signs, which they encode again."""
    return {name: value.replace("%", "%25") for name, value in variables.items()}
