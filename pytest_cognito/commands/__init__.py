"""The subcommands of ``python -m pytest_cognito``, a module for each."""
