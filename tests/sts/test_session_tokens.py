"""GetSessionToken: sessions of IAM users."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.kernel.errors import UsageError
from tests.support.policies import allowing, trusting
from tests.support.refusals import Refusal, refusal

from .conftest import DEVELOPER

if TYPE_CHECKING:
    from types_boto3_sts import STSClient

MFA_FAILED = Refusal("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")


def with_session(operation: str) -> Refusal:
    return Refusal("AccessDenied", f"Cannot call {operation} with session credentials")


def lifetime(cognito: Cognito, answer: Any) -> int:
    end: float = answer["Credentials"]["Expiration"].timestamp()
    return round(end - cognito.clock.timestamp())


def test_a_session_is_the_user(cognito: Cognito, as_session: Any) -> None:
    alice = cognito.iam.create_user("alice", [allowing("s3:GetObject")], tags={"team": "notes"})
    sts: Any = alice.session().client("sts")

    answer = sts.get_session_token()

    given = answer["Credentials"]
    assert given["AccessKeyId"].startswith("ASIA")
    assert "PackedPolicySize" not in answer
    assert abs(lifetime(cognito, answer) - 43_200) <= 1
    caller, user = as_session(given).get_caller_identity(), sts.get_caller_identity()
    assert [caller[name] for name in ("Arn", "UserId", "Account")] == [alice.arn, alice.id, user["Account"]]
    credentials = cognito.iam.credentials(answer)
    assert credentials.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
    assert not credentials.can("s3:PutObject", "arn:aws:s3:::notes/a.txt")


def test_the_developer_s_session(cognito_sts: STSClient, as_session: Any) -> None:
    assert as_session(cognito_sts.get_session_token()["Credentials"]).get_caller_identity()["Arn"] == DEVELOPER


@pytest.mark.parametrize(("asked", "given"), [(None, 3600), (900, 900), (129_600, 3600)])
def test_a_root_user_has_an_hour(cognito: Cognito, asked: int | None, given: int) -> None:
    sts: Any = cognito.iam.create_root_user().session().client("sts")

    answer = sts.get_session_token(**({} if asked is None else {"DurationSeconds": asked}))

    assert abs(lifetime(cognito, answer) - given) <= 1
    assert cognito.iam.credentials(answer).can("s3:GetObject", "arn:aws:s3:::notes/a.txt")


def test_the_duration(cognito: Cognito, cognito_sts: STSClient, as_session: Any) -> None:
    given = cognito_sts.get_session_token(DurationSeconds=129_600)["Credentials"]

    cognito.clock.advance(hours=36)
    assert refusal(as_session(given).get_caller_identity).code == "ExpiredToken"
    assert refusal(cognito_sts.get_session_token, DurationSeconds=129_601).code == "ValidationError"


def test_mfa(cognito: Cognito, as_session: Any) -> None:
    """The session keeps for its whole life that, and when, a code was entered."""
    condition = {"Bool": {"aws:MultiFactorAuthPresent": "true"}, "NumericLessThan": {"aws:MultiFactorAuthAge": "300"}}
    alice = cognito.iam.create_user("alice", [allowing("s3:*", Condition=condition)], mfa=True)
    sts: Any = alice.session().client("sts")

    with_code = cognito.iam.credentials(
        sts.get_session_token(SerialNumber=alice.mfa_serial, TokenCode=alice.mfa_code())
    )
    without = cognito.iam.credentials(sts.get_session_token())

    assert with_code.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
    assert not without.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
    cognito.clock.advance(minutes=6)
    assert not with_code.can("s3:GetObject", "arn:aws:s3:::notes/a.txt")
    wrong = {"SerialNumber": alice.mfa_serial, "TokenCode": "000000"}
    assert refusal(sts.get_session_token, **wrong) == MFA_FAILED
    assert refusal(sts.get_session_token, TokenCode="000000").code == "ValidationError"


def test_a_role_that_wants_mfa_takes_the_session(cognito: Cognito, as_session: Any) -> None:
    alice = cognito.iam.create_user("alice", [allowing("sts:AssumeRole")], mfa=True)
    role = cognito.create_role("app", trusting(alice.arn, Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}))
    sts: Any = alice.session().client("sts")
    given = {"RoleArn": role.arn, "RoleSessionName": "session"}

    session = sts.get_session_token(SerialNumber=alice.mfa_serial, TokenCode=alice.mfa_code())["Credentials"]

    assert as_session(session).assume_role(**given)["AssumedRoleUser"]["Arn"].endswith("/app/session")
    assert refusal(as_session(sts.get_session_token()["Credentials"]).assume_role, **given).code == "AccessDenied"


def test_sessions_begin_no_such_session(cognito: Cognito, cognito_sts: STSClient, as_session: Any) -> None:
    of_user = as_session(cognito_sts.get_session_token()["Credentials"])
    of_role = cognito.create_role("app").assume().session().client("sts")

    for sts in (of_user, of_role):
        assert refusal(sts.get_session_token) == with_session("GetSessionToken")
        assert refusal(sts.get_federation_token, Name="bob") == with_session("GetFederationToken")


def test_what_else_such_a_session_calls(cognito: Cognito, cognito_sts: STSClient, as_session: Any) -> None:
    sts = as_session(cognito_sts.get_session_token()["Credentials"])
    key = cognito.iam.create_user("bob").access_key_id

    assert refusal(sts.get_access_key_info, AccessKeyId=key) == with_session("GetAccessKeyInfo")
    decode = sts.decode_authorization_message
    assert refusal(decode, EncodedMessage="a") == with_session("DecodeAuthorizationMessage")
    task = {"arn": "arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy"}
    assert refusal(sts.assume_root, TargetPrincipal="222222222222", TaskPolicyArn=task) == with_session("AssumeRoot")
    role = cognito.create_role("app")
    assert sts.assume_role(RoleArn=role.arn, RoleSessionName="session")["Credentials"]


@pytest.mark.needs("GetSessionTokenRequest.MinimumSessionTokenSize")
def test_the_size_of_the_token(cognito_sts: Any) -> None:
    answer = cognito_sts.get_session_token(MinimumSessionTokenSize=2048)

    size = len(answer["Credentials"]["SessionToken"])
    assert answer["SessionTokenSize"] == size >= 2048
    assert answer["SessionTokenUtilization"] == -(-100 * size // 4096)


@pytest.mark.parametrize("given", ["no answer", {}, {"Credentials": {"AccessKeyId": "ASIAIOSFODNN7EXAMPLE"}}])
def test_what_is_no_answer_of_sts(cognito: Cognito, given: Any) -> None:
    with pytest.raises(UsageError, match="get_session_token"):
        cognito.iam.credentials(given)
