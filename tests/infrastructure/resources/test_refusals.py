"""What is refused of IAM's types and of others; what nobody makes; and functions for a pool's rarer triggers."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import Cognito, DeploymentError
from pytest_cognito.kernel.errors import Unsupported
from tests.support.roles import TRUST, allow
from tests.support.stacks import POOL, Resources, Templates, attribute, ref, resource
from tests.support.trigger_projects import ROLE, Project, function, permission

READ = allow(["s3:GetObject"])
ROLE_OF_APP = resource("IAM::Role", RoleName="app", AssumeRolePolicyDocument=TRUST)


@pytest.mark.parametrize(
    ("resources", "reason"),
    [
        (
            {"A": resource("IAM::User", UserName="ann"), "B": resource("IAM::User", UserName="ann")},
            "User with name ann already exists.",
        ),
        (
            {
                name: resource("IAM::ManagedPolicy", ManagedPolicyName="read", PolicyDocument=READ)
                for name in ("A", "B")
            },
            "A policy called read already exists",
        ),
        (
            {
                "Pool": POOL,
                "Style": resource("Cognito::UserPoolUICustomizationAttachment", UserPoolId=ref("Pool"), ClientId="ALL"),
            },
            "domain",
        ),
    ],
)
def test_what_aws_refuses(templates: Templates, resources: Resources, reason: str) -> None:
    assert reason in templates.refused(resources)


def test_a_role_with_a_policy_of_another_stack_stays(templates: Templates, cognito: Cognito) -> None:
    stack = templates.deploy({"Role": ROLE_OF_APP}, name="role")
    policy = resource("IAM::ManagedPolicy", ManagedPolicyName="read", PolicyDocument=READ, Roles=["app"])
    other = templates.deploy({"Policy": policy}, name="policy")

    with pytest.raises(DeploymentError, match="Cannot delete entity, must detach all policies first"):
        stack.delete()

    other.delete()
    stack.delete()
    assert cognito.iam.roles == []


@pytest.mark.parametrize(
    ("properties", "named"), [({"Status": "Inactive"}, "no inactive access keys"), ({"Serial": 1}, None)]
)
def test_access_keys(templates: Templates, properties: dict[str, Any], named: str | None) -> None:
    user = resource("IAM::User", UserName="ann")
    key = resource("IAM::AccessKey", UserName=ref("User"))
    stack = templates.deploy({"User": user, "Key": key})
    changed = {"User": user, "Key": {**key, "Properties": {**key["Properties"], **properties}}}

    if named is None:
        assert templates.update(stack, changed).replaced == ["Key"]
    else:
        with pytest.raises(Unsupported, match=named):
            templates.update(stack, changed)
        active = {**key, "Properties": {**key["Properties"], "Status": "Active"}}
        assert templates.update(stack, {"User": user, "Key": active}).modified == ["Key"]


def test_what_is_not_known_of_iam(templates: Templates, cognito: Cognito) -> None:
    stack = templates.deploy({"User": resource("IAM::User", UserName="ann", Path="/a/")})
    with pytest.raises(Unsupported, match="does not change the Path of User"):
        templates.update(stack, {"User": resource("IAM::User", UserName="ann", Path="/b/")})
    metadata = cognito.providers.saml("https://idp.example.com").metadata
    provider = resource("IAM::SAMLProvider", Name="acme", SamlMetadataDocument=metadata, AddPrivateKey="key")
    with pytest.raises(Unsupported, match="does not know AddPrivateKey of Provider"):
        templates.deploy({"Provider": provider}, name="other")


@mock_aws
def test_properties_in_other_forms(templates: Templates) -> None:
    """What services of others take as they take it: a list of tags as a map, texts as numbers and truth values."""
    key = {"AttributeName": "id", "KeyType": "HASH"}
    table = resource(
        "DynamoDB::Table",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[key],
        DeletionProtectionEnabled="false",
        SSESpecification={"SSEEnabled": True},
        ProvisionedThroughput={"ReadCapacityUnits": "2", "WriteCapacityUnits": "1"},
    )
    logs = resource("Logs::LogGroup", LogGroupName="/notes", Tags=[{"Key": "team", "Value": "notes"}])
    secret = resource("SecretsManager::Secret", Name="given", SecretString="text")
    stack = templates.deploy({"Table": table, "Logs": logs, "Secret": secret})

    made = boto3.client("dynamodb", region_name="us-east-1").describe_table(TableName=stack.physical_id("Table"))
    assert made["Table"]["SSEDescription"]["Status"] == "ENABLED"
    assert made["Table"]["ProvisionedThroughput"]["ReadCapacityUnits"] == 2
    groups = boto3.client("logs", region_name="us-east-1")
    assert groups.list_tags_log_group(logGroupName="/notes")["tags"] == {"team": "notes"}
    secrets = boto3.client("secretsmanager", region_name="us-east-1")
    assert secrets.get_secret_value(SecretId="given")["SecretString"] == "text"


@mock_aws
def test_a_bucket_with_something_in_it_stays(templates: Templates) -> None:
    stack = templates.deploy({"Bucket": resource("S3::Bucket", BucketName="notes")})
    files = boto3.client("s3", region_name="us-east-1")
    files.put_object(Bucket="notes", Key="a", Body=b"a")

    with pytest.raises(DeploymentError, match="not empty"):
        stack.delete()

    files.delete_object(Bucket="notes", Key="a")
    stack.delete()


def test_event_sources_and_urls_of_functions_are_left_out(project: Project) -> None:
    project.write(**{"src/app.py": "def handler(event, context): ..."})
    stack = project.deploy(
        {
            "Role": ROLE,
            "Hook": function(),
            "Source": resource("Lambda::EventSourceMapping", FunctionName=ref("Hook"), EventSourceArn="arn:aws:sqs:a"),
            "Url": resource("Lambda::Url", TargetFunctionArn=attribute("Hook", "Arn"), AuthType="AWS_IAM"),
        }
    )

    assert stack.left_out == {
        name: f"nothing here makes resources of the type AWS::Lambda::{kind}"
        for name, kind in (("Source", "EventSourceMapping"), ("Url", "Url"))
    }
    assert repr(stack.function("Hook")) == f"<StackFunction Hook: {stack.physical_id('Hook')}>"


MIGRATE = """
def handler(event, context):
    event["response"]["userAttributes"] = {"email": "ann@example.com", "email_verified": "true"}
    event["response"]["finalUserStatus"] = "CONFIRMED"
    event["response"]["messageAction"] = "SUPPRESS"
    return event
