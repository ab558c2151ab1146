"""Identity pools and identities as a test holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jwt
import pytest

from pytest_cognito import AppClient, Cognito, IdentityPool, User, UserPool
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

GOOGLE = "accounts.google.com"
OWN = "login.example.com"
PINNED = "eu-west-1:12345678-dead-beef-cafe-123456789012"


def test_an_identity_pool_is_created_as_by_boto3(cognito: Cognito, cognito_identity: CognitoIdentityClient) -> None:
    pool = cognito.create_identity_pool(IdentityPoolName="app", SupportedLoginProviders={GOOGLE: "client"})

    described = cognito_identity.describe_identity_pool(IdentityPoolId=pool.id)
    assert (described["IdentityPoolName"], described["AllowUnauthenticatedIdentities"]) == ("app", False)
    assert pool.settings["SupportedLoginProviders"] == {GOOGLE: "client"}
    assert (pool.name, pool.arn) == ("app", f"arn:aws:cognito-identity:us-east-1:123456789012:identitypool/{pool.id}")
    assert (pool.roles, pool.identities) == ({}, [])


def test_ids_are_pinned_and_found(cognito: Cognito) -> None:
    here = cognito.create_identity_pool(IdentityPoolName="here")
    pinned = cognito.create_identity_pool(id=PINNED)

    assert (pinned.id, pinned.region) == (PINNED, "eu-west-1")
    assert cognito.identity_pool(PINNED).arn == pinned.arn
    assert [pool.id for pool in cognito.identity_pools] == [here.id]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        ({"id": "us-east-1_Pool00001"}, "is its region, a colon and a UUID"),
        ({"id": PINNED, "region": "us-east-1"}, "leave out region='us-east-1'"),
        ({"AllowGuests": True}, "CreateIdentityPool does not know 'AllowGuests'"),
    ],
)
def test_a_mistake_says_what_to_write(cognito: Cognito, arguments: dict[str, Any], hint: str) -> None:
    with pytest.raises(UsageError, match=hint):
        cognito.create_identity_pool(**arguments)


def test_a_pool_that_is_not_there(cognito: Cognito) -> None:
    pool = cognito.create_identity_pool(IdentityPoolName="app")

    with pytest.raises(UsageError, match=rf"there is no identity pool with the id 'x': {pool.id} \(app\)"):
        cognito.identity_pool("x")
    pool.call("DeleteIdentityPool")
    with pytest.raises(LookupError, match="no longer exists"):
        _ = pool.name


def test_a_user_has_one_identity(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    identity = cognito_identity_pool.identity_of(cognito_user)

    assert identity.id.startswith("us-east-1:")
    assert identity == cognito_identity_pool.identity_of(cognito_user.sign_in())
    assert identity == cognito_identity_pool.identity_of(str(cognito_user.tokens().id_token))
    assert identity.logins == [f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}"]
    assert (identity.guest, identity.disabled) == (False, False)
    assert cognito_identity_pool.identities == [identity]


def test_logins_as_boto3_takes_them(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    logins = {f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}": cognito_user.sign_in().id_token}

    assert cognito_identity_pool.identity_of(logins) == cognito_identity_pool.identity_of(cognito_user)


def test_the_app_client_that_the_identity_pool_trusts(cognito: Cognito, cognito_user_pool: UserPool) -> None:
    """A user's ID token is for the client that the pool names, whichever is the user pool's first."""
    alice, web = cognito_user_pool.create_user("alice"), cognito_user_pool.create_client(ClientName="web")
    trusted = {"ProviderName": f"cognito-idp.us-east-1.amazonaws.com/{cognito_user_pool.id}", "ClientId": web.id}
    pool = cognito.create_identity_pool(CognitoIdentityProviders=[trusted])

    assert pool.identity_of(alice).logins


@pytest.mark.cognito(identity_pool={"SupportedLoginProviders": {GOOGLE: "client"}})
def test_several_logins_are_one_identity(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    google = cognito.providers.google.token("1", audience="client")

    identity = cognito_identity_pool.identity_of(cognito_user, google)

    assert identity.logins[1:] == [GOOGLE]
    assert cognito_identity_pool.identity_of(google) == identity


@pytest.mark.cognito(identity_pool={"SupportedLoginProviders": {"graph.facebook.com": "app", "www.amazon.com": "app"}})
def test_opaque_tokens_know_their_provider(cognito: Cognito, cognito_identity_pool: IdentityPool) -> None:
    facebook = cognito.providers.facebook.token("1", audience="app")
    amazon = cognito.providers.amazon.token("1", audience="app")

    identity = cognito_identity_pool.identity_of(facebook, amazon)

    assert identity.logins == ["graph.facebook.com", "www.amazon.com"]


def test_a_guest_who_signs_in_keeps_the_identity(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    guest = cognito_identity_pool.guest()
    assert guest.guest
    assert guest != cognito_identity_pool.guest()

    alice = guest.link(cognito_user)

    assert alice == guest
    assert not alice.guest
    assert cognito_identity_pool.identity_of(cognito_user) == guest
    assert alice.credentials().role_arn == cognito_identity_pool.roles["authenticated"]


def test_a_guest_who_turns_out_to_be_known(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    alice, guest = cognito_identity_pool.identity_of(cognito_user), cognito_identity_pool.guest()

    assert guest.link(cognito_user) == alice
    assert guest.disabled
    assert not alice.disabled


@pytest.mark.cognito(identity_pool={"SupportedLoginProviders": {GOOGLE: "client"}})
def test_a_further_login(cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    google = cognito.providers.google.token("1", audience="client")

    alice = cognito_identity_pool.identity_of(cognito_user).link(google)

    assert cognito_identity_pool.identity_of(google) == alice
    assert alice.credentials().access_key_id.startswith("ASIA")


@pytest.mark.cognito(identity_pool={"DeveloperProviderName": OWN})
def test_users_of_the_applications_own(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    identity = cognito_identity_pool.developer_identity("user-1", tags={"department": "legal"})

    assert identity == cognito_identity_pool.developer_identity("user-1")
    assert identity.logins == [OWN]
    assert jwt.decode(identity.open_id_token(), options={"verify_signature": False})["sub"] == identity.id
    assert identity.credentials().role_arn == cognito_identity_pool.roles["authenticated"]
    assert identity.credentials().tags == {"department": "legal"}
    linked = identity.link(cognito_user)
    assert linked == identity == cognito_identity_pool.identity_of(cognito_user)


def test_tokens_of_the_basic_flow(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    claims = jwt.decode(
        cognito_identity_pool.identity_of(cognito_user).open_id_token(), options={"verify_signature": False}
    )

    assert (claims["aud"], claims["amr"][0]) == (cognito_identity_pool.id, "authenticated")


def test_roles_are_set_one_by_one(cognito: Cognito) -> None:
    pool = cognito.create_identity_pool(SupportedLoginProviders={GOOGLE: "client"})
    mapping = {GOOGLE: {"Type": "Token", "AmbiguousRoleResolution": "Deny"}}

    pool.set_roles(authenticated=pool.create_role("users"), mappings=mapping)
    pool.set_roles(unauthenticated="arn:aws:iam::123456789012:role/guests")

    assert pool.roles == {
        "authenticated": "arn:aws:iam::123456789012:role/users",
        "unauthenticated": "arn:aws:iam::123456789012:role/guests",
    }
    assert pool.call("GetIdentityPoolRoles")["RoleMappings"] == mapping


def test_role_mappings_of_an_app_client(
    cognito_identity_pool: IdentityPool, cognito_user_pool: UserPool, cognito_app_client: AppClient
) -> None:
    by_token = {"Type": "Token", "AmbiguousRoleResolution": "Deny"}

    cognito_identity_pool.set_roles(mappings={cognito_app_client: by_token})

    users = f"{cognito_user_pool.provider_name}:{cognito_app_client.id}"
    assert cognito_identity_pool.call("GetIdentityPoolRoles")["RoleMappings"] == {users: by_token}
    with pytest.raises(UsageError, match=r"mappings takes a dict, such as mappings=\{cognito_app_client"):
        cognito_identity_pool.set_roles(mappings={cognito_user_pool: by_token})  # type: ignore[arg-type]


def test_what_is_no_login(cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    pool, odd = cognito_identity_pool, cognito_user.pool
    mistakes = (
        (pool.identity_of, r"an identity without a login is pool\.guest\(\)"),
        (pool.guest().link, r"guest\.link\(alice\)"),
        (lambda: pool.identity_of(odd), "an identity is told by a user, tokens"),  # type: ignore[arg-type]
        (lambda: pool.identity_of("alice"), "this string is no ID token"),
        (lambda: pool.identity_of(cognito_user, cognito_user.sign_in()), "two logins of cognito-idp"),
        (lambda: pool.developer_identity("user-1"), "create it with DeveloperProviderName"),
        (lambda: pool.set_roles(authenticated=""), r"cognito\.create_role"),
        (lambda: pool.call("GetIdd"), "did you mean 'GetId'"),
    )

    for mistake, hint in mistakes:
        with pytest.raises(UsageError, match=hint):
            mistake()


def test_users_of_providers_that_iam_knows(cognito: Cognito) -> None:
    """The key of Logins of a SAML response is the ARN of its provider in IAM."""
    idp, acme, other = (
        cognito.providers.oidc("https://idp.example.com/realm"),
        cognito.providers.saml("https://acme.example.com"),
        cognito.providers.saml("https://other.example.com"),
    )
    known = cognito.iam.create_oidc_provider(idp, client_ids=["app"]).arn
    arns = [cognito.iam.create_saml_provider(one.title.partition(".")[0], one).arn for one in (acme, other)]
    pool = cognito.create_identity_pool(OpenIdConnectProviderARNs=[known], SamlProviderARNs=arns)
    role = pool.create_role("app")

    ann = pool.identity_of(idp.token("1", audience="app"))
    assert ann.logins == ["idp.example.com/realm"]
    for provider, arn in ((acme, arns[0]), (other, arns[1])):
        identity = pool.identity_of(provider.assertion_for_aws("ann", role=role.arn, provider=arn))
        assert identity.logins == [arn]
        assert identity.credentials().role_arn == role.arn


def test_a_saml_provider_that_the_pool_does_not_trust(cognito: Cognito) -> None:
    acme = cognito.providers.saml("https://acme.example.com")
    arn = cognito.iam.create_saml_provider("acme", acme).arn
    response = acme.assertion_for_aws("ann", role="arn:aws:iam::123456789012:role/app", provider=arn)

    with pytest.raises(UsageError, match=r"trusts no SAML provider https://acme\.example\.com: create one in IAM"):
        cognito.create_identity_pool().identity_of(response)
