"""What becomes of the file of an import job, and of each of its rows."""

from __future__ import annotations

from collections.abc import Callable

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto import mock_aws

from pytest_cognito.cognito import Cognito
from pytest_cognito.cognito_idp import csv_line
from pytest_cognito.cognito_idp.rules.imports.csv_file import values
from tests.support.app import SUB, App, MakeApp
from tests.support.imports import VERIFIED, Import, file, header, row
from tests.support.mfa import MakeMfaApp
from tests.support.refusals import INCORRECT, RESET_REQUIRED, refusal

NOT_VERIFIED = (
    "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true)."
)
BAD_MFA = "The User Record sets cognito:mfa_enabled to a value that the user pool does not allow."
BAD_HEADER = "The header of the CSV file does not match the user pool"
SCHEMA = "Attributes did not conform to the schema:"
NO_BOOLEAN = "The attribute value is not a boolean."
TOO_MANY = "Too many users have failed or been skipped during the import."
LEVEL = {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MaxValue": "9"}}


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return make_app(**VERIFIED, Schema=[LEVEL])


def test_a_user_has_what_the_row_says(cognito: Cognito, app: App) -> None:
    given = {"name": "Ann \\, the first", "birthdate": "12/31/1999", "updated_at": "1700000000", "custom:level": "7"}
    job = Import.of(app, row("ann", **given, phone_number="  +15555550100 ", phone_number_verified="FALSE"))

    assert job.counts() == (1, 0, 0)
    assert app.attributes("ann") == {
        **given,
        "name": "Ann , the first",
        "email": "ann@example.com",
        "email_verified": "true",
        "phone_number": "+15555550100",
        "phone_number_verified": "false",
    }
    assert SUB.fullmatch(app.sub("ann"))
    assert cognito.outbox.to("ann@example.com") == []


def test_an_imported_user_resets_the_password(cognito: Cognito, app: App) -> None:
    Import.of(app, row("ann")).ended()

    assert app.status("ann") == "RESET_REQUIRED"
    assert refusal(app.begin, username="ann") == RESET_REQUIRED
    hiding = app.with_client(PreventUserExistenceErrors="ENABLED")
    assert refusal(hiding.begin, username="ann") == INCORRECT
    app.public("forgot_password", "ann")
    code = cognito.outbox.last(to="ann@example.com").code
    app.public("confirm_forgot_password", "ann", ConfirmationCode=code, Password="Correct-horse-7")
    assert app.status("ann") == "CONFIRMED"
    assert app.sign_in("ann")["AccessToken"]


def test_an_imported_user_who_needs_no_password_is_confirmed(make_app: MakeApp) -> None:
    policy = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
    app = make_app(**VERIFIED, Policies=policy)
    Import.of(app, row("ann")).ended()

    assert app.status("ann") == "CONFIRMED"


def test_no_trigger_runs(cognito: Cognito, app: App) -> None:
    for trigger in ("PreSignUp", "PostConfirmation", "CustomMessage"):
        app.pool.set_trigger(trigger, lambda event, context: event)
    Import.of(app, row("ann")).ended()

    assert [run for call in cognito.calls for run in call.invocations] == []


def test_who_is_there_already_is_skipped(app: App) -> None:
    app.create("bob")
    job = Import.of(app, row("ann"), row("cid"), row("bob"), row("ann"))

    assert job.counts() == (2, 2, 0)
    assert job.log[2:] == [f"[SKIPPED] Line Number {number} - The user already exists." for number in (4, 5)]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"cognito:username": ""}, "The User Record does not set cognito:username."),
        ({"cognito:username": "a b"}, "The User Record sets an invalid cognito:username."),
        ({"email_verified": "false"}, NOT_VERIFIED),
        ({"email_verified": ""}, NOT_VERIFIED),
        ({"email_verified": "yes"}, NOT_VERIFIED),
        ({"phone_number_verified": "maybe"}, f"{SCHEMA} user.phone_number_verified: {NO_BOOLEAN}"),
        ({"email": ""}, "email is required to verify email"),
        ({"email": "nowhere"}, "Invalid email address format."),
        ({"phone_number": "555"}, "Invalid phone number format."),
        ({"custom:level": "10"}, f"{SCHEMA} user.custom:level: Number must be at most 9."),
        ({"birthdate": "1999-12-31"}, "The User Record sets a birthdate that is not in the format mm/dd/yyyy."),
        ({"cognito:mfa_enabled": "true"}, BAD_MFA),
        ({"name": "a,b"}, "The User Record has 23 values for 22 columns."),
        ({"name": "x" * 16_000}, "The User Record has more than 16000 characters."),
    ],
)  # fmt: skip
def test_a_bad_row_fails_and_the_job_goes_on(app: App, values: dict[str, str], problem: str) -> None:
    job = Import.of(app, row("ann"), {**row("bob"), **values})

    assert job.counts() == (1, 0, 1)
    assert job.log[1] == f"[FAILED] Line Number 3 - {problem}"
    assert [user.username for user in app.pool.users] == ["ann"]


