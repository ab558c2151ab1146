"""A GraphQL API of what a test passes for it: pools, providers, functions, or AppSync's own configuration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.places import region_of_pool
from pytest_cognito.fronts.appsync.modes import IAM, ApiKeys, LambdaAuthorizer, Mode, OpenIDConnect, UserPools
from pytest_cognito.handles import arguments
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.extras import needed
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.providers.oidc import OIDC
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi

_ACTIONS = ("ALLOW", "DENY")
_MAX_TTL = 3600
_PLAIN: Mapping[str, Callable[[], Mode]] = {IAM.name: IAM, ApiKeys.name: ApiKeys}
_CONFIGURED = {
    UserPools.name: ("userPoolConfig", {"userPoolId", "awsRegion", "defaultAction", "appIdClientRegex"}),
    OpenIDConnect.name: ("openIDConnectConfig", {"issuer", "clientId", "iatTTL", "authTTL"}),
    LambdaAuthorizer.name: (
        "lambdaAuthorizerConfig",
        {"authorizerUri", "authorizerResultTtlInSeconds", "identityValidationExpression"},
    ),
}


def graphql_api(
    world: World, schema: str, resolvers: Mapping[str, Any], authorization: Any, **settings: Any
) -> GraphQLApi:
    """See `Cognito.appsync`."""
    arguments.check_text("schema", schema, '"type Query { notes: [String] }"')
    arguments.check_mapping("resolvers", resolvers, '{"Query.notes": handler}')
    with needed("appsync", "GraphQL APIs"):
        from pytest_cognito.fronts.appsync.api import GraphQLApi

    found = modes(world, authorization)
    return GraphQLApi(world, schema, resolvers, found, **settings)


def modes(world: World, authorization: Any) -> tuple[Mode, ...]:
    """The modes that a test means, the API's default first.

    Each is a user pool, a provider of OpenID Connect, the function of a Lambda authorizer, ``"AWS_IAM"``,
    ``"API_KEY"``, or a dict with ``authenticationType`` and its configuration, as AppSync's API takes it.
    """
    given = authorization if isinstance(authorization, Sequence) and not isinstance(authorization, str) else None
    found = tuple(_mode(world, each) for each in (given if given is not None else [authorization]))
    if not found:
        raise UsageError('a GraphQL API has at least one mode: authorization=pool, or authorization="API_KEY"')
    for mode in found:
        alike = [each for each in found if _key(each) == _key(mode)]
        if len(alike) > 1:
            raise UsageError(
                f"{mode.name} is there twice: AppSync takes each pool and issuer, and each other mode, once"
            )
    return found


def _key(mode: Mode) -> tuple[str, str]:
    return mode.name, mode.issuer if isinstance(mode, UserPools | OpenIDConnect) else ""


def _mode(world: World, given: Any) -> Mode:
    if isinstance(given, UserPools | IAM | OpenIDConnect | LambdaAuthorizer | ApiKeys):
        return given
    if isinstance(given, UserPool | OIDC):
        return UserPools(given.issuer) if isinstance(given, UserPool) else OpenIDConnect(given.url)
    if isinstance(given, str) and given in _PLAIN:
        return _PLAIN[given]()
    if isinstance(given, Mapping):
        return _of_configuration(world, given)
    if callable(given) or (isinstance(given, str) and given.startswith("arn:")):
        return LambdaAuthorizer(given)
    raise UsageError(
        f"authorization takes a user pool, a provider (cognito.providers.oidc(…)), a function or its ARN, 'AWS_IAM', "
        f"'API_KEY', a dict with authenticationType, or a list of them; not {given!r}"
    )


def _of_configuration(world: World, given: Mapping[str, Any]) -> Mode:
    kind = str(given.get("authenticationType"))
    if kind in _PLAIN:
        _check_names(given, {"authenticationType"})
        return _PLAIN[kind]()
    if kind not in _CONFIGURED:
        names = [*_PLAIN, *_CONFIGURED]
        raise UsageError(f"authenticationType is one of {', '.join(names)}; not {kind!r}: {suggestion(kind, names)}")
    member, names_of_it = _CONFIGURED[kind]
    _check_names(given, {"authenticationType", member})
    own = given.get(member, {})
    _check_names(own, names_of_it)
    if kind == UserPools.name:
        return _user_pools(world, own)
    return _openid(own) if kind == OpenIDConnect.name else _lambda(own)


def _user_pools(world: World, own: Mapping[str, Any]) -> UserPools:
    from pytest_cognito.handles.pools import find_pool

    pool_id, action = _needed(own, "userPoolId", "userPoolConfig"), own.get("defaultAction", "ALLOW")
    if action not in _ACTIONS:
        raise UsageError(f"defaultAction is 'ALLOW' or 'DENY', not {action!r}")
    known = isinstance(pool_id, str) and any(pool_id == each for each in _pool_ids(world))
    region = own.get("awsRegion") or region_of_pool(pool_id)
    issuer = find_pool(world, pool_id).issuer if known else f"https://{hosts.endpoint('cognito-idp', region)}/{pool_id}"
    return UserPools(issuer, action, own.get("appIdClientRegex"))


def _pool_ids(world: World) -> list[str]:
    from pytest_cognito import cognito_idp

    return [pool.id for pool in world.store[cognito_idp.POOLS]]


def _openid(own: Mapping[str, Any]) -> OpenIDConnect:
    issuer = _needed(own, "issuer", "openIDConnectConfig")
    return OpenIDConnect(issuer, own.get("clientId"), own.get("iatTTL"), own.get("authTTL"))


def _lambda(own: Mapping[str, Any]) -> LambdaAuthorizer:
    function, ttl = (
        _needed(own, "authorizerUri", "lambdaAuthorizerConfig"),
        own.get("authorizerResultTtlInSeconds", 0),
    )
    if not isinstance(ttl, int) or not 0 <= ttl <= _MAX_TTL:
        raise UsageError(f"authorizerResultTtlInSeconds is a number of seconds from 0 to {_MAX_TTL}, not {ttl!r}")
    return LambdaAuthorizer(function, ttl, own.get("identityValidationExpression"))


def _needed(own: Mapping[str, Any], name: str, member: str) -> Any:
    if name not in own:
        raise UsageError(f'{member} needs {name}: {{"{member}": {{"{name}": …}}}}')
    return own[name]


def _check_names(given: Mapping[str, Any], known: set[str]) -> None:
    for name in given:
        if name not in known:
            raise UsageError(
                f"the authorization of a GraphQL API has no {name!r}: {suggestion(str(name), sorted(known))}"
            )
