"""What several policies come to: of identities, boundaries, sessions and resources, within an account and across."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from pytest_cognito import iam
from tests.support.evaluated import (
    ACCOUNT,
    ALICE,
    ALLOW_ALL,
    ANONYMOUS,
    DENY_ALL,
    NOTE,
    OTHER_ACCOUNT,
    ROOT,
    SESSION,
    named,
    of_resource,
)

READ = {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}
LIST = {"Effect": "Allow", "Action": "s3:List*", "Resource": "*"}
OWN = named("own", ALLOW_ALL)
READER = named("reader", READ)
LISTER = named("lister", LIST)
DENIER = named("denier", DENY_ALL)


def evaluate(
    *identity: iam.NamedPolicy,
    principal: iam.Principal = ALICE,
    action: str = "s3:GetObject",
    resource: str = NOTE,
    account: str | None = None,
    bucket: dict[str, Any] | None = None,
    **policies: Any,
) -> iam.Decision:
    """The decision of policies; ``bucket`` is an Allow of the resource's policy for a Principal."""
    of_bucket = (of_resource({**ALLOW_ALL, **bucket}),) if bucket else ()
    request = iam.Request(principal, action, resource, account=account)
    return iam.evaluate(request, iam.Policies(identity, resource=of_bucket, **policies))


def test_nothing_is_allowed_by_itself() -> None:
    assert not evaluate()
    assert not evaluate(LISTER)
    assert evaluate(LISTER, READER)


def test_a_denial_decides_wherever_it_stands() -> None:
    assert evaluate(OWN, DENIER).explicit
    assert evaluate(OWN, boundary=DENIER).explicit
    assert evaluate(OWN, sessions=((OWN, DENIER),)).explicit
    assert evaluate(OWN, bucket={**DENY_ALL, "Principal": "*"}).explicit
    assert evaluate(principal=ROOT, bucket={**DENY_ALL, "Principal": {"AWS": ACCOUNT}}).explicit


def test_a_boundary_allows_at_most() -> None:
    assert not evaluate(boundary=OWN)
    assert evaluate(OWN, boundary=READER)
    assert not evaluate(OWN, boundary=LISTER)


def test_each_layer_of_session_policies_has_to_allow() -> None:
    assert evaluate(OWN, sessions=((LISTER, READER),))
    assert evaluate(OWN, sessions=((READER,), (OWN,)))
    assert not evaluate(OWN, sessions=((READER,), (LISTER,)))
    assert not evaluate(OWN, sessions=((),))
    assert not evaluate(LISTER, sessions=((OWN,),))


@pytest.mark.parametrize(
    ("principal", "named_by", "in_spite_of_boundary_and_session"),
    [
        (ALICE, ALICE.arn, True),
        (SESSION, SESSION.arn, True),
        (SESSION, SESSION.role_arn, False),
        (ALICE, "*", False),
    ],
)
def test_a_resource_may_allow_by_itself(
    principal: iam.Principal, named_by: str, in_spite_of_boundary_and_session: bool
) -> None:
    """Who is named as user or session is not held back by a boundary or a session policy that does not allow it."""
    bucket = {"Principal": {"AWS": named_by}}

    assert evaluate(principal=principal, bucket=bucket)
    assert evaluate(principal=principal, bucket=bucket, boundary=READER, sessions=((READER,),))
    for layers in ({"boundary": LISTER}, {"sessions": ((LISTER,),)}):
        decision = evaluate(principal=principal, bucket=bucket, **layers)
        assert bool(decision) is in_spite_of_boundary_and_session


def test_a_policy_of_a_resource_that_allows_nothing_does_not_matter_in_the_account() -> None:
    bucket = {**LIST, "Principal": "*"}

    assert evaluate(OWN, bucket=bucket)
    assert not evaluate(LISTER, bucket=bucket)


@pytest.mark.parametrize("account_by", ["arn", "account"])
def test_across_accounts_both_sides_have_to_allow(account_by: str) -> None:
    where: dict[str, Any] = {"resource": f"arn:aws:sqs:eu-west-1:{OTHER_ACCOUNT}:orders"}
    if account_by == "account":
        where = {"account": OTHER_ACCOUNT}
    for principal in ({"AWS": ACCOUNT}, {"AWS": ALICE.arn}, "*"):
        bucket = {"Principal": principal}
        assert evaluate(OWN, bucket=bucket, **where)
        assert not evaluate(bucket=bucket, **where)
        assert not evaluate(OWN, bucket=bucket, boundary=LISTER, **where)

    refused = evaluate(OWN, **where)
    assert refused.reason == "because no resource-based policy allows the s3:GetObject action"


def test_the_root_user_needs_no_policy_in_their_account() -> None:
    assert evaluate(principal=ROOT)
    assert not evaluate(principal=ROOT, account=OTHER_ACCOUNT)
    assert evaluate(principal=ROOT, account=OTHER_ACCOUNT, bucket={"Principal": {"AWS": ACCOUNT}})