def test_a_required_attribute_is_required(make_app: MakeApp) -> None:
    app = make_app(**VERIFIED, Schema=[{"Name": "name", "Required": True}])
    job = Import.of(app, row("ann"), row("bob", name="Bob"))

    assert job.counts() == (1, 0, 1)
    assert job.log[0] == f"[FAILED] Line Number 2 - {SCHEMA} name: The attribute is required"


def test_more_bad_rows_than_good_ones_are_too_many(app: App) -> None:
    job = Import.of(app, row("ann"), row("ann"), row("bob", email_verified="false"))
    ended = job.ended()

    assert (ended["Status"], ended["CompletionMessage"]) == ("Failed", TOO_MANY)
    assert job.counts() == (1, 1, 1)
    assert app.status("ann") == "RESET_REQUIRED"


def test_a_pool_of_e_mail_addresses(make_app: MakeApp) -> None:
    app = make_app(**VERIFIED, UsernameAttributes=["email"])
    job = Import.of(app, row("ann@example.com"), row("bob"), row("ann@example.com", email=""))

    ended = job.ended()
    assert [line.partition(" ")[0] for line in job.log] == ["[SUCCEEDED]", "[FAILED]", "[SKIPPED]"]
    assert ended["Status"] == "Failed"
    assert app.admin("admin_get_user", "ann@example.com")["Username"] == app.sub("ann@example.com")


def test_mfa_is_turned_on_by_the_row(make_mfa_app: MakeMfaApp) -> None:
    app = make_mfa_app("OPTIONAL", "SMS_MFA", **VERIFIED)
    phone = {"phone_number": "+15555550100"}
    Import.of(app, row("ann", **phone, **{"cognito:mfa_enabled": "TRUE"}), row("bob", **phone)).ended()

    assert app.admin("admin_get_user", "ann")["UserMFASettingList"] == ["SMS_MFA"]
    assert "UserMFASettingList" not in app.admin("admin_get_user", "bob")


def test_columns_may_be_in_any_order(app: App) -> None:
    job = Import.create(app)
    job.upload(file(header(app)[::-1], row("ann")).replace("\n", "\r\n") + "\r\n\r\n")
    job.call("start")

    assert job.counts() == (1, 0, 0)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: text.replace("nickname,", "", 1), f"{BAD_HEADER}: missing: nickname"),
        (lambda text: text.replace("nickname", "nickname,colour", 1), f"{BAD_HEADER}: unknown: colour"),
        (lambda text: text.replace("nickname", "nickname,nickname", 1), f"{BAD_HEADER}: twice: nickname"),
        (lambda text: "\ufeff" + text, "The CSV file is not encoded in UTF-8 without a byte order mark."),
        (lambda text: text.encode("utf-16"), "The CSV file is not encoded in UTF-8 without a byte order mark."),
        (lambda text: "x" * (100 * 1024 * 1024 + 1), "The CSV file exceeds 100 MB."),
        (lambda text: text + "\nx" * 500_000, "The CSV file has more than 500000 users."),
    ],
    ids=["missing", "unknown", "twice", "bom", "utf-16", "large", "long"],
)  # fmt: skip
def test_a_bad_file_fails_the_job(app: App, change: Callable[[str], str | bytes], message: str) -> None:
    job = Import.create(app)
    job.upload(change(file(header(app), row("ann"))))
    job.call("start")
    ended = job.call("describe")

    assert (ended["Status"], ended["CompletionMessage"]) == ("Failed", message)
    assert (job.log, app.pool.users) == ([], [])


def test_a_file_without_rows_succeeds(app: App) -> None:
    assert Import.of(app).counts() == (0, 0, 0)


@mock_aws
def test_the_log_is_in_cloudwatch(app: App) -> None:
    job = Import.of(app, row("ann"), row("bob"))
    job.ended()
    group = f"/aws/cognito/userpools/{app.pool_id}/{app.pool.name}"
    events = boto3.client("logs").get_log_events(logGroupName=group, logStreamName=f"{job.id}/users")["events"]

    assert [event["message"] for event in events] == job.log != []
    again = Import.of(app, row("cid"))
    assert again.counts() == (1, 0, 0)


@given(st.lists(st.text('ab ,;"ä'), min_size=1))
def test_a_row_is_read_as_it_was_written(cells: list[str]) -> None:
    assert values(csv_line(cells), len(cells)) == [cell.strip() for cell in cells]
