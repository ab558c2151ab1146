"""Making an HTTP API of what a test writes: ``cognito.http_api({"GET /notes": handler}, authorizer=pool)``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.fronts import tokens
from pytest_cognito.fronts.api_gateway.stages import DEFAULT_STAGE
from pytest_cognito.fronts.http_api.api import HttpApi
from pytest_cognito.fronts.http_api.authorizers.functions import LambdaAuthorizer
from pytest_cognito.fronts.http_api.authorizers.iam import IamAuthorizer
from pytest_cognito.fronts.http_api.authorizers.jwt import JwtAuthorizer
from pytest_cognito.fronts.http_api.cors import Cors
from pytest_cognito.fronts.http_api.route import Authorizer, Route
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.providers.provider import Provider
from pytest_cognito.world import World

AWS_IAM = "AWS_IAM"
_ID_LENGTH = 10
_FORMS = (
    "a user pool, an app client, JwtAuthorizer(issuer, audience), a function of (event, context) or its ARN, "
    'LambdaAuthorizer(function), "AWS_IAM", or None for a public route'
)
_VALUES = (
    "write handler, (handler, [scopes]), (handler, authorizer), (handler, authorizer, [scopes]) or (handler, None)"
)


def http_api(
    world: World,
    routes: Any,
    *,
    authorizer: Any = None,
    stage: str = DEFAULT_STAGE,
    cors: Mapping[str, Any] | None = None,
    stage_variables: Mapping[str, str] | None = None,
    payload_format: str = "2.0",
    region: str | None = None,
    id: str | None = None,
) -> HttpApi:
    """See `Cognito.http_api`."""
    listed = routes if isinstance(routes, Mapping) else {"$default": routes}
    if not listed:
        raise UsageError('an API has a route at least: write http_api({"GET /notes": handler})')
    common = authorizer_of(world, authorizer, "authorizer")
    made = [_route(world, key, value, common, payload_format) for key, value in listed.items()]
    return HttpApi(
        world,
        id or world.ids.text(_ID_LENGTH, LOWERCASE_AND_DIGITS),
        region or world.region,
        routes=made,
        stage=stage,
        stage_variables=stage_variables,
        cors=None if cors is None else Cors.of(cors),
    )


def _route(world: World, key: str, value: Any, common: Authorizer | None, payload_format: str) -> Route:
    """The route of an entry: a handler, or a tuple of it with an authorizer of its own, with scopes, or with both."""
    where = f"the route {key!r}"
    if not isinstance(value, tuple):
        return Route(key, value, common, (), payload_format)
    if not value or len(value) > 3:
        raise UsageError(f"{where} has {len(value)} values: {_VALUES}")
    handler, *others = value
    scopes = tuple(others.pop()) if others and isinstance(others[-1], list | tuple) else ()
    if len(others) > 1:
        raise UsageError(f"{where} has {others[-1]!r} in place of a list of scopes: {_VALUES}")
    authorizer = authorizer_of(world, others[0], where) if others else common
    if scopes and not isinstance(authorizer, JwtAuthorizer):
        raise UsageError(f"{where} has scopes, which only JWT authorizers look at: pass authorizer=pool, or no scopes")
    if not all(isinstance(scope, str) for scope in scopes):
        raise UsageError(f'the scopes of {where} are no texts: write {key!r}: (handler, ["notes/read"])')
    return Route(key, handler, authorizer, scopes, payload_format)


def _issuer_of_client(world: World, client: AppClient) -> str:
    record = world.store[cognito_idp.CLIENTS].get(client.id)
    pool = None if record is None else world.store[cognito_idp.POOLS].get(record.pool_id)
    if pool is None:
        raise UsageError(f"{client!r} is no app client of this test: pass one of pool.clients")
    return cognito_idp.issuer(pool, world.local_issuer)


def authorizer_of(world: World, given: Any, where: str) -> Authorizer | None:
    """The authorizer that a test names: by itself, or by whom it trusts."""
    if given is None or isinstance(given, LambdaAuthorizer | IamAuthorizer):
        return given
    if isinstance(given, UserPool):
        return JwtAuthorizer(given.issuer)
    if isinstance(given, AppClient):
        return JwtAuthorizer(_issuer_of_client(world, given), [given.id])
    if isinstance(given, JwtAuthorizer):
        if given.audience is None and not tokens.is_pool(world, given.issuer):
            raise UsageError(
                f"{given.issuer} is no user pool of this test, so that its audience is not known: write "
                f'JwtAuthorizer({given.issuer!r}, ["client id"])'
            )
        return given
    if isinstance(given, Provider):
        raise UsageError(f"{where}: tokens of {given.url} are for an audience: write JwtAuthorizer(provider.url, […])")
    if given == AWS_IAM:
        return IamAuthorizer()
    if callable(given) or isinstance(given, str):
        return LambdaAuthorizer(given)
    raise UsageError(f"{where} is {given!r}: pass {_FORMS}")
