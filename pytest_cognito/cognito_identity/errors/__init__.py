"""The errors of identity pools, with the codes and messages of AWS: a module for each subject."""

from pytest_cognito.cognito_identity.errors.developer_identities import *
from pytest_cognito.cognito_identity.errors.identities import *
from pytest_cognito.cognito_identity.errors.logins import *
from pytest_cognito.cognito_identity.errors.pools import *
from pytest_cognito.cognito_identity.errors.roles import *
