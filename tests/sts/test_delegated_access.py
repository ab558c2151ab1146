"""GetDelegatedAccessToken: credentials for what a user or a role has delegated."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.policies import allowing
from tests.support.refusals import Refusal, refusal

pytestmark = pytest.mark.needs("GetDelegatedAccessToken")

A = "arn:aws:s3:::notes/a.txt"
DELEGATED = [allowing("s3:GetObject", "s3:DeleteObject")]


@pytest.fixture
def sts(cognito: Cognito) -> Any:
    """A client of the partner, who trades tokens in."""
    policies = [allowing("sts:GetDelegatedAccessToken")]
    return cognito.iam.create_user("partner", policies, account="999999999999").session().client("sts")


def test_a_role_delegates(cognito: Cognito, sts: Any, as_session: Any) -> None:
    role = cognito.create_role("app", policies=[allowing("s3:GetObject", "s3:PutObject")])
    token = cognito.iam.create_delegation_token(role, DELEGATED, duration=1800)

    answer = sts.get_delegated_access_token(TradeInToken=token)

    assert answer["AssumedPrincipal"] == role.arn
    assert "PackedPolicySize" not in answer
    left = answer["Credentials"]["Expiration"].timestamp() - cognito.clock.timestamp()
    assert abs(left - 1800) <= 1
    credentials = cognito.iam.credentials(answer)
    assert credentials.role_arn == role.arn
    assert credentials.can("s3:GetObject", A)
    assert not credentials.can("s3:PutObject", A), "this is not delegated"
    assert not credentials.can("s3:DeleteObject", A), "the role may not, either"
    caller = as_session(answer["Credentials"]).get_caller_identity()
    assert caller["Arn"] == credentials.arn
    assert caller["Arn"].startswith("arn:aws:sts::123456789012:assumed-role/app/")


def test_a_user_delegates(cognito: Cognito, sts: Any, as_session: Any) -> None:
    alice = cognito.iam.create_user("alice", [allowing("s3:*")])

    answer = sts.get_delegated_access_token(TradeInToken=cognito.iam.create_delegation_token(alice.arn, DELEGATED))

    assert answer["AssumedPrincipal"] == alice.arn
    assert as_session(answer["Credentials"]).get_caller_identity()["UserId"] == alice.id
    assert cognito.iam.credentials(answer).can("s3:DeleteObject", A)
    assert refusal(as_session(answer["Credentials"]).get_session_token) == Refusal(
        "AccessDenied", "Cannot call GetSessionToken with session credentials"
    )


def test_until_the_delegation_ends(cognito: Cognito, sts: Any) -> None:
    token = cognito.iam.create_delegation_token(cognito.create_role("app"), DELEGATED, duration=600)
    cognito.clock.advance(minutes=9)
    assert sts.get_delegated_access_token(TradeInToken=token)["Credentials"]

    cognito.clock.advance(minutes=1)

    expired = Refusal("ExpiredTradeInTokenException", "The trade-in token has expired")
    assert refusal(sts.get_delegated_access_token, TradeInToken=token) == expired


def test_a_token_that_nobody_made(sts: Any) -> None:
    assert refusal(sts.get_delegated_access_token, TradeInToken="made up").code == "AccessDenied"


def test_who_may_trade_in(cognito: Cognito, cognito_sts: Any, as_session: Any) -> None:
    token = cognito.iam.create_delegation_token(cognito.create_role("app"), DELEGATED)
    stranger: Any = cognito.iam.create_user("stranger").session().client("sts")

    refused = refusal(stranger.get_delegated_access_token, TradeInToken=token)

    assert refused.code == "AccessDenied"
    assert "sts:GetDelegatedAccessToken" in refused.message
    by_session = as_session(cognito_sts.get_session_token()["Credentials"])
    assert by_session.get_delegated_access_token(TradeInToken=token)["Credentials"]


@pytest.mark.parametrize(
    ("principal", "more", "named"),
    [
        ("arn:aws:iam::123456789012:role/nowhere", {}, "nowhere"),
        (None, {}, "create_role"),
        ("arn:aws:iam::123456789012:user/testing", {"duration": 0}, "duration"),
    ],
)
def test_what_can_t_delegate(cognito: Cognito, principal: Any, more: dict[str, Any], named: str) -> None:
    with pytest.raises(UsageError, match=named):
        cognito.iam.create_delegation_token(principal, DELEGATED, **more)
