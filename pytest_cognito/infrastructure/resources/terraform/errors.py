"""What the provider refuses by itself, before any call."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

# The provider's words; it has no codes.
SCHEMA_CHANGED = ErrorText("ProviderError", "cannot modify or remove schema items")
ROLE_RESOLUTION = ErrorText(
    "ProviderError",
    'Error validating ambiguous_role_resolution: Ambiguous Role Resolution must be defined when "type" equals '
    '"Token" or "Rules"',
)
RULES_WITHOUT_TYPE = ErrorText(
    "ProviderError", 'Error validating mapping_rule: Mapping rules must not be set when "type" equals "Token"'
)
RULES_MISSING = ErrorText("ProviderError", "Error validating mapping_rule: mapping_rule is required for Rules")
NO_MANAGED_CLIENT = ErrorText("ProviderError", "{number} clients match {argument} {value!r}: there must be exactly one")
