"""What guests may do at most, whatever their role allows."""

from __future__ import annotations

import pytest

from pytest_cognito import Cognito, Credentials, IdentityPool, User

EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def guest_of(cognito: Cognito, region: str) -> Credentials:
    pool = cognito.create_identity_pool(region=region, AllowUnauthenticatedIdentities=True)
    pool.set_roles(unauthenticated=pool.create_role("guests", [EVERYTHING], guests=True))
    return pool.guest().credentials()


@pytest.mark.parametrize("action", ["s3:GetObject", "dynamodb:GetItem", "cognito-sync:ListRecords", "lex:PostText"])
def test_what_aws_leaves_to_guests_by_the_inline_policy(cognito: Cognito, action: str) -> None:
    assert guest_of(cognito, "us-east-1").can(action)


@pytest.mark.parametrize("action", ["rum:PutRumEvents", "geo:GetMapTile", "kms:Decrypt", "polly:SynthesizeSpeech"])
def test_what_aws_leaves_to_guests_by_the_managed_policy(cognito: Cognito, action: str) -> None:
    assert guest_of(cognito, "us-east-1").can(action)


@pytest.mark.parametrize("action", ["ec2:RunInstances", "iam:CreateUser", "kms:CreateKey", "sts:AssumeRole"])
def test_what_no_guest_may_do(cognito: Cognito, action: str) -> None:
    decision = guest_of(cognito, "us-east-1").can(action)

    assert not decision
    assert decision.message.endswith(f"because no session policy allows the {action} action")


def test_regions_that_an_account_has_to_enable(cognito: Cognito) -> None:
    credentials = guest_of(cognito, "af-south-1")

    assert credentials.can("s3:GetObject")
    assert not credentials.can("textract:AnalyzeDocument")


def test_users_are_not_limited(cognito_identity_pool: IdentityPool, cognito_user: User) -> None:
    role = cognito_identity_pool.create_role("all", [EVERYTHING])
    cognito_identity_pool.set_roles(authenticated=role)

    assert cognito_identity_pool.identity_of(cognito_user).credentials().can("ec2:RunInstances")


def test_the_scope_widens_no_role(cognito_identity_pool: IdentityPool) -> None:
    decision = cognito_identity_pool.guest().credentials().can("dynamodb:GetItem")

    assert decision.message.endswith("because no identity-based policy allows the dynamodb:GetItem action")
