"""Functions that no test registered: invoked through botocore's Lambda client, so that moto, LocalStack or SAM run
them.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError, ReadTimeoutError

from ...kernel.functions import Invocation
from ...kernel.usage import UsageError
from ...world import Context
from .. import errors

_NOBODY = "PytestCognitoNobodyAnswered"
TIMED_OUT = "Socket timeout while invoking Lambda function"


def invoke(context: Context, invocation: Invocation) -> Any:
    """The answer of a function that runs elsewhere; what fails there fails as on AWS."""
    from botocore import session  # a fifth of all there is to import, and most tests never get here

    client: Any = session.get_session().create_client("lambda", region_name=context.region)
    # botocore asks handlers of a longer event name first, and moto's is for "before-send".
    client.meta.events.register_last("before-send", _stay_off_the_network)
    try:
        answer = client.invoke(FunctionName=invocation.arn, Payload=json.dumps(invocation.event).encode())
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code == _NOBODY:
            raise _unregistered(invocation) from None
        invocation.error = error
        raise errors.TRIGGER_NOT_INVOKED(trigger=invocation.trigger, reason=code) from error
    except ReadTimeoutError as error:
        invocation.error = error
        raise errors.TRIGGER_NOT_INVOKED(trigger=invocation.trigger, reason=TIMED_OUT) from error
    payload = answer["Payload"].read()
    try:
        result = json.loads(payload)
    except ValueError:
        invocation.error = errors.TRIGGER_OUTPUT_NOT_JSON()
        raise invocation.error from None
    if "FunctionError" in answer:
        message = result.get("errorMessage", "") if isinstance(result, dict) else str(result)
        invocation.error = errors.TRIGGER_FAILED(trigger=invocation.trigger, message=message)
        raise invocation.error
    return result


def _stay_off_the_network(request: Any, **_: Any) -> AWSResponse | None:
    """Answer what no other mock has answered before, unless the endpoint is one that was configured."""
    host = urlsplit(request.url).hostname or ""
    if not host.endswith((".amazonaws.com", ".amazonaws.com.cn", ".api.aws")):
        return None
    headers: Any = {"x-amzn-errortype": _NOBODY}
    return AWSResponse(request.url, 400, headers, _Empty())


class _Empty:
    def stream(self, **_: Any) -> list[bytes]:
        return [b"{}"]


def _unregistered(invocation: Invocation) -> UsageError:
    return UsageError(
        f"the pool's {invocation.trigger} trigger names {invocation.arn}, and nothing runs that function here.\n"
        f"Register a callable for it:\n"
        f'    cognito_triggers.register("{invocation.arn}", handler)\n'
        f"or for the trigger of the pool:\n"
        f'    @pool.on("{invocation.trigger}")\n'
        f"    def handler(event, context): ...\n"
        f"or run it in moto, LocalStack or SAM (set AWS_ENDPOINT_URL_LAMBDA for the latter two)."
    )
