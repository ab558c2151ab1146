"""A call, and the records that its parameters name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pytest_cognito.cognito_identity.records import IDENTITIES, POOLS, Identity, IdentityPool
from pytest_cognito.kernel.calls import Call
from pytest_cognito.world import Context


@dataclass(frozen=True)
class CallDetails:
    """A call, with the records that its parameters identify."""

    context: Context
    call: Call

    @cached_property
    def identity(self) -> Identity | None:
        """The identity that the call names, if it exists."""
        return self.context.table(IDENTITIES).get(self._text("IdentityId"))

    @cached_property
    def pool(self) -> IdentityPool | None:
        """The pool that the call names, or that of its identity, if it exists."""
        named = self._text("IdentityPoolId") or (self.identity.pool_id if self.identity else "")
        return self.context.table(POOLS).get(named)

    @property
    def logins(self) -> Mapping[str, Any]:
        """The Logins of the call."""
        logins = self.call.parameters.get("Logins")
        return logins if isinstance(logins, Mapping) else {}

    def _text(self, name: str) -> str:
        value = self.call.parameters.get(name)
        return value if isinstance(value, str) else ""
