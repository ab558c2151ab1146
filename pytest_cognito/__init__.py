"""Amazon Cognito in the test process."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito.aws.errors import AWSError
    from pytest_cognito.cognito import AppClient, Cognito, Tokens, Triggers, User, UserPool
    from pytest_cognito.kernel.usage import UsageError
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
    "UsageError": "kernel.usage",
    "User": "cognito",
    "UserPool": "cognito",
    "mock_cognito": "mock",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: what it stands on is not needed to load the plugin."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{home}"), name)
