"""The user pool and the app client of the service, as they are deployed."""

from typing import Any

from notes_service.settings import REGION

ACCOUNT = "123456789012"

POST_CONFIRMATION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-post-confirmation"
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
