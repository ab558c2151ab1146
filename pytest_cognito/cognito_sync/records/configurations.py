"""What an identity pool is configured to do with its datasets: push sync, streams, events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pytest_cognito.cognito_identity import POOLS
from pytest_cognito.state.schema import Schema


@dataclass(frozen=True, slots=True)
class Configuration:
    """The configuration of an identity pool.

    ``push`` and ``streams`` are PushSync and CognitoStreams of the API, None if there is none; ``events`` are ARNs of
    functions by event. ``sessions`` counts the sync sessions that were begun.
    """

    pool_id: str
    push: Mapping[str, Any] | None = None
    streams: Mapping[str, Any] | None = None
    events: Mapping[str, str] = field(default_factory=dict)
    sessions: int = 0

    @property
    def stream(self) -> Mapping[str, Any] | None:
        """CognitoStreams, while streaming is enabled."""
        return self.streams if self.streams and self.streams.get("StreamingStatus") == "ENABLED" else None


CONFIGURATIONS: Schema[Configuration] = Schema(
    "cognito-sync/configurations",
    key=lambda configuration: configuration.pool_id,
    owners={POOLS: lambda configuration: configuration.pool_id},
)
