"""The user pool and the app client of the service, as they are deployed."""

from notes_service.settings import REGION

ACCOUNT = "123456789012"

POST_CONFIRMATION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-post-confirmation"
PRE_TOKEN_GENERATION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:notes-pre-token-generation"

USER_POOL = {
    "PoolName": "notes",
    "UsernameAttributes": ["email"],
    "AutoVerifiedAttributes": ["email"],
    "Policies": {"PasswordPolicy": {"MinimumLength": 10, "RequireNumbers": True}},
    "LambdaConfig": {
        "PostConfirmation": POST_CONFIRMATION,
        "PreTokenGenerationConfig": {"LambdaArn": PRE_TOKEN_GENERATION, "LambdaVersion": "V2_0"},
    },
}

APP_CLIENT = {
    "ClientName": "web",
    "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    "PreventUserExistenceErrors": "ENABLED",
    "AccessTokenValidity": 15,
    "TokenValidityUnits": {"AccessToken": "minutes"},
}

GROUPS = {"members", "admins"}
