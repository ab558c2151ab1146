"""The errors of STS, with the codes and messages of AWS: a module for each subject."""

from pytest_cognito.sts.errors.callers import *
from pytest_cognito.sts.errors.identity_providers import *
from pytest_cognito.sts.errors.policies import *
from pytest_cognito.sts.errors.roles import *
from pytest_cognito.sts.errors.tags import *
from pytest_cognito.sts.errors.tokens import *
