"""The definition of an API by OpenAPI, 2.0 or 3.0, with the extensions of API Gateway: its parts, and its settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pytest_cognito.infrastructure.fronts.apis.records import AUTHORIZER, GATEWAY_RESPONSE, INTEGRATION, METHOD, ROUTE
from pytest_cognito.kernel.errors import UsageError

_OWN = "x-amazon-apigateway-"
_ANY = f"{_OWN}any-method"
_INTEGRATION = f"{_OWN}integration"
_METHODS = ("get", "head", "post", "put", "patch", "delete", "options", _ANY)
_KINDS = {"token": "TOKEN", "request": "REQUEST", "cognito_user_pools": "COGNITO_USER_POOLS", "jwt": "JWT"}
_API_KEY = "x-api-key"
_SETTINGS = {
    "BinaryMediaTypes": f"{_OWN}binary-media-types",
    "Policy": f"{_OWN}policy",
    "ApiKeySourceType": f"{_OWN}api-key-source",
}
_CORS = ("allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders", "maxAge", "allowCredentials")

Found = tuple[str, str, dict[str, Any]]
"""A part: its kind, its name in the definition, its properties."""


def settings(body: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of an API that its definition has."""
    found = {name: body[member] for name, member in _SETTINGS.items() if body.get(member)}
    if isinstance(found.get("ApiKeySourceType"), str):
        found["ApiKeySourceType"] = found["ApiKeySourceType"].upper()
    cors = body.get(f"{_OWN}cors")
    if cors is True:  # the short form of SAM before it has been translated: all origins
        cors = {"allowOrigins": ["*"]}
    if cors:
        found["CorsConfiguration"] = {
            f"{name[0].upper()}{name[1:]}": cors[name] for name in _CORS if cors.get(name) is not None
        }
    title = (body.get("info") or {}).get("title")
    return {**found, **({"Name": title} if title else {})}


def parts_of_rest_api(body: Mapping[str, Any]) -> Iterator[Found]:
    """The authorizers, methods and gateway responses of a REST API. Methods have their path as ``Path``."""
    schemes = _schemes(body)
    for name, scheme in schemes.items():
        authorizer = scheme.get(f"{_OWN}authorizer")
        if authorizer is not None:
            yield AUTHORIZER, name, _rest_authorizer(name, scheme, authorizer)
    for path, method, operation in _operations(body):
        properties = _authorization(body, schemes, operation)
        integration = _integration(body, operation)
        given = {} if integration is None else {"Integration": integration}
        yield METHOD, f"{method} {path}", {"Path": path, "HttpMethod": method, **properties, **given}
    for kind, response in (body.get(f"{_OWN}gateway-responses") or {}).items():
        yield GATEWAY_RESPONSE, kind, {"ResponseType": kind, **_capitalised(response)}


def parts_of_http_api(body: Mapping[str, Any]) -> Iterator[Found]:
    """The authorizers, routes and integrations of an HTTP API."""
    schemes = _schemes(body)
    for name, scheme in schemes.items():
        authorizer = scheme.get(f"{_OWN}authorizer")
        if authorizer is not None:
            yield AUTHORIZER, name, _http_authorizer(name, authorizer)
    for path, method, operation in _operations(body):
        key = "$default" if path.lstrip("/") == "$default" else f"{method} {path}"
        integration = _integration(body, operation)
        given = {}
        if integration is not None:
            given = {"Target": f"integrations/{key}"}
            yield INTEGRATION, key, _http_integration(integration)
        yield ROUTE, key, {"RouteKey": key, **_authorization(body, schemes, operation), **given}


