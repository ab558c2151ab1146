"""Identity pools, their providers and roles, as tests of identity pools make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tests.support.refusals import Refusal, invalid_parameter

if TYPE_CHECKING:
    from types_boto3_cognito_identity.type_defs import CreateIdentityPoolInputTypeDef, MappingRuleTypeDef

REGION = "us-east-1"
ACCOUNT = "123456789012"
USER_POOL = "cognito-idp.us-east-1.amazonaws.com/us-east-1_Ab0Cd1Ef2"
CLIENT = "3n4b5urk1ft4fl3mg5e62d9ado"
OIDC = f"arn:aws:iam::{ACCOUNT}:oidc-provider/idp.example.com/realm"
SAML = f"arn:aws:iam::{ACCOUNT}:saml-provider/acme"
SAML_ROLES = "https://aws.amazon.com/SAML/Attributes/Role"
ALL_PROVIDERS: CreateIdentityPoolInputTypeDef = {
    "IdentityPoolName": "everybody",
    "AllowUnauthenticatedIdentities": True,
    "AllowClassicFlow": False,
    "SupportedLoginProviders": {
        "accounts.google.com": "1.apps.googleusercontent.com",
        "api.twitter.com": "key;secret",
        "graph.facebook.com": "1234567890",
    },
    "DeveloperProviderName": "login.example.com",
    "OpenIdConnectProviderARNs": [OIDC],
    "CognitoIdentityProviders": [{"ProviderName": USER_POOL, "ClientId": CLIENT, "ServerSideTokenCheck": True}],
    "SamlProviderARNs": [SAML],
    "IdentityPoolTags": {"team": "notes"},
}
"""The parameters of a pool with something of everything."""

NOBODY = "us-east-1:00000000-0000-4000-8000-00000000dead"
"""An id that nothing has."""

PAGINATION_TOKEN_INVALID = invalid_parameter("Invalid pagination token.")
INVALID_USER_POOL = invalid_parameter("Invalid Cognito Identity Provider")


class MakeIdentity(Protocol):
    """Puts an identity into a pool, with a login of each provider; the fixture ``make_identity``."""

    def __call__(self, pool_id: str, *providers: str, disabled: bool = False) -> str: ...


def role(name: str, account: str = ACCOUNT) -> str:
    return f"arn:aws:iam::{account}:role/{name}"


def rule(claim: str, match_type: str, value: str, role_name: str) -> MappingRuleTypeDef:
    return {"Claim": claim, "MatchType": match_type, "Value": value, "RoleARN": role(role_name)}  # type: ignore[typeddict-item]


def no_identity_pool(pool_id: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"IdentityPool '{pool_id}' not found.")


def no_identity(identity_id: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"Identity '{identity_id}' not found.")


def invalid(*faults: str) -> Refusal:
    """What several violated constraints of the model lead to."""
    errors = "error" if len(faults) == 1 else "errors"
    return Refusal("ValidationException", f"{len(faults)} validation {errors} detected: {'; '.join(faults)}")
