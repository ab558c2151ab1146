"""Which temporary credentials IAM does not take."""

from __future__ import annotations

import json
from typing import Any

import pytest
from moto import mock_aws

from pytest_cognito import Cognito
from tests.support.refusals import Refusal, refusal
from tests.support.roles import allow, session

pytestmark = pytest.mark.cognito(enforce=True)
INVALID = Refusal("InvalidClientTokenId", "The security token included in the request is invalid.")


def test_temporary_credentials_of_users(cognito: Cognito) -> None:
    cognito.iam.map("iam", "ListUsers", action="iam:ListUsers")
    everything = allow("*")
    user = cognito.iam.create_user("ann", policies=[everything], mfa=True)
    sts: Any = user.session().client("sts")
    mfa: Any = {"SerialNumber": user.mfa_serial, "TokenCode": user.mfa_code()}
    plain = sts.get_session_token()["Credentials"]
    with_mfa = sts.get_session_token(**mfa)["Credentials"]
    federated = sts.get_federation_token(Name="ann", Policy=json.dumps(everything))["Credentials"]

    with mock_aws():
        for given in (plain, federated):
            assert refusal(session(given).client("iam").list_users) == INVALID
        assert session(with_mfa).client("iam").list_users()["Users"] == []
