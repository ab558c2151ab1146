"""Ways around the rules that somebody may try, and what a test can't mean."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from moto import mock_aws

from pytest_cognito import Cognito, IdentityPool, User
from tests.support.identities import login, provider_of
from tests.support.refusals import Refusal, not_authorized, refusal

if TYPE_CHECKING:
    from types_boto3_cognito_identity import CognitoIdentityClient

COGNITO = "cognito-identity.amazonaws.com"
MISCONFIGURED = Refusal(
    "InvalidIdentityPoolConfigurationException",
    "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
)
UNREADABLE = not_authorized("Invalid login token. Not a valid OpenId Connect identity token.")
ROLE = "arn:aws:iam::123456789012:role"


def role_mapping(user: User) -> dict[str, Any]:
    """RoleMappings by which the tokens of a user name their role."""
    name = f"{provider_of(user.pool)}:{user.pool.client.id}"
    return {name: {"Type": "Token", "AmbiguousRoleResolution": "Deny"}}


@pytest.mark.cognito(identity_pool={"DeveloperProviderName": "unauthenticated"})
def test_a_guest_is_no_user_of_a_developer_whatever_the_provider_is_called(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool
) -> None:
    guest = cognito_identity_pool.guest()
    logins = {COGNITO: guest.open_id_token()}

    refused = refusal(cognito_identity.get_credentials_for_identity, IdentityId=guest.id, Logins=logins)

    assert refused == not_authorized("Invalid login token. Not a Cognito token.")
    assert cognito_identity_pool.developer_identity("ann").credentials().role_arn == f"{ROLE}/Cognito_pytestAuth_Role"


@pytest.mark.parametrize("named", ["admin", "", f"{ROLE}/", "arn:aws:iam::123456789012:user/ann", "::::"])
def test_what_is_no_role_that_a_token_names(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool, cognito_user: User, named: str
) -> None:
    cognito_identity_pool.set_roles(mappings=role_mapping(cognito_user))
    tokens = cognito_user.pool.tokens_for(cognito_user.username, claims={"cognito:preferred_role": named})
    identity = cognito_identity_pool.identity_of(tokens)

    refused = refusal(
        cognito_identity.get_credentials_for_identity, IdentityId=identity.id, Logins=login(cognito_user, tokens)
    )

    assert refused == MISCONFIGURED


def test_roles_that_are_no_list(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool, cognito_user: User
) -> None:
    mapping = role_mapping(cognito_user)
    cognito_identity_pool.set_roles(mappings=mapping)
    tokens = cognito_user.pool.tokens_for(cognito_user.username, claims={"cognito:roles": 7})
    identity = cognito_identity_pool.identity_of(tokens)

    refused = refusal(
        cognito_identity.get_credentials_for_identity,
        IdentityId=identity.id,
        Logins=login(cognito_user, tokens),
        CustomRoleArn=f"{ROLE}/admin",
    )

    denied = f"The ambiguous role mapping rules for: {next(iter(mapping))} denied this request."
    assert refused == not_authorized(denied)


@pytest.mark.parametrize("expires", ["NaN", "-Infinity", "-1e999", '"\\ud800"'])
def test_a_token_that_is_no_json(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool, cognito_user: User, expires: str
) -> None:
    header, claims, signature = cognito_user.tokens().id_token.split(".")
    told = json.loads(base64.urlsafe_b64decode(f"{claims}=="))
    text = json.dumps(told).replace(str(told["exp"]), expires)
    token = ".".join([header, base64.urlsafe_b64encode(text.encode()).decode().rstrip("="), signature])
    logins = {provider_of(cognito_user.pool): token}
    guest = cognito_identity_pool.guest()

    assert refusal(cognito_identity.get_id, IdentityPoolId=cognito_identity_pool.id, Logins=logins) == UNREADABLE
    assert refusal(cognito_identity.get_open_id_token, IdentityId=guest.id, Logins=logins) == UNREADABLE


@pytest.mark.parametrize(("value", "other"), [("*", "a"), ("${aws:username}", "a"), ("a" * 257, "a"), ("a", "b")])
def test_claims_that_can_t_be_tags(
    cognito: Cognito,
    cognito_identity: CognitoIdentityClient,
    cognito_identity_pool: IdentityPool,
    cognito_user: User,
    value: str,
    other: str,
) -> None:
    """STS takes letters, digits and some signs. Of two keys that differ in case it takes none."""
    keys = {"team": "team"} if other == "a" else {"team": "team", "TEAM": "other"}
    cognito_identity_pool.call(
        "SetPrincipalTagAttributeMap", IdentityProviderName=provider_of(cognito_user.pool), PrincipalTags=keys
    )
    tokens = cognito_user.pool.tokens_for(cognito_user.username, claims={"team": value, "other": other})
    identity = cognito_identity_pool.identity_of(tokens)

    refused = refusal(
        cognito_identity.get_credentials_for_identity, IdentityId=identity.id, Logins=login(cognito_user, tokens)
    )

    assert refused == MISCONFIGURED
    if value == "*":
        assert "tags can't have '*', which is in the session tag 'team'" in cognito.calls[-1].explanation


@pytest.mark.parametrize("role", ["closed", "nowhere"])
@mock_aws
def test_a_role_of_another_mocks_iam_that_refuses_links_nothing(
    cognito_identity: CognitoIdentityClient, cognito_identity_pool: IdentityPool, cognito_user: User, role: str
) -> None:
    trust = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    boto3.client("iam").create_role(RoleName="closed", AssumeRolePolicyDocument=document)
    cognito_identity_pool.set_roles(authenticated=f"{ROLE}/{role}")
    guest = cognito_identity_pool.guest()

    refused = refusal(cognito_identity.get_credentials_for_identity, IdentityId=guest.id, Logins=login(cognito_user))

    assert refused == MISCONFIGURED
    assert guest.guest
    assert guest.logins == []
