"""Errors about the identities of users at identity providers: linking, and sign-in by a provider.

Those of sign-in reach an application as parameters of its callback: the code is ``error``, the message
``error_description``.
"""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PARAMETER = "InvalidParameterException"
_LIMIT = "LimitExceededException"
_REQUEST = "invalid_request"

LINK_MERGES_USERS = ErrorText(
    _PARAMETER,
    "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link",
)
LINK_EXISTS = ErrorText(_PARAMETER, "SourceUser is already linked to DestinationUser")
LINK_OF_LOCAL_USER = ErrorText(
    _PARAMETER,
    "Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a "
    "DestinationUser",
)
REQUIRED_NOT_MAPPED = ErrorText(_REQUEST, "attributes required: [{names}]")
MAPPED_ATTRIBUTE_FIXED = ErrorText(_REQUEST, "{problems} ")
FEDERATED_NAME_TAKEN = ErrorText(_REQUEST, "Already found an entry for username {username}")

# The exact messages of AWS are not known: these follow the pattern of the others.
LINK_OF_ANOTHER_USER = ErrorText("AliasExistsException", "SourceUser is already linked to another user")
LINK_LIMIT = ErrorText(_LIMIT, "A user can be linked to at most 5 identities.")
LINK_ATTRIBUTE_LIMIT = ErrorText(_LIMIT, "Users of {provider} can be linked by at most 5 attributes.")
LINK_TOO_LONG = ErrorText(
    _PARAMETER, "ProviderName, ProviderAttributeName and ProviderAttributeValue can have 128 characters together"
)
LINK_PART_MISSING = ErrorText(_PARAMETER, "{member} must not be empty")
LINK_NOT_BY_SUBJECT = ErrorText(_PARAMETER, "ProviderAttributeName must be Cognito_Subject for {provider}")
LINK_ATTRIBUTE_NOT_MAPPED = ErrorText(_PARAMETER, "{attribute} is not a mapped attribute of {provider}")
LINK_TO_FIXED_ATTRIBUTES = ErrorText(_PARAMETER, "DestinationUser has immutable attributes: {names}")
FEDERATED_USER_DISABLED = ErrorText(_REQUEST, "User is not enabled")
