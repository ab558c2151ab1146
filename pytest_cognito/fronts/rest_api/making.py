"""A REST API of what a test writes: routes with handlers, and an authorizer for all of them or for each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

from pytest_cognito.fronts import places
from pytest_cognito.fronts.api_gateway import handlers, routes
from pytest_cognito.fronts.api_gateway.entries import AWS_IAM, COMMON, entry_of
from pytest_cognito.fronts.api_gateway.stages import checked_stage
from pytest_cognito.fronts.rest_api import resource_policies
from pytest_cognito.fronts.rest_api.api import RestApi
from pytest_cognito.fronts.rest_api.authorizers import Authorizer
from pytest_cognito.fronts.rest_api.authorizers.functions import RequestAuthorizer, TokenAuthorizer
from pytest_cognito.fronts.rest_api.authorizers.iam_callers import IamAuthorizer
from pytest_cognito.fronts.rest_api.authorizers.user_pools import CognitoUserPoolsAuthorizer
from pytest_cognito.fronts.rest_api.events import ProxyEvents
from pytest_cognito.fronts.rest_api.gateway_responses import GatewayResponse, check
from pytest_cognito.fronts.rest_api.methods import ApiKey, ApiKeys, Method
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import World


class RestApiSettings(TypedDict, total=False):
    """The settings of a REST API and its stage; all may be left out.

    - ``id`` pins the id of the API; ``region`` is the world's by default.
    - ``stage_variables`` are what events and templates have of the stage.
    - ``binary_media_types``: the types of bodies that functions get and give in Base64, ``["image/png"]``, ``["*/*"]``.
    - ``gateway_responses``: what the API says by itself, by AWS's names of the types: `GatewayResponse`.
    - ``policy``: the resource policy of the API, where ``execute-api:/prod/GET/notes`` stands for the ARN.
    - ``api_key_required``: true, or the routes that need an API key, ``["GET /notes"]``. One is made,
      ``api.api_keys[0]``, unless ``api_keys`` has their values. ``api_key_source`` is ``HEADER``, or ``AUTHORIZER`` for
      the ``usageIdentifierKey`` of a Lambda authorizer.
    """

    id: str | None
    region: str | None
    stage_variables: Mapping[str, str] | None
    binary_media_types: Sequence[str]
    gateway_responses: Mapping[str, GatewayResponse] | None
    policy: Mapping[str, Any] | None
    api_keys: Sequence[str]
    api_key_required: bool | Iterable[str]
    api_key_source: str


_KINDS = (CognitoUserPoolsAuthorizer, TokenAuthorizer, RequestAuthorizer, IamAuthorizer)
_LIMIT = dt.timedelta(seconds=29)
_FORMS = (
    "a user pool or its ARN, a list of these, CognitoUserPoolsAuthorizer(pools), a function of (event, context) or its "
    'ARN, TokenAuthorizer(function), RequestAuthorizer(function), "AWS_IAM", or None for a public route'
)
_EXAMPLE = 'write "GET /notes": handler, "GET /notes": (handler, ["notes/read"]) or "GET /notes": (handler, None)'


def make(
    world: World, given: Any, *, authorizer: Any = None, stage: str = "prod", **settings: Unpack[RestApiSettings]
) -> RestApi:
    """A REST API of the world; see `Cognito.rest_api`."""
    listed = given if isinstance(given, Mapping) else {"ANY /": given, "ANY /{proxy+}": given}
    _check(listed, settings)
    keys = {text: routes.parse(text) for text in listed}
    deployed = _stage(world, stage, tuple(dict.fromkeys(key.path for key in keys.values())), settings)
    with_key = _with_key(settings.get("api_key_required", False), listed)
    values = [*settings.get("api_keys", ())] or ([world.ids.text(40)] if with_key else [])
    known = tuple(ApiKey(world.ids.text(10, LOWERCASE_AND_DIGITS), value) for value in values)
    usual, events = authorizer_of(authorizer, "authorizer"), ProxyEvents(deployed)
    methods = [_method(keys[text], what, usual, events, text in with_key) for text, what in listed.items()]
    return RestApi(world, deployed, methods, ApiKeys(known, settings.get("api_key_source", "HEADER")))


def _stage(world: World, name: str, paths: tuple[str, ...], settings: RestApiSettings) -> Stage:
    region = places.region_of(world, settings.get("region"))
    api_id = places.id_of(world, settings.get("id"))
    policy = settings.get("policy")
    return Stage(
        api_id=api_id,
        name=checked_stage(name),
        region=region,
        deployment_id=world.ids.text(6, LOWERCASE_AND_DIGITS),
        resource_ids={path: world.ids.text(10 if path == "/" else 6, LOWERCASE_AND_DIGITS) for path in paths},
        variables=dict(settings.get("stage_variables") or {}),
        binary_media_types=tuple(settings.get("binary_media_types") or ()),
        gateway_responses=check(settings.get("gateway_responses")),
        policy=None
        if policy is None
        else resource_policies.parsed(policy, api_id=api_id, region=region, account=world.account_id),
    )


def authorizer_of(given: Any, where: str) -> Authorizer | None:
    """The authorizer that a test names: by itself, or by whom it trusts."""
    if given is None or isinstance(given, _KINDS):
        return given
    if _is_pool(given):
        return CognitoUserPoolsAuthorizer((given,))
    if isinstance(given, list | tuple) and given and all(map(_is_pool, given)):
        return CognitoUserPoolsAuthorizer(tuple(given))
    if isinstance(given, AppClient):
        raise UsageError(
            f"{where} is an app client, and a REST API takes the tokens of all clients of a user pool: pass the pool, "
            f"or CognitoUserPoolsAuthorizer([pool], validation=client.id), which takes the ID tokens of one"
        )
    if given == AWS_IAM:
        return IamAuthorizer()
    if (isinstance(given, str) and given.startswith("arn:")) or (callable(given) and not isinstance(given, type)):
        return RequestAuthorizer(handlers.function_of(given, where))
    raise UsageError(f"{where} is {given!r}: pass {_FORMS}")


def _is_pool(given: object) -> bool:
    """Whether it is a user pool, or its ARN: a function has one, too."""
    return isinstance(given, UserPool) or (isinstance(given, str) and given.split(":")[2:3] == ["cognito-idp"])


def _method(key: routes.RouteKey, given: Any, usual: Authorizer | None, events: ProxyEvents, needs_key: bool) -> Method:
    """The method of a route: a handler, alone or with its scopes, its authorizer, or both."""
    handler, authorizer, scopes = entry_of(key.text, given)
    authorizer = usual if authorizer is COMMON else authorizer_of(authorizer, f"the authorizer of {key.text!r}")
    if key.is_default:
        raise UsageError('a REST API has no route "$default": write "ANY /{proxy+}", and "ANY /" for the root')
    if scopes and not isinstance(authorizer, CognitoUserPoolsAuthorizer):
        raise UsageError(f"{key.text} has scopes, which user pools decide about: give it a user pool as its authorizer")
    target = handlers.target_of(handler, events, "1.0", f"the handler of {key.text!r}", _LIMIT)
    return Method(key, target, authorizer, scopes, needs_key)


def _with_key(required: bool | Iterable[str], given: Mapping[str, Any]) -> frozenset[str]:
    """The routes that need an API key."""
    if isinstance(required, bool):
        return frozenset(given if required else ())
    if isinstance(required, str):
        raise UsageError(f"api_key_required is true, or a list of routes: write [{required!r}]")
    unknown = [each for each in required if each not in given]
    if unknown:
        raise UsageError(f"api_key_required names {unknown[0]!r}; the routes are {', '.join(given)}")
    return frozenset(required)


def _check(given: Mapping[str, Any], settings: RestApiSettings) -> None:
    known = RestApiSettings.__annotations__
    for name in settings:
        if name not in known:
            raise UsageError(f"rest_api has no {name!r}: {suggestion(name, known)}")
    if not given:
        raise UsageError(f"a REST API has a route at least: {_EXAMPLE}")
    for name, example in (("binary_media_types", "image/png"), ("api_keys", "the value of a key")):
        if isinstance(settings.get(name), str):
            raise UsageError(f"{name} is a list: write [{example!r}]")
    source = settings.get("api_key_source", "HEADER")
    if source not in ("HEADER", "AUTHORIZER"):
        raise UsageError(f'api_key_source is "HEADER" or "AUTHORIZER", not {source!r}')
