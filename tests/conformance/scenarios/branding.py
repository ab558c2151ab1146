"""The branding of login pages, and their terms."""

from __future__ import annotations

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_client, a_pool, scenario, scenario_with
from tests.conformance.transport import Transport
from tests.support import images

INVALID = "InvalidParameterException"


@scenario
def classic_branding(transport: Transport) -> None:
    pool = a_pool(transport)
    client = a_client(transport, pool)["ClientId"]
    css = ".label-customizable { font-weight: 400 }"
    transport.refused("SetUICustomization", INVALID, UserPoolId=pool, CSS=css)
    transport.call("CreateUserPoolDomain", UserPoolId=pool, Domain="branded-twice")
    transport.call("GetUICustomization", UserPoolId=pool)
    transport.call("SetUICustomization", UserPoolId=pool, CSS=css)
    transport.call("SetUICustomization", UserPoolId=pool, ClientId=client, ImageFile=images.PNG)
    transport.call("GetUICustomization", UserPoolId=pool, ClientId=client)
    transport.refused("GetUICustomization", NO_POOL, UserPoolId=pool, ClientId="nobody")


@scenario
def managed_login_branding(transport: Transport) -> None:
    pool = a_pool(transport)
    client = {"UserPoolId": pool, "ClientId": a_client(transport, pool)["ClientId"]}
    transport.refused("DescribeManagedLoginBrandingByClient", NO_POOL, **client)
    asset = {"Category": "FORM_LOGO", "ColorMode": "LIGHT", "Extension": "PNG", "Bytes": images.PNG}
    settings = {"components": {"form": {"borderRadius": 2.5}}}
    made = transport.call("CreateManagedLoginBranding", **client, Settings=settings, Assets=[asset])
    transport.refused("CreateManagedLoginBranding", "ManagedLoginBrandingExistsException", **client)
    style = {"UserPoolId": pool, "ManagedLoginBrandingId": made["ManagedLoginBranding"]["ManagedLoginBrandingId"]}
    transport.call("DescribeManagedLoginBranding", **style, ReturnMergedResources=True)
    transport.call("DescribeManagedLoginBrandingByClient", **client)
    transport.call("UpdateManagedLoginBranding", **style, UseCognitoProvidedValues=True)
    transport.refused("UpdateManagedLoginBranding", INVALID, **style, Settings={"unknown": {}})
    transport.call("DeleteManagedLoginBranding", **style)
    transport.refused("DeleteManagedLoginBranding", NO_POOL, **style)
    transport.refused("DescribeManagedLoginBranding", NO_POOL, **style)


@scenario_with("CreateTerms")
def terms(transport: Transport) -> None:
    pool = a_pool(transport)
    client = {"UserPoolId": pool, "ClientId": a_client(transport, pool)["ClientId"]}
    new = {**client, "TermsName": "terms-of-use", "TermsSource": "LINK", "Enforcement": "NONE"}
    transport.refused("CreateTerms", INVALID, **new)
    new["Links"] = {"cognito:default": "https://example.com/terms"}
    made = transport.call("CreateTerms", **new)["Terms"]
    transport.refused("CreateTerms", "TermsExistsException", **new)
    by_id = {"UserPoolId": pool, "TermsId": made["TermsId"]}
    transport.call("DescribeTerms", **by_id)
    transport.call("ListTerms", UserPoolId=pool, MaxResults=1)
    transport.refused("ListTerms", NO_POOL, UserPoolId=NOWHERE)
    transport.call("UpdateTerms", **by_id, TermsName="privacy-policy")
    transport.refused("UpdateTerms", INVALID, **by_id, Links={"cognito:default": "nowhere"})
    transport.call("DeleteTerms", **by_id)
    transport.refused("DeleteTerms", NO_POOL, **by_id)
    transport.refused("DescribeTerms", NO_POOL, **by_id)


@scenario_with("DescribeTermsByClient")
def terms_by_client(transport: Transport) -> None:
    pool = a_pool(transport)
    client = {"UserPoolId": pool, "ClientId": a_client(transport, pool)["ClientId"]}
    named = {**client, "TermsName": "privacy-policy"}
    transport.refused("DescribeTermsByClient", NO_POOL, **named)
    links = {"cognito:default": "https://example.com/privacy"}
    transport.call("CreateTerms", **named, TermsSource="LINK", Enforcement="NONE", Links=links)
    transport.call("DescribeTermsByClient", **named)
