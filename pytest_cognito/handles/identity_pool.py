"""An identity pool."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pytest_cognito import cognito_identity, cognito_sync
from pytest_cognito.aws import arn, model
from pytest_cognito.handles import arguments
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.identity import Identity
from pytest_cognito.handles.logins import DeveloperUser, Login, RoleMappings, developer_token, logins_of, role_mappings
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

if TYPE_CHECKING:
    from pytest_cognito.handles.iam import Role

F = TypeVar("F", bound=Callable[..., Any])
_SERVICE = "cognito-identity"


class IdentityPool:
    """A handle for an identity pool."""

    def __init__(self, world: World, id: str, region: str) -> None:
        self.world = world
        self.id = id
        self.region = region

    @property
    def name(self) -> str:
        return self._record.name

    @property
    def arn(self) -> str:
        return arn.arn(_SERVICE, self.region, self._record.account, f"identitypool/{self.id}")

    @property
    def settings(self) -> dict[str, Any]:
        """What the pool is like, under the names of boto3's ``create_identity_pool``."""
        return dict(self._record.settings)

    @property
    def roles(self) -> dict[str, str]:
        """The ARNs of the default roles, ``authenticated`` and ``unauthenticated``, as far as there are any."""
        return dict(self._record.roles)

    @property
    def identities(self) -> list[Identity]:
        """The identities, disabled ones included, oldest first."""
        records = self.world.store[cognito_identity.IDENTITIES].owned(cognito_identity.POOLS, self.id)
        return [Identity(self, record.id) for record in sorted(records, key=lambda record: record.created)]

    def identity_of(self, *logins: Login) -> Identity:
        """The identity of a user, which is made when they first come, by GetId.

        A login is a user of a user pool, their tokens, a token of a simulated provider
        (``cognito.providers.google.token("1")``), or Logins as boto3 takes them. Several are linked with one another.
        """
        if not logins:
            raise UsageError("identity_of takes a user, or a token; an identity without a login is pool.guest()")
        return Identity(self, self.call("GetId", Logins=logins_of(self, logins))["IdentityId"], logins)

    def guest(self) -> Identity:
        """A new identity without a login."""
        return Identity(self, self.call("GetId")["IdentityId"])

    def developer_identity(self, user_id: str, *logins: Login, tags: Mapping[str, str] | None = None) -> Identity:
        """The identity of a user of the application's own (``DeveloperProviderName``), linked with further logins.

        ``tags`` are the PrincipalTags of GetOpenIdTokenForDeveloperIdentity, which gives the identity.
        """
        arguments.check_text("user_id", user_id, '"user-1"')
        arguments.check_mapping("tags", tags, '{"department": "legal"}')
        user = DeveloperUser(user_id, tags or {})
        return Identity(self, developer_token(self, user, logins).identity_id, logins, user)

    def trust_policy(self, *, guests: bool = False) -> dict[str, Any]:
        """The trust policy of a role for the pool's users or for its guests, as AWS's console writes it."""
        issuer = hosts.identity_issuer(self.region)
        return {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Federated": issuer},
                    "Action": "sts:AssumeRoleWithWebIdentity" if guests else ["sts:AssumeRoleWithWebIdentity", _TAG],
                    "Condition": {
                        "StringEquals": {f"{issuer}:aud": self.id},
                        "ForAnyValue:StringLike": {f"{issuer}:amr": "unauthenticated" if guests else "authenticated"},
                    },
                }
            ],
        }

    def create_role(
        self, name: str, policies: Sequence[Mapping[str, Any] | str] = (), *, guests: bool = False, **parameters: Any
    ) -> Role:
        """Create a role that trusts the pool, for its users or for its guests; see `Cognito.create_role`."""
        from pytest_cognito.handles import iam  # imported here because a test may have no roles

        trust = self.trust_policy(guests=guests)
        return iam.create_role(self.world, name, **{"trust": trust, "policies": policies, **parameters})

    def set_roles(
        self,
        *,
        authenticated: Role | str | None = None,
        unauthenticated: Role | str | None = None,
        mappings: RoleMappings | None = None,
    ) -> None:
        """Set roles, or their ARNs, for users and for guests, and RoleMappings, by SetIdentityPoolRoles.

        What is left out stays as it is. A key of ``mappings`` is an app client, whose users are meant, or the name of
        another provider (``"accounts.google.com"``).
        """
        named = role_mappings(self.world, mappings) if isinstance(mappings, Mapping) else mappings
        arguments.check_mapping("mappings", named, '{cognito_app_client: {"Type": "Rules", …}}')
        given = {"authenticated": authenticated, "unauthenticated": unauthenticated}
        arns = {kind: getattr(role, "arn", role) for kind, role in given.items() if role is not None}
        for kind, role_arn in arns.items():
            arguments.check_text(kind, role_arn, "cognito.create_role(…), or its ARN")
        mapped = self._record.role_mappings if named is None else named
        optional = {"RoleMappings": dict(mapped)} if mapped else {}
        self.call("SetIdentityPoolRoles", Roles={**self._record.roles, **arns}, **optional)

    def on(self, trigger: str) -> Callable[[F], F]:
        """Decorate the function for a trigger of this pool. It has one, ``"SyncTrigger"``, of Cognito Sync."""
        if callable(trigger):
            raise UsageError('a function is registered for a trigger by its name: write @pool.on("SyncTrigger")')
        _check_trigger(trigger)

        def register(function: F) -> F:
            self.set_trigger(trigger, function)
            return function

        return register

    def set_trigger(self, trigger: str, function: Callable[..., Any]) -> None:
        """Set ``function(event, context)`` as the function for a trigger of this pool; see `on`."""
        _check_trigger(trigger)
        arguments.check_function(trigger, function)
        with self.world.handle_step("set_trigger", self.region) as context:
            cognito_sync.set_function(context, self._record, trigger, function)

    def call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Call an operation on this pool by AWS's name with the API's parameters; see `Cognito.call`."""
        own: dict[str, Any] = {"IdentityPoolId": self.id} if "IdentityPoolId" in _members(operation) else {}
        return call(self.world, operation, service=_SERVICE, region=self.region, **own, **parameters)

    @property
    def _record(self) -> cognito_identity.IdentityPool:
        record = self.world.store[cognito_identity.POOLS].get(self.id)
        if record is None:
            raise LookupError(f"the identity pool {self.id} no longer exists")
        return record

    def __repr__(self) -> str:
        return f"<IdentityPool {self.id}>"


_TAG = "sts:TagSession"


def _check_trigger(name: str) -> None:
    if name not in cognito_sync.EVENTS:
        raise UsageError(
            f"an identity pool has no trigger {name!r}, but SyncTrigger; a user pool has triggers of its own"
        )


def _members(operation: str) -> Sequence[str]:
    """The members of an operation's request; none of one that there is not, which `call` refuses."""
    if operation not in model.service_model(_SERVICE).operation_names:
        return ()
    shape = model.operation_model(_SERVICE, operation).input_shape
    return tuple(shape.members) if shape is not None else ()
