"""An app client of a user pool."""

from __future__ import annotations

from pytest_cognito.cognito_idp import CLIENTS, allowed_flows, compute_secret_hash
from pytest_cognito.cognito_idp import AppClient as ClientRecord
from pytest_cognito.world import World


class AppClient:
    """A handle for an app client."""

    def __init__(self, world: World, id: str) -> None:
        self._world = world
        self.id = id

    @property
    def name(self) -> str:
        return self._record.name

    @property
    def secret(self) -> str | None:
        """The client secret, if it has one."""
        secrets = self._record.secrets
        return secrets[0].value if secrets else None

    @property
    def flows(self) -> frozenset[str]:
        """The authentication flows that the client allows, as in ``ExplicitAuthFlows`` (``"ALLOW_USER_SRP_AUTH"``)."""
        return allowed_flows(self._record)

    def secret_hash(self, username: str) -> str:
        """The ``SECRET_HASH`` for calls with this user name."""
        if self.secret is None:
            raise LookupError(f"the app client {self.id} has no secret, so there is no SECRET_HASH")
        return compute_secret_hash(self.secret, username, self.id)

    @property
    def _record(self) -> ClientRecord:
        record = self._world.store[CLIENTS].get(self.id)
        if record is None:
            raise LookupError(f"the app client {self.id} no longer exists")
        return record

    def __repr__(self) -> str:
        return f"<AppClient {self.id}>"
