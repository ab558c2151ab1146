"""Making an HTTP API of what a test writes: ``cognito.http_api({"GET /notes": handler}, authorizer=pool)``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.fronts import places, tokens
from pytest_cognito.fronts.api_gateway.entries import AWS_IAM, COMMON, entry_of
from pytest_cognito.fronts.api_gateway.stages import DEFAULT_STAGE, checked_stage
from pytest_cognito.fronts.http_api.api import HttpApi
from pytest_cognito.fronts.http_api.authorizers.functions import LambdaAuthorizer
from pytest_cognito.fronts.http_api.authorizers.iam import IamAuthorizer
from pytest_cognito.fronts.http_api.authorizers.jwt import JwtAuthorizer
from pytest_cognito.fronts.http_api.cors import Cors
from pytest_cognito.fronts.http_api.route import Authorizer, Route
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.providers.provider import Provider
from pytest_cognito.world import World

_FORMS = (
    "a user pool, an app client, JwtAuthorizer(issuer, audience), a function of (event, context) or its ARN, "
    'LambdaAuthorizer(function), "AWS_IAM", or None for a public route'
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
        places.id_of(world, id),
        places.region_of(world, region),
        routes=made,
        stage=checked_stage(stage),
        stage_variables=stage_variables,
        cors=None if cors is None else Cors.of(cors),
    )


def _route(world: World, key: str, value: Any, common: Authorizer | None, payload_format: str) -> Route:
    """The route of an entry."""
    where, entry = f"the route {key!r}", entry_of(key, value)
    authorizer = common if entry.authorizer is COMMON else authorizer_of(world, entry.authorizer, where)
    if entry.scopes and not isinstance(authorizer, JwtAuthorizer):
        raise UsageError(f"{where} has scopes, which only JWT authorizers look at: pass authorizer=pool, or no scopes")
    return Route(key, entry.handler, authorizer, entry.scopes, payload_format)


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
    if callable(given) or (isinstance(given, str) and given.startswith("arn:")):
        return LambdaAuthorizer(given)
    raise UsageError(f"{where} is {given!r}: pass {_FORMS}")
