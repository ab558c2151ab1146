"""The AWS CLI and the AWS SDK for JavaScript against the server, each where this machine has it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support import node

from .loopback import PASSWORD


class AWS:
    """The AWS CLI, with the server's address."""

    def __init__(self, program: str, endpoint_url: str, home: str) -> None:
        self.start = [program, "--region", "eu-west-1", "--output", "json"]
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))},
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_ENDPOINT_URL": endpoint_url,
            "AWS_PAGER": "",
            "HOME": home,  # below which it keeps the credentials of roles, for the next time
        }

    def run(self, *arguments: str, service: str = "cognito-idp") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.start, service, *arguments],
            capture_output=True,
            text=True,
            env=self.environment,
            timeout=120,
            check=False,
        )

    def __call__(self, *arguments: str, service: str = "cognito-idp") -> Any:
        done = self.run(*arguments, service=service)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout else None


@pytest.fixture
def aws(server: Server, tmp_path: Path) -> AWS:
    program = shutil.which("aws")
    if program is None:
        pytest.skip("the AWS CLI is not installed")
    return AWS(program, server.endpoint_url, str(tmp_path))


def test_the_aws_cli(aws: AWS, world: World) -> None:
    pool_id = aws("create-user-pool", "--pool-name", "cli")["UserPool"]["Id"]
    flows = ["--explicit-auth-flows", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = aws("create-user-pool-client", "--user-pool-id", pool_id, "--client-name", "app", *flows)
    client_id = made["UserPoolClient"]["ClientId"]
    aws("sign-up", "--client-id", client_id, "--username", "ann", "--password", PASSWORD)
    aws("admin-confirm-sign-up", "--user-pool-id", pool_id, "--username", "ann")

    sign_in = ["initiate-auth", "--client-id", client_id, "--auth-flow", "USER_PASSWORD_AUTH", "--auth-parameters"]
    tokens = aws(*sign_in, f"USERNAME=ann,PASSWORD={PASSWORD}")["AuthenticationResult"]
    refused = aws.run(*sign_in, "USERNAME=ann,PASSWORD=Wrong-horse-7")

    assert aws("get-user", "--access-token", tokens["AccessToken"])["Username"] == "ann"
    assert refused.returncode != 0
    assert "(NotAuthorizedException) when calling the InitiateAuth operation" in refused.stderr
    assert {call.region for call in world.calls} == {"eu-west-1"}


def test_the_aws_cli_with_an_identity_pool(aws: AWS, world: World, tmp_path: Path) -> None:
    """It assumes a role by the token of a guest, and has the credentials of an identity."""
    cognito = Cognito(world)
    pool = cognito.create_identity_pool(region="eu-west-1", AllowUnauthenticatedIdentities=True)
    pool.set_roles(unauthenticated=pool.create_role("guests", guests=True))

    made = aws("get-id", "--identity-pool-id", pool.id, "--no-sign-request", service="cognito-identity")
    (guest,) = pool.identities
    assert made == {"IdentityId": guest.id}
    token = tmp_path / "token"
    token.write_text(guest.open_id_token())
    web = {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_ROLE_ARN": pool.roles["unauthenticated"]}
    credentials = guest.credentials()
    own = aws.environment
    aws.environment = {**own, **credentials.environment}
    assert aws("get-caller-identity", service="sts")["Arn"] == credentials.arn
    aws.environment = {name: value for name, value in own.items() if "_KEY" not in name} | web
    assert ":assumed-role/guests/" in aws("get-caller-identity", service="sts")["Arn"]


@pytest.fixture(scope="module")
def node_program() -> str:
    return node.program()


def test_the_aws_sdk_for_javascript(node_program: str, server: Server, world: World) -> None:
    said = node.run(node_program, "sign_in.mjs", server.endpoint_url)

    assert said["pool"].startswith("eu-central-1_")
    assert (said["created"], said["email"], said["keys"]) == (True, "ann@example.com", 2)
    assert said["requestId"] == world.calls.of("GetUser")[0].request_id
    assert said["refused"] == {
        "name": "NotAuthorizedException",
        "message": "Incorrect username or password.",
        "known": True,
        "status": 400,
    }
