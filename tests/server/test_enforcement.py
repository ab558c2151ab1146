"""Calls over the loopback server that are authorised."""

from __future__ import annotations

import json

import urllib3
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from pytest_cognito import Cognito
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support.roles import allow

USER = "User: arn:aws:iam::123456789012:user/ann is not authorized to perform: cognito-idp:ListUserPools on resource: *"


def list_user_pools(server: Server, credentials: Credentials) -> urllib3.BaseHTTPResponse:
    """The call as an SDK of another language sends it."""
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": "AWSCognitoIdentityProviderService.ListUserPools",
    }
    request = AWSRequest("POST", server.endpoint_url, headers=headers, data=b'{"MaxResults":1}')
    SigV4Auth(credentials, "cognito-idp", "us-east-1").add_auth(request)
    return urllib3.request("POST", f"{server.endpoint_url}/", headers=dict(request.headers), body=request.data)


def test_what_policies_do_not_allow_is_refused_over_http(world: World, server: Server) -> None:
    cognito = Cognito(world)
    ann, ben = cognito.iam.create_user("ann"), cognito.iam.create_user("ben", [allow("cognito-idp:ListUserPools")])
    cognito.iam.enforce()

    refused = list_user_pools(server, Credentials(ann.access_key_id, ann.secret_access_key))

    assert (refused.status, refused.headers["x-amzn-ErrorType"]) == (400, "AccessDeniedException:")
    assert json.loads(refused.data) == {
        "__type": "AccessDeniedException",
        "Message": f"{USER} because no identity-based policy allows the cognito-idp:ListUserPools action",
    }
    assert list_user_pools(server, Credentials(ben.access_key_id, ben.secret_access_key)).status == 200
    assert list_user_pools(server, Credentials("AKIDEXAMPLE", "secret")).status == 200
