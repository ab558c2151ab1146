"""A plan and a state as AWS's provider has written them, deployed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import AppClient, Cognito, UserPool
from tests.support.terraform_documents import rewrite

POOL = "module.auth.aws_cognito_user_pool.main"
PASSWORD = "Correct-horse-7"


def described(pool: UserPool) -> dict[str, Any]:
    settings: dict[str, Any] = pool.call("DescribeUserPool")["UserPool"]
    return settings


def settings_of(pool: UserPool, client: AppClient) -> dict[str, Any]:
    settings: dict[str, Any] = pool.call("DescribeUserPoolClient", ClientId=client.id)["UserPoolClient"]
    return settings


@pytest.fixture(params=["plan.json", "state.json"])
def document(request: pytest.FixtureRequest, project: Path) -> Path:
    return project / str(request.param)


def test_all_of_it_is_made_as_configured(cognito: Cognito, document: Path) -> None:
    stack = cognito.deploy(document)

    pool = stack.user_pool(POOL)
    assert (stack.region, pool.id.partition("_")[0]) == ("eu-west-1", "eu-west-1")
    assert described(pool)["UserPoolTags"] == {"team": "identity"}
    assert described(pool)["MfaConfiguration"] == "OPTIONAL"
    policy = described(pool)["Policies"]["PasswordPolicy"]
    assert (policy["MinimumLength"], policy["RequireLowercase"], policy["RequireUppercase"]) == (10, True, False)
    assert stack.client('aws_cognito_user_pool_client.app["web"]').secret
    assert stack.client('app["spa"]').secret is None
    assert settings_of(pool, stack.client('app["spa"]'))["CallbackURLs"] == ["http://localhost:3000/"]
    assert settings_of(pool, stack.client('app["spa"]'))["SupportedIdentityProviders"] == ["COGNITO", "Google"]
    assert pool.user("ann").groups == ["group-1"]
    assert pool.user("ann").attributes["custom:tenant"] == "t1"
    assert stack.outputs["user_pool_id"] == pool.id
    assert stack.outputs["issuer"] == pool.issuer
    assert stack.outputs["client_secret"] == stack.client('app["web"]').secret
    assert [name for name in stack.left_out if not name.startswith("output.")] == []


def test_the_function_in_the_archive_is_the_trigger(cognito: Cognito, document: Path) -> None:
    stack = cognito.deploy(document)

    tokens = stack.user_pool("main").user("ann").sign_in(password=PASSWORD, client=stack.client('app["spa"]'))

    assert tokens.id_claims["tenant"] == "t1"
    assert stack.environment("claims") == {"TENANT": "t1"}


def test_users_get_the_credentials_of_the_role(cognito: Cognito, document: Path) -> None:
    stack = cognito.deploy(document)
    tokens = stack.user_pool("main").user("ann").sign_in(password=PASSWORD, client=stack.client('app["spa"]'))

    identity = stack.identity_pool("aws_cognito_identity_pool.main").identity_of(tokens)

    assert identity.credentials().can("s3:GetObject", "arn:aws:s3:::notes/1")
    assert not identity.credentials().can("s3:PutObject", "arn:aws:s3:::notes/1")


def test_the_source_of_an_archive_stands_for_it(cognito: Cognito, project: Path) -> None:
    source = project / "source"
    source.mkdir()
    (source / "claims.py").write_text("def handler(event, context):\n    return event\n")
    values = {"output_path": "./claims.zip", "source_dir": "source", "type": "zip"}
    archive = {"address": "data.archive_file.claims", "mode": "data", "type": "archive_file", "name": "claims"}

    def with_archive(plan: dict[str, Any]) -> None:
        plan["prior_state"] = {"values": {"root_module": {"resources": [{**archive, "values": values}]}}}

    stack = cognito.deploy(rewrite(project / "plan.json", with_archive))

    assert Path(str(stack.function("claims").module.__file__)).parent == source.resolve()


def test_ids_of_a_state_are_new_wherever_they_stand(cognito: Cognito, project: Path) -> None:
    old = json.loads((project / "state.json").read_text())["values"]["outputs"]

    stack = cognito.deploy(project / "state.json")

    pool_id, client_id = stack.user_pool("main").id, stack.client('app["spa"]').id
    assert pool_id != old["user_pool_id"]["value"]
    assert stack.outputs["environment"] == {"POOL": pool_id, "CLIENT": client_id}
    [mapping] = stack.identity_pool().call("GetIdentityPoolRoles")["RoleMappings"]
    assert mapping.endswith(f"{pool_id}:{client_id}")


def test_ids_of_a_state_are_kept_if_asked_for(cognito: Cognito, project: Path) -> None:
    old = json.loads((project / "state.json").read_text())["values"]["outputs"]

    stack = cognito.deploy(project / "state.json", ids="keep")

    assert {name: output["value"] for name, output in old.items()} == stack.outputs
    assert stack.client('app["web"]').secret == old["client_secret"]["value"]
    recorded = (project / "state.json").read_text()
    assert stack.user_pool().user("ann").sub in recorded
    assert stack.identity_pool().id in recorded


def test_another_account_and_region(cognito: Cognito, project: Path) -> None:
    def elsewhere(state: dict[str, Any]) -> None:
        text = json.dumps(state["values"]).replace("123456789012", "999988887777")
        state["values"] = json.loads(text)

    stack = cognito.deploy(rewrite(project / "state.json", elsewhere), name="notes")

    trigger = described(stack.user_pool())["LambdaConfig"]["PreTokenGeneration"]
    assert trigger == f"arn:aws:lambda:eu-west-1:{cognito.account_id}:function:claims"
    stack.delete()
    assert cognito.pools == []


def test_an_update_says_what_terraform_would_replace(cognito: Cognito, project: Path) -> None:
    stack = cognito.deploy(project / "plan.json")
    pool = stack.user_pool()

    def changed(plan: dict[str, Any]) -> None:
        for change in plan["resource_changes"]:
            after = change["change"]["after"]
            if change["type"] == "aws_cognito_user_pool_domain":
                after["domain"] = "notes-second"
            if change["type"] == "aws_cognito_user_pool":
                after["password_policy"][0]["minimum_length"] = 14

    changes = stack.update(rewrite(project / "plan.json", changed))

    assert changes.replaced == ["module.auth.aws_cognito_user_pool_domain.main"]
    assert changes.modified == [POOL]
    assert stack.user_pool().id == pool.id
    assert described(pool)["Domain"] == "notes-second"
    assert described(pool)["Policies"]["PasswordPolicy"]["MinimumLength"] == 14
    assert str(stack.update(project / "plan.json")) == "no changes"
