"""What is of a user pool: domains, groups, users, identity providers, resource servers."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.stacks import POOL, Templates, ref, resource

OF_POOL = {"UserPoolId": ref("Pool")}
CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/a1"


def domain(**properties: Any) -> dict[str, Any]:
    return resource("Cognito::UserPoolDomain", **OF_POOL, **properties)


def group(**properties: Any) -> dict[str, Any]:
    return resource("Cognito::UserPoolGroup", **OF_POOL, **properties)


def user(**properties: Any) -> dict[str, Any]:
    return resource("Cognito::UserPoolUser", **OF_POOL, **properties)


def server(**properties: Any) -> dict[str, Any]:
    return resource("Cognito::UserPoolResourceServer", **OF_POOL, Identifier="notes", **properties)


def provider(**properties: Any) -> dict[str, Any]:
    details = {"client_id": 1, "client_secret": "2", "authorize_scopes": "email"}
    named = {"ProviderName": "Google", "ProviderType": "Google", "ProviderDetails": details}
    return resource("Cognito::UserPoolIdentityProvider", **OF_POOL, **named, **properties)


def test_a_domain_of_a_prefix(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Domain": domain(Domain="notes-test", ManagedLoginVersion="2")})
    found = cognito_idp.describe_user_pool_domain(Domain="notes-test")["DomainDescription"]
    assert stack.physical_id("Domain") == "notes-test"
    assert stack.resource("Domain").attributes == {"CloudFrontDistribution": found["CloudFrontDistribution"]}
    templates.update(stack, {"Pool": POOL, "Domain": domain(Domain="notes-test", ManagedLoginVersion=1)})
    assert "UpdateUserPoolDomain" in templates.operations()
    stack.delete()
    assert cognito_idp.describe_user_pool_domain(Domain="notes-test")["DomainDescription"] == {}


def test_a_domain_of_ones_own(templates: Templates) -> None:
    config = {"CertificateArn": CERTIFICATE}
    stack = templates.deploy({"Pool": POOL, "Domain": domain(Domain="auth.example.com", CustomDomainConfig=config)})
    assert stack.resource("Domain").attributes["CloudFrontDistribution"].endswith(".cloudfront.net")


def test_a_domain_that_is_taken_or_gone(templates: Templates, cognito: Cognito, cognito_idp: Any) -> None:
    other = cognito.create_user_pool()
    cognito_idp.create_user_pool_domain(UserPoolId=other.id, Domain="notes-test")
    told = templates.refused({"Pool": POOL, "Domain": domain(Domain="notes-test")})
    assert "Domain already associated with another user pool" in told
    cognito_idp.delete_user_pool_domain(UserPoolId=other.id, Domain="notes-test")
    stack = templates.deploy({"Pool": POOL, "Domain": domain(Domain="notes-test")})
    cognito_idp.delete_user_pool_domain(UserPoolId=stack.physical_id("Pool"), Domain="notes-test")
    stack.delete()


def test_groups_and_who_is_in_them(templates: Templates, cognito_idp: Any) -> None:
    membership = resource(
        "Cognito::UserPoolUserToGroupAttachment", "Ann", **OF_POOL, Username=ref("Ann"), GroupName=ref("Group")
    )
    ann = user(Username="ann", MessageAction="SUPPRESS")
    first = {"Pool": POOL, "Group": group(Precedence="0", Description="all"), "Ann": ann, "In": membership}
    stack = templates.deploy(first)
    pool_id, name = stack.physical_id("Pool"), stack.physical_id("Group")
    found = cognito_idp.get_group(UserPoolId=pool_id, GroupName=name)["Group"]
    assert name.startswith("notes-Group-")
    assert (found["Precedence"], found["Description"]) == (0, "all")
    assert stack.physical_id("In").startswith("UserToGroupAttachment-")
    groups = cognito_idp.admin_list_groups_for_user(UserPoolId=pool_id, Username="ann")["Groups"]
    assert [one["GroupName"] for one in groups] == [name]
    templates.update(stack, {"Pool": POOL, "Group": group(Precedence=2), "Ann": ann})
    assert cognito_idp.get_group(UserPoolId=pool_id, GroupName=name)["Group"]["Precedence"] == 2
    assert cognito_idp.admin_list_groups_for_user(UserPoolId=pool_id, Username="ann")["Groups"] == []


def test_a_user_is_invited_and_has_to_choose_a_password(templates: Templates, cognito: Cognito) -> None:
    address = {"Name": "email", "Value": "ann@example.com"}
    stack = templates.deploy({"Pool": POOL, "Ann": user(UserAttributes=[address], DesiredDeliveryMediums=["EMAIL"])})
    name = stack.physical_id("Ann")
    assert name in cognito.outbox.last(to="ann@example.com").body
    assert stack.user_pool().user(name).status == "FORCE_CHANGE_PASSWORD"


def test_every_change_of_a_user_is_another_user(templates: Templates) -> None:
    stack = templates.deploy({"Pool": POOL, "Ann": user(Username="ann", MessageAction="SUPPRESS")})
    changed = user(Username="ann", MessageAction="SUPPRESS", ForceAliasCreation=True)
    assert "User account already exists" in templates.update_refused(stack, {"Pool": POOL, "Ann": changed})


def test_a_user_has_no_password_in_a_template(templates: Templates) -> None:
    told = templates.refused({"Pool": POOL, "Ann": user(Username="ann", TemporaryPassword="Secret-1")})
    assert "#: extraneous key [TemporaryPassword] is not permitted" in told


def test_identity_providers(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Google": provider(AttributeMapping={"email": "email"})})
    ids = {"UserPoolId": stack.physical_id("Pool"), "ProviderName": stack.physical_id("Google")}
    found = cognito_idp.describe_identity_provider(**ids)["IdentityProvider"]
    assert (ids["ProviderName"], found["ProviderDetails"]["client_id"]) == ("Google", "1")
    templates.update(stack, {"Pool": POOL, "Google": provider(IdpIdentifiers=["g"])})
    assert cognito_idp.describe_identity_provider(**ids)["IdentityProvider"]["IdpIdentifiers"] == ["g"]
    templates.update(stack, {"Pool": POOL})
    assert cognito_idp.list_identity_providers(UserPoolId=ids["UserPoolId"])["Providers"] == []


def test_resource_servers(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Scopes": server(Name="Notes")})
    ids = {"UserPoolId": stack.physical_id("Pool"), "Identifier": stack.physical_id("Scopes")}
    scope = {"ScopeName": "read", "ScopeDescription": "Read"}
    templates.update(stack, {"Pool": POOL, "Scopes": server(Name="All notes", Scopes=[scope])})
    found = cognito_idp.describe_resource_server(**ids)["ResourceServer"]
    assert (found["Name"], found["Scopes"], ids["Identifier"]) == ("All notes", [scope], "notes")
    templates.update(stack, {"Pool": POOL})
    listed = cognito_idp.list_resource_servers(UserPoolId=ids["UserPoolId"], MaxResults=1)
    assert listed["ResourceServers"] == []


@pytest.mark.parametrize("gone", [("Ann", "admin_delete_user", "Username"), ("Group", "delete_group", "GroupName")])
def test_what_a_test_has_deleted_is_no_hindrance(
    templates: Templates, cognito_idp: Any, cognito: Cognito, gone: tuple[str, str, str]
) -> None:
    logical_id, operation, member = gone
    stack = templates.deploy({"Pool": POOL, "Ann": user(MessageAction="SUPPRESS"), "Group": group()})
    ids = {"UserPoolId": stack.physical_id("Pool"), member: stack.physical_id(logical_id)}
    getattr(cognito_idp, operation)(**ids)
    stack.delete()
    assert cognito.pools == []
