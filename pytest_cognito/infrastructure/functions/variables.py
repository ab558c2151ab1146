"""The environment variables of a function, which the process has while the function runs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

RESERVED = frozenset(
    (
        *("_HANDLER", "_X_AMZN_TRACE_ID", "AWS_DEFAULT_REGION", "AWS_REGION", "AWS_EXECUTION_ENV"),
        *("AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_VERSION"),
        *("AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME"),
        *("AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
        *("AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"),
    )
)
"""The variables that Lambda sets by itself, which a function can't be given."""
_NOT_TRACED = "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0"


def of_function(
    variables: Mapping[str, str], *, name: str, region: str, handler: str, runtime: str, memory_size: int, root: str
) -> dict[str, str]:
    """The variables of a function, with those that Lambda sets. The credentials are the process's own."""
    return {
        **variables,
        "_HANDLER": handler,
        "_X_AMZN_TRACE_ID": _NOT_TRACED,
        "AWS_DEFAULT_REGION": region,
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{runtime}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(memory_size),
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_LAMBDA_LOG_GROUP_NAME": f"/aws/lambda/{name}",
        "AWS_LAMBDA_LOG_STREAM_NAME": "1970/01/01/[$LATEST]00000000000000000000000000000000",
        "AWS_REGION": region,
        "LAMBDA_TASK_ROOT": root,
    }


@contextmanager
def applied(variables: Mapping[str, str], root: str | None) -> Iterator[None]:
    """Set variables for a while, in the directory of the code. What is changed inside is undone, too."""
    before, directory = dict(os.environ), _directory()
    os.environ.update(variables)
    try:
        if root is not None:
            os.chdir(root)
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)
        if root is not None and directory is not None:
            os.chdir(directory)


def _directory() -> str | None:
    try:
        return os.getcwd()  # noqa: PTH109 - a text is what chdir takes back
    except FileNotFoundError:  # the test has removed it
        return None