"""


def test_a_function_migrates_users(project: Project) -> None:
    project.write(**{"src/app.py": MIGRATE})
    client = resource("Cognito::UserPoolClient", UserPoolId=ref("Pool"), ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    stack = project.deploy(
        {
            "Role": ROLE,
            "Hook": function(),
            "HookPermission": permission(),
            "Pool": resource("Cognito::UserPool", LambdaConfig={"UserMigration": attribute("Hook", "Arn")}),
            "Client": client,
        }
    )

    project.cognito.call(
        "InitiateAuth",
        ClientId=stack.client().id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ann", "PASSWORD": "Correct-horse-7"},
    )

    ann = stack.user_pool().user("ann")
    assert (ann.status, ann.attributes["email"]) == ("CONFIRMED", "ann@example.com")


@pytest.mark.needs("CreateUserPoolRequest.UserPoolTier")
def test_a_pool_with_passkeys(templates: Templates) -> None:
    pool = resource(
        "Cognito::UserPool",
        Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}},
        WebAuthnRelyingPartyID="notes.example.com",
        WebAuthnUserVerification="required",
    )
    stack = templates.deploy({"Pool": pool})

    told = stack.user_pool().call("GetUserPoolMfaConfig")["WebAuthnConfiguration"]
    assert (told["RelyingPartyId"], told["UserVerification"]) == ("notes.example.com", "required")
