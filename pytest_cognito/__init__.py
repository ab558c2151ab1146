"""Amazon Cognito in the test process."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito.mock import mock_cognito

__all__ = ["__version__", "mock_cognito"]

__version__ = "0.1.0"


def __getattr__(name: str) -> object:
    """Import `mock_cognito` when it is first asked for: what it stands on is not needed to load the plugin."""
    if name == "mock_cognito":
        from pytest_cognito.mock import mock_cognito

        return mock_cognito
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
