"""Attributes that a configuration refers to, seen by the outputs of a stack that a test gives expressions for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3
import pytest

from pytest_cognito import Cognito, Unsupported
from tests.support.terraform_documents import POOL, POOL_ID, pool, resource, write_state

Outputs = Callable[..., dict[str, Any]]
IN_POOL: dict[str, Any] = {"user_pool_id": POOL_ID}
WEB = resource("aws_cognito_user_pool_client.web", id="1234567890abcdefghijklmnop", name="web", **IN_POOL)


@pytest.fixture
def outputs(cognito: Cognito, tmp_path: Path) -> Outputs:
    """Deploy a state whose outputs are those attributes of a resource that are asked for."""

    def outputs(address: str, names: list[str], *resources: dict[str, Any]) -> dict[str, Any]:
        keys = {f"o{place}": name for place, name in enumerate(names)}
        path = write_state(tmp_path / "state.json", *resources, **dict.fromkeys(keys, ""))
        values = {f"output.{key}": f"${{{address}.{name}}}" for key, name in keys.items()}
        given = cognito.deploy(path, name="app", values=values).outputs
        return {name: given[key] for key, name in keys.items()}

    return outputs


def test_of_a_user_pool(outputs: Outputs) -> None:
    names = ["id", "name", "estimated_number_of_users", "creation_date", "domain"]

    found = outputs(POOL, names, pool())

    assert found["id"].startswith("eu-west-1_")
    assert (found["name"], found["estimated_number_of_users"]) == ("main", 0)
    assert found["creation_date"]
    assert found["domain"] == ""


def test_of_a_user(outputs: Outputs) -> None:
    ann = resource(
        "aws_cognito_user.ann", username="ann", enabled=False, message_action="SUPPRESS", depends_on=[POOL], **IN_POOL
    )

    found = outputs(
        "aws_cognito_user.ann", ["id", "status", "mfa_setting_list", "preferred_mfa_setting", "sub"], pool(), ann
    )

    assert found.pop("sub")
    assert found.pop("id").endswith("/ann")
    assert found == {
        "status": "FORCE_CHANGE_PASSWORD",
        "mfa_setting_list": [],
        "preferred_mfa_setting": "",
    }


def test_of_a_domain(outputs: Outputs) -> None:
    address = "aws_cognito_user_pool_domain.main"
    names = ["domain", "aws_account_id", "cloudfront_distribution_zone_id", "s3_bucket", "version"]

    found = outputs(address, names, pool(), resource(address, domain="notes-example", **IN_POOL))

    assert (found["domain"], found["aws_account_id"]) == ("notes-example", "123456789012")
    assert found["cloudfront_distribution_zone_id"] == "Z2FDTNDATAQYW2"
    assert found["version"]


def test_of_a_resource_server(outputs: Outputs) -> None:
    scopes = [{"scope_name": name, "scope_description": name} for name in ("write", "read")]
    address = "aws_cognito_resource_server.notes"
    server = resource(address, identifier="notes", name="Notes", scope=scopes, **IN_POOL)

    found = outputs(address, ["id", "scope_identifiers", "scope_identifiers[1]"], pool(), server)

    assert found.pop("id").endswith("|notes")
    assert found == {
        "scope_identifiers": ["notes/read", "notes/write"],
        "scope_identifiers[1]": "notes/write",
    }


def test_of_a_style_sheet(outputs: Outputs) -> None:
    address = "aws_cognito_user_pool_ui_customization.main"
    style = resource(address, css=".label-customizable {color: red;}", **IN_POOL)
    domain = resource("aws_cognito_user_pool_domain.main", domain="notes-example", **IN_POOL)

    found = outputs(
        address,
        ["css_version", "image_url"],
        pool(user_pool_tier="ESSENTIALS"),
        domain,
        {**style, "depends_on": ["aws_cognito_user_pool_domain.main"]},
    )

    assert found["css_version"]
    assert found["image_url"] == ""


@pytest.mark.needs("CreateUserPoolReplica")
def test_a_replica(cognito: Cognito, tmp_path: Path) -> None:
    address = "aws_cognito_user_pool_replica.virginia"
    key = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234abcd12ab34cd56ef1234567890ab"
    main = pool(
        user_pool_tier="ESSENTIALS",
        issuer_configuration=[{"type": "UPDATED"}],
        key_configuration=[{"key_type": "CUSTOMER_MANAGED_KEY", "kms_key_arn": key}],
    )

    def state(status: str) -> Path:
        replica = resource(address, region_name="us-east-1", status=status, **IN_POOL)
        return write_state(tmp_path / "state.json", main, replica)

    stack = cognito.deploy(state("ACTIVE"))

    def replicas() -> list[tuple[str, str]]:
        listed = stack.user_pool().call("ListUserPoolReplicas")["UserPoolReplicas"]
        return [(each["RegionName"], each["Status"]) for each in listed if each["RegionName"] != stack.region]

    assert stack.physical_id(address) == f"{stack.user_pool().id},us-east-1"
    assert replicas() == [("us-east-1", "ACTIVE")]
    assert stack.update(state("INACTIVE")).modified == [address]
    assert replicas() == [("us-east-1", "INACTIVE")]
    tagged = resource(address, region_name="us-east-1", status="INACTIVE", tags_all={"a": "b"}, **IN_POOL)
    with pytest.raises(Unsupported, match="does not change the tags of aws_cognito_user_pool_replica"):
        stack.update(write_state(tmp_path / "state.json", main, tagged))
    stack.update(write_state(tmp_path / "state.json", main))
    assert replicas() == []


def test_what_users_of_a_provider_are_tagged_with(cognito: Cognito, tmp_path: Path) -> None:
    identities, provider = "us-east-1:12345678-dead-beef-cafe-123456789012", "accounts.google.com"
    identity_pool = resource(
        "aws_cognito_identity_pool.main",
        id=identities,
        identity_pool_name="notes",
        supported_login_providers={provider: "123.apps.googleusercontent.com"},
    )
    address = "aws_cognito_identity_pool_provider_principal_tag.google"
    where = {"identity_pool_id": identities, "identity_provider_name": provider}

    def tagged(*own: dict[str, Any]) -> Path:
        return write_state(tmp_path / "state.json", identity_pool, *own)

    def told() -> Mapping[str, Any]:
        call = boto3.client("cognito-identity", region_name=stack.region).get_principal_tag_attribute_map
        return call(IdentityPoolId=stack.identity_pool().id, IdentityProviderName=provider)

    stack = cognito.deploy(tagged(resource(address, use_defaults=False, principal_tags={"mail": "email"}, **where)))
    assert (told()["UseDefaults"], told()["PrincipalTags"]) == (False, {"mail": "email"})
    assert stack.resource(address).physical_id == f"{stack.identity_pool().id}:{provider}"

    assert stack.update(tagged(resource(address, principal_tags={"id": "sub"}, **where))).modified == [address]
    assert (told()["UseDefaults"], told()["PrincipalTags"]) == (True, {"id": "sub"})
    stack.update(tagged())
    assert (told()["UseDefaults"], told()["PrincipalTags"]) == (True, {})


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ({"type": "Token", "mapping_rule": [{"claim": "a"}]}, "ype"),
        ({"type": "Rules"}, "ule"),
    ],
)
def test_role_mappings_that_the_provider_refuses(
    cognito: Cognito, tmp_path: Path, mapping: dict[str, Any], says: str
) -> None:
    identities = "us-east-1:12345678-dead-beef-cafe-123456789012"
    attached = resource(
        "aws_cognito_identity_pool_roles_attachment.main",
        identity_pool_id=identities,
        roles={"authenticated": "arn:aws:iam::123456789012:role/users"},
        role_mapping=[
            {"identity_provider": "accounts.google.com", "ambiguous_role_resolution": "Deny", **mapping},
        ],
    )
    path = write_state(
        tmp_path / "state.json",
        resource("aws_cognito_identity_pool.main", id=identities, identity_pool_name="notes"),
        attached,
    )

    with pytest.raises(Exception, match=says):
        cognito.deploy(path)


def test_factors_in_a_second_call(cognito: Cognito, tmp_path: Path) -> None:
    sms = {"external_id": "notes", "sns_caller_arn": "arn:aws:iam::123456789012:role/sms", "sns_region": "us-east-1"}
    path = write_state(
        tmp_path / "state.json",
        pool(
            mfa_configuration="OPTIONAL",
            sms_configuration=[sms],
            sms_authentication_message="Code {####}",
            email_mfa_configuration=[{"message": "Mail {####}", "subject": "Code"}],
            email_configuration=[
                {
                    "email_sending_account": "DEVELOPER",
                    "source_arn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
                }
            ],
            account_recovery_setting=[{"recovery_mechanism": [{"name": "admin_only", "priority": 1}]}],
        ),
    )

    stack = cognito.deploy(path)

    factors = stack.user_pool().call("GetUserPoolMfaConfig")
    assert factors["SmsMfaConfiguration"]["SmsAuthenticationMessage"] == "Code {####}"
    assert factors["EmailMfaConfiguration"] == {"Message": "Mail {####}", "Subject": "Code"}


def test_a_changed_style_sheet_and_identity_pool(cognito: Cognito, tmp_path: Path) -> None:
    """Types without more than one operation change by it."""
    identities = "us-east-1:12345678-dead-beef-cafe-123456789012"

    def state(colour: str, classic: bool) -> Path:
        return write_state(
            tmp_path / "state.json",
            pool(),
            resource("aws_cognito_user_pool_domain.main", domain="notes-example", **IN_POOL),
            {
                **resource(
                    "aws_cognito_user_pool_ui_customization.main",
                    css=f".label-customizable {{color: {colour};}}",
                    **IN_POOL,
                ),
                "depends_on": ["aws_cognito_user_pool_domain.main"],
            },
            resource(
                "aws_cognito_identity_pool.main", id=identities, identity_pool_name="notes", allow_classic_flow=classic
            ),
        )

    stack = cognito.deploy(state("red", False))
    changes = stack.update(state("blue", True))

    assert changes.modified == ["aws_cognito_identity_pool.main", "aws_cognito_user_pool_ui_customization.main"]
    assert "blue" in stack.user_pool().call("GetUICustomization")["UICustomization"]["CSS"]
    client = boto3.client("cognito-identity", region_name=stack.region)
    described = client.describe_identity_pool(IdentityPoolId=stack.identity_pool().id)
    assert described["AllowClassicFlow"] is True


def test_a_policy_document(cognito: Cognito, tmp_path: Path) -> None:
    """A document that a plan does not have is made of its arguments, as the provider writes it."""
    allow = {
        "sid": "Notes",
        "actions": ["s3:GetObject"],
        "resources": ["*"],
        "principals": [{"type": "*", "identifiers": ["*"]}],
    }
    address = "data.aws_iam_policy_document.notes"
    path = write_state(tmp_path / "state.json", resource("aws_sqs_queue.notes", name="notes"))
    content = json.loads(path.read_text())
    content["values"]["root_module"]["resources"].append(
        {
            "address": address,
            "mode": "data",
            "type": "aws_iam_policy_document",
            "name": "notes",
            "values": {"policy_id": "p", "statement": [allow]},
        }
    )
    content["values"]["outputs"]["document"] = {"sensitive": False, "value": ""}
    path.write_text(json.dumps(content))

    stack = cognito.deploy(path, values={"output.document": f"${{{address}.minified_json}}"})

    statement = {"Sid": "Notes", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Principal": "*"}
    assert json.loads(stack.outputs["document"]) == {"Version": "2012-10-17", "Id": "p", "Statement": [statement]}
