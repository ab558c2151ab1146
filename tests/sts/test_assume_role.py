"""AssumeRole: what it answers, how long a session lasts, and what is refused whatever a role says."""

from __future__ import annotations

import base64
import datetime as dt
import re
from typing import Any

import pytest

from pytest_cognito import Cognito, Server
from tests.support.clients import client
from tests.support.policies import allowing
from tests.support.refusals import Refusal, refusal

from .conftest import DEVELOPER, Assume, denied

TOO_LONG = Refusal("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
TOO_LONG_IN_A_CHAIN = Refusal(
    "ValidationError",
    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
)


def account_of(key: str) -> int:
    """The account in an access key id, as it was found out by those who took them apart."""
    return (int.from_bytes(base64.b32decode(key[4:])[:6]) & 0x7FFFFFFFFF80) >> 7


def test_what_it_answers(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")

    answer = assume(role)

    credentials = answer["Credentials"]
    assert re.fullmatch("ASIA[A-Z2-7]{16}", credentials["AccessKeyId"])
    assert account_of(credentials["AccessKeyId"]) == 123456789012
    assert re.fullmatch("[A-Za-z0-9+/]{40}", credentials["SecretAccessKey"])
    assert credentials["SessionToken"].startswith("IQoJb3JpZ2lu")
    assert answer["AssumedRoleUser"] == {
        "AssumedRoleId": f"{role.id}:session",
        "Arn": "arn:aws:sts::123456789012:assumed-role/app/session",
    }
    assert re.fullmatch("AROA[A-Z2-7]{17}", role.id)
    assert not {"PackedPolicySize", "SourceIdentity"} & answer.keys()


def test_the_arn_of_the_session_has_no_path(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app", path="/service/notes/")

    assert role.arn == "arn:aws:iam::123456789012:role/service/notes/app"
    assert assume(role)["AssumedRoleUser"]["Arn"] == "arn:aws:sts::123456789012:assumed-role/app/session"


def test_each_session_has_credentials_of_its_own(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")

    one, other = assume(role)["Credentials"], assume(role)["Credentials"]

    assert not {one[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")} & set(other.values())


@pytest.mark.parametrize(("asked", "hours"), [({}, 1), ({"DurationSeconds": 7200}, 2)], ids=["default", "asked for"])
def test_how_long_it_lasts(cognito: Cognito, assume: Assume, asked: dict[str, int], hours: int) -> None:
    role = cognito.create_role("app", max_session_duration=7200)
    cognito.clock.freeze("2026-05-01 12:00:00")

    expiration = assume(role, **asked)["Credentials"]["Expiration"]

    assert expiration == dt.datetime(2026, 5, 1, 12 + hours, tzinfo=dt.UTC)


def test_it_lasts_no_longer_than_the_role_lets_it(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app", max_session_duration=7200)

    assert refusal(assume, role=role, DurationSeconds=7201) == TOO_LONG


def test_a_session_that_begins_another_gives_it_an_hour(cognito: Cognito, assume: Assume, as_session: Any) -> None:
    first = cognito.create_role("first", policies=[allowing("sts:AssumeRole")])
    second = cognito.create_role("second", max_session_duration=43200)
    by = as_session(assume(first)["Credentials"])

    assert refusal(assume, role=second, by=by, DurationSeconds=3601) == TOO_LONG_IN_A_CHAIN
    assert assume(second, by=by)["AssumedRoleUser"]["Arn"].endswith(":assumed-role/second/session")


def test_a_role_that_does_not_exist(assume: Assume) -> None:
    arn = "arn:aws:iam::123456789012:role/nobody"

    assert refusal(assume, role=arn) == denied(DEVELOPER, arn)


def test_where_the_loopback_server_is_the_endpoint_of_all_services(
    cognito: Cognito, cognito_server: Server, assume: Assume, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", cognito_server.endpoint_url)
    role = cognito.create_role("app")
    by = client("sts")

    assert assume(role, by=by)["Credentials"]
    assert refusal(assume, role=f"{role.arn}s", by=by) == denied(DEVELOPER, f"{role.arn}s")


def test_the_root_user(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")
    root = cognito.iam.create_root_user()

    error = refusal(assume, role=role, by=root.session().client("sts"))

    assert error == Refusal("AccessDenied", "Roles may not be assumed by root accounts.")


USER = "arn:aws:iam::123456789012:user/alice"
CONTEXT = {"ProviderArn": "arn:aws:iam::aws:contextProvider/IdentityCenter", "ContextAssertion": "made up"}
NAME = (
    "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: "
    r"Member must satisfy regular expression pattern: [\w+=,.@-]*"
)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"role": USER}, ("ValidationError", f"{USER} is invalid")),
        ({"RoleSessionName": "Session1:2"}, ("ValidationError", NAME)),
        ({"ProvidedContexts": [CONTEXT]}, ("InvalidContextAssertion", "The context assertion is invalid.")),
        ({"SerialNumber": USER}, ("ValidationError", "SerialNumber and TokenCode must be passed together.")),
    ],
    ids=["no role", "session name", "context", "no code"],
)
def test_what_no_role_takes(
    cognito: Cognito, assume: Assume, parameters: dict[str, Any], expected: tuple[str, str]
) -> None:
    role = cognito.create_role("app")

    assert refusal(assume, **{"role": role, **parameters}) == expected


@pytest.mark.needs("AssumeRoleRequest.MinimumSessionTokenSize")
def test_a_token_that_is_to_be_long(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")

    answer = assume(role, MinimumSessionTokenSize=3000)

    size = len(answer["Credentials"]["SessionToken"])
    assert 3000 <= size == answer["SessionTokenSize"]
    assert answer["SessionTokenUtilization"] == -(-100 * size // 4096)


def test_it_is_answered_in_every_region(cognito: Cognito, assume: Assume) -> None:
    role = cognito.create_role("app")
    elsewhere = client("sts", region_name="eu-west-1")

    assert assume(role, by=elsewhere)["AssumedRoleUser"] == assume(role)["AssumedRoleUser"]
