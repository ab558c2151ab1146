"""Records in every table of identity pools, STS and IAM."""

from __future__ import annotations

from pytest_cognito.cognito import Cognito
from pytest_cognito.iam import (
    OIDC_PROVIDERS,
    SAML_PROVIDERS,
    OidcProvider,
    SamlProvider,
    create_managed_policy,
    parse,
)

from .identity_pools import OIDC, SAML, USER_POOL

ALLOWED = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def fill(cognito: Cognito) -> None:
    """An identity pool with an identity, its credentials, a user of IAM's, and providers of the account."""
    pool = cognito.create_identity_pool(
        DeveloperProviderName="login.example.com",
        CognitoIdentityProviders=[{"ProviderName": USER_POOL, "ClientId": "x"}],
    )
    pool.call("SetPrincipalTagAttributeMap", IdentityProviderName=USER_POOL, UseDefaults=True)
    pool.set_roles(authenticated=pool.create_role("filled", [ALLOWED]))
    pool.developer_identity("u1").credentials()
    cognito.iam.create_user("filled", mfa=True)
    user = cognito.iam.create_user("delegate")
    role = cognito.create_role("delegating", user.arn)
    cognito.iam.enable_outbound_web_identity_federation()
    cognito.iam.create_delegation_token(role, [ALLOWED])
    cognito.iam.encode_authorization_message(user.can("s3:GetObject", "arn:aws:s3:::notes/a.txt"))
    cognito.iam.map("sns", "PublishBatch", action="sns:Publish")
    with cognito.world.handle_step("providers") as context:
        create_managed_policy(context, "filled", parse(ALLOWED))
        now = context.now()
        context.table(OIDC_PROVIDERS).put(OidcProvider(OIDC, "https://idp.example.com/realm", ("x",), now))
        context.table(SAML_PROVIDERS).put(SamlProvider(SAML, "acme", "<metadata/>", now))
