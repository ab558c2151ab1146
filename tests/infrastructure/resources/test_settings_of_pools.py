"""What is set for a pool or an app client: risks, styles, terms, logs, replicas."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.replicated import CONDITIONS
from tests.support.stacks import Resources, Templates, attribute, ref, resource

OF_CLIENT = {"UserPoolId": ref("Pool"), "ClientId": ref("Client")}
PLUS = resource("Cognito::UserPool", UserPoolTier="PLUS", UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"})
CLIENT = resource("Cognito::UserPoolClient", UserPoolId=ref("Pool"))
DOMAIN = resource("Cognito::UserPoolDomain", UserPoolId=ref("Pool"), Domain="notes-settings")
LINKS = {"cognito:default": "https://example.com/terms"}
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(16)).decode()
GROUP = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/vendedlogs/notes"


def with_pool(**resources: dict[str, Any]) -> Resources:
    return {"Pool": PLUS, "Client": CLIENT, **resources}


def risks(client: Any, action: str) -> dict[str, Any]:
    reaction = {"Actions": {"EventAction": action}}
    return resource(
        "Cognito::UserPoolRiskConfigurationAttachment",
        UserPoolId=ref("Pool"),
        ClientId=client,
        CompromisedCredentialsRiskConfiguration=reaction,
    )


@pytest.mark.parametrize("client", ["ALL", ref("Client")])
def test_risk_configurations(templates: Templates, cognito_idp: Any, client: Any) -> None:
    stack = templates.deploy(with_pool(Risks=risks(client, "BLOCK")))
    pool_id, client_id = stack.physical_id("Pool"), stack.physical_id("Client")
    named = "ALL" if client == "ALL" else client_id
    assert stack.physical_id("Risks") == f"UserPoolRiskConfigurationAttachment-{pool_id}-{named}"
    ids = {"UserPoolId": pool_id} if client == "ALL" else {"UserPoolId": pool_id, "ClientId": client_id}

    def action() -> str | None:
        found = cognito_idp.describe_risk_configuration(**ids)["RiskConfiguration"]
        own = found.get("CompromisedCredentialsRiskConfiguration") or {"Actions": {"EventAction": None}}
        return str(own["Actions"]["EventAction"])

    assert action() == "BLOCK"
    templates.update(stack, with_pool(Risks=risks(client, "NO_ACTION")))
    assert action() == "NO_ACTION"
    templates.update(stack, with_pool())
    assert action() == "None"


def test_style_sheets_need_a_domain(templates: Templates, cognito_idp: Any) -> None:
    css = ".banner-customizable {background: teal;}"
    kind = "Cognito::UserPoolUICustomizationAttachment"
    style = {"UserPoolId": ref("Pool"), "ClientId": "ALL", "CSS": css}
    told = templates.refused(with_pool(Style=resource(kind, **style), ZDomain=DOMAIN))
    assert "There has to be an existing domain associated with this user pool" in told
    assert told.endswith("add DependsOn: ZDomain")
    stack = templates.deploy(with_pool(Style=resource(kind, "ZDomain", **style), ZDomain=DOMAIN))
    pool_id = stack.physical_id("Pool")
    found = cognito_idp.get_ui_customization(UserPoolId=pool_id)["UICustomization"]
    assert (found["CSS"], found["ClientId"]) == (css, "ALL")
    assert stack.physical_id("Style") == f"UserPoolUICustomizationAttachment-{pool_id}-ALL"
    templates.update(stack, with_pool(ZDomain=DOMAIN))
    assert cognito_idp.get_ui_customization(UserPoolId=pool_id)["UICustomization"] == {}


@pytest.mark.needs("CreateManagedLoginBranding")
def test_styles_of_managed_login_have_images_in_base64(templates: Templates, cognito_idp: Any) -> None:
    image = {"Category": "PAGE_HEADER_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": PNG}
    kind = "Cognito::ManagedLoginBranding"
    style = resource(kind, **OF_CLIENT, Assets=[image], ReturnMergedResources="true")
    stack = templates.deploy(with_pool(Style=style))
    branding_id = stack.resource("Style").attributes["ManagedLoginBrandingId"]
    pool_id = stack.physical_id("Pool")
    ids = {"UserPoolId": pool_id, "ManagedLoginBrandingId": branding_id}
    found = cognito_idp.describe_managed_login_branding(**ids)["ManagedLoginBranding"]
    assert found["Assets"][0]["Bytes"] == base64.b64decode(PNG)
    assert stack.physical_id("Style") == f"{pool_id}|{branding_id}"
    changed = resource(kind, **OF_CLIENT, UseCognitoProvidedValues=True)
    templates.update(stack, with_pool(Style=changed))
    assert cognito_idp.describe_managed_login_branding(**ids)["ManagedLoginBranding"]["UseCognitoProvidedValues"]
    told = templates.update_refused(
        stack, with_pool(Style=resource(kind, **OF_CLIENT, Assets=[{**image, "Bytes": "no base64"}]))
    )
    assert "#/Assets/0/Bytes: the value is not base64" in told
    stack.delete()


@pytest.mark.needs("CreateTerms")
def test_terms(templates: Templates, cognito_idp: Any) -> None:
    def terms(**links: str) -> dict[str, Any]:
        named = {"TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE"}
        return resource("Cognito::Terms", **OF_CLIENT, **named, Links={**LINKS, **links})

    stack = templates.deploy(with_pool(Terms=terms()))
    pool_id, terms_id = stack.physical_id("Pool"), stack.resource("Terms").attributes["TermsId"]
    assert stack.physical_id("Terms") == f"{pool_id}|{terms_id}"
    french = {"cognito:french": "https://example.com/fr"}
    templates.update(stack, with_pool(Terms=terms(**french)))
    found = cognito_idp.describe_terms(UserPoolId=pool_id, TermsId=terms_id)["Terms"]
    assert found["Links"] == {**LINKS, **french}
    templates.update(stack, with_pool())
    assert cognito_idp.list_terms(UserPoolId=pool_id)["Terms"] == []


def test_log_deliveries(templates: Templates, cognito_idp: Any) -> None:
    to_group = {"CloudWatchLogsConfiguration": {"LogGroupArn": GROUP}}
    logs = [{"LogLevel": "ERROR", "EventSource": "userNotification", **to_group}]
    kind = "Cognito::LogDeliveryConfiguration"
    delivery = resource(kind, UserPoolId=ref("Pool"), LogConfigurations=logs)
    stack = templates.deploy(with_pool(Logs=delivery))
    pool_id = stack.physical_id("Pool")

    def configured() -> Any:
        found = cognito_idp.get_log_delivery_configuration(UserPoolId=pool_id)
        return found["LogDeliveryConfiguration"]["LogConfigurations"]

    assert configured() == logs
    assert stack.resource("Logs").attributes == {"Id": stack.physical_id("Logs")} == {"Id": pool_id}
    templates.update(stack, with_pool(Logs=resource(kind, UserPoolId=ref("Pool"))))
    assert configured() == []
    templates.update(stack, with_pool(Logs=delivery))
    templates.update(stack, with_pool())
    assert configured() == []


@pytest.mark.needs("CreateUserPoolReplica", "CreateUserPoolRequest.KeyConfiguration")
def test_replicas_and_what_they_have_for_themselves(templates: Templates, cognito: Cognito, cognito_idp: Any) -> None:
    pool = resource("Cognito::UserPool", UserPoolTier="ESSENTIALS", **CONDITIONS)
    replica = resource(
        "Cognito::UserPoolReplica",
        UserPoolId=ref("Pool"),
        RegionName="eu-west-1",
        UserPoolTagsAtCreate={"place": "west"},
    )
    stack = templates.deploy({"Pool": pool, "Replica": replica})
    pool_id = stack.physical_id("Pool")
    assert stack.physical_id("Replica") == f"{pool_id}|eu-west-1"

    function = "arn:aws:lambda:eu-west-1:123456789012:function:there"

    def attachment(**properties: Any) -> Resources:
        kind = "Cognito::UserPoolRegionalConfigurationAttachment"
        return {"West": resource(kind, UserPoolId=pool_id, **properties)}

    settings = {"LambdaConfig": {"PreSignUp": function}, "UserPoolTags": {"team": "notes"}}
    west = templates.deploy(attachment(**settings, Status="ACTIVE"), name="west", region="eu-west-1")
    there = cognito.call("DescribeUserPool", region="eu-west-1", UserPoolId=pool_id)["UserPool"]
    assert there["LambdaConfig"] == {"PreSignUp": function}
    assert there["UserPoolTags"] == {"place": "west", "team": "notes"}
    assert not cognito_idp.describe_user_pool(UserPoolId=pool_id)["UserPool"].get("LambdaConfig")
    listed = cognito_idp.list_user_pool_replicas(UserPoolId=pool_id)["UserPoolReplicas"]
    assert [one["Status"] for one in listed] == ["ACTIVE", "ACTIVE"]
    templates.update(west, attachment(Status="INACTIVE"))
    there = cognito.call("DescribeUserPool", region="eu-west-1", UserPoolId=pool_id)["UserPool"]
    assert there["UserPoolTags"] == {"place": "west"}
    west.delete()
    stack.delete()
    assert cognito.pools == []


def test_what_refers_to_attributes_is_made_after(templates: Templates) -> None:
    group = resource("Cognito::UserPoolGroup", UserPoolId=attribute("Pool", "UserPoolId"), GroupName="all")
    stack = templates.deploy({"All": group, "Pool": PLUS})
    assert list(stack.resources) == ["Pool", "All"]
