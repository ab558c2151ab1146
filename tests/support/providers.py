"""Identity providers: what their types need and get, and SAML metadata."""

from __future__ import annotations

from typing import Any

from tests.support.app import Answer, App

CREDENTIALS = {"client_id": "me", "client_secret": "s3cret", "authorize_scopes": "email profile"}
APPLE = {"client_id": "me", "team_id": "T", "key_id": "K", "private_key": "p3m", "authorize_scopes": "email name"}
ISSUER = "https://id.example.com"
OIDC = {
    "client_id": "me",
    "authorize_scopes": "openid email",
    "oidc_issuer": ISSUER,
    "attributes_request_method": "GET",
}
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
ENTITY = "https://idp.example.com/entity"
METADATA_URL = "https://idp.example.com/metadata.xml"


def metadata(sign_in: str = REDIRECT, *, sign_out: bool = True) -> str:
    """SAML metadata with an address for sign-in by a binding, and one for sign-out."""
    out = f'<md:SingleLogoutService Binding="{REDIRECT}" Location="https://idp.example.com/out"/>' if sign_out else ""
    return (
        f'<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
        f'<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{out}'
        f'<md:SingleSignOnService Binding="{POST}" Location="https://idp.example.com/post"/>'
        f'<md:SingleSignOnService Binding="{sign_in}" Location="https://idp.example.com/in"/>'
        "</md:IDPSSODescriptor></md:EntityDescriptor>"
    )


SAML = {"MetadataFile": metadata()}
DETAILS = {
    "Google": CREDENTIALS,
    "Facebook": CREDENTIALS,
    "LoginWithAmazon": CREDENTIALS,
    "SignInWithApple": APPLE,
    "OIDC": OIDC,
    "SAML": SAML,
}


def create_provider(app: App, provider_type: str = "Google", name: str | None = None, **settings: Any) -> Answer:
    """CreateIdentityProvider, with the details that the type needs unless others are given."""
    parameters = {"ProviderDetails": DETAILS[provider_type], **settings}
    answer: Answer = app.call(
        "create_identity_provider",
        UserPoolId=app.pool_id,
        ProviderName=name or provider_type,
        ProviderType=provider_type,
        **parameters,
    )["IdentityProvider"]
    return answer


def update_provider(app: App, name: str = "Google", **settings: Any) -> Answer:
    """UpdateIdentityProvider."""
    ids = {"UserPoolId": app.pool_id, "ProviderName": name}
    answer: Answer = app.call("update_identity_provider", **ids, **settings)["IdentityProvider"]
    return answer


def describe_provider(app: App, name: str = "Google") -> Answer:
    """DescribeIdentityProvider."""
    ids = {"UserPoolId": app.pool_id, "ProviderName": name}
    answer: Answer = app.call("describe_identity_provider", **ids)["IdentityProvider"]
    return answer
