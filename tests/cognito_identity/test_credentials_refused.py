"""Nobody gets credentials who has no right to them: each is refused as AWS refuses it, and leaves nothing behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito, IdentityPool, User, UserPool
from tests.support.identity_pools import NOBODY, no_identity
from tests.support.refusals import Refusal, not_authorized, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

GOOGLE = "accounts.google.com"
DO_NOT_MATCH = not_authorized(
    "Logins don't match. Please include at least one valid login for this identity or identity pool."
)
NO_GUESTS = not_authorized("Unauthenticated access is not supported for this identity pool.")
NOT_SUPPORTED = not_authorized("Token is not from a supported provider of this identity pool.")
NOT_VERIFIED = not_authorized("Invalid login token. Couldn't verify signed token.")
MISCONFIGURED = Refusal(
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
)


def forbidden(identity_id: str) -> Refusal:
    return not_authorized(f"Access to Identity '{identity_id}' is forbidden.")


class Asks:
    """GetCredentialsForIdentity by boto3, and what it is refused with."""

    def __init__(self, client: CognitoIdentityClient, provider: str) -> None:
        self.client = client
        self.provider = provider

    def __call__(self, identity_id: str, token: str | None = None, **parameters: Any) -> Refusal:
        logins: dict[str, Any] = {} if token is None else {"Logins": {self.provider: token}}
        return refusal(self.client.get_credentials_for_identity, IdentityId=identity_id, **logins, **parameters)


@pytest.fixture
def asks(cognito_identity: CognitoIdentityClient, cognito_user_pool: UserPool) -> Asks:
    return Asks(cognito_identity, f"cognito-idp.us-east-1.amazonaws.com/{cognito_user_pool.id}")


def test_an_identity_that_is_not_there(asks: Asks) -> None:
    assert asks(NOBODY) == no_identity(NOBODY)


def test_another_users_identity(asks: Asks, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    alice = cognito_identity_pool.identity_of(cognito_user)
    mallory = cognito_user.pool.create_user("mallory")

    assert asks(alice.id, mallory.tokens().id_token) == DO_NOT_MATCH
    assert asks(alice.id) == forbidden(alice.id)
    assert cognito_identity_pool.identities == [alice]
    assert len(alice.logins) == 1


def test_a_disabled_identity(asks: Asks, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    cognito_identity_pool.identity_of(cognito_user)
    guest = cognito_identity_pool.guest()
    guest.link(cognito_user)

    assert asks(guest.id) == forbidden(guest.id)
    assert asks(guest.id, cognito_user.tokens().id_token) == forbidden(guest.id)


def test_a_guest_of_a_pool_that_has_none_any_more(asks: Asks, cognito_identity_pool: IdentityPool) -> None:
    guest = cognito_identity_pool.guest()
    cognito_identity_pool.call("UpdateIdentityPool", IdentityPoolName="closed", AllowUnauthenticatedIdentities=False)

    assert asks(guest.id) == NO_GUESTS


def test_an_identity_of_another_region(asks: Asks, cognito: Cognito) -> None:
    pool = cognito.create_identity_pool(region="eu-west-1", AllowUnauthenticatedIdentities=True)
    guest = pool.guest()

    assert asks(guest.id) == no_identity(guest.id)


def test_a_token_of_another_user_pool(
    asks: Asks, cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    alice = cognito_identity_pool.identity_of(cognito_user)
    other = cognito.create_user_pool().create_user("alice").tokens()

    assert asks(alice.id, other.id_token) == not_authorized("Invalid login token. Issuer doesn't match providerName")
    asks.provider = other.id_claims["iss"].removeprefix("https://")
    assert asks(alice.id, other.id_token) == NOT_SUPPORTED


@pytest.mark.parametrize(
    ("how", "refused"),
    [
        ("tampered", NOT_VERIFIED),
        ("wrong_audience", NOT_SUPPORTED),
        ("wrong_issuer", not_authorized("Invalid login token. Issuer doesn't match providerName")),
        ("swapped", not_authorized("Invalid login token. Missing a required claim: aud")),
    ],
)
def test_spoiled_tokens(
    asks: Asks, cognito_identity_pool: IdentityPool, cognito_user: User, how: str, refused: Refusal
) -> None:
    alice = cognito_identity_pool.identity_of(cognito_user)

    assert asks(alice.id, getattr(cognito_user.sign_in(), how)().id_token) == refused


def test_an_expired_token(asks: Asks, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    alice = cognito_identity_pool.identity_of(cognito_user)

    code, message = asks(alice.id, cognito_user.sign_in().expired().id_token)

    assert code == "NotAuthorizedException"
    assert message.startswith("Invalid login token. Token expired: ")


def test_a_token_that_was_good_when_the_identity_was_made(
    asks: Asks, cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    """Every call verifies each login again."""
    tokens = cognito_user.sign_in()
    alice = cognito_identity_pool.identity_of(tokens)
    cognito.clock.advance(hours=2)

    assert asks(alice.id, tokens.id_token)[1].startswith("Invalid login token. Token expired: ")


@pytest.mark.cognito(identity_pool={"SupportedLoginProviders": {GOOGLE: "app"}})
@pytest.mark.parametrize("how", ["tampered", "wrong_signer", "wrong_audience", "wrong_issuer", "expired"])
def test_one_bad_login_beside_a_good_one(
    asks: Asks, cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User, how: str
) -> None:
    alice = cognito_identity_pool.identity_of(cognito_user)
    google = getattr(cognito.providers.google.token("1", audience="app"), how)()
    logins = {asks.provider: cognito_user.tokens().id_token, GOOGLE: google}

    code, _ = asks(alice.id, Logins=logins)

    assert code == "NotAuthorizedException"
    assert alice.logins == [asks.provider]


def test_a_pool_without_a_role(asks: Asks, cognito: Cognito, cognito_identity_pool: IdentityPool) -> None:
    guest = cognito_identity_pool.guest()
    cognito_identity_pool.call("SetIdentityPoolRoles", Roles={})

    assert asks(guest.id) == MISCONFIGURED


@pytest.mark.parametrize("trust", ["another account", "another pool", "guests", "no tags", "an address", "gone"])
def test_a_role_that_does_not_trust_the_identity(
    asks: Asks, cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User, trust: str
) -> None:
    pool = cognito_identity_pool
    no_tags = pool.trust_policy()
    no_tags["Statement"][0]["Action"] = "sts:AssumeRoleWithWebIdentity"
    an_address = pool.trust_policy()
    an_address["Statement"][0]["Condition"]["IpAddress"] = {"aws:SourceIp": "0.0.0.0/0"}
    trusts: dict[str, Any] = {
        "another account": "111122223333",
        "another pool": cognito.create_identity_pool().trust_policy(),
        "guests": pool.trust_policy(guests=True),
        "no tags": no_tags,
        "an address": an_address,  # that of the user is none that a role sees: Cognito assumes it
    }
    pool.call(
        "SetPrincipalTagAttributeMap", IdentityProviderName=asks.provider, PrincipalTags={"u": "cognito:username"}
    )
    gone = "arn:aws:iam::123456789012:role/gone"
    role = cognito.create_role("app", trust=trusts[trust], policies=[]).arn if trust in trusts else gone
    pool.set_roles(authenticated=role)

    assert asks(pool.identity_of(cognito_user).id, cognito_user.tokens().id_token) == MISCONFIGURED


def test_a_role_of_another_account_that_a_token_names(
    asks: Asks, cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    pool = cognito_identity_pool
    role = cognito.create_role("app", trust=pool.trust_policy(), account="111122223333")
    cognito_user.pool.create_group("admins", RoleArn=role.arn)
    cognito_user.add_to_group("admins")
    by_token = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}
    pool.set_roles(mappings={f"{asks.provider}:{cognito_user.pool.client.id}": by_token})

    assert asks(pool.identity_of(cognito_user).id, cognito_user.tokens().id_token) == MISCONFIGURED


def test_credentials_of_a_guest_reach_nothing_of_users(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    alice, guest = cognito_identity_pool.identity_of(cognito_user), cognito_identity_pool.guest()

    assert alice.credentials().can("s3:GetObject", f"arn:aws:s3:::notes/{alice.id}/a.txt")
    assert not guest.credentials().can("s3:GetObject", f"arn:aws:s3:::notes/{alice.id}/a.txt")


@pytest.mark.parametrize("role", ["gone", "Cognito_pytestUnauth_Role"])
def test_a_refusal_links_nothing(
    asks: Asks, cognito_identity_pool: IdentityPool, cognito_user: User, role: str
) -> None:
    cognito_identity_pool.set_roles(authenticated=f"arn:aws:iam::123456789012:role/{role}")
    guest = cognito_identity_pool.guest()

    assert asks(guest.id, cognito_user.tokens().id_token) == MISCONFIGURED
    assert guest.guest
    assert guest.logins == []
