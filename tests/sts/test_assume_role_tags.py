"""AssumeRole: session tags, those that chained sessions inherit, and the source identity."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from tests.support.policies import allowing, trusting
from tests.support.refusals import Refusal, refusal

from .conftest import DEVELOPER, Assume, denied

ROOT = "arn:aws:iam::123456789012:root"
ASSUMING = allowing("sts:*")
TEAM = [{"Key": "team", "Value": "notes"}]


def test_tags_decide_by_the_trust_policy(cognito: Cognito, assume: Assume) -> None:
    condition = {"StringEquals": {"aws:RequestTag/team": "notes"}, "ForAllValues:StringEquals": {"aws:TagKeys": "team"}}
    role = cognito.create_role("app", trusting(ROOT, Condition=condition))

    assert assume(role, Tags=TEAM)["PackedPolicySize"] > 0
    other = [{"Key": "team", "Value": "billing"}]
    assert refusal(assume, role=role, Tags=other) == denied(DEVELOPER, role.arn)
    more = [*TEAM, {"Key": "level", "Value": "3"}]
    assert refusal(assume, role=role, Tags=more) == denied(DEVELOPER, role.arn)


def test_tags_need_an_action_of_their_own(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app", trusting(ROOT, "sts:AssumeRole"))

    assert refusal(assume, role=role, Tags=TEAM) == denied(DEVELOPER, role.arn, "sts:TagSession")
    assert assume(role)["Credentials"]


def test_the_user_s_policies_must_allow_to_tag_as_well(cognito: Cognito, assume: Assume) -> None:
    alice = cognito.iam.create_user("alice", [allowing("sts:AssumeRole")])
    role = cognito.create_role("app")

    error = refusal(assume, role=role, by=alice.session().client("sts"), Tags=TEAM)

    assert error == denied(alice.arn, role.arn, "sts:TagSession")


def test_a_session_s_tags_are_those_of_the_principal(cognito: Cognito, assume: Assume, as_session: Any) -> None:
    condition = {"StringEquals": {"aws:PrincipalTag/team": "notes", "aws:PrincipalTag/level": "3"}}
    first = cognito.create_role("first", tags={"Team": "billing", "level": "3"}, policies=[ASSUMING])
    second = cognito.create_role("second", trusting(ROOT, Condition=condition))

    assert assume(second, by=as_session(assume(first, Tags=TEAM)["Credentials"]))["Credentials"]
    session = "arn:aws:sts::123456789012:assumed-role/first/session"
    plain = as_session(assume(first)["Credentials"])
    assert refusal(assume, role=second, by=plain) == denied(session, second.arn)


@pytest.fixture
def chain(cognito: Cognito) -> tuple[Any, Any, Any]:
    """Roles of which each may assume the next; the last trusts those with the tag ``team`` alone."""
    condition = {"StringEquals": {"aws:PrincipalTag/team": "notes"}}
    return (
        cognito.create_role("first", policies=[ASSUMING]),
        cognito.create_role("second", policies=[ASSUMING], tags={"team": "of the role"}),
        cognito.create_role("third", trusting(ROOT, Condition=condition)),
    )


def test_transitive_tags_are_inherited(chain: Any, assume: Assume, as_session: Any) -> None:
    first, second, third = chain
    one = as_session(assume(first, Tags=TEAM, TransitiveTagKeys=["Team"])["Credentials"])
    two = as_session(assume(second, by=one)["Credentials"])

    assert assume(third, by=two)["Credentials"]


def test_transitive_tags_stand_for_tags_of_the_next_role(
    cognito: Cognito, chain: Any, assume: Assume, as_session: Any
) -> None:
    condition = {"StringEquals": {"aws:ResourceTag/team": "notes"}}
    role = cognito.create_role("tagged", trusting(ROOT, Condition=condition), tags={"team": "of the role"})

    one = as_session(assume(chain[0], Tags=TEAM, TransitiveTagKeys=["TEAM"])["Credentials"])
    other = as_session(assume(chain[0], Tags=TEAM)["Credentials"])

    assert assume(role, by=one)["Credentials"]
    assert refusal(assume, role=role, by=other).code == "AccessDenied"


def test_other_tags_are_not(chain: Any, assume: Assume, as_session: Any) -> None:
    first, second, third = chain
    one = as_session(assume(first, Tags=TEAM)["Credentials"])
    two = as_session(assume(second, by=one)["Credentials"])

    session = "arn:aws:sts::123456789012:assumed-role/second/session"
    assert refusal(assume, role=third, by=two) == denied(session, third.arn)


def test_an_inherited_tag_can_t_be_set_again(chain: Any, assume: Assume, as_session: Any) -> None:
    first, second, _ = chain
    one = as_session(assume(first, Tags=TEAM, TransitiveTagKeys=["team"])["Credentials"])

    again = refusal(assume, role=second, by=one, Tags=[{"Key": "TEAM", "Value": "x"}], TransitiveTagKeys=["TEAM"])

    assert again == Refusal(
        "InvalidParameterValue",
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the "
        "calling session.",
    )
    plain = refusal(assume, role=second, by=one, Tags=[{"Key": "TEAM", "Value": "x"}])
    assert plain.code == "InvalidParameterValue"


def test_the_keys_of_transitive_tags_are_in_the_request(cognito: Cognito, assume: Assume) -> None:
    condition = {"ForAnyValue:StringEquals": {"sts:TransitiveTagKeys": ["team"]}}
    role = cognito.create_role("app", trusting(ROOT, Condition=condition))

    assert assume(role, Tags=TEAM, TransitiveTagKeys=["team"])["Credentials"]
    assert refusal(assume, role=role, Tags=TEAM) == denied(DEVELOPER, role.arn)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        (
            {"Tags": [*TEAM, {"Key": "Team", "Value": "x"}]},
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ),
        (
            {"Tags": TEAM, "TransitiveTagKeys": ["level"]},
            "The specified transitive tag key must be included in the requested tags.",
        ),
        (
            {"Tags": [{"Key": "AWS:team", "Value": "x"}]},
            "Tag keys must not begin with aws:, which is reserved.",
        ),
    ],
    ids=["twice", "not there", "reserved"],
)
def test_tags_that_are_wrong(cognito: Cognito, assume: Assume, parameters: dict[str, Any], message: str) -> None:
    role = cognito.create_role("app")

    assert refusal(assume, role=role, **parameters) == Refusal("InvalidParameterValue", message)


def test_the_source_identity_sticks(chain: Any, assume: Assume, as_session: Any, cognito: Cognito) -> None:
    first, second, _ = chain
    answer = assume(first, SourceIdentity="alice")
    one = as_session(answer["Credentials"])

    assert answer["SourceIdentity"] == "alice"
    assert assume(second, by=one)["SourceIdentity"] == "alice"
    assert assume(second, by=one, SourceIdentity="alice")["SourceIdentity"] == "alice"
    assert refusal(assume, role=second, by=one, SourceIdentity="bob").code == "AccessDenied"

    condition = {"StringEquals": {"aws:SourceIdentity": "alice"}}
    last = cognito.create_role("last", trusting(ROOT, Condition=condition))
    assert assume(last, by=one)["Credentials"]


def test_the_source_identity_needs_an_action_of_its_own(cognito: Cognito, assume: Assume, as_session: Any) -> None:
    role = cognito.create_role("app", trusting(ROOT, "sts:AssumeRole"))
    first = cognito.create_role("first", policies=[ASSUMING])

    given = refusal(assume, role=role, SourceIdentity="alice")

    assert given == denied(DEVELOPER, role.arn, "sts:SetSourceIdentity")
    one = as_session(assume(first, SourceIdentity="alice")["Credentials"])
    session = "arn:aws:sts::123456789012:assumed-role/first/session"
    assert refusal(assume, role=role, by=one) == denied(session, role.arn, "sts:SetSourceIdentity")


def test_the_trust_policy_asks_for_a_source_identity(cognito: Cognito, assume: Assume) -> None:
    condition = {"StringLike": {"sts:SourceIdentity": "a*"}}
    role = cognito.create_role("app", trusting(ROOT, Condition=condition))

    assert assume(role, SourceIdentity="alice")["SourceIdentity"] == "alice"
    assert refusal(assume, role=role, SourceIdentity="bob") == denied(DEVELOPER, role.arn)
