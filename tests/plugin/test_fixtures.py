"""Every fixture gives what the documentation says, in the state that the test before left nothing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import boto3
import jwt
import pytest

from pytest_cognito.cognito import AppClient, Cognito, Tokens, Triggers, User, UserPool
from pytest_cognito.server.socket import Server

from .conftest import Run

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

    from pytest_cognito.kernel.clock import Clock
    from pytest_cognito.kernel.faults import Faults
    from pytest_cognito.kernel.outbox import Outbox


def test_cognito_answers_the_calls_of_its_test(cognito: Cognito) -> None:
    boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=1)

    assert [call.operation for call in cognito.calls] == ["ListUserPools"]


def test_cognito_begins_empty(cognito: Cognito) -> None:
    assert (cognito.pools, len(cognito.calls), len(cognito.outbox)) == ([], 0, 0)


def test_the_user_pool_verifies_email_addresses_and_has_one_client(cognito_user_pool: UserPool) -> None:
    described = cognito_user_pool.call("DescribeUserPool")["UserPool"]

    assert described["AutoVerifiedAttributes"] == ["email"]
    assert len(cognito_user_pool.clients) == 1


def test_the_app_client_is_the_pools_and_allows_password_sign_in(
    cognito_user_pool: UserPool, cognito_app_client: AppClient
) -> None:
    assert cognito_app_client.id == cognito_user_pool.client.id
    assert "ALLOW_USER_PASSWORD_AUTH" in cognito_app_client.flows


def test_the_user_is_confirmed_and_signs_in_with_the_password(
    cognito_user: User, cognito_app_client: AppClient, cognito_idp: CognitoIdentityProviderClient
) -> None:
    assert cognito_user.password is not None
    answer = cognito_idp.initiate_auth(
        AuthFlow="USER_PASSWORD_AUTH",
        ClientId=cognito_app_client.id,
        AuthParameters={"USERNAME": cognito_user.username, "PASSWORD": cognito_user.password},
    )

    assert cognito_user.status == "CONFIRMED"
    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"


def test_the_tokens_are_the_users(cognito_user: User, cognito_tokens: Tokens) -> None:
    claims = jwt.decode(cognito_tokens.access_token, options={"verify_signature": False})

    assert claims["sub"] == cognito_user.sub


def test_the_header_bears_the_access_token(cognito_tokens: Tokens, cognito_auth_header: dict[str, str]) -> None:
    assert cognito_auth_header == {"Authorization": f"Bearer {cognito_tokens.access_token}"}


def test_triggers_are_registered_and_read(cognito_user: User, cognito_triggers: Triggers) -> None:
    @cognito_triggers.on("PostAuthentication")
    def seen(event: dict[str, Any], context: object) -> dict[str, Any]:
        return event

    cognito_user.sign_in()

    assert cognito_triggers.last("PostAuthentication").event["userName"] == cognito_user.username


def test_the_outbox_has_what_was_sent(
    cognito_app_client: AppClient, cognito_idp: CognitoIdentityProviderClient, cognito_outbox: Outbox
) -> None:
    cognito_idp.sign_up(
        ClientId=cognito_app_client.id,
        Username="bob",
        Password="Passw0rd!",
        UserAttributes=[{"Name": "email", "Value": "bob@example.com"}],
    )

    assert cognito_outbox.last(to="bob@example.com").source == "SignUp"


def test_the_clock_moves_cognitos_time(
    cognito_tokens: Tokens, cognito_idp: CognitoIdentityProviderClient, cognito_clock: Clock
) -> None:
    cognito_clock.advance(hours=2)

    with pytest.raises(cognito_idp.exceptions.NotAuthorizedException, match="expired"):
        cognito_idp.get_user(AccessToken=cognito_tokens.access_token)


def test_faults_are_injected(cognito_idp: CognitoIdentityProviderClient, cognito_faults: Faults) -> None:
    cognito_faults.fail("ListUserPools", times=20, code="InternalErrorException")

    with pytest.raises(cognito_idp.exceptions.InternalErrorException):
        cognito_idp.list_user_pools(MaxResults=1)


@pytest.mark.parametrize("service", ["cognito_idp", "cognito_identity", "cognito_sync", "cognito_sts"])
def test_clients_are_made_once(service: str, request: pytest.FixtureRequest, cognito: Cognito) -> None:
    client = request.getfixturevalue(service)

    assert client.meta.region_name == cognito.region
    assert client is getattr(test_clients_are_made_once, service, client)
    setattr(test_clients_are_made_once, service, client)


@pytest.mark.cognito(region="eu-central-1")
def test_clients_are_of_the_region_of_the_marker(cognito_idp: CognitoIdentityProviderClient) -> None:
    assert cognito_idp.meta.region_name == "eu-central-1"


def test_the_server_is_on_the_world_of_the_test(cognito_server: Server, cognito_user_pool: UserPool) -> None:
    client = boto3.client(
        "cognito-idp",
        region_name="us-east-1",
        endpoint_url=cognito_server.endpoint_url,
        aws_access_key_id="any",
        aws_secret_access_key="any",
    )

    assert [pool["Id"] for pool in client.list_user_pools(MaxResults=9)["UserPools"]] == [cognito_user_pool.id]


def test_what_one_test_makes_the_next_does_not_see(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(3))
        def test_alone(cognito, number):
            assert cognito.pools == []
            cognito.create_user_pool()
        """
    )

    result.assert_outcomes(passed=3)


def test_the_plugin_documents_its_fixtures(run: Run) -> None:
    result = run("", "--fixtures")

    lines = [line for line in result.outlines if line.startswith("cognito")]
    assert len(lines) >= 16
    assert "no docstring" not in "".join(lines)
