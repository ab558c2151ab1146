"""Roles for users of web identity and SAML providers."""

from __future__ import annotations

from typing import Any

from tests.conformance.scenarios.common import scenario
from tests.conformance.transport import Transport

TOKEN = "InvalidIdentityToken"


@scenario
def roles_for_web_identities(transport: Transport) -> None:
    pool = transport.cognito.create_user_pool()
    client = pool.create_client()
    provider = transport.cognito.iam.create_oidc_provider(pool, [client])
    role = transport.cognito.create_role("web", trust=provider)
    token = pool.create_user("alice").sign_in().id_token
    asked: dict[str, Any] = {"service": "sts", "RoleArn": role.arn, "RoleSessionName": "session"}
    transport.call("AssumeRoleWithWebIdentity", **asked, WebIdentityToken=token)
    transport.refused("AssumeRoleWithWebIdentity", TOKEN, **asked, WebIdentityToken="x.y.z")
    asked["RoleArn"] = f"{role.arn}-2"
    transport.refused("AssumeRoleWithWebIdentity", "AccessDenied", **asked, WebIdentityToken=token)


@scenario
def roles_for_saml_users(transport: Transport) -> None:
    idp = transport.cognito.providers.saml("https://saml.example.com")
    provider = transport.cognito.iam.create_saml_provider("acme", idp)
    role = transport.cognito.create_role("saml", trust=provider)
    response = idp.assertion_for_aws("ann", role=role.arn, provider=provider.arn)
    asked: dict[str, Any] = {"service": "sts", "RoleArn": role.arn, "PrincipalArn": provider.arn}
    transport.call("AssumeRoleWithSAML", **asked, SAMLAssertion=response)
    transport.refused("AssumeRoleWithSAML", TOKEN, **asked, SAMLAssertion=response.tampered())
    asked["RoleArn"] = f"{role.arn}-2"
    transport.refused("AssumeRoleWithSAML", "AccessDenied", **asked, SAMLAssertion=response)
