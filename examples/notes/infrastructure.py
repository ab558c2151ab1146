"""What the service has on AWS, as it is deployed: its user pool, and the place where its users keep attachments."""

import json
import os
from typing import Any

import boto3

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


# Attachments are files of one user in S3, each with an entry in DynamoDB. Users put them there by themselves, with
# credentials of an identity pool. ME in a policy is who calls: the id of their identity in that pool.
BUCKET = "notes-example-attachments"
TABLE: dict[str, Any] = {
    "TableName": "notes-attachments",
    "KeySchema": [{"AttributeName": "owner", "KeyType": "HASH"}, {"AttributeName": "name", "KeyType": "RANGE"}],
    "AttributeDefinitions": [
        {"AttributeName": "owner", "AttributeType": "S"},
        {"AttributeName": "name", "AttributeType": "S"},
    ],
    "BillingMode": "PAY_PER_REQUEST",
}
ME = "${cognito-identity.amazonaws.com:sub}"
OWN_ATTACHMENTS = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "OwnFiles",
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": f"arn:aws:s3:::{BUCKET}/{ME}/*",
        },
        {
            "Sid": "OwnEntries",
            "Effect": "Allow",
            "Action": ["dynamodb:PutItem", "dynamodb:Query"],
            "Resource": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{TABLE['TableName']}",
            "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [ME]}},
        },
    ],
}


def identity_pool(user_pool_id: str, client_id: str) -> dict[str, Any]:
    """The identity pool: for the users of an app client, and for guests, who may attach files before they sign up."""
    users = {
        "ProviderName": f"cognito-idp.{REGION}.amazonaws.com/{user_pool_id}",
        "ClientId": client_id,
        "ServerSideTokenCheck": True,
    }
    return {
        "IdentityPoolName": "notes",
        "AllowUnauthenticatedIdentities": True,
        "CognitoIdentityProviders": [users],
    }


def trust(identity_pool_id: str, who: str) -> dict[str, Any]:
    """The trust policy of a role for those of one identity pool who are ``authenticated``, or ``unauthenticated``."""
    statement = {
        "Effect": "Allow",
        "Principal": {"Federated": "cognito-identity.amazonaws.com"},
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Condition": {
            "StringEquals": {"cognito-identity.amazonaws.com:aud": identity_pool_id},
            "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": who},
        },
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def deploy_attachments(user_pool_id: str, client_id: str) -> str:
    """Make the bucket, the table, the identity pool and its roles, and return the identity pool's id."""
    session = boto3.Session(region_name=REGION)
    session.client("s3").create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    session.client("dynamodb").create_table(**TABLE)
    identity, iam = session.client("cognito-identity"), session.client("iam")
    pool_id: str = identity.create_identity_pool(**identity_pool(user_pool_id, client_id))["IdentityPoolId"]
    roles = {}
    for who in ("authenticated", "unauthenticated"):
        name = f"notes-{who}"
        role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust(pool_id, who)))
        iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=json.dumps(OWN_ATTACHMENTS))
        roles[who] = role["Role"]["Arn"]
    identity.set_identity_pool_roles(IdentityPoolId=pool_id, Roles=roles)
    return pool_id
