"""Terraform's AWS provider against the server, where this machine has it.

``terraform init`` finds the provider as it does for the user: in the registry, or in a mirror that Terraform's own
settings name (``TF_CLI_CONFIG_FILE``, or ``TF_CLI_ARGS_init=-plugin-dir=...``).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import IdentityPool, cognito_identity, mock_cognito
from pytest_cognito.cognito import Cognito
from pytest_cognito.server.socket import Server
from pytest_cognito.world import World
from tests.support.functions import unchanged
from tests.support.pool_settings import differences, normalised, settings_of

CONFIGURATION = Path(__file__).parent.parent / "terraform"
NO_CHANGES, CHANGES = 0, 2
ALL_CHANGED = ("-var=changed=true", "-var=minimum_length=20")
REGION = "eu-west-1"


def run(*command: str, directory: Path) -> subprocess.CompletedProcess[str]:
    """Run Terraform in a directory, without the credentials and profiles of this machine."""
    return subprocess.run(
        command,
        cwd=directory,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "CHECKPOINT_DISABLE": "1",
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the configuration and the provider."""
    program = shutil.which("terraform")
    if program is None:
        pytest.skip("Terraform is not installed")
    directory = tmp_path_factory.mktemp("terraform")
    for part in CONFIGURATION.glob("*.tf"):
        shutil.copy(part, directory)
    done = run(program, "init", "-input=false", "-no-color", directory=directory)
    if done.returncode:
        pytest.skip(f"Terraform could not install its AWS provider: {' '.join(done.stderr.split())}")
    return directory


@dataclass
class Terraform:
    """Terraform with the server's address, and a state of its own."""

    directory: Path
    state: Path
    endpoint_url: str

    def apply(self, *variables: str) -> None:
        self._run("apply", "-auto-approve", *variables)

    def destroy(self, *variables: str) -> None:
        self._run("destroy", "-auto-approve", *variables)

    def plan(self, to: Path) -> Path:
        """What Terraform shows of a plan, which `apply_plan` applies."""
        self._run("plan", f"-out={to}")
        return self._show(to)

    def apply_plan(self, plan: Path) -> Path:
        """Apply a plan, and give what Terraform shows of the state after it."""
        done = run("terraform", "apply", "-input=false", f"-state={self.state}", str(plan), directory=self.directory)
        assert done.returncode == 0, done.stdout + done.stderr
        return self._show(self.state)

    def _show(self, file: Path) -> Path:
        done = run("terraform", "show", "-json", str(file), directory=self.directory)
        assert done.returncode == 0, done.stderr
        shown = file.with_suffix(".json")
        shown.write_text(done.stdout)
        return shown

    def assert_up_to_date(self, *variables: str) -> None:
        """Plan, and assert that there is nothing to do."""
        planned = self._run("plan", "-detailed-exitcode", *variables, expected=(NO_CHANGES, CHANGES))
        assert planned.returncode == NO_CHANGES, planned.stdout

    def _run(self, command: str, *options: str, expected: tuple[int, ...] = (0,)) -> subprocess.CompletedProcess[str]:
        done = run(
            *("terraform", command, "-input=false", "-no-color", f"-state={self.state}"),
            *(f"-var=endpoint={self.endpoint_url}", *options),
            directory=self.directory,
        )
        assert done.returncode in expected, done.stdout + done.stderr
        return done


@pytest.fixture
def terraform(directory: Path, tmp_path: Path, server: Server, world: World) -> Terraform:
    world.functions.register("arn:aws:lambda:eu-west-1:123456789012:function:greet", unchanged)
    return Terraform(directory, tmp_path / "terraform.tfstate", server.endpoint_url)


def describe(world: World, name: str) -> dict[str, Any]:
    """The user pool with this name."""
    cognito = Cognito(world)
    pools = cognito.call("ListUserPools", region=REGION, MaxResults=60)["UserPools"]
    (pool_id,) = (pool["Id"] for pool in pools if pool["Name"] == name)
    pool: dict[str, Any] = cognito.call("DescribeUserPool", region=REGION, UserPoolId=pool_id)["UserPool"]
    return pool


def everything(world: World) -> dict[str, Any]:
    """What AWS says of all that the configuration has made, without what differs from one making to the next."""
    return normalised(dict(settings_of(world)))


def identity_pool(world: World) -> IdentityPool:
    (record,) = world.store[cognito_identity.POOLS]
    return Cognito(world).identity_pool(record.id)


def test_deployments_of_a_plan_and_a_state_agree_with_terraform(
    terraform: Terraform, world: World, tmp_path: Path
) -> None:
    plan = terraform.plan(tmp_path / "tfplan")
    state = terraform.apply_plan(tmp_path / "tfplan")
    applied = everything(world)

    for shown, ids in ((plan, "new"), (state, "new"), (state, "keep")):
        with mock_cognito() as cognito:
            cognito.world.functions.register("arn:aws:lambda:eu-west-1:123456789012:function:greet", unchanged)
            cognito.deploy(shown, ids=ids)
            assert differences(everything(cognito.world), applied) == []


def test_a_changed_password_policy(terraform: Terraform, world: World) -> None:
    terraform.apply()
    terraform.assert_up_to_date()
    before = describe(world, "app")

    terraform.apply("-var=minimum_length=16")

    terraform.assert_up_to_date("-var=minimum_length=16")
    policies = before["Policies"]
    policies["PasswordPolicy"]["MinimumLength"] = 16
    after = describe(world, "app")
    assert {**before, "LastModifiedDate": after["LastModifiedDate"]} == after
    assert after["UserPoolTags"] == {"team": "identity", "stage": "test"}


def test_something_of_every_resource_changes_and_then_all_goes(terraform: Terraform, world: World) -> None:
    terraform.apply()
    terraform.apply(*ALL_CHANGED)

    terraform.assert_up_to_date(*ALL_CHANGED)
    pool = describe(world, "app")
    assert pool["UserPoolTags"] == {"team": "identity", "stage": "test", "cost": "1"}
    assert (pool["MfaConfiguration"], pool["Domain"]) == ("OFF", "example-second")
    identities = identity_pool(world)
    assert identities.settings["AllowClassicFlow"] is True
    assert identities.roles == {"authenticated": "arn:aws:iam::123456789012:role/users"}
    [trusted] = identities.settings["CognitoIdentityProviders"]
    tags = identities.call("GetPrincipalTagAttributeMap", IdentityProviderName=trusted["ProviderName"])
    assert tags["PrincipalTags"] == {"department": "custom:dept"}
    terraform.destroy(*ALL_CHANGED)
    assert Cognito(world).call("ListUserPools", region=REGION, MaxResults=60)["UserPools"] == []
    assert len(world.store[cognito_identity.POOLS]) == 0
