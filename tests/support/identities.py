"""An identity pool whose users are those of user pools, of a developer, and guests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito.cognito import Cognito, Tokens, User, UserPool
from pytest_cognito.http import hosts
from tests.support.refusals import Refusal, invalid_parameter, not_authorized

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

DEVELOPER = "login.notes"
"""The name of the developer provider."""

LOGINS_DO_NOT_MATCH = not_authorized(
    "Logins don't match. Please include at least one valid login for this identity or identity pool."
)
PROVIDER_NOT_SUPPORTED = not_authorized("Token is not from a supported provider of this identity pool.")
NO_GUESTS = not_authorized("Unauthenticated access is not supported for this identity pool.")
NO_PUBLIC_PROVIDER = invalid_parameter("Please provide a valid public provider.")
TOKEN_INACTIVE = not_authorized("Token is inactive")
ALREADY_LINKED = Refusal("ResourceConflictException", "Logins are already linked to another account")


def invalid_token(reason: str) -> Refusal:
    return not_authorized(f"Invalid login token. {reason}")


def forbidden(identity_id: str) -> Refusal:
    return not_authorized(f"Access to Identity '{identity_id}' is forbidden.")


def no_identity(identity_id: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"Identity '{identity_id}' not found.")


def no_pool(pool_id: str) -> Refusal:
    return Refusal("ResourceNotFoundException", f"IdentityPool '{pool_id}' not found.")


def provider_of(pool: UserPool) -> str:
    """The name of a user pool among the providers of an identity pool, and in Logins."""
    return f"{hosts.endpoint('cognito-idp', pool.id.partition('_')[0])}/{pool.id}"


def login(user: User, tokens: Tokens | None = None) -> dict[str, str]:
    """Logins with an ID token of a user: a new one, or one of the given."""
    return {provider_of(user.pool): (tokens or user.tokens()).id_token}


class Identities:
    """An identity pool with one or more user pools, in each of which are alice and bob."""

    def __init__(self, cognito: Cognito, client: CognitoIdentityClient, pools: int = 1, **settings: Any) -> None:
        self.cognito, self.client = cognito, client
        self.user_pools = [self._user_pool() for _ in range(pools)]
        self.settings: dict[str, Any] = {
            "IdentityPoolName": "notes",
            "AllowUnauthenticatedIdentities": True,
            "DeveloperProviderName": DEVELOPER,
            "CognitoIdentityProviders": [
                {"ProviderName": provider_of(pool), "ClientId": pool.client.id} for pool in self.user_pools
            ],
            **settings,
        }
        self.pool_id = client.create_identity_pool(**self.settings)["IdentityPoolId"]

    def _user_pool(self) -> UserPool:
        pool = self.cognito.create_user_pool()
        pool.create_client()
        for name in ("alice", "bob"):
            pool.create_user(name)
        return pool

    def user(self, name: str = "alice", pool: int = 0) -> User:
        return self.user_pools[pool].user(name)

    def login(self, name: str = "alice", pool: int = 0) -> dict[str, str]:
        """Logins with a new ID token of a user of one of the user pools."""
        return login(self.user(name, pool))

    def update(self, **settings: Any) -> None:
        """Change settings of the identity pool."""
        self.settings.update(settings)
        self.client.update_identity_pool(IdentityPoolId=self.pool_id, **self.settings)

    def get(self, *logins: Mapping[str, str]) -> str:
        """The identity of some logins; without any, that of a new guest."""
        together = {key: token for each in logins for key, token in each.items()}
        return self.client.get_id(IdentityPoolId=self.pool_id, Logins=together)["IdentityId"]

    def enter(self, identity_id: str, *logins: Mapping[str, str]) -> str:
        """The identity that one leads to together with some logins, by GetOpenIdToken."""
        together = {key: token for each in logins for key, token in each.items()}
        return self.client.get_open_id_token(IdentityId=identity_id, Logins=together)["IdentityId"]

    def developer(self, user: str, *logins: Mapping[str, str], **members: Any) -> str:
        """The identity of a user of the developer's, who may have further logins."""
        together = {DEVELOPER: user, **{key: token for each in logins for key, token in each.items()}}
        answer = self.client.get_open_id_token_for_developer_identity(
            IdentityPoolId=self.pool_id, Logins=together, **members
        )
        return answer["IdentityId"]

    def providers(self, identity_id: str) -> list[str]:
        """The names of the providers of an identity's logins."""
        return self.client.describe_identity(IdentityId=identity_id).get("Logins", [])

    def enabled(self) -> set[str]:
        """The identities of the pool that are not disabled."""
        listed = self.client.list_identities(IdentityPoolId=self.pool_id, MaxResults=60, HideDisabled=True)
        return {identity["IdentityId"] for identity in listed["Identities"]}
