"""AssumeRole: whom the trust policy of a role names, and what it asks of them."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.policies import allowing, denying, trusting
from tests.support.refusals import refusal

from .conftest import DEVELOPER, Assume, denied

ROOT = "arn:aws:iam::123456789012:root"
ALICE = "arn:aws:iam::123456789012:user/alice"
ASSUMING = allowing("sts:AssumeRole")
PARTNER = "999999999999"


@pytest.mark.parametrize("trusted", [ALICE, "*", [DEVELOPER, ALICE]], ids=["the user", "everybody", "several"])
def test_a_role_that_names_the_user_needs_nothing_of_theirs(cognito: Cognito, assume: Assume, trusted: Any) -> None:
    alice = cognito.iam.create_user("alice")
    role = cognito.create_role("app", trusting({"AWS": trusted}))

    assert assume(role, by=alice.session().client("sts"))["Credentials"]


@pytest.mark.parametrize("trusted", [ROOT, "123456789012"], ids=["root", "account"])
def test_a_role_that_names_the_account_leaves_it_to_the_user_s_policies(
    cognito: Cognito, assume: Assume, trusted: str
) -> None:
    alice, bob = cognito.iam.create_user("alice", [ASSUMING]), cognito.iam.create_user("bob")
    role = cognito.create_role("app", trusting(trusted))

    assert assume(role, by=alice.session().client("sts"))["Credentials"]
    assert refusal(assume, role=role, by=bob.session().client("sts")) == denied(bob.arn, role.arn)


@pytest.mark.parametrize(
    "trust",
    [
        trusting("arn:aws:iam::123456789012:user/bob"),
        trusting({"Federated": "accounts.google.com"}, "sts:AssumeRoleWithWebIdentity"),
        trusting({"Service": "lambda.amazonaws.com"}),
        trusting(ALICE, "sts:TagSession"),
        trusting(PARTNER),
    ],
    ids=["another user", "web identities", "a service", "another action", "another account"],
)
def test_a_role_that_does_not_trust_the_user(cognito: Cognito, assume: Assume, trust: dict[str, Any]) -> None:
    alice = cognito.iam.create_user("alice", [ASSUMING])
    role = cognito.create_role("app", trust)

    assert refusal(assume, role=role, by=alice.session().client("sts")) == denied(ALICE, role.arn)
    assert refusal(assume, role=role) == denied(DEVELOPER, role.arn)


def test_a_policy_of_the_user_that_denies_it_stands_over_the_role_s(cognito: Cognito, assume: Assume) -> None:
    alice = cognito.iam.create_user("alice", [denying("sts:AssumeRole")])
    role = cognito.create_role("app", trusting(ALICE))

    assert refusal(assume, role=role, by=alice.session().client("sts")) == denied(ALICE, role.arn)


def test_a_role_of_another_account_needs_both(cognito: Cognito, assume: Assume) -> None:
    alice, bob = cognito.iam.create_user("alice", [ASSUMING]), cognito.iam.create_user("bob")
    role = cognito.create_role("shared", trusting({"AWS": [alice.arn, bob.arn]}), account=PARTNER)

    assumed = assume(role, by=alice.session().client("sts"))["AssumedRoleUser"]["Arn"]

    assert assumed == f"arn:aws:sts::{PARTNER}:assumed-role/shared/session"
    assert refusal(assume, role=role, by=bob.session().client("sts")) == denied(bob.arn, role.arn)


def test_the_external_id(cognito: Cognito, assume: Assume) -> None:
    condition = {"StringEquals": {"sts:ExternalId": "notes-42"}}
    role = cognito.create_role("shared", trusting(ROOT, Condition=condition), account=PARTNER)

    assert assume(role, ExternalId="notes-42")["Credentials"]
    assert refusal(assume, role=role, ExternalId="notes-43") == denied(DEVELOPER, role.arn)
    assert refusal(assume, role=role) == denied(DEVELOPER, role.arn)


def test_the_session_name(cognito: Cognito, assume: Assume) -> None:
    condition = {"StringLike": {"sts:RoleSessionName": "${aws:username}"}}
    role = cognito.create_role("app", trusting(ROOT, Condition=condition))

    assert assume(role, RoleSessionName="testing")["Credentials"]
    assert refusal(assume, role=role) == denied(DEVELOPER, role.arn)


def test_keys_of_every_request(cognito: Cognito, assume: Assume) -> None:
    cognito.clock.freeze("2026-05-01 12:00:00")
    condition = {
        "DateLessThan": {"aws:CurrentTime": "2026-05-01T13:00:00Z"},
        "IpAddress": {"aws:SourceIp": "127.0.0.0/8"},
        "StringEquals": {"aws:RequestedRegion": "us-east-1", "aws:PrincipalArn": DEVELOPER},
        "Bool": {"aws:SecureTransport": "true"},
    }
    role = cognito.create_role("app", trusting(ROOT, Condition=condition))

    assert assume(role)["Credentials"]
    cognito.clock.advance(hours=1)
    assert refusal(assume, role=role) == denied(DEVELOPER, role.arn)


def test_a_role_that_trusts_another_role(cognito: Cognito, assume: Assume, as_session: Any) -> None:
    first = cognito.create_role("first")
    second, third = cognito.create_role("second", first.arn), cognito.create_role("third")
    by = as_session(assume(first)["Credentials"])

    assert assume(second, by=by)["Credentials"]
    session = "arn:aws:sts::123456789012:assumed-role/first/session"
    assert refusal(assume, role=third, by=by) == denied(session, third.arn)


def test_the_boundary_of_a_user(cognito: Cognito, assume: Assume) -> None:
    alice = cognito.iam.create_user("alice", [ASSUMING], boundary=allowing("s3:*"))
    role = cognito.create_role("app")

    assert refusal(assume, role=role, by=alice.session().client("sts")) == denied(alice.arn, role.arn)


def test_tags_of_the_user(cognito: Cognito, assume: Assume) -> None:
    condition = {"StringEquals": {"aws:PrincipalTag/team": "${aws:ResourceTag/team}"}}
    role = cognito.create_role("app", trusting(ROOT, Condition=condition), tags={"team": "notes"})
    alice = cognito.iam.create_user("alice", [ASSUMING], tags={"team": "notes"})
    bob = cognito.iam.create_user("bob", [ASSUMING], tags={"team": "billing"})

    assert assume(role, by=alice.session().client("sts"))["Credentials"]
    assert refusal(assume, role=role, by=bob.session().client("sts")) == denied(bob.arn, role.arn)


MFA_FAILED = ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")


def test_a_role_that_wants_mfa(cognito: Cognito, assume: Assume) -> None:
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}
    role = cognito.create_role("app", trusting(ROOT, Condition=condition))
    alice = cognito.iam.create_user("alice", [ASSUMING], mfa=True)
    by, code = alice.session().client("sts"), alice.mfa_code()
    given = {"SerialNumber": alice.mfa_serial, "TokenCode": code}

    assert refusal(assume, role=role, by=by) == denied(alice.arn, role.arn)
    assert assume(role, by=by, **given)["Credentials"]
    assert refusal(assume, role=role, by=by, **given) == MFA_FAILED  # a code works once
    assert alice.mfa_code() != code


def test_the_mfa_device_of_another_user(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")
    alice = cognito.iam.create_user("alice", mfa=True)

    assert refusal(assume, role=role, SerialNumber=alice.mfa_serial, TokenCode=alice.mfa_code()) == MFA_FAILED
