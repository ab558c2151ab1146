"""The errors of user pools, with the codes and messages of AWS: a module for each subject."""

from pytest_cognito.cognito_idp.errors.attributes import *
from pytest_cognito.cognito_idp.errors.clients import *
from pytest_cognito.cognito_idp.errors.codes import *
from pytest_cognito.cognito_idp.errors.devices import *
from pytest_cognito.cognito_idp.errors.domains import *
from pytest_cognito.cognito_idp.errors.factors import *
from pytest_cognito.cognito_idp.errors.groups import *
from pytest_cognito.cognito_idp.errors.identities import *
from pytest_cognito.cognito_idp.errors.identity_providers import *
from pytest_cognito.cognito_idp.errors.listings import *
from pytest_cognito.cognito_idp.errors.messages import *
from pytest_cognito.cognito_idp.errors.passkeys import *
from pytest_cognito.cognito_idp.errors.passwords import *
from pytest_cognito.cognito_idp.errors.pools import *
from pytest_cognito.cognito_idp.errors.resource_servers import *
from pytest_cognito.cognito_idp.errors.sign_in import *
from pytest_cognito.cognito_idp.errors.sign_up import *
from pytest_cognito.cognito_idp.errors.step_up import *
from pytest_cognito.cognito_idp.errors.tags import *
from pytest_cognito.cognito_idp.errors.tokens import *
from pytest_cognito.cognito_idp.errors.triggers import *
from pytest_cognito.cognito_idp.errors.user_sessions import *
from pytest_cognito.cognito_idp.errors.users import *
from pytest_cognito.cognito_idp.errors.validation import *
