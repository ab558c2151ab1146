"""The authentication flows that begin a sign-in, by ``AuthFlow``. To add a flow, add an entry to ``FLOWS``."""

from __future__ import annotations

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in import choice, custom, follow_ups, password, srp
from pytest_cognito.cognito_idp.flows.sign_in.flow import ADMIN, API, HOSTED, PUBLIC, Flow

_BY_PASSWORD = ("USERNAME", "PASSWORD")
_ADMIN_PASSWORD = Flow(
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    ADMIN,
    _BY_PASSWORD,
    password.begin,
    follow_ups.decide,
    permission_error=errors.ADMIN_FLOW_NOT_ENABLED,
)

FLOWS = {
    "USER_PASSWORD_AUTH": Flow(
        "ALLOW_USER_PASSWORD_AUTH",
        PUBLIC | HOSTED,
        _BY_PASSWORD,
        password.begin,
        follow_ups.decide,
        permission_error=errors.FLOW_NOT_ENABLED,
    ),
    "ADMIN_USER_PASSWORD_AUTH": _ADMIN_PASSWORD,
    "ADMIN_NO_SRP_AUTH": _ADMIN_PASSWORD,
    "USER_SRP_AUTH": Flow("ALLOW_USER_SRP_AUTH", API, ("USERNAME", "SRP_A"), srp.begin, srp.decide, has_session=False),
    "CUSTOM_AUTH": Flow("ALLOW_CUSTOM_AUTH", API, ("USERNAME",), custom.begin, custom.decide),
    "USER_AUTH": Flow("ALLOW_USER_AUTH", API | HOSTED, (), choice.begin, choice.decide, members=choice.members),
}
