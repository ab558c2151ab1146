"""Lambda authorizers of GraphQL APIs: their event, what they return, and for how long that is good."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from pytest_cognito.fronts.appsync import texts
from pytest_cognito.fronts.appsync.identities import Caller
from pytest_cognito.fronts.appsync.modes import LambdaAuthorizer
from pytest_cognito.fronts.appsync.requests import GraphQLRequest
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.targets.functions import invoke
from pytest_cognito.lambda_functions.failures import Failure
from pytest_cognito.lambda_functions.permissions import Invoker

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi

_LIMIT = dt.timedelta(seconds=10)
_FIELD = re.compile(r"(?:arn:[^:]+:appsync:[^:]*:[^:]*:apis/(?P<api>\w+)/types/(?P<type>\w+)/fields/(?P<field>\w+))")


class Verdict(NamedTuple):
    """What a function has said of a token, and for how many seconds that is good."""

    context: Mapping[str, Any]
    denied: frozenset[str]
    ttl: int


def authorize(exchange: Exchange, api: GraphQLApi, mode: LambdaAuthorizer, asked: GraphQLRequest) -> Caller:
    """Who the function says that the caller is. Raises AppSync's error for a token that it does not authorize."""
    token = exchange.request.headers.get("authorization", "")
    if mode.token_regex is not None and re.fullmatch(mode.token_regex, token) is None:
        _refuse(exchange, f"the token does not match {mode.token_regex}; the function is not asked")
    kept = api.verdicts.find(token, exchange.now)
    if kept is None:
        verdict = _ask(exchange, api, mode, token, asked)
        api.verdicts.keep(token, verdict, exchange.now, verdict.ttl)
    else:
        exchange.explain("the function is not asked: what it said of this token is still good")
        verdict = kept.answer
    return Caller(mode, {"resolverContext": dict(verdict.context)}, denied=verdict.denied)


def _ask(exchange: Exchange, api: GraphQLApi, mode: LambdaAuthorizer, token: str, asked: GraphQLRequest) -> Verdict:
    try:
        made, invoker = event(exchange, api, token, asked), Invoker("appsync", api.arn)
        result = invoke(exchange, mode.function, "authorizer", made, _LIMIT, invoker)
    except Failure as failure:
        _refuse(exchange, f"the function failed: {failure.reason}")
    if not isinstance(result, dict) or result.get("isAuthorized") is not True:
        _refuse(exchange, f"the function returned {result!r}, without isAuthorized: true")
    context, denied, ttl = result.get("resolverContext"), result.get("deniedFields"), result.get("ttlOverride")
    if not _is_flat(context):
        _refuse(exchange, "the function returned a resolverContext that is nested")
    seconds = ttl if isinstance(ttl, int) else mode.ttl
    return Verdict(context or {}, frozenset(_fields(api, denied or ())), seconds)


def event(exchange: Exchange, api: GraphQLApi, token: str, asked: GraphQLRequest) -> dict[str, Any]:
    """The event of a Lambda authorizer."""
    return {
        "authorizationToken": token,
        "requestContext": {
            "apiId": api.id,
            "accountId": exchange.world.account_id,
            "requestId": exchange.request_id,
            "queryString": asked.query,
            "operationName": asked.operation_name,
            "variables": dict(asked.variables),
        },
        "requestHeaders": dict(exchange.request.headers),
    }


def _is_flat(context: Any) -> bool:
    if context is None:
        return True
    return isinstance(context, dict) and not any(isinstance(value, dict | list) for value in context.values())


def _fields(api: GraphQLApi, denied: Any) -> list[str]:
    """The fields that are denied, as ``Type.field``; those that an ARN names are of its own API."""
    found = []
    for each in denied:
        arn = _FIELD.fullmatch(str(each))
        if arn is None:
            found.append(str(each))
        elif arn["api"] == api.id:
            found.append(f"{arn['type']}.{arn['field']}")
    return found


def _refuse(exchange: Exchange, why: str) -> NoReturn:
    exchange.explain(f"refused: {why}")
    raise texts.NOT_AUTHORIZED()
