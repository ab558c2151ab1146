"""What is behind the methods and routes of a template's APIs."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api.gateway_responses import Values
from pytest_cognito.fronts.targets import Target, applications
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.errors import Unsupported, UsageError

_FUNCTION = re.compile(r"arn:[\w-]+:lambda:[\w-]+:[0-9]+:function:[\w-]+(?::[\w$-]+)?")
_STAGE_VARIABLE = re.compile(r"\$\{stageVariables\.(\w+)\}")
_PATH_VARIABLE = re.compile(r"\{(\w+)\+?\}")
_STATUS = re.compile(r"""["']?statusCode["']?\s*:\s*["']?(\d{3})""")
_JSON = "application/json"
_HEADER = "method.response.header."
_TEMPLATE = re.compile(r"[#$]")
_ANY = "ANY"

ValuesOf = Callable[[Exchange], Values]
"""What the variables of mappings stand for in a request."""


@dataclass(frozen=True, slots=True)
class Integration:
    """An integration, as REST and HTTP APIs have it. ``parameters`` are those of its request."""

    type: str
    uri: str = ""
    method: str = _ANY
    timeout: int | None = None
    payload_format: str = "1.0"
    parameters: Mapping[str, str] = field(default_factory=dict)
    request_templates: Mapping[str, str] = field(default_factory=dict)
    responses: tuple[Mapping[str, Any], ...] = ()
    credentials: str | None = None
    subtype: str | None = None

    @classmethod
    def of(cls, given: Mapping[str, Any], variables: Mapping[str, str], *, v2: bool = False) -> Integration:
        """An integration from its properties; stage variables are put into its address."""
        prefix = "Integration" if v2 else ""
        uri = str(given.get(f"{prefix}Uri") or "")
        timeout = given.get("TimeoutInMillis")
        return cls(
            str(given.get(f"{prefix}Type") or "").upper(),
            _STAGE_VARIABLE.sub(lambda found: variables.get(found[1], ""), uri),
            str(given.get("IntegrationMethod" if v2 else "IntegrationHttpMethod") or given.get("HttpMethod") or _ANY),
            None if timeout is None else int(timeout),
            str(given.get("PayloadFormatVersion") or "1.0"),
            given.get("RequestParameters") or {},
            given.get("RequestTemplates") or {},
            tuple(given.get("IntegrationResponses") or ()),
            given.get("CredentialsArn" if v2 else "Credentials"),
            given.get("IntegrationSubtype"),
        )

    @property
    def function(self) -> str | None:
        """The ARN of the function that it invokes as a proxy; None for one that is something else."""
        return None if self.type != "AWS_PROXY" or self.subtype else function_arn(self.uri)

    @property
    def is_http(self) -> bool:
        return self.type in ("HTTP", "HTTP_PROXY")


def function_arn(uri: str) -> str | None:
    """The ARN of a function in an address by which API Gateway invokes it, or by itself."""
    found = _FUNCTION.search(uri)
    return None if found is None else found[0]


class MockTarget:
    """A ``MOCK`` integration: the request template says a status code, by which a response is chosen."""

    def __init__(self, integration: Integration, values: ValuesOf) -> None:
        self._integration = integration
        self._values = values

    def answer(self, exchange: Exchange) -> Response:
        integration = self._integration
        template = integration.request_templates.get(_JSON) or next(iter(integration.request_templates.values()), "")
        found = _STATUS.search(template)
        if found is None:
            exchange.explain("the MOCK integration has no request template that says a statusCode")
            return Response(500, [("Content-Type", _JSON)], b'{"message": "Internal server error"}')
        chosen = _chosen(integration.responses, found[1])
        if chosen is None:
            exchange.explain(f"the MOCK integration has no response for the status code {found[1]}")
            return Response(500, [("Content-Type", _JSON)], b'{"message": "Internal server error"}')
        values = self._values(exchange)
        headers = [
            (name.removeprefix(_HEADER), values.of(str(value)))
            for name, value in (chosen.get("ResponseParameters") or {}).items()
            if name.startswith(_HEADER)
        ]
        kind, body = next(iter((chosen.get("ResponseTemplates") or {}).items()), (_JSON, ""))
        if _TEMPLATE.search(body):
            raise Unsupported(
                f"pytest-cognito does not run mapping templates: the MOCK integration of {exchange.route} has one in "
                f"its response"
            )
        return Response(int(chosen["StatusCode"]), [("Content-Type", kind), *headers], body.encode())

    async def answer_async(self, exchange: Exchange) -> Response:
        return self.answer(exchange)


def _chosen(responses: tuple[Mapping[str, Any], ...], status: str) -> Mapping[str, Any] | None:
    """The response whose pattern matches a status code; the default one otherwise."""
    patterns = [each for each in responses if each.get("SelectionPattern")]
    fitting = [each for each in patterns if re.fullmatch(str(each["SelectionPattern"]), status)]
    return next(iter(fitting or [each for each in responses if not each.get("SelectionPattern")]), None)


class HttpTarget:
    """An integration with what answers at an address: the application that the test gives, or a site of the world."""

    def __init__(self, integration: Integration, application: Target | None, values: ValuesOf | None) -> None:
        self._integration = integration
        self._application = application
        self._values = values

    def answer(self, exchange: Exchange) -> Response:
        inner = self._inner(exchange)
        if self._application is not None:
            return self._application.answer(inner)
        return self._site(inner)

    async def answer_async(self, exchange: Exchange) -> Response:
        inner = self._inner(exchange)
        if self._application is not None:
            return await self._application.answer_async(inner)
        return self._site(inner)

    def _site(self, exchange: Exchange) -> Response:
        url = exchange.request.url
        site = exchange.world.sites.find(hosts.name_in_url(url) or "")
        if site is None:
            raise UsageError(
                f"{exchange.route} leads to {self._integration.uri}, and nothing answers there in this test: pass the "
                f"application behind the API, stack.api(…, application=app)"
            )
        return site(exchange.request)

    def _inner(self, exchange: Exchange) -> Exchange:
        """The request as the application gets it."""
        integration, request = self._integration, exchange.request
        if integration.type == "HTTP" and integration.request_templates:
            raise Unsupported(
                f"pytest-cognito does not run mapping templates: the HTTP integration of {exchange.route} has one"
            )
        headers, query, path = dict(request.headers), request.query, dict(exchange.path_parameters)
        for name, value in integration.parameters.items():
            _, _, target = name.partition("integration.request.")
            where, _, key = target.partition(".")
            if self._values is None or where not in ("header", "querystring", "path"):
                raise Unsupported(f"pytest-cognito does not map {name} of the integration of {exchange.route}")
            found = self._values(exchange).of(str(value))
            if where == "header":
                headers[key.lower()] = found
            elif where == "path":
                path[key] = found
            elif found and f"{key}=" not in query:
                query = f"{query}&{key}={found}".lstrip("&")
        method = request.method if integration.method == _ANY else integration.method
        url = self._url(exchange, path)
        headers["host"] = urlsplit(url).netloc
        inner = Request(method, f"{url}?{query}" if query else url, headers, request.body, request.address).encoded()
        return dataclasses.replace(exchange, request=inner, path=unquote(inner.path))

    def _url(self, exchange: Exchange, variables: Mapping[str, str]) -> str:
        uri = self._integration.uri
        if uri.startswith("arn:"):  # a listener of a load balancer, or a service of Cloud Map, behind a VPC link
            return f"http://{exchange.request.headers.get('host', 'localhost')}{exchange.request.path}"
        return _PATH_VARIABLE.sub(lambda found: str(variables.get(found[1], "")), uri)


class NothingTarget:
    """An integration that nothing runs here."""

    def __init__(self, integration: Integration) -> None:
        self._integration = integration

    def answer(self, exchange: Exchange) -> Response:
        integration = self._integration
        if integration.function is not None:
            raise Unsupported(
                f"pytest-cognito does not map {', '.join(integration.parameters)} of the integration of "
                f"{exchange.route}"
            )
        what = integration.subtype or integration.type or "without a type"
        raise Unsupported(
            f"pytest-cognito does not run the integration {what} of {exchange.route} with "
            f"{integration.uri or 'no address'}: AWS_PROXY with a Lambda function, HTTP_PROXY, HTTP and MOCK are there"
        )

    async def answer_async(self, exchange: Exchange) -> Response:
        return self.answer(exchange)


def application_of(given: Any) -> Target | None:
    """The application that a test gives for the integrations by HTTP. Raises `UsageError` for what is none."""
    if given is None:
        return None
    found = applications.find(given)
    if found is None:
        raise UsageError(
            f"application is {given!r}: pass a WSGI or an ASGI application, or wrap it, WsgiApplication(app) or "
            f"AsgiApplication(app)"
        )
    return found