def _schemes(body: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    found = body.get("securityDefinitions") or (body.get("components") or {}).get("securitySchemes")
    return found or {}


def _operations(body: Mapping[str, Any]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """The path, the method in capitals, and what is said of it."""
    for path, item in (body.get("paths") or {}).items():
        for name, operation in (item or {}).items():
            if name.lower() in _METHODS:
                yield path, "ANY" if name == _ANY else name.upper(), operation or {}


def _integration(body: Mapping[str, Any], operation: Mapping[str, Any]) -> dict[str, Any] | None:
    """The integration of an operation, under the names of CloudFormation."""
    found = operation.get(_INTEGRATION)
    if isinstance(found, Mapping) and isinstance(found.get("$ref"), str):
        found = _referred(body, found["$ref"])
    if not found:
        return None
    named = _capitalised(found)
    responses = named.pop("Responses", None) or {}
    named["Type"] = str(named.get("Type", "")).upper().replace("-", "_")
    if responses:
        named["IntegrationResponses"] = [
            {"SelectionPattern": None if pattern == "default" else pattern, **_capitalised(response)}
            for pattern, response in responses.items()
        ]
    return named


def _http_integration(integration: Mapping[str, Any]) -> dict[str, Any]:
    """As the types of HTTP APIs name it."""
    names = {"Type": "IntegrationType", "Uri": "IntegrationUri", "HttpMethod": "IntegrationMethod"}
    names |= {"Credentials": "CredentialsArn"}
    return {names.get(name, name): value for name, value in integration.items()}


def _authorization(
    body: Mapping[str, Any], schemes: Mapping[str, Mapping[str, Any]], operation: Mapping[str, Any]
) -> dict[str, Any]:
    """Who may call an operation: what its ``security`` says, or that of the whole definition."""
    found: dict[str, Any] = {}
    for name, scopes in _requirements(operation.get("security", body.get("security"))):
        scheme = schemes.get(name)
        if scheme is None:  # ``NONE`` of SAM
            continue
        authorizer = scheme.get(f"{_OWN}authorizer")
        if authorizer is not None:
            kind = str(authorizer.get("type", "")).lower()
            own = {"cognito_user_pools": "COGNITO_USER_POOLS", "jwt": "JWT"}.get(kind, "CUSTOM")
            found |= {"AuthorizationType": own, "AuthorizerId": name, "AuthorizationScopes": list(scopes or ())}
        elif str(scheme.get(f"{_OWN}authtype", "")).lower() == "awssigv4":
            found["AuthorizationType"] = "AWS_IAM"
        elif str(scheme.get("name", "")).lower() == _API_KEY:
            found["ApiKeyRequired"] = True
    auth = operation.get(f"{_OWN}auth") or {}
    if auth.get("type"):
        found["AuthorizationType"] = str(auth["type"]).upper()
    return {"AuthorizationType": "NONE", **found}


def _requirements(security: Any) -> Iterator[tuple[str, Iterable[str]]]:
    for requirement in security or ():
        yield from requirement.items()


def _rest_authorizer(name: str, scheme: Mapping[str, Any], authorizer: Mapping[str, Any]) -> dict[str, Any]:
    given = _capitalised(authorizer)
    kind = _KINDS.get(str(given.get("Type", "")).lower(), str(given.get("Type", "")).upper())
    if kind != "REQUEST":
        given["IdentitySource"] = f"method.request.header.{scheme.get('name', 'Authorization')}"
    return {**given, "Name": name, "Type": kind}


def _http_authorizer(name: str, authorizer: Mapping[str, Any]) -> dict[str, Any]:
    given = _capitalised(authorizer)
    kind = str(given.pop("Type", "")).lower()
    source = given.get("IdentitySource")
    if isinstance(source, str):
        given["IdentitySource"] = [each.strip() for each in source.split(",")]
    if isinstance(given.get("JwtConfiguration"), Mapping):
        given["JwtConfiguration"] = _capitalised(given["JwtConfiguration"])
    return {**given, "Name": name, "AuthorizerType": _KINDS.get(kind, kind.upper())}


def _capitalised(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members under the names of CloudFormation, which begin with a capital; ``providerARNs`` and its kin, too."""
    return {f"{name[:1].upper()}{name[1:]}": value for name, value in members.items()}


def _referred(body: Mapping[str, Any], reference: str) -> Any:
    """What ``#/components/x-amazon-apigateway-integrations/notes`` refers to."""
    found: Any = body
    for key in reference.removeprefix("#/").split("/"):
        found = found.get(key) if isinstance(found, Mapping) else None
    if found is None:
        raise UsageError(f"the OpenAPI definition refers to {reference}, which is not in it")
    return found
