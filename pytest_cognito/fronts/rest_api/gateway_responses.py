"""Gateway responses: what a REST API answers by itself, as its owner wants it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.fronts.rest_api.texts import DEFAULT_4XX, DEFAULT_5XX, TYPES, Refusal
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

JSON = "application/json"
_LOWEST, _HIGHEST = 100, 599
_SERVER_ERRORS = 500
_VARIABLE = re.compile(
    r"\$?(?P<root>context|stageVariables|method\.request\.(?P<part>header|querystring|path))\.(?P<name>[\w.-]*\w)"
)


@dataclass(frozen=True, slots=True)
class GatewayResponse:
    """What a REST API answers where it answers by itself, for one type of gateway response.

    Without ``status`` it is the one of the type. ``headers`` are added to it: their values are text, with or without
    the single quotes of AWS (``'*'``), or say where one comes from: ``method.request.header.Origin``. ``body`` is the
    template of the JSON: ``{"error": $context.error.messageString}``. ``templates`` are further ones by content type.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    templates: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        status: object = self.status
        if status is not None and (not isinstance(status, int) or not _LOWEST <= status <= _HIGHEST):
            raise UsageError(f"status takes a status code, such as 401; not {status!r}")
        body: object = self.body
        if body is not None and not isinstance(body, str):
            raise UsageError(
                f"body takes a template, which is text: "
                f"""'{{"error": $context.error.messageString}}'; not {body!r}"""
            )


@dataclass(frozen=True, slots=True)
class Values:
    """What the variables of a template stand for: ``context`` is the request's, ``parameters`` those of the method."""

    context: Mapping[str, Any]
    variables: Mapping[str, str]
    parameters: Mapping[str, Mapping[str, str]]

    def find(self, root: str, part: str | None, name: str) -> str:
        """The text of a variable; empty for one that is not there."""
        if part is not None:
            known = self.parameters.get(part, {})
            return known.get(name.lower() if part == "header" else name, "")
        value: Any = self.variables if root == "stageVariables" else self.context
        for key in name.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return "" if value is None else value if isinstance(value, str) else json.dumps(value)

    def of(self, value: str) -> str:
        """What a mapped value is: a text in single quotes, or a variable; any other text is itself."""
        if value[:1] == value[-1:] == "'" and len(value) > 1:
            return value[1:-1]
        found = _VARIABLE.fullmatch(value)
        return value if found is None else self.find(found["root"], found["part"], found["name"])


def check(responses: Mapping[str, GatewayResponse] | None) -> dict[str, GatewayResponse]:
    """The gateway responses by their types. Raises `UsageError` for a type that does not exist."""
    for kind, response in (responses or {}).items():
        if kind not in TYPES:
            raise UsageError(f"there is no gateway response {kind!r}: {suggestion(kind, TYPES)}")
        if not isinstance(response, GatewayResponse):
            raise UsageError(f"gateway_responses[{kind!r}] takes a GatewayResponse(status=…), not {response!r}")
    return dict(responses or {})


def render(refusal: Refusal, responses: Mapping[str, GatewayResponse], values: Values) -> Response:
    """The response of a refusal: by the gateway response of its type, or that for all 4XX or 5XX, or the default."""
    text = refusal.text
    general = DEFAULT_4XX if text.default_status < _SERVER_ERRORS else DEFAULT_5XX
    own = responses.get(text.kind) or responses.get(general) or GatewayResponse()
    error = {
        "message": refusal.message,
        "messageString": json.dumps(refusal.message),
        "responseType": text.kind,
        "validationErrorString": None,
    }
    known = Values({**values.context, "error": error}, values.variables, values.parameters)
    kind, template = _template(own)
    if template is None:
        colon = ": " if text.spaced else ":"
        template = f'{{"{text.member}"{colon}$context.error.messageString}}'
    body = _filled(template, known)
    headers = [("Content-Type", kind), ("x-amzn-ErrorType", text.error_type)]
    headers += [(name, known.of(value)) for name, value in own.headers.items()]
    return Response(own.status or text.default_status, headers, body.encode())


def _template(own: GatewayResponse) -> tuple[str, str | None]:
    """The template and its content type. JSON is chosen before others, as nearly every client accepts it."""
    if own.body is not None:
        return JSON, own.body
    if JSON in own.templates or not own.templates:
        return JSON, own.templates.get(JSON)
    return next(iter(own.templates.items()))


def _filled(template: str, values: Values) -> str:
    def fill(found: re.Match[str]) -> str:
        if not found[0].startswith("$"):
            return found[0]
        return values.find(found["root"], found["part"], found["name"])

    return _VARIABLE.sub(fill, template)
