"""GetCredentialsForIdentity: which role an identity gets, and what its session is like."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import AWSError, Cognito, Credentials, IdentityPool, User
from pytest_cognito.world import World
from tests.support.refusals import not_authorized, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

OWN = "login.example.com"
DENIED = "The ambiguous role mapping rules for: {} denied this request."


@pytest.fixture
def provider(cognito_user: User) -> str:
    return f"cognito-idp.us-east-1.amazonaws.com/{cognito_user.pool.id}"


@pytest.fixture
def mapped(cognito_user: User, provider: str) -> str:
    """The key of RoleMappings for the users of the pool's app client."""
    return f"{provider}:{cognito_user.pool.client.id}"


@pytest.fixture
def admins(cognito_identity_pool: IdentityPool) -> str:
    return cognito_identity_pool.create_role("admins").arn


def rules(role_arn: str, claim: str, value: str, resolution: str = "AuthenticatedRole") -> dict[str, Any]:
    rule = {"Claim": claim, "MatchType": "Equals", "Value": value, "RoleARN": role_arn}
    return {"Type": "Rules", "AmbiguousRoleResolution": resolution, "RulesConfiguration": {"Rules": [rule]}}


def test_what_is_answered(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool, cognito_user: User, provider: str
) -> None:
    logins = {provider: cognito_user.sign_in().id_token}
    identity_id = cognito_identity.get_id(IdentityPoolId=cognito_identity_pool.id, Logins=logins)["IdentityId"]

    answer = cognito_identity.get_credentials_for_identity(IdentityId=identity_id, Logins=logins)

    given = answer["Credentials"]
    assert answer["IdentityId"] == identity_id
    assert set(given) == {"AccessKeyId", "SecretKey", "SessionToken", "Expiration"}
    assert (given["AccessKeyId"][:4], len(given["AccessKeyId"]), len(given["SecretKey"])) == ("ASIA", 20, 40)
    lifetime = given["Expiration"] - dt.datetime.now(dt.UTC)
    assert dt.timedelta(minutes=59) < lifetime <= dt.timedelta(hours=1)


