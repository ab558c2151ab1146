"""Errors about client ID metadata documents."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

# The exact messages of AWS are not known: these follow the pattern of the others.
CIMD_POLICY_NOT_FOUND = ErrorText("ResourceNotFoundException", "CIMD policy {policy_id} does not exist.")
CIMD_PATTERN_INVALID = ErrorText("InvalidParameterException", "The URL pattern {pattern} is not valid.")
CIMD_URL_NOT_CACHED = ErrorText(
    "CachedCIMDURLDoesNotExistException", "No client metadata document is cached for the URL {url}."
)
