"""The authorizers of a template's APIs, of what CloudFormation's types say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.fronts.http_api.authorizers.functions import LambdaAuthorizer
from pytest_cognito.fronts.http_api.authorizers.jwt import JwtAuthorizer
from pytest_cognito.fronts.rest_api.authorizers import Authorizer as RestAuthorizer
from pytest_cognito.fronts.rest_api.authorizers.functions import DEFAULT_TTL, RequestAuthorizer, TokenAuthorizer
from pytest_cognito.fronts.rest_api.authorizers.user_pools import CognitoUserPoolsAuthorizer
from pytest_cognito.fronts.targets.functions import InvokedArn
from pytest_cognito.fronts.websocket_api.authorizers import WebSocketAuthorizer
from pytest_cognito.infrastructure.fronts.apis import refusals
from pytest_cognito.infrastructure.fronts.apis.integrations import function_arn
from pytest_cognito.infrastructure.fronts.apis.records import Api, Part
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.lambda_functions.permissions import Invoker

SERVICE = "apigateway"
_HEADER = "method.request.header."
_AUTHORIZATION = "$request.header.Authorization"


def invoker(api: Api, account: str, path: str) -> Invoker:
    """API Gateway as it invokes a function for an API: ``…:execute-api:…:a1b2c3d4e5/prod/GET/notes``."""
    return Invoker(SERVICE, arn("execute-api", api.region, account, f"{api.id}/{path}"))


def of_rest_api(api: Api, account: str, part: Part) -> RestAuthorizer:
    """An authorizer of a REST API. Raises AWS's refusal of one that lacks something."""
    given, kind = part.properties, part.properties.get("Type")
    source = str(given.get("IdentitySource") or "")
    if kind == "COGNITO_USER_POOLS":
        if not given.get("ProviderARNs"):
            raise refusals.PROVIDERS_NEEDED()
        header = source.removeprefix(_HEADER) or "Authorization"
        pools = [str(each) for each in given["ProviderARNs"]]
        return CognitoUserPoolsAuthorizer(pools, header, given.get("IdentityValidationExpression"))
    function, ttl = _function(api, account, part, "AuthorizerCredentials"), _ttl(given, DEFAULT_TTL)
    if kind == "TOKEN":
        header = source.removeprefix(_HEADER) or "Authorization"
        return TokenAuthorizer(function, header, given.get("IdentityValidationExpression") or None, ttl)
    if kind != "REQUEST":
        raise UsageError(f"the Type of an authorizer is COGNITO_USER_POOLS, TOKEN or REQUEST, not {kind!r}")
    return RequestAuthorizer(function, [each.strip() for each in source.split(",") if each.strip()], ttl)


def of_http_api(api: Api, account: str, part: Part) -> JwtAuthorizer | LambdaAuthorizer:
    """An authorizer of an HTTP API."""
    given, kind = part.properties, part.properties.get("AuthorizerType")
    sources = [str(each) for each in given.get("IdentitySource") or ()]
    if kind == "JWT":
        configuration = given.get("JwtConfiguration") or {}
        if not configuration.get("Issuer"):
            raise refusals.JWT_NEEDED()
        audience = configuration.get("Audience")
        listed = [audience] if isinstance(audience, str) else [str(each) for each in audience or ()]
        return JwtAuthorizer(str(configuration["Issuer"]), listed or None, sources[0] if sources else _AUTHORIZATION)
    if kind != "REQUEST":
        raise UsageError(f"the AuthorizerType of an authorizer is JWT or REQUEST, not {kind!r}")
    version = str(given.get("AuthorizerPayloadFormatVersion") or "1.0")
    simple = str(given.get("EnableSimpleResponses", False)).lower() == "true"
    function = _function(api, account, part, "AuthorizerCredentialsArn")
    return LambdaAuthorizer(function, version, simple, sources, _ttl(given, 0))


def of_websocket_api(api: Api, account: str, part: Part) -> WebSocketAuthorizer:
    """The authorizer of a WebSocket API."""
    function = _function(api, account, part, "AuthorizerCredentialsArn")
    return WebSocketAuthorizer(function, [str(each) for each in part.properties.get("IdentitySource") or ()])


def _function(api: Api, account: str, part: Part, credentials: str) -> InvokedArn:
    """The function of a Lambda authorizer. With a role of its own API Gateway needs no permission."""
    given = part.properties
    found = function_arn(str(given.get("AuthorizerUri") or ""))
    if found is None:
        raise refusals.URI_NEEDED(type=given.get("Type") or given.get("AuthorizerType"))
    needs = None if given.get(credentials) else invoker(api, account, f"authorizers/{part.id}")
    return InvokedArn.of(found, needs)


def _ttl(given: Mapping[str, Any], default: int) -> int:
    value = given.get("AuthorizerResultTtlInSeconds")
    return default if value is None else int(value)
