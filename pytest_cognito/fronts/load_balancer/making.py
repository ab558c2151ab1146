"""Making a load balancer of what a test passes to ``cognito.load_balancer``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypedDict

from pytest_cognito.aws.arn import arn
from pytest_cognito.fronts import places
from pytest_cognito.fronts.api_gateway import handlers
from pytest_cognito.fronts.load_balancer.actions import (
    ON_UNAUTHENTICATED,
    Action,
    AuthenticateCognito,
    Condition,
    FixedResponse,
    Forward,
    RedirectAction,
    Rule,
)
from pytest_cognito.fronts.load_balancer.lambda_events import LambdaEvents, LambdaTarget
from pytest_cognito.fronts.load_balancer.load_balancer import LoadBalancer
from pytest_cognito.fronts.load_balancer.making_authentication import Authentication
from pytest_cognito.fronts.load_balancer.making_jwt import JwtValidation, action_of
from pytest_cognito.fronts.targets import Target, applications
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.domain import Domain
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion
from pytest_cognito.world import World

_NAME = re.compile(r"(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?")
_FORWARD = "forward"
_CONTENT_TYPES = ("text/plain", "text/css", "text/html", "application/javascript", "application/json")
_LONGEST_BODY = 1024
_REDIRECTS = (301, 302)
_FIXED = (2, 4, 5)
_WHAT = (
    "'authenticate', 'allow', 'deny', 'forward', JwtValidation(…), FixedResponse(…), RedirectAction(…), an "
    "application, or one of the first five and an application, as in ('deny', app)"
)


class LoadBalancerSettings(TypedDict, total=False):
    """The settings of ``cognito.load_balancer``.

    ``domain`` is where users sign in, by default the first of the pool; ``scope`` what the load balancer asks for
    there, ``extra_params`` what it adds to the request. ``on_unauthenticated`` is ``"authenticate"``, ``"allow"`` or
    ``"deny"``; ``session_timeout`` is in seconds; ``cookie_name`` is that of the session's cookies. ``name`` is the
    load balancer's own, from which its ARN comes, and ``region`` by default that of the world. ``multi_value_headers``
    is the attribute of the target group, for Lambda functions.
    """

    domain: Domain | str | None
    scope: str
    on_unauthenticated: str
    session_timeout: int
    cookie_name: str
    extra_params: Mapping[str, str] | None
    name: str
    region: str | None
    multi_value_headers: bool


_AUTHENTICATION = ("domain", "scope", "on_unauthenticated", "session_timeout", "cookie_name", "extra_params")
_OWN = ("name", "region", "multi_value_headers")


def make(
    world: World,
    app: Any,
    client: AppClient | UserPool | None,
    host: str,
    action: Any,
    rules: Mapping[str, Any] | None,
    settings: LoadBalancerSettings,
) -> LoadBalancer:
    """See `Fronts.load_balancer`."""
    for unknown in sorted(set(settings) - {*_AUTHENTICATION, *_OWN}):
        raise UsageError(f"a load balancer has no {unknown!r}: {suggestion(unknown, [*_AUTHENTICATION, *_OWN])}")
    name, region = settings.get("name", "app"), places.region_of(world, settings.get("region"))
    _check_names(host, name)
    arguments.check_mapping("rules", rules, '{"/public/*": "forward"}')
    given: dict[str, Any] = {key: value for key, value in settings.items() if key in _AUTHENTICATION}
    authentication = Authentication(client, **given)
    multi_value = settings.get("multi_value_headers", False)
    maker = _Maker(world, authentication, region, name, host.lower(), multi_value=multi_value)
    target = maker.target(app)
    made = tuple(_rule(pattern, maker.actions(spec, target)) for pattern, spec in (rules or {}).items())
    default = maker.actions(authentication.on_unauthenticated if action is None else action, target)
    return LoadBalancer(world, region, name, made, Rule("default", default), maker.host)


def _check_names(host: object, name: object) -> None:
    if not isinstance(host, str) or not host or "/" in host or ":" in host or hosts.find(host.lower()) is not None:
        raise UsageError(f'host is the name of the application\'s own host, such as "app.example.com"; not {host!r}')
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise UsageError(
            f"name has up to 32 letters, digits and hyphens, as names of load balancers have; not {name!r}"
        )


class _Maker:
    """Makes the actions of rules; all that let users sign in have one app client and one domain."""

    def __init__(
        self, world: World, authentication: Authentication, region: str, name: str, host: str, *, multi_value: bool
    ) -> None:
        self.world, self.region = world, region
        self._settings = authentication
        self.name, self.host, self.multi_value = name, host, multi_value
        self._authentication: AuthenticateCognito | None = None

    def actions(self, spec: Any, target: Target) -> tuple[Action, ...]:
        """The actions that a rule's value stands for."""
        if isinstance(spec, tuple):
            if len(spec) != 2 or not isinstance(spec[0], str | JwtValidation):
                raise UsageError(f"a rule is {_WHAT}; not {spec!r}")
            return self.actions(spec[0], self.target(spec[1]))
        if spec == _FORWARD:
            return (Forward(target),)
        if isinstance(spec, str) and not spec.startswith("arn:"):
            return (self._authenticate(spec), Forward(target))
        if isinstance(spec, JwtValidation):
            return (action_of(spec), Forward(target))
        if isinstance(spec, FixedResponse | RedirectAction):
            return (_checked_answer(spec),)
        return (Forward(self.target(spec)),)

    def target(self, app: Any) -> Target:
        """The target that an application or a function is."""
        found = applications.find(app)
        if found is not None:
            return found
        if not callable(app) and not (isinstance(app, str) and app.startswith("arn:")):
            raise UsageError(
                f"behind a load balancer is a WSGI or ASGI application, or a Lambda function as a callable of "
                f"(event, context) or by its ARN; not {app!r}"
            )
        number = hashlib.sha256(f"{self.region}/{self.name}/targets".encode()).hexdigest()[:16]
        group = arn("elasticloadbalancing", self.region, self.world.account_id, f"targetgroup/{self.name}/{number}")
        function = app if isinstance(app, str) else handlers.function_for(app, "alb", "the function")
        return LambdaTarget(function, LambdaEvents(group, multi_value=self.multi_value))

    def _authenticate(self, on_unauthenticated: str) -> AuthenticateCognito:
        if on_unauthenticated not in ON_UNAUTHENTICATED:
            raise UsageError(f"a rule is {_WHAT}; not {on_unauthenticated!r}")
        if self._authentication is None:
            self._authentication = self._settings.action(self.world, self.name, self.host)
        return replace(self._authentication, on_unauthenticated=on_unauthenticated)


def _rule(pattern: str, actions: tuple[Action, ...]) -> Rule:
    if not pattern.startswith(("/", "*")):
        raise UsageError(f"the pattern of a rule is that of a path, such as '/api/*'; not {pattern!r}")
    return Rule(pattern, actions, (Condition("path-pattern", (pattern,)),))


def _checked_answer(action: FixedResponse | RedirectAction) -> FixedResponse | RedirectAction:
    if isinstance(action, RedirectAction):
        if action.status not in _REDIRECTS:
            raise UsageError(f"the status of a redirect is 301 or 302, not {action.status!r}")
        if action == RedirectAction(status=action.status):
            raise UsageError("a redirect changes the protocol, the host, the port, the path or the query")
        return action
    if action.status // 100 not in _FIXED:
        raise UsageError(f"the status of a fixed response is 2XX, 4XX or 5XX, not {action.status!r}")
    if action.content_type not in _CONTENT_TYPES or len(action.body) > _LONGEST_BODY:
        raise UsageError(
            f"a fixed response has a body of {_LONGEST_BODY} characters at most, of one of the types "
            f"{', '.join(_CONTENT_TYPES)}"
        )
    return action