def test_who_is_anonymous_needs_a_resource_open_to_all() -> None:
    assert not evaluate(OWN, principal=ANONYMOUS)
    assert not evaluate(principal=ANONYMOUS, bucket={"Principal": {"AWS": ACCOUNT}})
    assert evaluate(principal=ANONYMOUS, bucket={"Principal": "*"})


@pytest.mark.parametrize(
    ("policies", "reason"),
    [
        ({}, "because no identity-based policy allows the s3:PutObject action"),
        ({"boundary": READER}, "because no permissions boundary allows the s3:PutObject action"),
        ({"sessions": ((READER,),)}, "because no session policy allows the s3:PutObject action"),
        ({"boundary": DENIER}, "with an explicit deny in a permissions boundary"),
        ({"sessions": ((DENIER,),)}, "with an explicit deny in a session policy"),
        ({"bucket": {**DENY_ALL, "Principal": "*"}}, "with an explicit deny in a resource-based policy"),
    ],
)
def test_the_message_names_the_kind_of_policy(policies: dict[str, Any], reason: str) -> None:
    own = () if not policies else (OWN,)

    decision = evaluate(*own, action="s3:PutObject", **policies)

    whole = f"User: {ALICE.arn} is not authorized to perform: s3:PutObject on resource: {NOTE} {reason}"
    assert decision.message == whole


def test_the_message_names_the_managed_policy_that_denies() -> None:
    arn = f"arn:aws:iam::{ACCOUNT}:policy/denier"

    assert evaluate(OWN, DENIER).reason == "with an explicit deny in an identity-based policy"
    managed = iam.NamedPolicy(arn, DENIER.policy)
    assert evaluate(OWN, managed).reason == f"with an explicit deny in an identity-based policy: {arn}"


def test_what_is_allowed_has_no_message() -> None:
    decision = evaluate(OWN)

    assert (decision.message, decision.reason, decision.explicit) == ("", "", False)


TRUSTED = "arn:aws:iam::123456789012:role/app"
WEB = iam.Principal("web", "web", "", "FederatedUser", federated=("accounts.google.com",))


def trusts(
    principal: Any,
    by: iam.Principal,
    policies: iam.Policies | None = None,
    action: str = "sts:AssumeRole",
    **elements: Any,
) -> iam.Decision:
    statement = {"Effect": "Allow", "Principal": principal, "Action": ["sts:AssumeRole*", "sts:TagSession"], **elements}
    content = {"Version": "2012-10-17", "Statement": statement}
    trust = iam.NamedPolicy("trust", iam.parse(content, trust=True))
    return iam.evaluate_trust(iam.Request(by, action, TRUSTED), trust, policies)


def test_a_trust_policy_has_to_allow_each_action() -> None:
    google = {"Federated": ["graph.facebook.com", "accounts.google.com"]}

    assert trusts(google, WEB, action="sts:AssumeRoleWithWebIdentity")
    assert trusts(google, WEB, action="sts:TagSession")
    assert not trusts(google, WEB, action="sts:SetSourceIdentity")
    assert not trusts({"Federated": "graph.facebook.com"}, WEB)
    assert not trusts({"AWS": ACCOUNT}, WEB)


def test_a_trust_policy_may_deny() -> None:
    decision = trusts({"Federated": "accounts.google.com"}, WEB, Effect="Deny")

    assert decision.reason == "with an explicit deny in the role trust policy"


def test_a_service_is_trusted_by_its_name() -> None:
    service = dataclasses.replace(ANONYMOUS, type="Service", service="lambda.amazonaws.com")

    assert trusts({"Service": "lambda.amazonaws.com"}, service)
    assert not trusts({"Service": "ec2.amazonaws.com"}, service)
    assert not trusts({"Service": "lambda.amazonaws.com"}, ALICE)


def test_who_assumes_a_role_has_to_be_allowed_by_both_sides() -> None:
    nothing, everything = iam.Policies(()), iam.Policies((OWN,))

    assert trusts({"AWS": ACCOUNT}, ALICE, everything)
    assert not trusts({"AWS": ACCOUNT}, ALICE, nothing)
    assert not trusts({"AWS": OTHER_ACCOUNT}, ALICE, everything)
    assert not trusts({"AWS": OTHER_ACCOUNT}, ROOT, everything)


def test_who_a_trust_policy_of_the_account_names_needs_no_other() -> None:
    nothing = iam.Policies(())
    stranger = dataclasses.replace(ALICE, arn=ALICE.arn.replace(ACCOUNT, OTHER_ACCOUNT), account=OTHER_ACCOUNT)

    assert trusts({"AWS": ALICE.arn}, ALICE, nothing)
    assert trusts({"AWS": SESSION.role_arn}, SESSION, nothing)
    assert not trusts({"AWS": stranger.arn}, stranger, nothing)
    assert trusts({"AWS": stranger.arn}, stranger, iam.Policies((OWN,)))
    assert trusts({"AWS": ALICE.arn}, ALICE, iam.Policies((DENIER,))).explicit
