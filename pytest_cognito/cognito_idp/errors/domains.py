"""Errors about domains."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"

DOMAIN_OF_ANOTHER_POOL = ErrorText(_PARAMETER, "Domain already associated with another user pool.")
POOL_ALREADY_HAS_DOMAIN = ErrorText(_PARAMETER, "User pool already has a domain configured.")
CUSTOM_DOMAIN_WITHOUT_CONFIG = ErrorText(_PARAMETER, "Cannot convert custom domain to prefix domain.")
DOMAIN_RESERVED = ErrorText(_PARAMETER, "Domain cannot contain reserved word: {word}")
DOMAIN_CHARACTERS = ErrorText(
    _PARAMETER,
    "The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and "
    "hyphens. Please enter a different name that follows this format: "
    r"^[a-z0-9](?:[a-z0-9\-]{0,61}[a-z0-9])?$",
)
DOMAIN_NOT_FOUND = ErrorText(_PARAMETER, "No such domain or user pool exists.")
DOMAIN_NOT_A_SUBDOMAIN = ErrorText(
    _PARAMETER,
    "Custom domain is not a valid subdomain: Was not able to resolve a DNS A record for the parent domain or domain "
    "parent is a top-level domain.",
)
CERTIFICATE_NOT_FOUND = ErrorText(
    _PARAMETER,
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid "
    "certificate chain.",
)

# The exact messages of AWS are not known: these follow the pattern of the others.
PREFIX_DOMAIN_WITH_CONFIG = ErrorText(_PARAMETER, "Cannot convert prefix domain to custom domain.")
MANAGED_LOGIN_VERSION_INVALID = ErrorText(_PARAMETER, "ManagedLoginVersion must be 1 or 2.")
ROUTING_OF_PREFIX_DOMAIN = ErrorText(_PARAMETER, "Routing is only supported for custom domains.")
ROUTING_WITHOUT_REPLICA = ErrorText(_PARAMETER, "User pool has no replica in the secondary region {region}.")
CUSTOM_DOMAIN_LIMIT = ErrorText("LimitExceededException", "Custom domain limit exceeded.")
