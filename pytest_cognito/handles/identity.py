"""An identity of an identity pool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pytest_cognito import cognito_identity
from pytest_cognito.handles import arguments
from pytest_cognito.handles.credentials import Credentials
from pytest_cognito.handles.logins import DeveloperUser, Login, developer_token, logins_of
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.identity_pool import IdentityPool
    from pytest_cognito.handles.sync_device import SyncDevice


class Identity:
    """A handle for an identity: its id, and who it was got for, whose tokens its calls send along."""

    def __init__(
        self, pool: IdentityPool, id: str, given: Sequence[Login] = (), developer: DeveloperUser | None = None
    ) -> None:
        self.pool = pool
        self.id = id
        self._given = tuple(given)
        self._developer = developer

    @property
    def logins(self) -> list[str]:
        """The names of the providers that are linked, in the order in which they were; none for a guest."""
        linked = self.pool.world.store[cognito_identity.LOGINS].owned(cognito_identity.IDENTITIES, self.id)
        return list(dict.fromkeys(login.provider for login in sorted(linked, key=lambda login: login.number)))

    @property
    def guest(self) -> bool:
        """Whether the identity has never had a login."""
        return self._record.guest

    @property
    def disabled(self) -> bool:
        """Whether the identity was merged into another, and is used no more."""
        return self._record.disabled

    def credentials(self, *logins: Login, role_arn: str | None = None) -> Credentials:
        """Temporary credentials, by GetCredentialsForIdentity.

        ``logins`` are by default those that the identity was got with: users with fresh tokens, tokens as they are.
        ``role_arn`` is the CustomRoleArn, the role that the user chooses among those that they may have.
        """
        if role_arn is not None:
            arguments.check_text("role_arn", role_arn, "role.arn")
        custom = {} if role_arn is None else {"CustomRoleArn": role_arn}
        sent = self._proof(logins)
        result = self.pool.call("GetCredentialsForIdentity", IdentityId=self.id, **_present(sent), **custom)
        given = result["Credentials"]
        return Credentials(
            self.pool.world,
            self.pool.region,
            given["AccessKeyId"],
            given["SecretKey"],
            given["SessionToken"],
            given["Expiration"],
        )

    def open_id_token(self, *logins: Login) -> str:
        """The token with which an application assumes a role by itself, the basic flow, by GetOpenIdToken.

        That of a user of the application's own is of GetOpenIdTokenForDeveloperIdentity.
        """
        if self._developer is not None and not logins:
            return self._developer_token(self._developer)
        token: str = self.pool.call("GetOpenIdToken", IdentityId=self.id, **_present(self._proof(logins)))["Token"]
        return token

    def link(self, *logins: Login) -> Identity:
        """Link further logins, and return the identity that they lead to from now on.

        A guest who signs in keeps their identity, unless the login has one already: then that is returned, and the
        guest's is disabled. Two identities with logins become one in the same way.
        """
        if not logins:
            raise UsageError("link takes at least one login, such as guest.link(alice): a user, or a token")
        if self._developer is not None:
            return self.pool.developer_identity(self._developer.user_id, *self._given, *logins)
        given = (*self._given, *logins)
        sent = _present(logins_of(self.pool, given))
        if self.guest:
            found = self.pool.call("GetCredentialsForIdentity", IdentityId=self.id, **sent)["IdentityId"]
        else:
            found = self.pool.call("GetId", **sent)["IdentityId"]
        return Identity(self.pool, found, given)

    def sync_device(self) -> SyncDevice:
        """A further device on which the identity's application keeps datasets and synchronizes them."""
        from pytest_cognito.handles.sync_device import SyncDevice  # imported here because few tests synchronize

        return SyncDevice(self)

    def _proof(self, logins: Sequence[Login]) -> dict[str, str]:
        """The Logins of a call, which prove that the caller is the identity."""
        if self._developer is not None and not logins:
            return {hosts.identity_issuer(self.pool.region): self._developer_token(self._developer)}
        return logins_of(self.pool, logins or self._given)

    def _developer_token(self, user: DeveloperUser) -> str:
        return developer_token(self.pool, user, self._given, self.id).token

    @property
    def _record(self) -> cognito_identity.Identity:
        record = self.pool.world.store[cognito_identity.IDENTITIES].get(self.id)
        if record is None:
            raise LookupError(f"the identity {self.id} no longer exists")
        return record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Identity) and (self.pool.world, self.id) == (other.pool.world, other.id)

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return f"<Identity {self.id}>"


def _present(logins: dict[str, str]) -> dict[str, dict[str, str]]:
    """Logins as keyword of a call; none if there are none, as a guest's application leaves them out."""
    return {"Logins": logins} if logins else {}
