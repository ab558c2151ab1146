"""Creating app clients, those whose users sign in on the pages of a domain among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito import cognito_idp
from pytest_cognito.handles.app_client import AppClient

if TYPE_CHECKING:
    from pytest_cognito.handles.user_pool import UserPool

PASSWORD_CLIENT: Mapping[str, Any] = {
    "ClientName": "pytest",
    "ExplicitAuthFlows": [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
    ],
}
"""What an app client is unless a test says otherwise."""
_CODE_GRANT: Mapping[str, Any] = {
    "AllowedOAuthFlowsUserPoolClient": True,
    "AllowedOAuthFlows": ["code"],
    "AllowedOAuthScopes": ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"],
}
"""What one with callback URLs is beside that. AWS's own, without these members, would let nobody in."""


def create(pool: UserPool, id: str | None, secret: str | None, parameters: Mapping[str, Any]) -> AppClient:
    """See `UserPool.create_client`."""
    has_pages = bool(parameters.get("CallbackURLs"))
    settings = {
        **PASSWORD_CLIENT,
        **(_CODE_GRANT if has_pages else {}),
        **({} if secret is None else {"GenerateSecret": True}),
        **parameters,
    }
    if has_pages and "SupportedIdentityProviders" not in settings:
        settings["SupportedIdentityProviders"] = [cognito_idp.LOCAL, *_providers(pool)]
    response = pool.call("CreateUserPoolClient", pins={"client": id, "secret": secret}, **settings)
    return AppClient(pool.world, response["UserPoolClient"]["ClientId"])


def _providers(pool: UserPool) -> list[str]:
    """The names of the identity providers of a pool."""
    return [provider["ProviderName"] for provider in pool.call("ListIdentityProviders", MaxResults=60)["Providers"]]
