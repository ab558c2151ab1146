"""A GraphQL API of AppSync."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal, Self

from graphql import OperationDefinitionNode, OperationType

from pytest_cognito.aws.arn import arn
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts import places
from pytest_cognito.fronts.appsync import answers, executing, identifying, texts
from pytest_cognito.fronts.appsync.executing import Execution
from pytest_cognito.fronts.appsync.identities import Caller
from pytest_cognito.fronts.appsync.lambda_authorizer import Verdict
from pytest_cognito.fronts.appsync.modes import Action, ApiKeys, Mode, UserPools
from pytest_cognito.fronts.appsync.queries import Queries
from pytest_cognito.fronts.appsync.realtime import PATH, refuse
from pytest_cognito.fronts.appsync.requests import GraphQLRequest, read
from pytest_cognito.fronts.appsync.resolvers import Resolver, of_given
from pytest_cognito.fronts.appsync.schema import Checked, Schema, as_fields
from pytest_cognito.fronts.appsync.subscriptions import GraphQLSubscription, deliver, subscribe
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.front import Front
from pytest_cognito.fronts.targets import Target
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import World

_ID_LENGTH = 26
_DAYS = range(1, 366)
_WEEK = 7
_MAX_DEPTH = 75
_MAX_RESOLVERS = 10_000
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_MAX_SHOWN = 200


class GraphQLApi(Queries, Front):
    """A GraphQL API, which answers every HTTP library at its address at AWS, ``api.graphql_url``.

    ``api.query("query { notes { id } }", auth=tokens)`` is a test's own request, ``api.post("/graphql", json={…})`` one
    of plain HTTP. ``keys`` are the API keys, with the times at which they expire.
    Unless some are given, one comes with the mode for them.
    """

    service: ClassVar[str] = "appsync"

    def __init__(
        self,
        world: World,
        schema: str,
        resolvers: Mapping[str, Any],
        modes: Sequence[Mode],
        *,
        region: str | None = None,
        id: str | None = None,
        host_id: str | None = None,
        keys: Mapping[str, dt.datetime] | None = None,
        introspection: Literal["ENABLED", "DISABLED"] = "ENABLED",
        query_depth_limit: int = 0,
        resolver_count_limit: int = 0,
    ) -> None:
        self.id = places.id_of(world, id, _ID_LENGTH)
        self.modes = tuple(modes)
        self.schema = Schema(schema)
        self.schema.resolve_by(executing.resolve)
        self.resolvers: dict[str, Resolver] = {}
        for key, given in as_fields(resolvers).items():
            self.schema.check_field(key)
            self.resolvers[key] = of_given(key, given)
        _check("introspection", introspection in ("ENABLED", "DISABLED"), "'ENABLED' or 'DISABLED'", introspection)
        _check_limit("query_depth_limit", query_depth_limit, _MAX_DEPTH)
        _check_limit("resolver_count_limit", resolver_count_limit, _MAX_RESOLVERS)
        self.introspection = introspection == "ENABLED"
        self.query_depth_limit = query_depth_limit
        self.resolver_count_limit = resolver_count_limit
        self.keys: dict[str, dt.datetime] = dict(keys or {})
        self.verdicts: Cache[Verdict] = Cache()
        self.subscriptions: list[GraphQLSubscription] = []
        region = places.region_of(world, region)
        host_id = places.id_of(world, host_id, _ID_LENGTH)
        super().__init__(world, hosts.graphql_api(host_id, region), region)
        world.sites.register(hosts.graphql_realtime(host_id, region), refuse)
        if keys is None and any(isinstance(mode, ApiKeys) for mode in self.modes):
            self.create_api_key()

    @property
    def arn(self) -> str:
        """``arn:aws:appsync:us-east-1:123456789012:apis/…``; policies name the fields below it."""
        return arn("appsync", self.region, self.world.account_id, f"apis/{self.id}")

    @property
    def graphql_url(self) -> str:
        """The address of the API, with its path."""
        return f"{self.url}/graphql"

    @property
    def default_action(self) -> Action:
        """What users of pools may do with fields that have no directive, as far as the API's first mode says it."""
        return self.modes[0].default_action if isinstance(self.modes[0], UserPools) else "ALLOW"

    @property
    def api_key(self) -> str:
        """The newest API key. One that is valid for a week comes with the mode ``API_KEY``."""
        if not self.keys:
            raise UsageError('the API takes no keys: pass authorization="API_KEY", or a list with it')
        return list(self.keys)[-1]

    def create_api_key(self, days: int = _WEEK) -> str:
        """Create an API key, which expires after some days, from 1 to 365, at the beginning of the hour."""
        _check("days", days in _DAYS, "a number from 1 to 365", days)
        if not any(isinstance(mode, ApiKeys) for mode in self.modes):
            raise UsageError('the API takes no keys: pass authorization="API_KEY", or a list with it')
        key = f"da2-{self.world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS)}"
        expires = self.world.clock.now() + dt.timedelta(days=days)
        self.keys[key] = expires.replace(minute=0, second=0, microsecond=0)
        return key

    def subscribe(
        self, query: str, variables: Mapping[str, Any] | None = None, *, auth: Any = None, **headers: str
    ) -> GraphQLSubscription:
        """Subscribe to mutations: what they deliver is in ``messages`` of what this returns.

        The caller is authorized as over the real-time endpoint; who is refused has ``errors`` and gets nothing.
        ``headers`` are further headers.
        """
        return subscribe(self, query, variables, auth, headers)

    def admit(self, exchange: Exchange) -> Response | Target:
        """See `Front`."""
        if exchange.request.method == "OPTIONS":
            return answers.preflight(exchange.request, exchange.request_id)
        try:
            if exchange.path == PATH:
                refuse(exchange.request)
            if exchange.path != "/graphql" or exchange.request.method not in ("GET", "POST"):
                raise texts.NO_SUCH_PATH()
            asked = read(exchange.request)
            exchange.explain(_shown(asked))
            caller = identifying.identify(exchange, self, asked)
            checked, operation = executing.prepare(self, asked)
        except AWSError as error:
            return answers.refused(exchange.request_id, error)
        return _Query(self, caller, asked, checked, operation)

    def inherited_by(self, world: World) -> Self:
        """See `Front`."""
        heir = super().inherited_by(world)
        heir.keys, heir.verdicts, heir.subscriptions = dict(self.keys), Cache(), []
        return heir


