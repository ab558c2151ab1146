"""Making APIs and their parts: what the handlers of resources share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pytest_cognito.aws.arn import arn
from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.deployment import Deployment
from pytest_cognito.infrastructure.errors import TemplateError
from pytest_cognito.infrastructure.fronts.apis import openapi, refusals
from pytest_cognito.infrastructure.fronts.apis.records import (
    APIS,
    INTEGRATION,
    METHOD,
    PARTS,
    RESOURCE,
    ROUTE,
    WEBSOCKET,
    Api,
    Part,
    parts_of,
)
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.identifiers import LOWERCASE_AND_DIGITS
from pytest_cognito.world import Context

BODIES = ("Body", "BodyS3Location")
_ID = 10


@contextmanager
def step(deployment: Deployment) -> Iterator[Context]:
    """A step in which API Gateway's records are read and changed."""
    with deployment.world.handle_step("apigateway", deployment.region) as context:
        yield context


def new_id(deployment: Deployment, length: int = _ID) -> str:
    """An id such as API Gateway gives."""
    return deployment.world.ids.text(length, LOWERCASE_AND_DIGITS)


def existing(deployment: Deployment, context: Context, api_id: str) -> Api:
    """An API that a template has made. Raises AWS's error if there is none."""
    found = context.table(APIS).get(api_id)
    if found is None:
        raise refusals.GATEWAY_API_NOT_FOUND(account=deployment.account_id, id=api_id)
    return found


def execute_api_arn(deployment: Deployment, api_id: str) -> str:
    """The ARN under which requests to an API are: ``arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5``."""
    return arn("execute-api", deployment.region, deployment.account_id, api_id)


def body_of(deployment: Deployment, declared: Declared, properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The OpenAPI definition of an API: in the template, or in a file of the working tree."""
    written, place = properties.get("Body"), properties.get("BodyS3Location")
    if isinstance(written, Mapping):
        return written
    if isinstance(written, str):
        return dict(parsed(written) or {})
    if written is not None:
        raise UsageError(f"the Body of {declared.logical_id} is an OpenAPI definition, an object; not {written!r}")
    if place is None:
        return None
    path = deployment.template.root / place if isinstance(place, str) and not place.startswith("s3://") else None
    if path is None or not path.is_file():
        raise TemplateError(
            f"the definition of {declared.logical_id} is not in {deployment.template.root}: BodyS3Location is a file "
            f"of the working tree here, as before `aws cloudformation package`",
            declared.line_of("BodyS3Location"),
        )
    from pytest_cognito.infrastructure.reading import cloudformation  # imported here because few templates need it

    return cloudformation.parse(path).data


def parsed(text: Any) -> Any:
    """The definition that a text of JSON or YAML is; what is no text, as it is."""
    if not isinstance(text, str) or not text.strip():
        return text or None
    from pytest_cognito.infrastructure.reading import cloudformation  # imported here because few configurations need it

    return cloudformation.parse_text(Path("body"), text).data


def is_websocket(deployment: Deployment, api_id: str) -> bool:
    """Whether an API is one of WebSockets."""
    with step(deployment) as context:
        return existing(deployment, context, api_id).kind == WEBSOCKET


def put_body(deployment: Deployment, context: Context, api: Api, body: Mapping[str, Any] | None) -> None:
    """Put the parts of a definition in the place of those of an earlier one."""
    table = context.table(PARTS)
    for part in parts_of(context.world, api.id):
        if part.of_body:
            table.delete((part.api_id, part.kind, part.id))
    if body is None:
        return
    found = openapi.parts_of_rest_api(body) if api.root_id else openapi.parts_of_http_api(body)
    paths = {"/": api.root_id}
    for kind, name, properties in found:
        part_id = name
        if kind == METHOD:
            resource = _resource(deployment, context, api, properties.pop("Path"), paths)
            properties["ResourceId"] = resource
            part_id = f"{resource}/{properties['HttpMethod']}"
        table.put(Part(api.id, kind, part_id, properties, of_body=True))


def _resource(deployment: Deployment, context: Context, api: Api, path: str, paths: dict[str, str]) -> str:
    """The id of the resource at a path, which is made with those above it."""
    path = f"/{path.strip('/')}"
    if path not in paths:
        above, _, part = path.rpartition("/")
        parent = _resource(deployment, context, api, above, paths)
        paths[path] = new_id(deployment, 6)
        properties = {"ParentId": parent, "PathPart": part}
        context.table(PARTS).put(Part(api.id, RESOURCE, paths[path], properties, of_body=True))
    return paths[path]


def settings_of(given: Mapping[str, Any], body: Mapping[str, Any] | None) -> dict[str, Any]:
    """The settings of an API: those of its definition, and above them those of the template."""
    own = {name: value for name, value in given.items() if name not in BODIES}
    return {**({} if body is None else openapi.settings(body)), **own}


def is_deployable(context: Context, api: Api) -> None:
    """Raise AWS's refusal of a deployment of an API without methods or routes."""
    parts = parts_of(context.world, api.id)
    if api.root_id:
        methods = [part for part in parts if part.kind == METHOD]
        if not methods:
            raise refusals.NO_METHODS()
        apart = {part.id for part in parts if part.kind == INTEGRATION}
        if not all(part.properties.get("Integration") or part.id in apart for part in methods):
            raise refusals.NO_INTEGRATION()
    elif not any(part.kind == ROUTE for part in parts):
        raise refusals.NO_ROUTES()
