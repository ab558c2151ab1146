"""``AWS::Cognito::UserPoolClient``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.stacks import POOL, Templates, attribute, ref, resource

GOOGLE = resource(
    "Cognito::UserPoolIdentityProvider",
    UserPoolId=ref("Pool"),
    ProviderName="Google",
    ProviderType="Google",
    ProviderDetails={"client_id": "1", "client_secret": "2", "authorize_scopes": "email"},
)
SCOPES = resource(
    "Cognito::UserPoolResourceServer",
    UserPoolId=ref("Pool"),
    Identifier="notes",
    Name="Notes",
    Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}],
)


def client(*depends_on: str, **properties: Any) -> dict[str, Any]:
    return resource("Cognito::UserPoolClient", *depends_on, UserPoolId=ref("Pool"), **properties)


def test_ref_is_its_id_and_the_secret_is_an_attribute(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Client": client(GenerateSecret="true", AccessTokenValidity="2")})
    made = stack.resource("Client")
    ids = {"UserPoolId": stack.physical_id("Pool"), "ClientId": made.physical_id}
    found = cognito_idp.describe_user_pool_client(**ids)["UserPoolClient"]
    assert made.attributes == {
        "ClientId": made.physical_id,
        "ClientSecret": found["ClientSecret"],
        "Name": found["ClientName"],
    }
    assert found["ClientName"].startswith("notes-Client-")
    assert found["AccessTokenValidity"] == 2


def test_a_change_resets_what_the_template_has_no_longer(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Client": client(LogoutURLs=["https://example.com"], IdTokenValidity=2)})
    before = stack.resource("Client")
    changes = templates.update(stack, {"Pool": POOL, "Client": client(IdTokenValidity=3)})
    ids = {"UserPoolId": stack.physical_id("Pool"), "ClientId": before.physical_id}
    found = cognito_idp.describe_user_pool_client(**ids)["UserPoolClient"]
    assert "LogoutURLs" not in found
    assert (found["IdTokenValidity"], found["ClientName"]) == (3, before.attributes["Name"])
    assert list(changes.replaced) == []


def test_a_secret_is_a_new_client(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Client": client()})
    before = stack.physical_id("Client")
    templates.update(stack, {"Pool": POOL, "Client": client(GenerateSecret=True)})
    listed = cognito_idp.list_user_pool_clients(UserPoolId=stack.physical_id("Pool"))["UserPoolClients"]
    assert [one["ClientId"] for one in listed] == [stack.physical_id("Client")]
    assert stack.physical_id("Client") != before


@pytest.mark.parametrize(
    ("properties", "told", "needed"),
    [
        ({"SupportedIdentityProviders": ["Google"]}, "The provider Google does not exist for User Pool", "Google"),
        (
            {
                "AllowedOAuthScopes": ["notes/read"],
                "AllowedOAuthFlows": ["client_credentials"],
                "AllowedOAuthFlowsUserPoolClient": True,
                "GenerateSecret": True,
            },
            "Invalid scope requested: notes/read",
            "Scopes",
        ),
    ],
)
def test_what_it_names_but_does_not_refer_to_it_must_depend_on(
    templates: Templates, properties: dict[str, Any], told: str, needed: str
) -> None:
    resources = {"Pool": POOL, "Client": client(**properties), "Google": GOOGLE, "Scopes": SCOPES}
    reason = templates.refused(resources)
    assert told in reason
    assert reason.endswith(f"\nClient may be made before what it needs: add DependsOn: {needed}")
    templates.deploy({**resources, "Client": client(needed, **properties)})


def test_a_client_of_no_pool_is_refused(templates: Templates) -> None:
    reason = templates.refused({"Client": resource("Cognito::UserPoolClient", ClientName="web")})
    told = "#: required key [UserPoolId] not found"
    assert reason == f"Properties validation failed for resource Client with message:\n{told}"


def test_a_change_to_a_provider_that_is_not_there_is_refused(templates: Templates, cognito_idp: Any) -> None:
    stack = templates.deploy({"Pool": POOL, "Client": client()})
    told = templates.update_refused(stack, {"Pool": POOL, "Client": client(SupportedIdentityProviders=["Okta"])})
    assert "The provider Okta does not exist for User Pool" in told
    assert "DependsOn" not in told


def test_an_output_can_have_the_secret(templates: Templates) -> None:
    stack = templates.deploy(
        {
            "Pool": POOL,
            "Client": client(GenerateSecret=True),
            "Other": client(ClientName=attribute("Client", "Name")),
        }
    )
    assert stack.resource("Other").attributes["Name"] == stack.resource("Client").attributes["Name"]
    assert "ClientSecret" not in stack.resource("Other").attributes
