"""`Stack`: what a test holds of a deployed template."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.pools import find_pool
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.infrastructure.deploying.changes import Changes
from pytest_cognito.infrastructure.expressions import parameters
from pytest_cognito.infrastructure.expressions.values import as_text
from pytest_cognito.infrastructure.reading.terraform import addresses
from pytest_cognito.infrastructure.records import STACKS, Deployed, StackRecord
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi
    from pytest_cognito.fronts.http_api.api import HttpApi
    from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer
    from pytest_cognito.fronts.rest_api.api import RestApi
    from pytest_cognito.fronts.websocket_api.api import WebSocketApi
    from pytest_cognito.handles.identity_pool import IdentityPool
    from pytest_cognito.infrastructure.stacks.function import StackFunction

_APIS = ("AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api", "aws_api_gateway_rest_api", "aws_apigatewayv2_api")
_BALANCERS = ("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb")
_POOLS = ("AWS::Cognito::UserPool", "aws_cognito_user_pool")
_CLIENTS = ("AWS::Cognito::UserPoolClient", "aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client")
_FUNCTIONS = ("AWS::Lambda::Function", "aws_lambda_function")
_TARGET_GROUPS = ("AWS::ElasticLoadBalancingV2::TargetGroup", "aws_lb_target_group", "aws_alb_target_group")
_GRAPHQL_APIS = ("AWS::AppSync::GraphQLApi", "aws_appsync_graphql_api")
_IDENTITY_POOLS = ("AWS::Cognito::IdentityPool", "aws_cognito_identity_pool")


class Givens(TypedDict, total=False):
    """What an update is given beside the template, as `Cognito.deploy` takes it."""

    parameters: Mapping[str, Any]
    imports: Mapping[str, Any]
    ssm: Mapping[str, Any]
    secrets: Mapping[str, Any]
    includes: Mapping[str, Any]
    values: Mapping[str, Any]
    ids: str
    applications: Mapping[str, Any]


class Stack:
    """A deployed template: ``stack.user_pool("UserPool")``, ``stack.outputs["ClientId"]``.

    Resources are named by their logical ids, by their paths in CDK (``"Notes/Pool"``), or by their addresses in
    Terraform (``'module.auth.aws_cognito_user_pool.main["x"]'``), of which the last part is enough where it is unique.
    """

    def __init__(self, world: World, name: str, region: str) -> None:
        self._world = world
        self.name = name
        self.region = region

    @property
    def id(self) -> str:
        """The ARN of the stack."""
        return self._record.id

    @property
    def outputs(self) -> Mapping[str, Any]:
        """The outputs, by name."""
        return self._record.outputs

    @property
    def exports(self) -> Mapping[str, Any]:
        """What other stacks can import, by the name of the export."""
        return self._record.exports

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The values of the parameters, defaults among them. One with ``NoEcho`` is masked, as AWS does."""
        record = self._record
        hidden = parameters.hidden(record.template.parameters)
        return {name: "****" if name in hidden else value for name, value in record.parameters.items()}

    @property
    def left_out(self) -> Mapping[str, str]:
        """What nobody makes here, and why: resources by logical id, and properties (``Files.CorsConfiguration``)."""
        return self._record.left_out

    @property
    def resources(self) -> Mapping[str, Deployed]:
        """The resources by logical id, in the order in which they were made."""
        return self._record.resources

    def resource(self, id: str) -> Deployed:
        """A resource: its ``type``, ``physical_id``, ``properties`` and ``attributes``."""
        return self._find(id, None, "resource")

    def physical_id(self, id: str) -> str:
        """What ``Ref`` gives for a resource."""
        return self.resource(id).physical_id

    def user_pool(self, id: str | None = None) -> UserPool:
        """A user pool of the stack; its only one without an id."""
        return find_pool(self._world, self._find(id, _POOLS, "user pool").physical_id)

    def client(self, id: str | None = None) -> AppClient:
        """An app client of the stack; its only one without an id."""
        found = self._find(id, _CLIENTS, "app client")
        pool_id = found.properties.get("UserPoolId") or found.properties["user_pool_id"]
        return find_pool(self._world, pool_id).client_by(found.physical_id)

    def identity_pool(self, id: str | None = None) -> IdentityPool:
        """An identity pool of the stack; its only one without an id."""
        from pytest_cognito.handles import identity_pools  # imported here because few templates have one

        return identity_pools.find(self._world, self._find(id, _IDENTITY_POOLS, "identity pool").physical_id)

    def api(
        self, id: str | None = None, *, stage: str | None = None, application: Any = None
    ) -> RestApi | HttpApi | WebSocketApi:
        """A REST, HTTP or WebSocket API of the stack; its only one without an id: ``stack.api().get("/notes")``.

        ``stage`` is needed where it has several. ``application`` is what answers for its integrations by HTTP from now
        on, in the test's process: a WSGI or an ASGI application.
        """
        from pytest_cognito.infrastructure.fronts.apis import finding  # imported here because few templates have one

        return finding.front(self._world, self._record, self._find(id, _APIS, "API"), stage, application)

    def environment(self, id: str) -> dict[str, str]:
        """The environment variables of a function of the stack, to set for the application.

        ``for name, value in stack.environment("ApiFunction").items(): monkeypatch.setenv(name, value)``
        """
        properties = self._find(id, _FUNCTIONS, "function").properties
        found = properties.get("Environment") or properties.get("environment") or {}
        about = found[0] if isinstance(found, list) else found  # a block of Terraform is a list of one
        variables = about.get("Variables") or about.get("variables") or {}
        return {name: as_text(value, f"{name} is not text") for name, value in variables.items()}

    def function(self, id: str | None = None) -> StackFunction:
        """A Lambda function of the stack: its ``module`` to replace something in it, its ``invocations``."""
        from pytest_cognito.infrastructure.stacks.function import StackFunction  # imported here because few tests ask

        return StackFunction(self._world, self._find(id, _FUNCTIONS, "function"))

    def graphql_api(
        self, id: str | None = None, *, resolvers: Mapping[str, Any] | None = None, schema: str | None = None
    ) -> GraphQLApi:
        """A GraphQL API of the stack, with its modes, its schema and its resolvers: ``graphql_api("Api")``.

        Its Lambda functions resolve fields. JavaScript and mapping templates are not run: ``resolvers`` are functions
        of ``(event, context)`` by fields, ``{"Query.notes": function}``, in their place. ``schema`` is the text of one
        whose file is not in the working tree.
        """
        from pytest_cognito.infrastructure.fronts.graphql_apis import (
            site,  # imported here because few templates have one
        )

        found = self._find(id, _GRAPHQL_APIS, "GraphQL API")
        return site.given(self._world, found, schema, resolvers)

    def load_balancer(
        self,
        id: Any = None,
        app: Any = None,
        *,
        applications: Mapping[str, Any] | None = None,
        host: str | None = None,
    ) -> LoadBalancer:
        """A load balancer of the stack, with its listeners and rules: ``load_balancer("Balancer", app)``.

        ``app`` is the WSGI or ASGI application behind its target groups, ``applications`` are those of some of them by
        their ids; functions are those of the template. ``host`` is the application's own host, if no record set of
        Route 53 and no condition of the template says it. Where the stack has one, ``load_balancer(app)`` will do.
        """
        from pytest_cognito.infrastructure.fronts.load_balancers import (
            site,  # imported here because few templates have one
        )

        name, app = (id, app) if id is None or isinstance(id, str) else (None, id)
        found = self._find(name, _BALANCERS, "load balancer")
        groups = {
            group if group.startswith("arn:") else self._find(group, _TARGET_GROUPS, "target group").physical_id: each
            for group, each in (applications or {}).items()
        }
        return site.given(self._world, found, app, groups, host)

    def update(self, path: str | os.PathLike[str] | None = None, **given: Unpack[Givens]) -> Changes:
        """Apply a changed template, or the same one with other parameters, and say what was changed.

        ``stack.update("template.yaml", parameters={"Stage": "prod"}).replaced == ["WebClient"]``. What is not said
        stays as it was. Where AWS refuses a change, the changes before are undone, and `DeploymentError` says why.
        """
        from pytest_cognito.infrastructure.stacks import opening  # imported here because it makes stacks

        return opening.update(self._world, self._record, path, given)

    def plan(self, path: str | os.PathLike[str] | None = None, **given: Unpack[Givens]) -> Changes:
        """What `update` would change, add, replace and remove, which it does not do: a change set."""
        from pytest_cognito.infrastructure.stacks import opening

        return opening.plan(self._world, self._record, path, given)

    def nested(self, id: str) -> Stack:
        """A nested stack."""
        arn = self._find(id, ("AWS::CloudFormation::Stack",), "nested stack").physical_id
        return Stack(self._world, arn.split("/")[1], self.region)

    def delete(self) -> None:
        """Delete the stack, with what it has made, but what the template says is to be retained."""
        from pytest_cognito.infrastructure.deploying import creating

        creating.delete(self._world, self._record)

    def _find(self, id: str | None, types: tuple[str, ...] | None, what: str) -> Deployed:
        record = self._record
        fitting = {name: made for name, made in record.resources.items() if types is None or made.type in types}
        if id is None:
            if len(fitting) != 1:
                there = ", ".join(fitting) or "none"
                raise UsageError(f"{self!r} has {len(fitting)} resources of the kind {what}: name one, of {there}")
            return next(iter(fitting.values()))
        by_path = self._by_path(record, id)
        name = id if id in record.resources or by_path is None else by_path
        if name in fitting:
            return fitting[name]
        short = [each for each in fitting if addresses.is_short_for(id, each)]
        if len(short) > 1:
            raise UsageError(f"{id!r} is short for several: say which one, of {', '.join(short)}")
        if short:
            return fitting[short[0]]
        if name in record.resources:
            raise UsageError(f"{id} is not a {what}, but {record.resources[name].type}")
        raise UsageError(f"{self!r} has no {what} {id!r}: {suggestion(id, fitting) if fitting else 'there is none'}")

    @staticmethod
    def _by_path(record: StackRecord, path: str) -> str | None:
        """The logical id of what has a path in CDK, whose first part and last part (Resource) may be left out."""
        for name, declared in record.template.resources.items():
            if declared.path and name in record.resources:
                whole = declared.path.removesuffix("/Resource")
                if path in (declared.path, whole, whole.partition("/")[2]):
                    return name
        return None

    @property
    def _record(self) -> StackRecord:
        record = self._world.store[STACKS].get((self.region, self.name))
        if record is None:
            raise UsageError(f"the stack {self.name!r} is not there any more")
        return record

    def __repr__(self) -> str:
        record = self._world.store[STACKS].get((self.region, self.name))
        if record is None:
            return f"<Stack {self.name}, which is not there any more>"
        left_out = f", left out {', '.join(record.left_out)}" if record.left_out else ""
        return f"<Stack {self.name} of {record.template.location}: {record.made} resources{left_out}>"