class _Query:
    """A query that may be executed: the target of the front."""

    def __init__(
        self,
        api: GraphQLApi,
        caller: Caller,
        asked: GraphQLRequest,
        checked: Checked,
        operation: OperationDefinitionNode,
    ) -> None:
        self.api, self.caller, self.asked, self.checked, self.operation = api, caller, asked, checked, operation

    def answer(self, exchange: Exchange) -> Response:
        """See `Target`."""
        said = executing.invalid(self.api, self.asked, self.checked, self.operation)
        if said is None and self.operation.operation is OperationType.SUBSCRIPTION:
            said = executing.unsupported(texts.NO_SUBSCRIPTION_BY_HTTP)
        if said is None:
            execution = Execution(self.api, exchange, self.caller, self.asked)
            result = executing.run(execution, self.checked.document)
            said = answers.of_result(result, self.api.schema.graphql)
            for mutation, value in executing.changes(execution, result):
                deliver(self.api, mutation, value)
        return answers.answered(exchange.request_id, said)

    async def answer_async(self, exchange: Exchange) -> Response:
        """See `Target`. Lambda's Python runtime calls plain functions."""
        return self.answer(exchange)


def _shown(asked: GraphQLRequest) -> str:
    """A query on one line, without the texts in it, which may be secret."""
    text = _TEXT.sub('"…"', " ".join(asked.query.split()))
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}…"


def _check_limit(name: str, value: object, most: int) -> None:
    _check(name, isinstance(value, int) and 0 <= value <= most, f"a number from 0, for none, to {most}", value)


def _check(name: str, right: bool, what: str, value: object) -> None:
    if not right:
        raise UsageError(f"{name} is {what}; not {value!r}")
