"""Types of resources: what the provider sends for each, and how AWS describes what was made."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_cognito import Cognito, Stack
from pytest_cognito.infrastructure.errors import DeploymentError
from tests.support.terraform_documents import POOL, POOL_ID, pool, resource, write_state

Deploy = Callable[..., Stack]
IN_POOL: dict[str, Any] = {"user_pool_id": POOL_ID}
WEB = resource("aws_cognito_user_pool_client.web", id="1234567890abcdefghijklmnop", name="web", **IN_POOL)


@pytest.fixture
def deploy(cognito: Cognito, tmp_path: Path) -> Deploy:
    def deploy(*resources: dict[str, Any]) -> Stack:
        return cognito.deploy(write_state(tmp_path / "state.json", *resources), name="app")

    return deploy


@pytest.fixture
def update(tmp_path: Path) -> Callable[..., Any]:
    def update(stack: Stack, *resources: dict[str, Any]) -> Any:
        return stack.update(write_state(tmp_path / "state.json", *resources))

    return update


def test_a_password_policy_in_part(deploy: Deploy) -> None:
    """The provider sends what is not set as nought, which is too short."""
    with pytest.raises(DeploymentError) as caught:
        deploy(pool(password_policy=[{"require_lowercase": True, "minimum_length": None}]))

    assert caught.value.logical_id == POOL
    assert "policies.passwordPolicy.minimumLength" in caught.value.reason


def test_mfa_follows_in_a_second_call(deploy: Deploy, cognito: Cognito) -> None:
    deploy(
        pool(
            mfa_configuration="OPTIONAL",
            software_token_mfa_configuration=[{"enabled": True}],
            sign_in_policy=[{"allowed_first_auth_factors": ["PASSWORD", "WEB_AUTHN"]}],
            web_authn_configuration=[{"relying_party_id": "example.com", "user_verification": "required"}],
        )
    )

    created, configured = (
        call for call in cognito.calls if call.operation in ("CreateUserPool", "SetUserPoolMfaConfig")
    )
    assert "MfaConfiguration" not in created.parameters
    assert configured.parameters["WebAuthnConfiguration"] == {
        "RelyingPartyId": "example.com",
        "UserVerification": "required",
    }


def test_a_user_pool_changes_in_place(deploy: Deploy, update: Callable[..., Any]) -> None:
    attribute = {"name": "tenant", "attribute_data_type": "String", "mutable": True}
    stack = deploy(pool(tags_all={"a": "1", "b": "1"}, mfa_configuration="OFF"))
    mfa = {"mfa_configuration": "OPTIONAL", "software_token_mfa_configuration": [{"enabled": True}]}

    changes = update(stack, pool(tags_all={"a": "2"}, schema=[attribute], **mfa))

    assert changes.modified == [POOL]
    settings = stack.user_pool().call("DescribeUserPool")["UserPool"]
    assert (settings["UserPoolTags"], settings["MfaConfiguration"]) == ({"a": "2"}, "OPTIONAL")
    assert "custom:tenant" in [each["Name"] for each in settings["SchemaAttributes"]]
    with pytest.raises(DeploymentError, match="cannot modify or remove schema items"):
        update(stack, pool(tags_all={"a": "2"}, **mfa))


def test_a_client_has_units_that_are_not_said(deploy: Deploy) -> None:
    units = [{"access_token": "minutes", "id_token": None, "refresh_token": None}]
    stack = deploy(
        pool(), {**WEB, "values": {**WEB["values"], "access_token_validity": 30, "token_validity_units": units}}
    )

    client = stack.user_pool().call("DescribeUserPoolClient", ClientId=stack.client("web").id)["UserPoolClient"]

    assert client["TokenValidityUnits"] == {"AccessToken": "minutes", "IdToken": "hours", "RefreshToken": "days"}


def test_a_client_that_somebody_else_has_made(deploy: Deploy, update: Callable[..., Any]) -> None:
    managed = resource("aws_cognito_managed_user_pool_client.search", name_prefix="AmazonOpenSearch", **IN_POOL)
    stack = deploy(pool())
    with pytest.raises(DeploymentError, match="0 clients match name_prefix 'AmazonOpenSearch'"):
        update(stack, pool(), managed)
    there = stack.user_pool().create_client(ClientName="AmazonOpenSearchService-notes")

    managed["values"]["callback_urls"] = ["https://example.com/"]
    update(stack, pool(), managed)

    assert stack.client("search").id == there.id
    client = stack.user_pool().call("DescribeUserPoolClient", ClientId=there.id)["UserPoolClient"]
    assert client["CallbackURLs"] == ["https://example.com/"]
    update(stack, pool())
    assert there.name == "AmazonOpenSearchService-notes"


def test_a_group_with_precedence_nought(deploy: Deploy) -> None:
    stack = deploy(pool(), resource("aws_cognito_user_group.admins", name="admins", precedence=0, **IN_POOL))

    [group] = stack.user_pool().call("ListGroups")["Groups"]

    assert "Precedence" not in group


def test_a_user_from_invitation_to_change(deploy: Deploy, update: Callable[..., Any], cognito: Cognito) -> None:
    ann = {"username": "ann", "attributes": {"email": "ann@example.com", "nickname": "a"}, **IN_POOL}
    ann["desired_delivery_mediums"] = ["EMAIL"]
    stack = deploy(pool(), resource("aws_cognito_user.ann", **ann))
    assert "Your username is ann" in cognito.outbox.last(to="ann@example.com").body
    assert stack.user_pool().user("ann").status == "FORCE_CHANGE_PASSWORD"

    ann = {**ann, "attributes": {"email": "new@example.com"}, "enabled": False, "password": "Correct-horse-7"}
    update(stack, pool(), resource("aws_cognito_user.ann", **ann))

    user = stack.user_pool().user("ann")
    assert (user.status, user.enabled) == ("CONFIRMED", False)
    assert (user.attributes["email"], "nickname" in user.attributes) == ("new@example.com", False)
    assert stack.resource("ann").attributes["sub"] == user.sub


def test_settings_of_a_pool_and_its_clients(deploy: Deploy) -> None:
    event = {"event_action": "BLOCK", "notify": False}
    stack = deploy(
        pool(user_pool_tier="PLUS", user_pool_add_ons=[{"advanced_security_mode": "ENFORCED"}]),
        {**WEB, "depends_on": [POOL]},
        resource("aws_cognito_user_pool_domain.main", domain="notes-example", managed_login_version=2, **IN_POOL),
        resource(
            "aws_cognito_risk_configuration.main",
            compromised_credentials_risk_configuration=[
                {"event_filter": ["SIGN_IN"], "actions": [{"event_action": "BLOCK"}]}
            ],
            account_takeover_risk_configuration=[{"actions": [{"high_action": [event]}]}],
            risk_exception_configuration=[{"blocked_ip_range_list": ["10.10.10.10/32"]}],
            **IN_POOL,
        ),
        {
            **resource(
                "aws_cognito_user_pool_ui_customization.main", css=".label-customizable {color: red;}", **IN_POOL
            ),
            "depends_on": ["aws_cognito_user_pool_domain.main"],
        },
        resource(
            "aws_cognito_managed_login_branding.web",
            client_id="1234567890abcdefghijklmnop",
            settings=json.dumps({"componentClasses": {"buttons": {"borderRadius": 8.0}}}),
            **IN_POOL,
        ),
        resource(
            "aws_cognito_log_delivery_configuration.main",
            log_configurations=[
                {
                    "event_source": "userNotification",
                    "log_level": "ERROR",
                    "cloud_watch_logs_configuration": [
                        {"log_group_arn": "arn:aws:logs:us-east-1:123456789012:log-group:notes"}
                    ],
                }
            ],
            **IN_POOL,
        ),
        resource(
            "aws_cognito_resource_server.notes",
            identifier="notes",
            name="Notes",
            scope=[{"scope_name": "read", "scope_description": "Read"}],
            **IN_POOL,
        ),
    )
    made = stack.user_pool()

    risk = made.call("DescribeRiskConfiguration")["RiskConfiguration"]
    assert risk["RiskExceptionConfiguration"] == {"BlockedIPRangeList": ["10.10.10.10/32"]}
    assert risk["AccountTakeoverRiskConfiguration"]["Actions"] == {
        "HighAction": {"EventAction": "BLOCK", "Notify": False}
    }
    assert "red" in made.call("GetUICustomization")["UICustomization"]["CSS"]
    branding = stack.resource("aws_cognito_managed_login_branding.web").attributes["managed_login_branding_id"]
    assert made.call("DescribeManagedLoginBranding", ManagedLoginBrandingId=branding)["ManagedLoginBranding"][
        "Settings"
    ]
    [logs] = made.call("GetLogDeliveryConfiguration")["LogDeliveryConfiguration"]["LogConfigurations"]
    assert logs["CloudWatchLogsConfiguration"]["LogGroupArn"].endswith(":notes")
    [server] = made.call("ListResourceServers", MaxResults=10)["ResourceServers"]
    assert server["Scopes"] == [{"ScopeName": "read", "ScopeDescription": "Read"}]
    stack.delete()


def test_what_is_wrong_with_a_role_mapping(deploy: Deploy) -> None:
    mapping = {"identity_provider": "accounts.google.com", "type": "Token"}
    identity_pool = resource(
        "aws_cognito_identity_pool.main", identity_pool_name="x", id="eu-west-1:12345678-dead-beef-cafe-123456789012"
    )
    attachment = resource(
        "aws_cognito_identity_pool_roles_attachment.main",
        identity_pool_id="eu-west-1:12345678-dead-beef-cafe-123456789012",
        roles={"authenticated": "arn:aws:iam::123456789012:role/users"},
        role_mapping=[mapping],
    )

    with pytest.raises(DeploymentError, match="Ambiguous Role Resolution must be defined"):
        deploy(identity_pool, attachment)


def test_policies_of_a_role(deploy: Deploy, cognito: Cognito) -> None:
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
    }
    allow = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]})
    arn = "arn:aws:iam::999988887777:policy/all"

    stack = deploy(
        resource(
            "aws_iam_role.app",
            name="app",
            assume_role_policy=json.dumps(trust),
            arn="arn:aws:iam::999988887777:role/app",
        ),
        resource("aws_iam_policy.all", name="all", policy=allow, arn=arn),
        resource("aws_iam_role_policy_attachment.app", role="app", policy_arn=arn),
        resource("aws_iam_role_policy.app", role="app", name_prefix="own-", policy=allow),
    )
    [role] = cognito.iam.roles

    assert role.assume().can("s3:GetObject", "arn:aws:s3:::any/thing")
    assert stack.resource("aws_iam_role_policy.app").attributes["id"].startswith("app:own-")
    stack.delete()
    assert cognito.iam.roles == []
