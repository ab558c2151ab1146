"""Identity pools, their roles, their principal tags, and what Cognito Sync does with their datasets."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.identity_pools import OIDC, SAML
from tests.support.stacks import POOL, Resources, Templates, attribute, ref, resource

ROLE = "arn:aws:iam::123456789012:role/app"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:synced"
TOPIC = "arn:aws:sns:us-east-1:123456789012:app/GCM/notes"
GOOGLE = "accounts.google.com"
STREAM = {"StreamName": "notes", "RoleArn": ROLE, "StreamingStatus": "ENABLED"}
PROVIDER = {
    "ProviderName": attribute("Users", "ProviderName"),
    "ClientId": ref("Client"),
    "ServerSideTokenCheck": "true",
}
USERS = {"Users": POOL, "Client": resource("Cognito::UserPoolClient", UserPoolId=ref("Users"))}


def pool(**properties: Any) -> dict[str, Any]:
    return resource("Cognito::IdentityPool", **{"AllowUnauthenticatedIdentities": "false", **properties})


def roles(**properties: Any) -> dict[str, Any]:
    return resource("Cognito::IdentityPoolRoleAttachment", IdentityPoolId=ref("Pool"), **properties)


def described(identity: Any, pool_id: str) -> dict[str, Any]:
    found: dict[str, Any] = identity.describe_identity_pool(IdentityPoolId=pool_id)
    del found["ResponseMetadata"]
    return found


def test_all_that_an_identity_pool_has(templates: Templates, cognito_identity: Any) -> None:
    stack = templates.deploy(
        {
            **USERS,
            "Pool": pool(
                AllowClassicFlow=True,
                CognitoIdentityProviders=[PROVIDER],
                DeveloperProviderName="login.example.com",
                IdentityPoolTags=[{"Key": "team", "Value": "notes"}],
                OpenIdConnectProviderARNs=[OIDC],
                SamlProviderARNs=[SAML],
                SupportedLoginProviders=json.dumps({GOOGLE: "1"}),
            ),
        }
    )
    made = stack.resource("Pool")
    name = made.attributes["Name"]
    assert name.startswith("notes-Pool-")
    assert made.attributes["Id"] == made.physical_id
    provider = stack.resource("Users").attributes["ProviderName"]
    client = {"ProviderName": provider, "ClientId": stack.physical_id("Client"), "ServerSideTokenCheck": True}
    assert described(cognito_identity, made.physical_id) == {
        "AllowClassicFlow": True,
        "AllowUnauthenticatedIdentities": False,
        "CognitoIdentityProviders": [client],
        "DeveloperProviderName": "login.example.com",
        "IdentityPoolId": made.physical_id,
        "IdentityPoolName": name,
        "IdentityPoolTags": {"team": "notes"},
        "OpenIdConnectProviderARNs": [OIDC],
        "SamlProviderARNs": [SAML],
        "SupportedLoginProviders": {GOOGLE: "1"},
    }
    templates.update(stack, {**USERS, "Pool": pool(AllowUnauthenticatedIdentities=True)})
    assert described(cognito_identity, made.physical_id) == {
        "AllowUnauthenticatedIdentities": True,
        "DeveloperProviderName": "login.example.com",  # once set, it stays
        "IdentityPoolId": made.physical_id,
        "IdentityPoolName": name,
        "IdentityPoolTags": {},
    }


def test_another_developer_provider_is_refused(templates: Templates) -> None:
    stack = templates.deploy({"Pool": pool(DeveloperProviderName="login.example.com")})
    told = templates.update_refused(stack, {"Pool": pool(DeveloperProviderName="other.example.com")})
    assert "Service: CognitoIdentity" in told


@pytest.mark.parametrize("text", ["{", "[]", '"notes"'])
def test_a_text_that_is_no_json_object_is_refused(templates: Templates, text: str) -> None:
    told = templates.refused({"Pool": pool(SupportedLoginProviders=text)})
    assert "#/SupportedLoginProviders: expected type: JSONObject, found: " in told


def test_what_sync_does_with_datasets(templates: Templates, cognito_sync: Any) -> None:
    push = {"ApplicationArns": [TOPIC], "RoleArn": ROLE}
    stack = templates.deploy(
        {"Pool": pool(PushSync=push, CognitoStreams=STREAM, CognitoEvents={"SyncTrigger": FUNCTION})}
    )
    pool_id = stack.physical_id("Pool")

    def configured() -> tuple[Any, Any, Any]:
        found = cognito_sync.get_identity_pool_configuration(IdentityPoolId=pool_id)
        events = cognito_sync.get_cognito_events(IdentityPoolId=pool_id)["Events"]
        return found.get("PushSync"), found.get("CognitoStreams"), events

    assert configured() == (push, STREAM, {"SyncTrigger": FUNCTION})
    templates.update(stack, {"Pool": pool(PushSync=push, CognitoEvents="{}")})
    assert configured() == (push, None, {})


def test_a_pool_whose_streams_are_refused_is_deleted(templates: Templates, cognito: Cognito) -> None:
    templates.refused({"Pool": pool(CognitoStreams={"StreamingStatus": "ENABLED"})})
    assert cognito.identity_pools == []


def test_roles_and_mappings(templates: Templates, cognito_identity: Any) -> None:
    key = {"Fn::Sub": "${Users.ProviderName}:${Client}"}
    mapping = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}
    rules = {"Rules": [{"Claim": "sub", "MatchType": "Equals", "Value": 1, "RoleARN": ROLE}]}
    google = {"Type": "Rules", "AmbiguousRoleResolution": "Deny", "RulesConfiguration": rules}
    resources: Resources = {
        **USERS,
        "Pool": pool(CognitoIdentityProviders=[PROVIDER], SupportedLoginProviders={GOOGLE: "1"}),
    }
    mappings = {"users": {**mapping, "IdentityProvider": key}, GOOGLE: google}
    stack = templates.deploy({**resources, "Roles": roles(Roles={"authenticated": ROLE}, RoleMappings=mappings)})
    pool_id = stack.physical_id("Pool")
    assert stack.physical_id("Roles") == pool_id == stack.resource("Roles").attributes["Id"]
    provider = f"{stack.resource('Users').attributes['ProviderName']}:{stack.physical_id('Client')}"
    found = cognito_identity.get_identity_pool_roles(IdentityPoolId=pool_id)
    assert found["Roles"] == {"authenticated": ROLE}
    rules["Rules"][0]["Value"] = "1"
    assert found["RoleMappings"] == {provider: mapping, GOOGLE: google}
    templates.update(stack, {**resources, "Roles": roles(Roles={"unauthenticated": ROLE})})
    found = cognito_identity.get_identity_pool_roles(IdentityPoolId=pool_id)
    assert (found["Roles"], found.get("RoleMappings")) == ({"unauthenticated": ROLE}, None)
    templates.update(stack, resources)
    assert cognito_identity.get_identity_pool_roles(IdentityPoolId=pool_id)["Roles"] == {}


def test_a_pool_has_one_attachment(templates: Templates) -> None:
    one = roles(Roles={"authenticated": ROLE})
    told = templates.refused({"Pool": pool(), "Roles": one, "Others": one})
    assert "Resource of type 'AWS::Cognito::IdentityPoolRoleAttachment' with identifier 'us-east-1:" in told
    assert told.endswith("HandlerErrorCode: AlreadyExists)")


def test_mappings_are_checked(templates: Templates) -> None:
    told = templates.refused({"Pool": pool(), "Roles": roles(RoleMappings={"x": {"Kind": "Token"}})})
    assert "#/RoleMappings/x: extraneous key [Kind] is not permitted" in told
    told = templates.refused({"Pool": pool(), "Roles": roles(RoleMappings="{}")})
    assert "#/RoleMappings: expected type: JSONObject, found: String" in told


def test_principal_tags(templates: Templates, cognito_identity: Any) -> None:
    resources: Resources = {"Pool": pool(SupportedLoginProviders={GOOGLE: "1"})}

    def mapped(**properties: Any) -> Resources:
        kind = "Cognito::IdentityPoolPrincipalTag"
        tag = resource(kind, IdentityPoolId=ref("Pool"), IdentityProviderName=GOOGLE, **properties)
        return {**resources, "Tags": tag}

    stack = templates.deploy(mapped(PrincipalTags={"email": "mail"}))
    pool_id = stack.physical_id("Pool")
    ids = {"IdentityPoolId": pool_id, "IdentityProviderName": GOOGLE}
    assert stack.physical_id("Tags") == f"{pool_id}|{GOOGLE}"
    found = cognito_identity.get_principal_tag_attribute_map(**ids)
    assert (found["UseDefaults"], found["PrincipalTags"]) == (False, {"email": "mail"})
    templates.update(stack, mapped(UseDefaults="true"))
    assert cognito_identity.get_principal_tag_attribute_map(**ids)["UseDefaults"] is True
    templates.update(stack, resources)
    found = cognito_identity.get_principal_tag_attribute_map(**ids)
    assert (found["UseDefaults"], found["PrincipalTags"]) == (False, {})
