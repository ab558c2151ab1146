"""Errors about terms documents."""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_NOT_FOUND = "ResourceNotFoundException"
_PARAMETER = "InvalidParameterException"

# The exact messages of AWS are not known: these follow the pattern of the others.
TERMS_EXIST = ErrorText("TermsExistsException", "Terms {name} already exist for client {client_id}.")
TERMS_NOT_FOUND = ErrorText(_NOT_FOUND, "Terms {terms_id} do not exist.")
TERMS_OF_CLIENT_NOT_FOUND = ErrorText(_NOT_FOUND, "Terms {name} do not exist for client {client_id}.")
TERMS_WITHOUT_LINKS = ErrorText(_PARAMETER, "Links are required for terms with the source LINK.")
TERMS_LINK_INVALID = ErrorText(_PARAMETER, "The link of {language} is not a valid URL.")
TERMS_LIMIT = ErrorText("LimitExceededException", "Terms limit exceeded.")
TERMS_NOT_IN_TIER = ErrorText(_PARAMETER, "Terms are not available in the {tier} pricing tier.")
