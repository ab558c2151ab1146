"""The ``context`` argument of Lambda functions."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.world import Context

TIME_LIMIT = dt.timedelta(seconds=5)
"""How long Cognito waits for a function."""


class LambdaContext:
    """The context object of Lambda's Python runtime."""

    function_version = "$LATEST"
    memory_limit_in_mb = "128"
    identity = None
    client_context = None

    def __init__(self, context: Context, arn: str, limit: dt.timedelta = TIME_LIMIT) -> None:
        self._clock = context.world.clock
        self._deadline = self._clock.now() + limit
        self.invoked_function_arn = arn
        self.function_name = arn.rpartition(":function:")[2].partition(":")[0]
        self.aws_request_id = context.world.ids.request_id()
        self.log_group_name = f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        return f"{self._clock.now():%Y/%m/%d}/[$LATEST]{self.aws_request_id.replace('-', '')}"

    def get_remaining_time_in_millis(self) -> int:
        """The remaining time until the time-out in milliseconds: that of Cognito, 5 seconds, or of an API."""
        return max(0, int((self._deadline - self._clock.now()).total_seconds() * 1000))
