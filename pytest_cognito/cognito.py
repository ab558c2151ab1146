"""`Cognito`: the interface of a test to the mock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito.aws.places import region_of_pool
from pytest_cognito.fronts.made import Fronts
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.pools import find_pool, pools_of
from pytest_cognito.handles.threats import Threats
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.handles.triggers import Triggers
from pytest_cognito.handles.user import User
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.infrastructure.deployer import Deployer
from pytest_cognito.kernel.calls import CallLog
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.faults import Faults
from pytest_cognito.kernel.logs import Logs
from pytest_cognito.kernel.outbox import Outbox
from pytest_cognito.kernel.streams import Streams
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.handles.browser import Browser
    from pytest_cognito.handles.events import Events
    from pytest_cognito.handles.iam import IAM, Role
    from pytest_cognito.handles.identity_pool import IdentityPool
    from pytest_cognito.handles.passkey import Passkey
    from pytest_cognito.handles.providers import Providers

__all__ = ["AppClient", "Cognito", "Threats", "Tokens", "Triggers", "User", "UserPool"]


class Cognito(Fronts, Deployer):
    """The mocked Amazon Cognito of a test: its resources, calls, messages, clock and faults."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.faults.check_request = _check_request

    @property
    def region(self) -> str:
        """The default region of calls."""
        return self.world.region

    @property
    def account_id(self) -> str:
        return self.world.account_id

    @property
    def clock(self) -> Clock:
        """Cognito's time: ``clock.advance(hours=2)``."""
        return self.world.clock

    @property
    def outbox(self) -> Outbox:
        """The messages that were sent: ``outbox.last(to="a@example.com").code``."""
        return self.world.outbox

    @property
    def calls(self) -> CallLog:
        """Every call of an operation and every request to the web side, in the order in which they began."""
        return self.world.calls

    @property
    def faults(self) -> Faults:
        """Faults to inject: ``faults.throttle("InitiateAuth", times=2)``."""
        return self.world.faults

    @property
    def threats(self) -> Threats:
        """What threat protection is to find: ``threats.risk("alice", "High")``."""
        return Threats(self.world)

    @property
    def logs(self) -> Logs:
        """The logs that user pools export: ``logs.last("userAuthEvents").message``."""
        return self.world.logs

    @property
    def streams(self) -> Streams:
        """What identity pools publish to Kinesis: ``streams.last("changes").data["kinesisSyncRecords"]``."""
        return self.world.streams

    @property
    def triggers(self) -> Triggers:
        """The functions of Lambda triggers, and their invocations."""
        return Triggers(self.world)

    @property
    def providers(self) -> Providers:
        """Simulated identity providers: ``providers.google.token("1", email="a@example.com")``."""
        from pytest_cognito.handles.providers import Providers  # imported here because few tests federate

        return Providers(self.world)

    @property
    def iam(self) -> IAM:
        """The roles and users of the account: ``iam.create_user("alice", policies=[{…}])``."""
        from pytest_cognito.handles.iam import IAM  # imported here because few tests need it

        return IAM(self.world)

    @property
    def events(self) -> Events:
        """Events for unit tests of trigger functions: ``events.pre_token_generation(user, version=2)``."""
        from pytest_cognito.handles.events import Events  # imported here because few tests build events

        return Events(self.world)

    def browser(self) -> Browser:
        """A browser in the test's process, with cookies of its own: ``cognito.browser().get(url).sign_in(alice)``."""
        from pytest_cognito.handles.browser import Browser  # imported here because few tests need one

        return Browser(self.world)

    def passkey(
        self,
        *,
        roaming: bool = False,
        verifies_user: bool = True,
        algorithm: str = "ES256",
        origin: str | None = None,
    ) -> Passkey:
        """A software authenticator, to register and sign in with: ``alice.register(cognito.passkey())``."""
        from pytest_cognito.handles.passkey import Passkey  # imported here because few tests need one

        return Passkey(self.world, roaming=roaming, verifies_user=verifies_user, algorithm=algorithm, origin=origin)

    @property
    def pools(self) -> list[UserPool]:
        """The user pools of the region, oldest first."""
        return pools_of(self.world)

    def user_pool(self, id: str) -> UserPool:
        """The user pool with an id, of any region. Raises `UsageError` that says which there are if there is none."""
        return find_pool(self.world, id)

    def create_user_pool(
        self,
        *,
        id: str | None = None,
        region: str | None = None,
        **parameters: Any,
    ) -> UserPool:
        """Create a user pool with the parameters of boto3's ``create_user_pool`` (``PoolName`` is optional).

        ``id`` pins the id, such as ``eu-west-1_Fixed0001``, and with it the region.
        """
        pool_region = region or (region_of_pool(id) if id is not None else self.region)
        if id is not None and region_of_pool(id) != pool_region:
            raise UsageError(f"the id {id!r} is of a pool in {region_of_pool(id)}: leave out region={region!r}")
        response = self.call(
            "CreateUserPool", region=pool_region, pins={"pool": id}, **{"PoolName": "pytest", **parameters}
        )
        return UserPool(self.world, response["UserPool"]["Id"], pool_region)

    @property
    def identity_pools(self) -> list[IdentityPool]:
        """The identity pools of the region, oldest first."""
        from pytest_cognito.handles import identity_pools  # imported here because few tests have identity pools

        return identity_pools.pools_of(self.world)

    def identity_pool(self, id: str) -> IdentityPool:
        """The identity pool with an id, of any region. Raises `UsageError` if there is none."""
        from pytest_cognito.handles import identity_pools

        return identity_pools.find(self.world, id)

    def create_identity_pool(
        self, *, id: str | None = None, region: str | None = None, **parameters: Any
    ) -> IdentityPool:
        """Create an identity pool with the parameters of boto3's ``create_identity_pool``.

        ``IdentityPoolName`` is optional, and there are no guests unless ``AllowUnauthenticatedIdentities=True`` is
        passed. ``id`` pins the id, such as ``eu-west-1:12345678-dead-beef-cafe-123456789012``, and with it the region.
        It has no roles yet: ``pool.set_roles(authenticated=pool.create_role("app", [policy]))``.
        """
        from pytest_cognito.handles import identity_pools

        return identity_pools.create(self.world, id, region, parameters)

    def create_role(
        self,
        name: str,
        trust: Any = None,
        policies: Sequence[Mapping[str, Any] | str] = (),
        *,
        boundary: Mapping[str, Any] | str | None = None,
        max_session_duration: int = 3600,
        tags: Mapping[str, str] | None = None,
        path: str = "/",
        account: str | None = None,
    ) -> Role:
        """Create an IAM role: ``create_role("app", trust={…}, policies=[{…}])``.

        ``trust`` is a trust policy, as a dict or JSON, or who is trusted: the id of an account, the ARN of a user, a
        role or an identity provider, an IAM user, or an identity pool. Without it, the role trusts its own account:
        whose policies allow it may assume the role. ``policies`` and ``boundary`` are documents, or ARNs of managed
        policies. ``account`` is that of the world unless it is given.
        """
        from pytest_cognito.handles.iam import create_role  # imported here because few tests need it

        return create_role(
            self.world,
            name,
            trust,
            policies,
            boundary=boundary,
            max_session_duration=max_session_duration,
            tags=tags,
            path=path,
            account=account,
        )

    def call(
        self,
        operation: str,
        /,
        *,
        service: str = "cognito-idp",
        region: str | None = None,
        pins: Mapping[str, str | None] | None = None,
        **parameters: Any,
    ) -> dict[str, Any]:
        """Call an operation by AWS's name with the API's parameters, without botocore, and return what boto3 returns.

        ``pins`` are what to use instead of random values: the id of a ``"pool"`` or a ``"client"``, a ``"sub"``, the
        ``"secret"`` of a client.
        """
        return call(self.world, operation, service=service, region=region, pins=pins, **parameters)

    def publish(self, url: str, document: str) -> None:
        """Let Cognito find a document at an address outside: the metadata of a SAML provider, an OpenID configuration.

        It is read when a provider is created or updated, and at each sign-in. Without it Cognito asks there before the
        first sign-in by the provider; to create one, only if the answer comes from this machine.
        """
        arguments.check_text("url", url, '"https://idp.example.com/metadata.xml"')
        arguments.check_text("document", document, "the metadata, as text")
        self.world.documents[url] = document

    def reset(self) -> None:
        """Forget all resources, calls, messages, invocations and faults, but what `cognito_seed` has set up.

        The clock stays as it is set, and ids that are drawn later are new.
        """
        self.world.reset()

    def __repr__(self) -> str:
        return f"<Cognito of {self.account_id} in {self.region}>"


def _check_request(name: str) -> None:
    from pytest_cognito.web import site  # most tests inject no faults of web requests

    site.check_request(name)
