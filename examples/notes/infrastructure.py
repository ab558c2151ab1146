"""The user pool of the service, with its app clients, domain and identity providers, as they are deployed."""

import os
from typing import Any

from notes_service.settings import REGION

ACCOUNT = "123456789012"

POST_CONFIRMATION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-post-confirmation"
PRE_SIGN_UP = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-pre-sign-up"
PRE_TOKEN_GENERATION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-pre-token-generation"
USER_MIGRATION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-user-migration"

USER_POOL = {
    "PoolName": "notes",
    "UsernameAttributes": ["email"],
    "AutoVerifiedAttributes": ["email"],
    # A new address is not the user's, nor is its domain the tenant, before a code was sent there and came back.
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    # Users may set up an authenticator app. No SmsConfiguration: there is no MFA by SMS.
    "MfaConfiguration": "OPTIONAL",
    # Who was taken over from the old user table has the number that they had there.
    "Schema": [{"Name": "old_id", "AttributeDataType": "String", "Mutable": False}],
    "Policies": {
        "PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True},
        # Users may sign in with a code that is sent to their address, or with a passkey; then they need no password.
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"]},
    },
    "LambdaConfig": {
        "PostConfirmation": POST_CONFIRMATION,
        "PreSignUp": PRE_SIGN_UP,
        "PreTokenGenerationConfig": {"LambdaArn": PRE_TOKEN_GENERATION, "LambdaVersion": "V2_0"},
        "UserMigration": USER_MIGRATION,
    },
}

# What SetUserPoolMfaConfig is given: passkeys are those of the site.
MFA_CONFIG: dict[str, Any] = {
    "MfaConfiguration": "OPTIONAL",
    "SoftwareTokenMfaConfiguration": {"Enabled": True},
    "WebAuthnConfiguration": {"RelyingPartyId": "notes.example", "UserVerification": "preferred"},
}

APP_CLIENT = {
    "ClientName": "web",
    "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    "PreventUserExistenceErrors": "ENABLED",
    # Of the attributes, users write no other: custom:old_id is for UserMigration alone.
    "WriteAttributes": ["email"],
    "AccessTokenValidity": 15,
    "TokenValidityUnits": {"AccessToken": "minutes"},
}

GROUPS = {"members", "admins"}

# The pages on which users of the site sign in, with Cognito's own style.
DOMAIN: dict[str, Any] = {"Domain": "notes-example", "ManagedLoginVersion": 2}
STYLE: dict[str, Any] = {"UseCognitoProvidedValues": True}

GLOBEX = "https://idp.globex.example"
IDENTITY_PROVIDERS: list[dict[str, Any]] = [
    {
        "ProviderName": "Google",
        "ProviderType": "Google",
        "ProviderDetails": {
            "client_id": "notes.apps.googleusercontent.com",
            "client_secret": os.environ.get("GOOGLE_CLIENT_SECRET", "not-in-the-repository"),
            "authorize_scopes": "openid email",
        },
        "AttributeMapping": {"email": "email", "email_verified": "email_verified"},
    },
    {
        "ProviderName": "Globex",
        "ProviderType": "SAML",
        "ProviderDetails": {"MetadataURL": f"{GLOBEX}/metadata"},
        "AttributeMapping": {"email": "email"},
    },
]


def site_client(url: str) -> dict[str, Any]:
    """The app client of the site at an address."""
    return {
        "ClientName": "site",
        "GenerateSecret": True,
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email"],
        "CallbackURLs": [f"{url}/callback"],
        "LogoutURLs": [f"{url}/"],
        "SupportedIdentityProviders": ["COGNITO", *(each["ProviderName"] for each in IDENTITY_PROVIDERS)],
        "PreventUserExistenceErrors": "ENABLED",
        "WriteAttributes": ["email"],
    }
