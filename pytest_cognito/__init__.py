"""Amazon Cognito in the test process."""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.aws.errors import AWSError
    from pytest_cognito.cognito import AppClient, Cognito, Tokens, Triggers, User, UserPool
    from pytest_cognito.kernel.errors import UsageError
    from pytest_cognito.mock import mock_cognito

__all__ = [
    "AWSError",
    "AppClient",
    "Cognito",
    "Tokens",
    "Triggers",
    "UsageError",
    "User",
    "UserPool",
    "__version__",
    "mock_cognito",
]

__version__ = "0.1.0"

_HOMES = {
    "AWSError": "aws.errors",
    "AppClient": "cognito",
    "Cognito": "cognito",
    "Tokens": "cognito",
    "Triggers": "cognito",
    "UsageError": "kernel.errors",
    "User": "cognito",
    "UserPool": "cognito",
    "mock_cognito": "mock",
}


if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
