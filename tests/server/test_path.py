"""One path through user pools with boto3, over a socket."""

from __future__ import annotations

import json
import urllib.request
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from botocore.exceptions import ClientError

from pytest_cognito.server.socket import Server
from pytest_cognito.world import World

from .loopback import PASSWORD, Command, client

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

# The clients below are to send: without this the plugin would not let them.
pytestmark = pytest.mark.cognito(real=True)


def make_pool(idp: CognitoIdentityProviderClient) -> tuple[str, str]:
    pool_id = idp.create_user_pool(PoolName="app", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    made = idp.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="app",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    return pool_id, made["UserPoolClient"]["ClientId"]


def sign_up(idp: CognitoIdentityProviderClient, client_id: str) -> None:
    idp.sign_up(
        ClientId=client_id,
        Username="ann",
        Password=PASSWORD,
        UserAttributes=[{"Name": "email", "Value": "ann@example.com"}],
    )


def sign_in(idp: CognitoIdentityProviderClient, client_id: str, password: str = PASSWORD) -> Any:
    parameters = {"USERNAME": "ann", "PASSWORD": password}
    return idp.initiate_auth(ClientId=client_id, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)


def keys_of(endpoint_url: str, pool_id: str) -> Any:
    with urllib.request.urlopen(f"{endpoint_url}/{pool_id}/.well-known/jwks.json") as answer:
        return jwt.PyJWKSet.from_dict(json.load(answer))


@pytest.mark.parametrize("region", ["us-east-1", "ap-southeast-2"])
def test_from_sign_up_to_a_verified_token(server: Server, world: World, region: str) -> None:
    idp = client(server.endpoint_url, region=region)
    pool_id, client_id = make_pool(idp)
    sign_up(idp, client_id)
    idp.confirm_sign_up(ClientId=client_id, Username="ann", ConfirmationCode=world.outbox.last().code)

    tokens = sign_in(idp, client_id)["AuthenticationResult"]

    user = idp.get_user(AccessToken=tokens["AccessToken"])
    assert {"Name": "email_verified", "Value": "true"} in user["UserAttributes"]
    key = keys_of(server.endpoint_url, pool_id)[jwt.get_unverified_header(tokens["IdToken"])["kid"]]
    claims = jwt.decode(tokens["IdToken"], key, algorithms=["RS256"], audience=client_id)
    assert claims["iss"] == f"https://cognito-idp.{region}.amazonaws.com/{pool_id}"
    assert claims["email"] == "ann@example.com"


def test_the_same_in_a_process_of_its_own(command: Command) -> None:
    idp = client(command.endpoint_url, region="eu-west-1")
    pool_id, client_id = make_pool(idp)
    sign_up(idp, client_id)
    with pytest.raises(ClientError, match="UserNotConfirmedException"):
        sign_in(idp, client_id)
    idp.admin_confirm_sign_up(UserPoolId=pool_id, Username="ann")

    tokens = sign_in(idp, client_id)["AuthenticationResult"]
    refreshed = idp.initiate_auth(
        ClientId=client_id, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": tokens["RefreshToken"]}
    )

    assert refreshed["AuthenticationResult"]["AccessToken"] != tokens["AccessToken"]
    assert len(keys_of(command.endpoint_url, pool_id).keys) == 2
    assert [user["Username"] for user in idp.list_users(UserPoolId=pool_id)["Users"]] == ["ann"]
    idp.delete_user_pool(UserPoolId=pool_id)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        idp.list_users(UserPoolId=pool_id)


def test_an_error_is_what_it_is_in_the_process(server: Server) -> None:
    idp = client(server.endpoint_url)
    pool_id, client_id = make_pool(idp)
    sign_up(idp, client_id)
    idp.admin_confirm_sign_up(UserPoolId=pool_id, Username="ann")

    with pytest.raises(idp.exceptions.NotAuthorizedException) as refused:
        sign_in(idp, client_id, "Wrong-horse-7")

    answer = refused.value.response
    assert answer["Error"] == {"Code": "NotAuthorizedException", "Message": "Incorrect username or password."}
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert headers["x-amzn-errortype"] == "NotAuthorizedException:"
    assert headers["x-amzn-errormessage"] == "Incorrect username or password."
    assert headers["x-amzn-requestid"] == answer["ResponseMetadata"]["RequestId"]


def test_two_regions_do_not_see_each_other(server: Server) -> None:
    here, there = (client(server.endpoint_url, region=region) for region in ("us-east-1", "eu-west-1"))
    pool_id, _ = make_pool(here)

    assert there.list_user_pools(MaxResults=10)["UserPools"] == []
    with pytest.raises(there.exceptions.ResourceNotFoundException):
        there.describe_user_pool(UserPoolId=pool_id)
