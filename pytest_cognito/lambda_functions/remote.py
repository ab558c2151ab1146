"""Invoking functions that the test has not registered with botocore's Lambda client: in moto, LocalStack or SAM."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import ClientError, ReadTimeoutError

from pytest_cognito.aws import other_services
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.functions import API, Invocation
from pytest_cognito.lambda_functions import payload
from pytest_cognito.lambda_functions.failures import NotInvoked, NotJSON, Raised, TimedOut
from pytest_cognito.world import Context


def invoke(context: Context, invocation: Invocation) -> Any:
    """Invoke a function with Lambda's API and return its result; raise a `Failure` if it has none."""
    client = other_services.client("lambda", context.region)
    try:
        response = client.invoke(FunctionName=invocation.arn, Payload=json.dumps(invocation.event).encode())
    except ClientError as error:
        if other_services.is_unanswered(error):
            invocation.refusal = "did not run: no function is registered for it"
            raise _unregistered(invocation) from None
        code = error.response["Error"]["Code"]
        invocation.error = error
        invocation.refusal = f"was not invoked: {code}"
        raise NotInvoked(code) from error
    except ReadTimeoutError as error:
        invocation.error = error
        invocation.refusal = "did not answer in time"
        raise TimedOut(here=False) from error
    try:
        result = payload.read(response["Payload"].read())
    except ValueError:
        invocation.refusal = "returned what is not JSON"
        raise NotJSON from None
    if "FunctionError" in response:
        message = result.get("errorMessage", "") if isinstance(result, dict) else str(result)
        invocation.refusal = f"failed: {message}"
        raise Raised(message)
    return result


def _unregistered(invocation: Invocation) -> UsageError:
    if invocation.trigger == API:
        return UsageError(
            f"{invocation.source} leads to {invocation.arn}, and nothing runs that function here.\n"
            f"Pass the function itself in place of its ARN, or register a callable for the ARN:\n"
            f'    cognito_triggers.register("{invocation.arn}", handler)\n'
            f"or run it in moto, LocalStack or SAM (set AWS_ENDPOINT_URL_LAMBDA for the latter two)."
        )
    trigger = invocation.trigger.removesuffix("Trigger")
    return UsageError(
        f"the pool's {trigger} trigger names {invocation.arn}, and nothing runs that function here.\n"
        f"Register a callable for it:\n"
        f'    cognito_triggers.register("{invocation.arn}", handler)\n'
        f"or for the trigger of the pool:\n"
        f'    @pool.on("{invocation.trigger}")\n'
        f"    def handler(event, context): ...\n"
        f"or, for the server as a program, in a module with a function of the Lambda function's name:\n"
        f"    python -m pytest_cognito serve --triggers module\n"
        f"or run it in moto, LocalStack or SAM (set AWS_ENDPOINT_URL_LAMBDA for the latter two)."
    )
