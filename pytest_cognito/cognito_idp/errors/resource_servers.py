"""Errors about resource servers."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

RESOURCE_SERVER_EXISTS = ErrorText(_PARAMETER, "{identifier} already exists in user pool {pool_id}.")

# The exact messages of AWS are not known: these follow the pattern of the others.
RESOURCE_SERVER_NOT_FOUND = ErrorText("ResourceNotFoundException", "Resource server {identifier} does not exist.")
RESOURCE_SERVER_LIMIT = ErrorText("LimitExceededException", "Resource server limit exceeded.")
SCOPE_NAME_TWICE = ErrorText(_PARAMETER, "Scope names of a resource server must be unique: {name}")
