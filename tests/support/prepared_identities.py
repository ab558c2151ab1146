"""An identity pool of the prepared world with identities of every kind, and roles and tokens for STS."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito.cognito import Cognito

from .identity_pools import OIDC, SAML, rule

Names = Mapping[str, Sequence[Any]]
SERVICE = "cognito-identity"
DEVELOPER = "login.example.com"
ALLOWED = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


def make(cognito: Cognito) -> Mapping[str, Sequence[Names]]:
    """What there is to name in requests to the other services, by service."""
    user_pool = cognito.create_user_pool()
    client_id = user_pool.create_client().id
    id_token = user_pool.create_user("alice", email="alice@example.com").sign_in().id_token
    provider = f"cognito-idp.us-east-1.amazonaws.com/{user_pool.id}"
    providers: dict[str, Any] = {
        "CognitoIdentityProviders": [{"ProviderName": provider, "ClientId": client_id}],
        "SupportedLoginProviders": {"graph.facebook.com": "1234567890"},
        "OpenIdConnectProviderARNs": [OIDC],
        "SamlProviderARNs": [SAML],
    }
    pool = cognito.create_identity_pool(
        AllowUnauthenticatedIdentities=True, DeveloperProviderName=DEVELOPER, **providers
    )
    roles = {
        "authenticated": pool.create_role("prepared-user", [ALLOWED]).arn,
        "unauthenticated": pool.create_role("prepared-guest", [ALLOWED], guests=True).arn,
    }
    pool.call("SetIdentityPoolRoles", Roles=roles)
    by_token = {provider: str(id_token)}
    user = pool.call("GetId", Logins=by_token)["IdentityId"]
    guests = [pool.guest().id for _ in range(2)]
    developed = pool.call("GetOpenIdTokenForDeveloperIdentity", Logins={DEVELOPER: "u1"})
    pool.call("GetOpenIdTokenForDeveloperIdentity", Logins={DEVELOPER: "u2"})
    mapping = {
        "Type": "Rules",
        "AmbiguousRoleResolution": "Deny",
        "RulesConfiguration": {"Rules": [rule("email", "Contains", "@", "prepared-user")]},
    }
    by_developer = {"cognito-identity.amazonaws.com": developed["Token"]}
    names: dict[str, Sequence[Any]] = {
        **{member: [value] for member, value in providers.items()},
        "IdentityPoolId": [pool.id],
        "IdentityId": [user, *guests, developed["IdentityId"]],
        "IdentityIdsToDelete": [[user], guests],
        "IdentityProviderName": [provider, OIDC, SAML],
        "ResourceArn": [pool.arn],
        "Logins": [by_token, by_developer, {DEVELOPER: "u1"}, {DEVELOPER: "u3"}, {}],
        "LoginsToRemove": [[provider]],
        "DeveloperProviderName": [DEVELOPER],
        "DeveloperUserIdentifier": ["u1", "u2"],
        "SourceUserIdentifier": ["u1"],
        "DestinationUserIdentifier": ["u2"],
        "CustomRoleArn": [roles["authenticated"]],
        "Roles": [roles, {}],
        "RoleMappings": [{f"{provider}:{client_id}": mapping}, {}],
        "AccountId": [cognito.account_id],
    }
    tokens = [
        pool.call("GetOpenIdToken", IdentityId=guests[0])["Token"],
        pool.call("GetOpenIdToken", IdentityId=user, Logins=by_token)["Token"],
        developed["Token"],
    ]
    assumed = cognito.create_role("prepared-assumed").arn
    sts = {
        "RoleArn": [*roles.values(), assumed],
        "WebIdentityToken": tokens,
        "Policy": [json.dumps(ALLOWED)],
        "PolicyArns": [[], [{"arn": "arn:aws:iam::aws:policy/AdministratorAccess"}]],
        "Tags": [[], [{"Key": "team", "Value": "notes"}]],
        "DurationSeconds": [900, 3600, 3601],
    }
    return {SERVICE: [names], "sts": [{**sts, **_of_the_account(cognito, assumed)}]}


def _of_the_account(cognito: Cognito, role: str) -> Names:
    """What requests to STS name that are not about roles."""
    cognito.iam.enable_outbound_web_identity_federation()
    denied = cognito.create_role("prepared-denied").assume().can("s3:GetObject", "*")
    task = {"arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}
    return {
        "AccessKeyId": [cognito.iam.create_user("prepared").access_key_id],
        "EncodedMessage": [cognito.iam.encode_authorization_message(denied)],
        "SigningAlgorithm": ["RS256", "ES384"],
        "TargetPrincipal": ["222222222222", cognito.account_id],
        "TaskPolicyArn": [task],
        "TradeInToken": [cognito.iam.create_delegation_token(role, [ALLOWED])],
    }
