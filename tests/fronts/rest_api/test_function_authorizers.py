"""Lambda authorizers: what they get, what their answers do, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from aws_lambda_powertools.utilities.data_classes.api_gateway_authorizer_event import (
    APIGatewayAuthorizerRequestEvent,
    APIGatewayAuthorizerResponse,
    APIGatewayAuthorizerTokenEvent,
)
from aws_lambda_powertools.utilities.data_classes.api_gateway_proxy_event import APIGatewayProxyEvent
from moto import mock_aws

from pytest_cognito import Cognito, RequestAuthorizer, TokenAuthorizer, UsageError
from pytest_cognito.fronts.rest_api.api import RestApi
from tests.fronts.rest_api.conftest import echo

UNAUTHORIZED = (401, '{"message":"Unauthorized"}')
FAILED = (500, '{"message":null}')
DENIED = (403, '{"Message":"User is not authorized to access this resource"}')
DENIED_EXPLICITLY = (
    403,
    '{"Message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}',
)
ARN = "arn:aws:execute-api:us-east-1:123456789012"


class Decider:
    """A function that returns what it is told, and remembers its events."""

    def __init__(self, result: Any) -> None:
        self.result, self.events = result, list[dict[str, Any]]()

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        self.events.append(event)
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


def policy(*resources: str, effect: str = "Allow", **more: Any) -> dict[str, Any]:
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": list(resources)}
    return {
        "principalId": "ann",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        **more,
    }


@pytest.fixture
def decider() -> Decider:
    return Decider(policy("arn:aws:execute-api:*:*:*/*/*"))


@pytest.fixture
def make(cognito: Cognito, decider: Decider) -> Callable[..., RestApi]:
    def make(kind: type[TokenAuthorizer] | type[RequestAuthorizer] = TokenAuthorizer, **settings: Any) -> RestApi:
        routes = {"GET /notes": echo, "POST /notes": echo, "GET /notes/{id}": echo}
        authorizer = kind(decider, **settings)
        return cognito.rest_api(routes, authorizer=authorizer, stage_variables={"tenant": "t1"}, id="a1b2c3d4e5")

    return make


def answer(api: RestApi, path: str = "/notes", method: str = "GET", token: str | None = "secret") -> tuple[int, str]:
    response = api.request(method, path, headers={} if token is None else {"Authorization": token})
    return response.status_code, response.text if response.status_code != 200 else ""


def test_the_event_of_a_token_authorizer(make: Callable[..., RestApi], decider: Decider) -> None:
    assert answer(make(), "/notes/1") == (200, "")

    (sent,) = decider.events
    event = APIGatewayAuthorizerTokenEvent(sent)
    assert sent.keys() == {"type", "authorizationToken", "methodArn"}
    assert (event.get_type, event.authorization_token) == ("TOKEN", "secret")
    assert event.method_arn == f"{ARN}:a1b2c3d4e5/prod/GET/notes/1"
    assert (event.parsed_arn.stage, event.parsed_arn.resource) == ("prod", "notes/1")


def test_the_event_of_a_request_authorizer(make: Callable[..., RestApi], decider: Decider) -> None:
    api = make(RequestAuthorizer)
    response = api.get("/notes/1?a=1&a=2", headers={"Authorization": "secret"}, json={"not": "sent"})

    assert response.status_code == 200
    (sent,) = decider.events
    event = APIGatewayAuthorizerRequestEvent(sent)
    assert (event.get_type, event.method_arn) == ("REQUEST", f"{ARN}:a1b2c3d4e5/prod/GET/notes/1")
    assert (event.resource, event.path, event.http_method) == ("/notes/{id}", "/notes/1", "GET")
    assert event.headers["authorization"] == "secret"
    assert event.query_string_parameters == {"a": "2"}
    assert (event.path_parameters, event.stage_variables) == ({"id": "1"}, {"tenant": "t1"})
    assert event.request_context.resource_path == "/notes/{id}"
    assert "body" not in sent
    assert "authorizer" not in sent["requestContext"]


def test_a_function_alone_gets_the_request(cognito: Cognito, decider: Decider) -> None:
    assert answer(cognito.rest_api({"GET /notes": echo}, authorizer=decider)) == (200, "")

    assert decider.events[0]["type"] == "REQUEST"


@pytest.mark.cognito(now="2030-01-02T03:04:05Z")
def test_what_the_backend_is_told(cognito: Cognito, decider: Decider) -> None:
    decider.result["context"] = {"tenant": "t1", "level": 3, "admin": True, "none": None}

    def takes_time(event: dict[str, Any], context: Any) -> Any:
        cognito.clock.advance(seconds=2)
        return decider(event, context)

    api = cognito.rest_api({"GET /notes": echo}, authorizer=TokenAuthorizer(takes_time))
    first, cached = (api.get("/notes", headers={"Authorization": "x"}).json() for _ in range(2))

    told = APIGatewayProxyEvent(first).request_context.authorizer
    assert (told.principal_id, told.integration_latency) == ("ann", 2000)
    assert {"tenant": "t1", "level": "3", "admin": "true"}.items() <= told.get_context().items()
    assert "none" not in told.get_context()
    assert APIGatewayProxyEvent(cached).request_context.authorizer.integration_latency == 0


def test_a_response_of_powertools(make: Callable[..., RestApi], decider: Decider) -> None:
    made = APIGatewayAuthorizerResponse("ann", "us-east-1", "123456789012", "a1b2c3d4e5", "prod")
    made.allow_route("GET", "/notes")
    decider.result = made.asdict()
    api = make(ttl=0)

    assert answer(api) == (200, "")
    assert answer(api, method="POST") == DENIED


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (policy(f"{ARN}:*/*/POST/*"), DENIED),
        (policy("*", effect="Deny"), DENIED_EXPLICITLY),
        (policy(f"{ARN}:a1b2c3d4e5/*/GET/notes"), (200, "")),
        (policy(f"{ARN}:a1b2c3d4e5/prod/GET/note?"), (200, "")),
        (policy(f"{ARN}:a1b2c3d4e5/dev/GET/*"), DENIED),
    ],
)
def test_the_policy_decides(
    make: Callable[..., RestApi], decider: Decider, result: Any, expected: tuple[int, str]
) -> None:
    decider.result = result

    assert answer(make()) == expected


@pytest.mark.parametrize(
    ("result", "expected", "kind"),
    [
        (Exception("Unauthorized"), UNAUTHORIZED, "UnauthorizedException"),
        (Exception("Unauthorised"), FAILED, "AuthorizerFailureException"),
        (None, FAILED, "AuthorizerConfigurationException"),
        ({"isAuthorized": True}, FAILED, "AuthorizerConfigurationException"),
        ({"principalId": "ann"}, FAILED, "AuthorizerConfigurationException"),
        ({"principalId": "ann", "policyDocument": {"Statement": "x"}}, FAILED, "AuthorizerConfigurationException"),
        (policy("*", principalId=1), FAILED, "AuthorizerConfigurationException"),
        (policy("*", context={"groups": ["a"]}), FAILED, "AuthorizerConfigurationException"),
        (policy("*", context=["a"]), FAILED, "AuthorizerConfigurationException"),
        (policy("*", usageIdentifierKey=1), FAILED, "AuthorizerConfigurationException"),
    ],
)
def test_other_answers(
    make: Callable[..., RestApi], decider: Decider, result: Any, expected: tuple[int, str], kind: str
) -> None:
    decider.result = result
    response = make().get("/notes", headers={"Authorization": "secret"})

    assert (response.status_code, response.text) == expected
    assert response.headers["x-amzn-ErrorType"] == kind


def test_conditions_of_the_policy(make: Callable[..., RestApi], decider: Decider) -> None:
    office = {
        "IpAddress": {"aws:SourceIp": "192.0.2.0/24"},
        "DateGreaterThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"},
    }
    decider.result = policy("*")
    decider.result["policyDocument"]["Statement"][0]["Condition"] = office
    api, header = make(), {"Authorization": "x"}

    assert api.get("/notes", headers=header, address="192.0.2.7").status_code == 200
    assert api.get("/notes", headers=header, address="198.51.100.7").status_code == 403


def test_an_authorizer_that_takes_too_long(make: Callable[..., RestApi], cognito: Cognito, decider: Decider) -> None:
    decider.result = policy("*")

    def slow(event: dict[str, Any], context: Any) -> Any:
        cognito.clock.advance(seconds=30)
        return decider(event, context)

    assert answer(cognito.rest_api({"GET /notes": echo}, authorizer=TokenAuthorizer(slow))) == FAILED


def test_without_the_identity_source_it_is_not_asked(make: Callable[..., RestApi], decider: Decider) -> None:
    assert answer(make(), token=None) == UNAUTHORIZED
    assert answer(make(header="X-Token")) == UNAUTHORIZED
    assert answer(make(validation=r"Bearer [\w.-]+")) == UNAUTHORIZED
    sources = ["method.request.header.Authorization", "method.request.querystring.tenant"]
    assert answer(make(RequestAuthorizer, identity_sources=sources)) == UNAUTHORIZED
    assert decider.events == []
    assert answer(make(RequestAuthorizer, identity_sources=sources), "/notes?tenant=t1") == (200, "")
    sources = ["context.httpMethod", "context.identity.sourceIp", "stageVariables.tenant"]
    assert answer(make(RequestAuthorizer, identity_sources=sources), token=None) == (200, "")
    assert answer(make(validation=r"Bearer [\w.-]+"), token="Bearer a.b") == (200, "")


def test_the_cached_policy_decides_about_other_methods_too(
    make: Callable[..., RestApi], decider: Decider, cognito: Cognito
) -> None:
    """The policy of the blueprint that allows the one method that was asked for."""
    decider.result = policy(f"{ARN}:a1b2c3d4e5/prod/GET/notes")
    api = make()

    assert answer(api) == (200, "")
    cognito.clock.advance(seconds=20)
    assert answer(api, method="POST") == DENIED
    assert len(decider.events) == 1
    assert cognito.calls[-1].explanation[0] == (
        "decided by the policy cached 20 s ago, for GET /notes; the authorizer was not invoked"
    )
    assert answer(api, token="another", method="POST") == DENIED
    assert len(decider.events) == 2


def test_the_cache_ends(make: Callable[..., RestApi], decider: Decider, cognito: Cognito) -> None:
    api, never, request = make(), make(ttl=0), make(RequestAuthorizer, ttl=10)
    for each, seconds, invoked in ((api, 299, 1), (api, 300, 2), (never, 0, 2), (request, 9, 1), (request, 10, 2)):
        decider.events.clear()
        answer(each)
        cognito.clock.advance(seconds=seconds)
        answer(each)
        assert len(decider.events) == invoked, (each, seconds)
        each.flush_authorizers_cache()


def test_refusals_are_not_cached(make: Callable[..., RestApi], decider: Decider) -> None:
    allowed, decider.result = decider.result, Exception("Unauthorized")
    api = make()

    assert answer(api) == UNAUTHORIZED
    decider.result = allowed
    assert answer(api) == (200, "")


def test_a_function_by_its_arn(cognito: Cognito, decider: Decider) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:authorizer"
    cognito.triggers.register(arn, decider)

    assert answer(cognito.rest_api({"GET /notes": echo}, authorizer=arn)) == (200, "")


def test_functions_that_lambda_does_not_invoke(cognito: Cognito) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:nobody"
    api = cognito.rest_api({"GET /notes": echo, "GET /nobody": (arn, None)}, authorizer=arn)

    with mock_aws():
        refused = api.get("/notes", headers={"Authorization": "x"})
        failed = api.get("/nobody")

    assert (refused.status_code, refused.text) == FAILED
    assert refused.headers["x-amzn-ErrorType"] == "AuthorizerConfigurationException"
    assert (failed.status_code, failed.text) == (500, '{"message": "Internal server error"}')


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"ttl": 3601}, "from 0 to 3600"),
        ({"ttl": -1}, "from 0 to 3600"),
        ({"identity_sources": []}, "remembered by its identity sources"),
        ({"identity_sources": "method.request.header.A"}, "takes a list"),
        ({"identity_sources": ["$request.header.A"]}, "such as 'method.request.header.Authorization'"),
    ],
)
def test_settings_that_cannot_be_meant(decider: Decider, settings: Any, text: str) -> None:
    with pytest.raises(UsageError, match=text):
        RequestAuthorizer(decider, **settings)
