"""What a front hands a request to, once it has let it pass."""

from __future__ import annotations

from typing import Protocol

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http.messages import Response


class Target(Protocol):
    """The application behind a front."""

    def answer(self, exchange: Exchange) -> Response:
        """The response of the application."""

    async def answer_async(self, exchange: Exchange) -> Response:
        """The response of the application, which may use the running event loop."""
