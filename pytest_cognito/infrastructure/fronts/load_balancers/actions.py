"""The actions and conditions of a template's listeners and rules, as those of the front."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.load_balancer.actions import (
    COOKIE_NAME,
    SESSION_TIMEOUT,
    Action,
    AdditionalClaim,
    AuthenticateCognito,
    Condition,
    FixedResponse,
    Forward,
    RedirectAction,
    ValidateJwt,
)
from pytest_cognito.fronts.targets import Target
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import Unsupported

TargetOf = Callable[[str], Target]
"""Gives the target that a target group is, by its ARN."""
FIELDS: Mapping[str, str] = {
    "host-header": "HostHeaderConfig",
    "http-header": "HttpHeaderConfig",
    "http-request-method": "HttpRequestMethodConfig",
    "path-pattern": "PathPatternConfig",
    "query-string": "QueryStringConfig",
    "source-ip": "SourceIpConfig",
}
"""What has the values of a condition, by its field."""
_NOT_HERE = "pytest-cognito does not have {what} of load balancers"


class Failing:
    """A target that raises an error where a request reaches it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def answer(self, exchange: Exchange) -> Response:  # noqa: ARG002 - it answers nothing
        raise self.error

    async def answer_async(self, exchange: Exchange) -> Response:
        return self.answer(exchange)


def failing(error: Exception) -> tuple[Action, ...]:
    """What a rule does that can't be followed here."""
    return (Forward(Failing(error)),)


def in_order(actions: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Actions in the order in which they are taken."""
    return sorted(actions, key=lambda action: int(action.get("Order") or 0))


def actions_of(actions: Iterable[Mapping[str, Any]], target_of: TargetOf) -> tuple[Action, ...]:
    """The actions of a rule. One that is not there is an error where a request reaches it."""
    return tuple(_action(action, target_of) for action in in_order(actions))


def _action(action: Mapping[str, Any], target_of: TargetOf) -> Action:
    match action["Type"]:
        case "authenticate-cognito":
            return _authenticate(action["AuthenticateCognitoConfig"])
        case "jwt-validation":
            return _validate(action["JwtValidationConfig"])
        case "fixed-response":
            own = action["FixedResponseConfig"]
            body, kind = own.get("MessageBody") or "", own.get("ContentType") or "text/plain"
            return FixedResponse(int(own["StatusCode"]), body, kind)
        case "redirect":
            return _redirect(action["RedirectConfig"])
        case "forward":
            return Forward(_forwarded(action, target_of))
        case other:
            [action_here] = failing(Unsupported(_NOT_HERE.format(what=f"the action {other}")))
            return action_here


def _authenticate(own: Mapping[str, Any]) -> AuthenticateCognito:
    arn, domain = str(own["UserPoolArn"]), str(own["UserPoolDomain"])
    return AuthenticateCognito(
        pool_id=arn.rpartition("/")[2],
        client_id=str(own["UserPoolClientId"]),
        domain=domain if "." in domain else hosts.prefix_domain(domain, arn.split(":")[3]),
        scope=own.get("Scope") or "openid",
        on_unauthenticated=own.get("OnUnauthenticatedRequest") or "authenticate",
        session_timeout=int(own.get("SessionTimeout") or SESSION_TIMEOUT),
        cookie_name=own.get("SessionCookieName") or COOKIE_NAME,
        extra_params={name: str(value) for name, value in (own.get("AuthenticationRequestExtraParams") or {}).items()},
    )


def _validate(own: Mapping[str, Any]) -> ValidateJwt:
    claims = tuple(
        AdditionalClaim(each["Name"], each["Format"], tuple(each["Values"]))
        for each in own.get("AdditionalClaims") or ()
    )
    return ValidateJwt(own["Issuer"], own["JwksEndpoint"], claims)


def _redirect(own: Mapping[str, Any]) -> RedirectAction:
    kept = RedirectAction()
    return RedirectAction(
        protocol=own.get("Protocol") or kept.protocol,
        host=own.get("Host") or kept.host,
        port=str(own.get("Port") or kept.port),
        path=own.get("Path") or kept.path,
        query=kept.query if own.get("Query") is None else own["Query"],
        status=int(str(own["StatusCode"]).removeprefix("HTTP_")),
    )


def _forwarded(action: Mapping[str, Any], target_of: TargetOf) -> Target:
    """The target of the action ``forward``: of several groups, the only one that has a weight."""
    groups = (action.get("ForwardConfig") or {}).get("TargetGroups") or ()
    weighted = [each["TargetGroupArn"] for each in groups if int(each.get("Weight", 1)) > 0]
    if len(weighted) > 1:
        return Failing(Unsupported(_NOT_HERE.format(what="several weighted target groups")))
    return target_of(str(weighted[0] if weighted else action["TargetGroupArn"]))


def conditions_of(conditions: Iterable[Mapping[str, Any]]) -> tuple[Condition, ...]:
    """The conditions of a rule."""
    return tuple(map(_condition, conditions))


def _condition(condition: Mapping[str, Any]) -> Condition:
    field = str(condition["Field"])
    own = condition.get(FIELDS[field]) or {}
    if own.get("RegexValues") or condition.get("RegexValues"):
        return Condition(f"{field} with RegexValues")
    values = own.get("Values") or condition.get("Values") or ()
    if field == "query-string":
        return Condition(field, pairs=tuple((each.get("Key"), str(each["Value"])) for each in values))
    return Condition(field, tuple(map(str, values)), header=str(own.get("HttpHeaderName", "")))
