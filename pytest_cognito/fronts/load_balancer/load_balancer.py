"""An Application Load Balancer with a listener for HTTPS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.front import Front
from pytest_cognito.fronts.load_balancer import authentication, jwt_validation, names, pages, public_keys, rules
from pytest_cognito.fronts.load_balancer.actions import (
    AuthenticateCognito,
    FixedResponse,
    Forward,
    RedirectAction,
    Rule,
    ValidateJwt,
)
from pytest_cognito.fronts.load_balancer.forwarding import Forwarded
from pytest_cognito.fronts.targets import Target
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.http.messages import Headers, Response
from pytest_cognito.kernel.calls import depth
from pytest_cognito.kernel.curve_keys import CurveKey
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.sealed import Seal
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.fronts.load_balancer.signed_in import SignedIn
    from pytest_cognito.handles.user import User

_TO_HTTPS = Rule("default", (RedirectAction(protocol="HTTPS", port="443"),))


class LoadBalancer(Front):
    """A load balancer in front of an application, at the application's host and at its own name of AWS.

    ``balancer.get("/notes")`` and its kin are calls of somebody who has not signed in; `signed_in` gives a user's.
    ``arn`` is what the application compares the ``signer`` of ``x-amzn-oidc-data`` with. It depends on account, region
    and name alone, and so does the key that signs. ``plain`` are the rules of the listener for HTTP, of which the last
    is its default; it leads to that for HTTPS unless they say otherwise.
    """

    service = "elb"

    def __init__(
        self,
        world: World,
        region: str,
        name: str,
        listener: tuple[Rule, ...],
        default: Rule,
        host: str | None = None,
        *,
        plain: tuple[Rule, ...] = (_TO_HTTPS,),
        internal: bool = False,
    ) -> None:
        self.name = name
        self.arn, self.dns_name = names.arn_and_host(world.account_id, region, name, internal=internal)
        super().__init__(world, host or self.dns_name, region)
        world.sites.register(self.dns_name, self)
        public_keys.publish(world, region, self.arn)
        self.seal = Seal(world.ids.data(32))
        self.rules = listener
        self.default = default
        self.plain = plain

    @property
    def key(self) -> CurveKey:
        """The key that signs ``x-amzn-oidc-data``."""
        return public_keys.key_of(self.arn)

    @property
    def public_key_url(self) -> str:
        """Where the public key is, for every HTTP library: the address that ends with the ``kid`` of the data."""
        return public_keys.address(self.region, self.key.kid)

    @property
    def authentications(self) -> list[AuthenticateCognito]:
        """The actions that let users sign in, that of the default first."""
        found = [each for rule in (self.default, *self.rules) for each in rule.actions]
        return [action for action in found if isinstance(action, AuthenticateCognito)]

    @property
    def client(self) -> AppClient:
        """The app client by which users sign in. Raises `UsageError` where nobody does."""
        return AppClient(self.world, self._authentication.client_id)

    @property
    def domain_url(self) -> str:
        """The domain at which users sign in, and are signed out. Raises `UsageError` where nobody does."""
        return f"https://{self._authentication.domain}"

    @property
    def _authentication(self) -> AuthenticateCognito:
        if not self.authentications:
            raise UsageError(f"nobody signs in at {self!r}: it has no rule that authenticates by Cognito")
        return self.authentications[0]

    def signed_in(self, user: User) -> SignedIn:
        """The calls of a browser in which a user has signed in, without the round trip over the pages.

        ``balancer.signed_in(alice).get("/notes")``. It keeps cookies, so that it is signed out by the application.
        """
        from pytest_cognito.fronts.load_balancer import signed_in

        return signed_in.begin(self, user)

    def headers_for(self, user: User, *, expired: bool = False) -> dict[str, str]:
        """The headers ``x-amzn-oidc-*`` of a user, for an application that its own test client calls.

        ``client.get("/notes", headers=balancer.headers_for(alice))``. ``expired`` gives data that are no longer valid.
        """
        from pytest_cognito.fronts.load_balancer import signed_in

        return signed_in.headers(self, user, expired=expired)

    def admit(self, exchange: Exchange) -> Response | Target:
        exchange.request = exchange.request.encoded()
        token = depth.set(depth.get() + 1)  # the log has the load balancer's own requests below this one
        try:
            return self._admit(exchange)
        finally:
            depth.reset(token)

    def _admit(self, exchange: Exchange) -> Response | Target:
        if exchange.request.url.startswith("http://"):
            exchange.explain("the request is for the listener for HTTP")
            rule = rules.find(self.plain[:-1], exchange.request, self.plain[-1])
            exchange.route = rule.name
            return self._follow(exchange, rule)
        path, authentications = exchange.request.path, self.authentications
        if path == authentication.CALLBACK and authentications:
            exchange.route = authentication.CALLBACK
            return authentication.come_back(self, exchange, authentications)
        rule = rules.find(self.rules, exchange.request, self.default)
        exchange.route = rule.name
        return self._follow(exchange, rule)

    def _follow(self, exchange: Exchange, rule: Rule) -> Response | Target:
        """Take the actions of a rule, up to the one that answers."""
        headers: Mapping[str, str] = {}
        more: Headers = []
        authenticated = False
        for action in rule.actions:
            match action:
                case AuthenticateCognito():
                    admitted = authentication.authenticate(self, exchange, action)
                    if isinstance(admitted, Response):
                        return admitted
                    headers, more, authenticated = admitted.headers, admitted.more, True
                case ValidateJwt():
                    refusal = jwt_validation.refusal_of(exchange, action)
                    if refusal is not None:
                        return refusal
                case FixedResponse():
                    return _with(pages.fixed(action, exchange.now), more)
                case RedirectAction():
                    return _with(rules.redirect(exchange, action), more)
                case Forward():
                    return Forwarded(action.target, authenticated, headers, more)
        raise AssertionError(f"the rule {rule.name!r} has no action that answers")


def _with(response: Response, more: Headers) -> Response:
    response.add_headers(more)
    return response
