"""The errors of Cognito Sync, with the codes and messages of AWS: a module for each subject."""

from pytest_cognito.cognito_sync.errors.access import *
from pytest_cognito.cognito_sync.errors.datasets import *
from pytest_cognito.cognito_sync.errors.events import *
from pytest_cognito.cognito_sync.errors.publishing import *
from pytest_cognito.cognito_sync.errors.records import *