def test_an_hour_whatever_the_role_allows(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    role = cognito_identity_pool.create_role("long", max_session_duration=43200)
    cognito_identity_pool.set_roles(authenticated=role)

    credentials = cognito_identity_pool.identity_of(cognito_user).credentials()

    now = cognito_identity_pool.world.clock.now()
    assert credentials.expiration - now <= dt.timedelta(hours=1)


@pytest.mark.cognito(identity_pool={"AllowClassicFlow": False})
def test_the_session_knows_pool_and_identity(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    condition = {
        "StringEquals": {
            "cognito-identity.amazonaws.com:aud": cognito_identity_pool.id,
            "cognito-identity.amazonaws.com:sub": cognito_identity_pool.identity_of(cognito_user).id,
            "aws:FederatedProvider": "cognito-identity.amazonaws.com",
        },
        "ForAnyValue:StringLike": {"cognito-identity.amazonaws.com:amr": "cognito-idp.*:CognitoSignIn:*"},
        "StringLike": {"aws:userid": "AROA*:CognitoIdentityCredentials"},
    }
    role = cognito_identity_pool.create_role("app", [allow("s3:*", condition)])
    cognito_identity_pool.set_roles(authenticated=role)

    credentials = cognito_identity_pool.identity_of(cognito_user).credentials()

    assert credentials.arn == "arn:aws:sts::123456789012:assumed-role/app/CognitoIdentityCredentials"
    assert credentials.can("s3:GetObject")


def allow(action: str, condition: Any = None) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": action, "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": statement | ({"Condition": condition} if condition else {})}


def test_roles_by_rules(cognito_identity_pool: IdentityPool, cognito_user: User, mapped: str, admins: str) -> None:
    pool, identity = cognito_identity_pool, cognito_identity_pool.identity_of(cognito_user)

    pool.set_roles(mappings={mapped: rules(admins, "cognito:username", "alice")})
    assert identity.credentials().role_arn == admins
    pool.set_roles(mappings={mapped: rules(admins, "cognito:username", "bob")})
    assert identity.credentials().role_arn == pool.roles["authenticated"]
    pool.set_roles(mappings={mapped: rules(admins, "cognito:username", "bob", "Deny")})
    with pytest.raises(AWSError) as denied:
        identity.credentials()
    assert (denied.value.code, denied.value.message) == ("NotAuthorizedException", DENIED.format(mapped))


def test_roles_by_token_and_group(
    cognito_identity_pool: IdentityPool, cognito_user: User, mapped: str, admins: str
) -> None:
    editors = cognito_identity_pool.create_role("editors").arn
    cognito_user.pool.create_group("admins", RoleArn=admins, Precedence=1)
    cognito_user.pool.create_group("editors", RoleArn=editors, Precedence=2)
    by_token = {"Type": "Token", "AmbiguousRoleResolution": "AuthenticatedRole"}
    cognito_identity_pool.set_roles(mappings={mapped: by_token})
    identity = cognito_identity_pool.identity_of(cognito_user)
    assert identity.credentials().role_arn == cognito_identity_pool.roles["authenticated"]

    cognito_user.add_to_group("editors")
    cognito_user.add_to_group("admins")

    assert identity.credentials().role_arn == admins
    assert identity.credentials(role_arn=editors).role_arn == editors
    with pytest.raises(AWSError, match="denied this request"):
        identity.credentials(role_arn=cognito_identity_pool.roles["unauthenticated"])


def test_a_role_of_ones_choice_means_nothing_without_a_mapping(
    cognito_identity_pool: IdentityPool, cognito_user: User, admins: str
) -> None:
    credentials = cognito_identity_pool.identity_of(cognito_user).credentials(role_arn=admins)

    assert credentials.role_arn == cognito_identity_pool.roles["authenticated"]


def test_claims_become_principal_tags(cognito_identity_pool: IdentityPool, cognito_user: User, provider: str) -> None:
    mapping = {"user": "cognito:username", "team": "custom:team"}
    cognito_identity_pool.call("SetPrincipalTagAttributeMap", IdentityProviderName=provider, PrincipalTags=mapping)
    condition = {"StringEquals": {"aws:PrincipalTag/user": "alice"}}
    cognito_identity_pool.set_roles(
        authenticated=cognito_identity_pool.create_role("tagged", [allow("s3:*", condition)])
    )

    credentials = cognito_identity_pool.identity_of(cognito_user).credentials()

    assert credentials.tags == {"user": "alice"}
    assert credentials.can("s3:GetObject")


@pytest.mark.cognito(identity_pool={"DeveloperProviderName": OWN})
def test_a_developers_token_is_for_the_default_role(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool
) -> None:
    given = cognito_identity.get_open_id_token_for_developer_identity(
        IdentityPoolId=cognito_identity_pool.id, Logins={OWN: "user-1"}, PrincipalTags={"team": "legal"}
    )
    logins = {"cognito-identity.amazonaws.com": given["Token"]}

    answer = cognito_identity.get_credentials_for_identity(IdentityId=given["IdentityId"], Logins=logins)

    assert answer["IdentityId"] == given["IdentityId"]
    credentials = cognito_identity_pool.developer_identity("user-1", tags={"team": "legal"}).credentials()
    assert (credentials.tags, credentials.role_arn) == (
        {"team": "legal"},
        cognito_identity_pool.roles["authenticated"],
    )


@pytest.mark.cognito(identity_pool={"DeveloperProviderName": OWN})
def test_a_developers_token_is_for_one_identity(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool
) -> None:
    ann, ben = (cognito_identity_pool.developer_identity(name) for name in ("ann", "ben"))

    assert refusal(
        cognito_identity.get_credentials_for_identity,
        IdentityId=ben.id,
        Logins={"cognito-identity.amazonaws.com": ann.open_id_token()},
    ) == not_authorized(
        "Logins don't match. Please include at least one valid login for this identity or identity pool."
    )


def test_the_answer_names_the_identity_that_is_left(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool, cognito_user: User, provider: str
) -> None:
    alice, guest = cognito_identity_pool.identity_of(cognito_user), cognito_identity_pool.guest()
    logins = {provider: cognito_user.sign_in().id_token}

    answer = cognito_identity.get_credentials_for_identity(IdentityId=guest.id, Logins=logins)

    assert answer["IdentityId"] == alice.id
    assert guest.disabled


def test_the_clock_ends_credentials(cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    credentials: Credentials = cognito_identity_pool.identity_of(cognito_user).credentials()
    cognito.clock.advance(minutes=59)
    assert credentials.session().client("sts").get_caller_identity()["Arn"] == credentials.arn

    cognito.clock.advance(minutes=2)

    refused = refusal(credentials.session().client("sts").get_caller_identity)
    assert refused == ("ExpiredToken", "The security token included in the request is expired")


@mock_aws
def test_a_role_of_another_mocks_iam(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    iam, trust = boto3.client("iam"), json.dumps(cognito_identity_pool.trust_policy())
    role = iam.create_role(RoleName="moto", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    iam.put_role_policy(RoleName="moto", PolicyName="s3", PolicyDocument=json.dumps(allow("s3:*")))
    cognito_identity_pool.set_roles(authenticated=role)

    guest = cognito_identity_pool.guest()
    credentials = guest.link(cognito_user).credentials()

    assert (credentials.role_arn, guest.guest) == (role, False)
    assert credentials.can("s3:GetObject")
    assert not credentials.can("sqs:SendMessage")
    assert credentials.session().client("sts").get_caller_identity()["Arn"] == credentials.arn


def test_a_snapshot_has_identities_roles_and_sessions(
    cognito: Cognito, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    alice = cognito_identity_pool.identity_of(cognito_user)
    credentials, token = alice.credentials(), alice.open_id_token()

    copy = Cognito(World.from_snapshot(cognito.world.snapshot()))

    own = f"arn:aws:s3:::notes/{alice.id}/a.txt"
    assert replace(credentials, world=copy.world).can("s3:GetObject", own)
    user = copy.user_pool(cognito_user.pool.id).user(cognito_user.username)
    assert copy.identity_pool(cognito_identity_pool.id).identity_of(user).id == alice.id
    role = cognito_identity_pool.roles["authenticated"]
    assume: dict[str, Any] = {"RoleArn": role, "RoleSessionName": "ann", "WebIdentityToken": token}
    assert copy.call("AssumeRoleWithWebIdentity", service="sts", **assume)["Audience"] == cognito_identity_pool.id
