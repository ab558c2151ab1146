"""The GraphQL APIs of templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito.fronts.appsync.realtime import refuse
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.infrastructure.fronts.graphql_apis.records import (
    APIS,
    FUNCTIONS,
    KEYS,
    RESOLVERS,
    SCHEMAS,
    SOURCES,
    ApiRecord,
    FunctionRecord,
    KeyRecord,
    ResolverRecord,
    SourceRecord,
)
from pytest_cognito.infrastructure.fronts.sites import DeployedSite
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.kernel.errors import Unsupported, UsageError
from pytest_cognito.kernel.extras import needed
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi

_CONFIGURATIONS = {
    "AMAZON_COGNITO_USER_POOLS": ("UserPoolConfig", "userPoolConfig"),
    "AWS_LAMBDA": ("LambdaAuthorizerConfig", "lambdaAuthorizerConfig"),
    "OPENID_CONNECT": ("OpenIDConnectConfig", "openIDConnectConfig"),
}
_SCALED = ("authorizerResultTtlInSeconds", "iatTTL", "authTTL")
_NAMES = {"AuthTTL": "authTTL", "IatTTL": "iatTTL"}


class _Plan(NamedTuple):
    record: ApiRecord
    definition: str | None
    sources: Mapping[str, SourceRecord]
    functions: Mapping[str, FunctionRecord]
    resolvers: tuple[ResolverRecord, ...]
    keys: tuple[KeyRecord, ...]
    given: int


class _NotRun:
    """The resolver of a field that nobody here can run."""

    def __init__(self, what: str) -> None:
        self.what = what

    def resolve(self, execution: Any, source: Any, info: Any, arguments: Any) -> Any:  # noqa: ARG002 - it has no value
        key = f"{info.parent_type.name}.{info.field_name}"
        raise Unsupported(
            f"pytest-cognito does not run {self.what}: pass a function of (event, context) for the field, "
            f'stack.graphql_api(resolvers={{"{key}": function}})'
        )


class GraphQLApiSite(DeployedSite["GraphQLApi"]):
    """A GraphQL API of a template, with the data sources and resolvers that this template or others have for it.

    A test may give resolvers in the place of those that can't run here, and the schema, where its file is not there.
    """

    def __init__(self, world: World, record: ApiRecord) -> None:
        self._realtime = hosts.graphql_realtime(record.host_id, record.region)
        super().__init__(world, record.id, hosts.graphql_api(record.host_id, record.region), self._realtime)
        self._schema: str | None = None
        self._resolvers: dict[str, Any] = {}
        self._given = 0

    def __call__(self, request: Request) -> Response:
        if hosts.name_in_request(request) == self._realtime:
            refuse(request)
        return super().__call__(request)

    def give(self, schema: str | None, resolvers: Mapping[str, Any]) -> None:
        """Let functions resolve fields, and the API have a schema."""
        self._schema = self._schema if schema is None else schema
        self._resolvers = {**self._resolvers, **resolvers}
        self._given += 1

    def plan(self) -> _Plan:
        store = self.world.store
        record = store[APIS].get(self.id)
        if record is None:
            raise UsageError(f"the GraphQL API {self.id} is not there any more")
        schema = store[SCHEMAS].get(self.id)
        return _Plan(
            record,
            None if schema is None else schema.definition,
            {each.name: each for each in store[SOURCES].owned(APIS, self.id)},
            {each.id: each for each in store[FUNCTIONS].owned(APIS, self.id)},
            tuple(store[RESOLVERS].owned(APIS, self.id)),
            tuple(store[KEYS].owned(APIS, self.id)),
            self._given,
        )

    def make(self, plan: _Plan, before: GraphQLApi | None) -> GraphQLApi:  # noqa: ARG002 - it takes nothing of it
        with needed("appsync", "GraphQL APIs"):
            from pytest_cognito.fronts.appsync import making
            from pytest_cognito.fronts.appsync.api import GraphQLApi

        record, settings = plan.record, plan.record.settings
        definition = self._schema or plan.definition
        if definition is None:
            raise UsageError(
                f"the schema of {record.logical_id} is not in the working tree: "
                f"stack.graphql_api({record.logical_id!r}, schema=Path('schema.graphql').read_text())"
            )
        made = GraphQLApi(
            self.world,
            definition,
            self._resolvers,
            making.modes(self.world, list(modes_of(settings))),
            region=record.region,
            id=record.id,
            host_id=record.host_id,
            keys={each.key: each.expires for each in plan.keys},
            introspection=settings.get("IntrospectionConfig") or "ENABLED",
            query_depth_limit=int(settings.get("QueryDepthLimit") or 0),
            resolver_count_limit=int(settings.get("ResolverCountLimit") or 0),
        )
        for resolver in plan.resolvers:
            key = f"{resolver.type}.{resolver.field}"
            if key not in made.resolvers:
                made.schema.check_field(key)
                made.resolvers[key] = _resolver(plan, resolver)
        return made


def _resolver(plan: _Plan, resolver: ResolverRecord) -> Any:
    """The resolver of a field: functions of Lambda, or one that says why it can't run."""
    from pytest_cognito.fronts.appsync.resolvers import Batch, Pipeline, Unit

    if resolver.code:
        return _NotRun(f"the {resolver.code} of the resolver {resolver.logical_id}")
    if resolver.source is not None:
        found = _function(plan, resolver.source)
        if isinstance(found, _NotRun):
            return found
        return Batch(found, resolver.batch) if resolver.batch else Unit(found)
    arns = []
    for function_id in resolver.functions:
        function = plan.functions[function_id]
        if function.code:
            return _NotRun(f"the {function.code} of the function {function.name} of a pipeline")
        found = _function(plan, function.source)
        if isinstance(found, _NotRun):
            return found
        arns.append(found)
    return Pipeline(tuple(arns))


def _function(plan: _Plan, source: str) -> str | _NotRun:
    about = plan.sources.get(source)
    if about is None:
        return _NotRun(f"the data source {source}, which is not there any more")
    return about.function or _NotRun(f"data sources of the type {about.type}, such as {source}")


def modes_of(settings: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The modes of an API as AppSync's operations have them, the API's default first."""
    for own in (settings, *(settings.get("AdditionalAuthenticationProviders") or ())):
        kind = own["AuthenticationType"]
        mode = {"authenticationType": kind}
        if kind in _CONFIGURATIONS:
            member, name = _CONFIGURATIONS[kind]
            mode[name] = {_camel(key): value for key, value in own[member].items() if value not in (None, "")}
            for key in _SCALED:
                if key in mode[name]:
                    mode[name][key] = int(float(mode[name][key]))
        yield mode


def _camel(name: str) -> str:
    return _NAMES.get(name) or name[0].lower() + name[1:]


def given(world: World, deployed: Deployed, schema: str | None, resolvers: Mapping[str, Any] | None) -> GraphQLApi:
    """The GraphQL API that a resource is, with what a test gives for it."""
    record = world.store[APIS].get(deployed.attributes.get("ApiId"))
    site: object = None
    if record is not None:
        site = world.sites.find(hosts.graphql_api(record.host_id, record.region))
    if not isinstance(site, GraphQLApiSite):
        raise UsageError(f"{deployed.logical_id} is no GraphQL API that can be asked: stack.left_out says why")
    if schema is not None or resolvers:
        site.give(schema, resolvers or {})
    return site.front
