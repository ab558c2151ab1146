"""What is known of the functions that a template has made: their settings, and who may invoke them."""

from __future__ import annotations

from dataclasses import dataclass

from pytest_cognito.state.schema import Schema

LATEST = "$LATEST"
"""The version that an ARN without a qualifier names."""


@dataclass(frozen=True, slots=True)
class LambdaFunction:
    """A function by the ``arn`` without a qualifier. ``logical_id`` is what its template calls it.

    ``timeout`` is in seconds, ``memory_size`` in MB. ``published`` is how many versions it has, ``aliases`` are pairs
    of a name and a version.
    """

    arn: str
    logical_id: str
    timeout: int = 3
    memory_size: int = 128
    published: int = 0
    aliases: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.arn.rpartition(":")[2]

    def version_of(self, qualifier: str) -> str:
        """The version that a qualifier names: its own, an alias's, or the latest without one."""
        return dict(self.aliases).get(qualifier, qualifier) or LATEST


@dataclass(frozen=True, slots=True)
class Permission:
    """A statement of a function's policy, for the function or, with a ``qualifier``, for a version or an alias of it.

    ``event_source_token`` is what only Alexa skills bring.
    """

    function_arn: str
    qualifier: str
    statement_id: str
    action: str
    principal: str
    source_arn: str | None = None
    source_account: str | None = None
    event_source_token: str | None = None


FUNCTIONS: Schema[LambdaFunction] = Schema("lambda/functions", key=lambda function: function.arn)
PERMISSIONS: Schema[Permission] = Schema(
    "lambda/permissions",
    key=lambda one: (one.function_arn, one.qualifier, one.statement_id),
    owners={FUNCTIONS: lambda one: one.function_arn},
)


def split(arn: str) -> tuple[str, str]:
    """The ARN of a function without its qualifier, and the qualifier: empty for none and for ``$LATEST``."""
    parts = arn.split(":")
    qualifier = parts[7] if len(parts) > 7 else ""
    return ":".join(parts[:7]), "" if qualifier == LATEST else qualifier
