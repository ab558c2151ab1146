"""Types of IAM: roles, policies, users and identity providers of the account."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest

from pytest_cognito import Cognito
from pytest_cognito.infrastructure.errors import DeploymentError
from pytest_cognito.infrastructure.stacks.stack import Stack
from pytest_cognito.kernel.errors import Unsupported
from tests.support.roles import TRUST, allow
from tests.support.stacks import Resources, Templates, attribute, ref, resource

READ, WRITE = "s3:GetObject", "s3:PutObject"
ANY = "arn:aws:s3:::notes/*"
OF_AWS = "arn:aws:iam::aws:policy/"


def role(**properties: Any) -> dict[str, Any]:
    return resource("IAM::Role", AssumeRolePolicyDocument=TRUST, **properties)


def inline(name: str, *actions: str) -> dict[str, Any]:
    return {"PolicyName": name, "PolicyDocument": allow(list(actions))}


def allowed(cognito: Cognito, stack: Stack) -> set[str]:
    """What the role of a stack may do."""
    credentials = _role(cognito, stack).assume()
    return {action for action in (READ, WRITE) if credentials.can(action, ANY)}


def _role(cognito: Cognito, stack: Stack) -> Any:
    arn = stack.resource("Role").attributes["Arn"]
    return next(each for each in cognito.iam.roles if each.arn == arn)


def test_a_role_is_of_the_world(templates: Templates, cognito: Cognito) -> None:
    stack = templates.deploy(
        {
            "Role": role(
                Path="/app/",
                MaxSessionDuration="7200",
                Description="notes",
                Policies=[inline("read", READ)],
                Tags=[{"Key": "team", "Value": 1}],
            )
        }
    )
    made = stack.resource("Role")
    found = _role(cognito, stack)
    assert made.physical_id.startswith("notes-Role-")
    assert made.attributes == {
        "Arn": f"arn:aws:iam::123456789012:role/app/{made.physical_id}",
        "RoleId": found.id,
    }
    assert (found.max_session_duration, found.tags) == (7200, {"team": "1"})
    assert allowed(cognito, stack) == {READ}


def test_a_long_name_is_cut(templates: Templates) -> None:
    name = "A" * 100
    stack = templates.deploy({name: role()})
    assert len(stack.physical_id(name)) == 64


def test_a_change_of_a_role_leaves_the_policies_of_others(templates: Templates, cognito: Cognito) -> None:
    policy = resource("IAM::Policy", PolicyName="write", PolicyDocument=allow(WRITE), Roles=[ref("Role")])
    stack = templates.deploy({"Role": role(Policies=[inline("read", READ)]), "Policy": policy})
    assert allowed(cognito, stack) == {READ, WRITE}
    boundary = OF_AWS + "AmazonS3ReadOnlyAccess"
    templates.update(stack, {"Role": role(MaxSessionDuration=3600), "Policy": policy})
    assert allowed(cognito, stack) == {WRITE}
    templates.update(stack, {"Role": role(PermissionsBoundary=boundary), "Policy": policy})
    assert allowed(cognito, stack) == set()


def test_a_policy_goes_from_role_to_role(templates: Templates, cognito: Cognito) -> None:
    def policy(name: str, action: str, holder: str) -> dict[str, Any]:
        return resource("IAM::Policy", PolicyName=name, PolicyDocument=json.dumps(allow(action)), Roles=[ref(holder)])

    roles: Resources = {"Role": role(), "Other": role()}
    stack = templates.deploy({**roles, "Policy": policy("one", READ, "Role")})
    assert allowed(cognito, stack) == {READ}
    assert stack.physical_id("Policy") == stack.resource("Policy").attributes["Id"]
    templates.update(stack, {**roles, "Policy": policy("two", WRITE, "Role")})
    assert allowed(cognito, stack) == {WRITE}
    templates.update(stack, {**roles, "Policy": policy("two", WRITE, "Other")})
    assert allowed(cognito, stack) == set()


@pytest.mark.parametrize(
    ("kind", "more"),
    [("RolePolicy", {"PolicyName": "read", "RoleName": ref("Role")}), ("ManagedPolicy", {"Roles": [ref("Role")]})],
)
def test_policies_by_themselves(templates: Templates, cognito: Cognito, kind: str, more: dict[str, Any]) -> None:
    def policy(action: str) -> dict[str, Any]:
        return resource(f"IAM::{kind}", PolicyDocument=allow(action), **more)

    stack = templates.deploy({"Role": role(), "Policy": policy(READ)})
    assert allowed(cognito, stack) == {READ}
    templates.update(stack, {"Role": role(), "Policy": policy(WRITE)})
    assert allowed(cognito, stack) == {WRITE}
    templates.update(stack, {"Role": role()})
    assert allowed(cognito, stack) == set()


def test_a_managed_policy_is_attached_by_its_arn(templates: Templates, cognito: Cognito) -> None:
    def resources(action: str) -> Resources:
        policy = resource("IAM::ManagedPolicy", ManagedPolicyName="notes", PolicyDocument=allow(action))
        return {"Role": role(ManagedPolicyArns=[ref("Policy")]), "Policy": policy}

    stack = templates.deploy(resources(READ))
    arn = "arn:aws:iam::123456789012:policy/notes"
    assert stack.physical_id("Policy") == arn == stack.resource("Policy").attributes["PolicyArn"]
    assert stack.resource("Policy").attributes["PolicyId"].startswith("ANPA")
    assert allowed(cognito, stack) == {READ}
    templates.update(stack, resources(WRITE))
    assert allowed(cognito, stack) == {WRITE}
    assert stack.resource("Policy").attributes["DefaultVersionId"] == "v2"
    cognito.create_role("outside", TRUST, [arn])
    with pytest.raises(DeploymentError, match="Cannot delete a policy attached to entities"):
        stack.delete()


def test_a_policy_of_aws_is_asked_for_when_it_matters(templates: Templates, cognito: Cognito) -> None:
    arns = [f"{OF_AWS}service-role/AWSLambdaBasicExecutionRole", f"{OF_AWS}AmazonS3ReadOnlyAccess"]
    stack = templates.deploy({"Role": role(ManagedPolicyArns=arns)})
    assert allowed(cognito, stack) == {READ}
    templates.update(stack, {"Role": role(ManagedPolicyArns=[f"{OF_AWS}PowerUserAccess"])})
    with pytest.raises(Unsupported, match="does not know the document of arn:aws:iam::aws:policy/PowerUserAccess"):
        allowed(cognito, stack)


@pytest.mark.parametrize(
    ("resources", "told"),
    [
        ({"Role": resource("IAM::Role")}, "#: required key [AssumeRolePolicyDocument] not found"),
        ({"Role": role(Trust={})}, "#: extraneous key [Trust] is not permitted"),
        ({"Role": role(RoleName="app"), "Other": role(RoleName="APP")}, "Role with name "),
        ({"Role": role(Policies=[{"PolicyName": "p", "PolicyDocument": {}}])}, "Syntax error"),
        ({"Role": role(ManagedPolicyArns=["arn:aws:iam::123456789012:policy/no"])}, "is not attachable"),
        (
            {"Policy": resource("IAM::RolePolicy", PolicyName="p", RoleName="no", PolicyDocument=allow(READ))},
            "The role with name no cannot be found.",
        ),
        (
            {"Policy": resource("IAM::UserPolicy", PolicyName="p", UserName="no", PolicyDocument=allow(READ))},
            "The user with name no cannot be found.",
        ),
        ({"Key": resource("IAM::AccessKey", UserName="no")}, "The user with name no cannot be found."),
    ],
)
def test_refusals(templates: Templates, cognito: Cognito, resources: Resources, told: str) -> None:
    assert told in templates.refused(resources)
    assert cognito.iam.roles == []


def test_a_role_with_policies_of_others_is_not_deleted(templates: Templates) -> None:
    stack = templates.deploy({"Role": role(RoleName="app")})
    policy = resource("IAM::RolePolicy", RoleName="app", **inline("read", READ))
    other = templates.deploy({"Policy": policy}, name="other")
    with pytest.raises(DeploymentError, match="Cannot delete entity, must delete policies first"):
        stack.delete()
    other.delete()
    stack.delete()


def test_users_and_their_keys(templates: Templates, cognito: Cognito) -> None:
    def resources(*policies: dict[str, Any]) -> Resources:
        user = resource("IAM::User", UserName="ann", Path="/team/", Policies=list(policies))
        own = resource("IAM::UserPolicy", UserName=ref("User"), PolicyName="write", PolicyDocument=allow(WRITE))
        return {"User": user, "Policy": own, "Key": resource("IAM::AccessKey", UserName=ref("User"))}

    stack = templates.deploy(resources(inline("read", READ)))
    key = stack.resource("Key")
    assert stack.resource("User").attributes["Arn"] == "arn:aws:iam::123456789012:user/team/ann"
    assert key.attributes["Id"] == key.physical_id
    keys = {"aws_access_key_id": key.physical_id, "aws_secret_access_key": key.attributes["SecretAccessKey"]}
    identity = boto3.client("sts", region_name="us-east-1", **keys).get_caller_identity()
    assert identity["Arn"] == stack.resource("User").attributes["Arn"]
    templates.update(stack, resources())
    stack.delete()
    assert cognito.iam.users == []


@pytest.mark.parametrize(
    "properties", [{"Groups": ["all"]}, {"LoginProfile": {"Password": "Secret-1"}}], ids=["groups", "password"]
)
def test_what_users_do_not_have_here(templates: Templates, properties: dict[str, Any]) -> None:
    with pytest.raises(Unsupported, match=next(iter(properties))):
        templates.deploy({"User": resource("IAM::User", **properties)})


def test_a_policy_of_groups_is_not_known(templates: Templates) -> None:
    policy = resource("IAM::Policy", PolicyName="read", PolicyDocument=allow(READ), Groups=["all"])
    with pytest.raises(Unsupported, match="no groups of IAM users yet: attach the policy of Policy to roles or users"):
        templates.deploy({"Policy": policy})


def test_a_provider_of_open_id_connect_is_trusted(templates: Templates, cognito: Cognito) -> None:
    google = cognito.providers.oidc("https://idp.example.com")
    provider = resource("IAM::OIDCProvider", Url=google.url, ClientIdList=["notes"], ThumbprintList=["a" * 40])
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": ref("Provider")},
        "Action": "sts:AssumeRoleWithWebIdentity",
    }
    trust = {"Version": "2012-10-17", "Statement": [statement]}
    web = resource("IAM::Role", AssumeRolePolicyDocument=trust)
    stack = templates.deploy({"Provider": provider, "Role": web})
    arn = "arn:aws:iam::123456789012:oidc-provider/idp.example.com"
    assert stack.physical_id("Provider") == arn == stack.resource("Provider").attributes["Arn"]

    def assume(audience: str) -> Any:
        return cognito.call(
            "AssumeRoleWithWebIdentity",
            service="sts",
            RoleArn=stack.resource("Role").attributes["Arn"],
            RoleSessionName="ann",
            WebIdentityToken=str(google.token(sub="1", aud=audience)),
        )

    assert assume("notes")["SubjectFromWebIdentityToken"] == "1"
    templates.update(stack, {"Provider": {**provider, "Properties": {"Url": google.url}}, "Role": web})
    told = templates.refused({"Again": provider})
    assert "Provider with url https://idp.example.com already exists." in told
    stack.delete()


def test_a_saml_provider(templates: Templates, cognito: Cognito) -> None:
    metadata = cognito.providers.saml("https://idp.example.com").metadata
    provider = resource("IAM::SAMLProvider", Name="acme", SamlMetadataDocument=metadata)
    stack = templates.deploy({"Provider": provider})
    arn = "arn:aws:iam::123456789012:saml-provider/acme"
    assert stack.resource("Provider").attributes == {"Arn": arn}
    other = cognito.providers.saml("https://other.example.com").metadata
    templates.update(stack, {"Provider": resource("IAM::SAMLProvider", Name="acme", SamlMetadataDocument=other)})
    told = templates.refused({"Again": provider})
    assert "SAMLProvider with name acme already exists." in told
    role_of_it = role(Description=attribute("Provider", "Arn"))
    templates.update(stack, {"Provider": provider, "Role": role_of_it})
    stack.delete()
