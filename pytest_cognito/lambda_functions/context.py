"""The ``context`` argument of Lambda functions."""

from __future__ import annotations

import datetime as dt

from pytest_cognito.lambda_functions.records import LATEST, LambdaFunction, split
from pytest_cognito.world import Context

TIME_LIMIT = dt.timedelta(seconds=5)
"""How long Cognito waits for a function."""


class LambdaContext:
    """The context object of Lambda's Python runtime. ``began`` is the time of the invocation.

    ``deployed`` is what is known of the function, if anything is.
    """

    identity = None
    client_context = None

    def __init__(
        self,
        context: Context,
        arn: str,
        began: dt.datetime,
        deployed: LambdaFunction | None = None,
        limit: dt.timedelta = TIME_LIMIT,
    ) -> None:
        self.function_version = deployed.version_of(split(arn)[1]) if deployed else LATEST
        self.memory_limit_in_mb = str(deployed.memory_size) if deployed else "128"
        self._clock = context.world.clock
        limit = dt.timedelta(seconds=deployed.timeout) if deployed else limit
        self._deadline = began + limit
        self.invoked_function_arn = arn
        self.function_name = arn.rpartition(":function:")[2].partition(":")[0]
        self.aws_request_id = context.world.ids.request_id()
        self.log_group_name = f"/aws/lambda/{self.function_name}"

    @property
    def log_stream_name(self) -> str:
        return f"{self._clock.now():%Y/%m/%d}/[$LATEST]{self.aws_request_id.replace('-', '')}"

    def get_remaining_time_in_millis(self) -> int:
        """The remaining time, in milliseconds: until the time-out of the function, of Cognito (5 s) or of an API."""
        return max(0, int((self._deadline - self._clock.now()).total_seconds() * 1000))
