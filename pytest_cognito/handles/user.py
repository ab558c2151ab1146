"""A user of a user pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito import cognito_idp
from pytest_cognito.handles.calls import call
from pytest_cognito.handles.tokens import Tokens
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.user_pool import UserPool

_PASSWORD_FLOWS = (
    ("ADMIN_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"),
    ("USER_PASSWORD_AUTH", "ALLOW_USER_PASSWORD_AUTH"),
)


class User:
    """A handle for a user, by pool and user name."""

    def __init__(self, pool: UserPool, username: str) -> None:
        self.pool = pool
        self.username = username

    @property
    def sub(self) -> str:
        """The ``sub`` attribute, which identifies the user in tokens."""
        return self._record.sub

    @property
    def password(self) -> str | None:
        """The current password, if the user has one."""
        return self._record.password

    @property
    def email(self) -> str | None:
        return self._record.attributes.get("email")

    @property
    def attributes(self) -> dict[str, str]:
        """All attributes, ``sub`` included."""
        return {"sub": self._record.sub, **self._record.attributes}

    @property
    def status(self) -> str:
        """``UserStatus``: ``UNCONFIRMED``, ``CONFIRMED`` …"""
        return self._record.status

    @property
    def enabled(self) -> bool:
        return self._record.enabled

    @property
    def groups(self) -> list[str]:
        """The names of the user's groups, by precedence."""
        response = self.pool.call("AdminListGroupsForUser", Username=self.username)
        return [group["GroupName"] for group in response["Groups"]]

    def add_to_group(self, name: str) -> None:
        """Add the user to a group, which is created if it does not exist."""
        self.pool.add_to_group(self.username, name)

    def sign_in(self, password: str | None = None, *, metadata: Mapping[str, str] | None = None) -> Tokens:
        """Sign in with the password, by a flow that the app client allows; the triggers of a sign-in run.

        ``password`` is by default the user's; ``metadata`` is the ClientMetadata of the call.
        """
        client = self.pool.client
        flow = next((flow for flow, permission in _PASSWORD_FLOWS if permission in client.flows), None)
        if flow is None:
            raise UsageError(
                f"the app client {client.id} allows no password sign-in; add ALLOW_USER_PASSWORD_AUTH to its "
                f"ExplicitAuthFlows, or take tokens without a sign-in: pool.tokens_for({self.username!r})"
            )
        parameters = {"USERNAME": self.username, "PASSWORD": password if password is not None else self.password or ""}
        if client.secret:
            parameters["SECRET_HASH"] = client.secret_hash(self.username)
        response = self._initiate(flow, client.id, parameters, metadata)
        if "AuthenticationResult" not in response:
            raise UsageError(
                f"the sign-in of {self.username} is not finished: Cognito asks for {response['ChallengeName']}. Answer "
                f"it with boto3's respond_to_auth_challenge, or take tokens without a sign-in: "
                f"pool.tokens_for({self.username!r})"
            )
        result = response["AuthenticationResult"]
        return self.pool.tokens(
            result["IdToken"], result["AccessToken"], result.get("RefreshToken"), result["ExpiresIn"]
        )

    def tokens(self, *, scopes: Sequence[str] | None = None, claims: Mapping[str, Any] | None = None) -> Tokens:
        """Tokens without a sign-in; see `UserPool.tokens_for`."""
        return self.pool.tokens_for(self.username, scopes=scopes, claims=claims)

    def _initiate(
        self, flow: str, client_id: str, parameters: Mapping[str, str], metadata: Mapping[str, str] | None
    ) -> dict[str, Any]:
        arguments: dict[str, Any] = {"AuthFlow": flow, "ClientId": client_id, "AuthParameters": dict(parameters)}
        if metadata:
            arguments["ClientMetadata"] = dict(metadata)
        if flow.startswith("ADMIN"):
            return self.pool.call("AdminInitiateAuth", **arguments)
        return call(self.pool.world, "InitiateAuth", region=self.pool.region, **arguments)

    @property
    def _record(self) -> cognito_idp.User:
        record = self.pool.find_user(self.username)
        if record is None:
            raise LookupError(f"the user {self.username} is no longer in the pool {self.pool.id}")
        return record

    def __repr__(self) -> str:
        return f"<User {self.username} of {self.pool.id}>"
