"""Errors about groups."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_LIMIT = "LimitExceededException"

GROUP_NOT_FOUND = ErrorText(_NOT_FOUND, "Group not found.")
GROUP_EXISTS = ErrorText("GroupExistsException", "A group with the name already exists")

# The exact messages of AWS are not known: these follow the pattern of the others.
GROUP_LIMIT = ErrorText(_LIMIT, "Group limit exceeded.")
GROUPS_OF_USER_LIMIT = ErrorText("InvalidParameterException", "A user can be in at most 100 groups.")
