"""Import jobs: created, given a file, started, looked at, stopped."""

from __future__ import annotations

import datetime as dt
from unittest.mock import ANY

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import App, MakeApp
from tests.support.imports import ROLE, VERIFIED, Import, file, header, row
from tests.support.refusals import PAGINATION_TOKEN_INVALID, Refusal, invalid_parameter, no_pool, refusal

STANDARD = [
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
    "website",
    "email",
    "email_verified",
    "gender",
    "birthdate",
    "zoneinfo",
    "locale",
    "phone_number",
    "phone_number_verified",
    "address",
    "updated_at",
]


def precondition(message: str) -> Refusal:
    return Refusal("PreconditionNotMetException", message)


@pytest.fixture
def app(make_app: MakeApp) -> App:
    return make_app(**VERIFIED)


def test_the_header_has_the_attributes_of_the_pool(make_app: MakeApp) -> None:
    app = make_app(Schema=[{"Name": "team", "AttributeDataType": "String"}])

    assert header(app) == [*STANDARD, "custom:team", "cognito:mfa_enabled", "cognito:username"]
    assert refusal(app.idp.get_csv_header, UserPoolId="us-east-1_Nowhere00") == no_pool("us-east-1_Nowhere00")


def test_a_new_job(app: App) -> None:
    answer = app.call(
        "create_user_import_job", UserPoolId=app.pool_id, JobName="spring 2026", CloudWatchLogsRoleArn=ROLE
    )["UserImportJob"]

    assert answer == {
        "JobName": "spring 2026",
        "JobId": ANY,
        "UserPoolId": app.pool_id,
        "PreSignedUrl": ANY,
        "CreationDate": ANY,
        "Status": "Created",
        "CloudWatchLogsRoleArn": ROLE,
        "ImportedUsers": 0,
        "SkippedUsers": 0,
        "FailedUsers": 0,
    }
    bucket = "https://aws-cognito-idp-user-import-iad.s3.us-east-1.amazonaws.com"
    assert answer["PreSignedUrl"].startswith(f"{bucket}/123456789012/{app.pool_id}/{answer['JobId']}?")
    assert app.pool.import_jobs[0].status == "Created"


def test_a_job_goes_on_as_it_is_looked_at(cognito: Cognito, app: App) -> None:
    job = Import.of(app, *(row(f"user{number}") for number in range(4)))
    seen = [job.call("describe") for _ in range(3)]

    assert [(each["Status"], each["ImportedUsers"]) for each in seen] == [
        ("InProgress", 2),
        ("Succeeded", 4),
        ("Succeeded", 4),
    ]
    assert seen[0].keys().isdisjoint({"CompletionDate", "CompletionMessage"})
    assert seen[2]["CompletionMessage"] == "Import Job Completed Successfully."
    assert seen[2]["CreationDate"] <= seen[2]["StartDate"] <= seen[2]["CompletionDate"]
    assert [user.username for user in app.pool.users] == ["user0", "user1", "user2", "user3"]
    assert job.log[0] == "[SUCCEEDED] Line Number 2 - The import succeeded."


def test_a_job_is_through_a_minute_after_its_start(cognito: Cognito, app: App) -> None:
    job = Import.of(app, row("ann"))
    cognito.clock.advance(minutes=1)

    assert job.call("describe")["Status"] == "Succeeded"


def test_a_listing_is_a_look_too(app: App) -> None:
    job = Import.of(app, row("ann"), row("bob"))
    statuses = [
        app.call("list_user_import_jobs", UserPoolId=app.pool_id, MaxResults=5)["UserImportJobs"][0]["Status"]
        for _ in range(2)
    ]

    assert statuses == ["InProgress", "Succeeded"]
    assert job.counts() == (2, 0, 0)


def test_a_stopped_job_keeps_what_it_has_imported(app: App) -> None:
    job = Import.of(app, row("ann"), row("bob"))
    job.call("describe")

    assert job.call("stop")["Status"] == "Stopping"
    ended = job.call("describe")
    assert (ended["Status"], ended["ImportedUsers"]) == ("Stopped", 1)
    assert ended["CompletionMessage"] == "The Import Job was stopped by the developer."
    assert [user.username for user in app.pool.users] == ["ann"]


def test_a_job_that_was_stopped_at_once_imports_nobody(app: App) -> None:
    job = Import.of(app, row("ann"))
    job.call("stop")

    assert job.counts() == (0, 0, 0)
    assert app.pool.users == []


def test_a_job_that_does_not_run_can_not_be_stopped(app: App) -> None:
    for job in (Import.create(app), Import.of(app, row("ann"))):
        status = job.ended()["Status"]
        assert refusal(app.idp.stop_user_import_job, UserPoolId=app.pool_id, JobId=job.id) == precondition(
            f"User import job {job.id} cannot be stopped: its status is {status}."
        )


def test_a_job_needs_a_file(app: App) -> None:
    job = Import.create(app)
    start = app.idp.start_user_import_job

    assert refusal(start, UserPoolId=app.pool_id, JobId=job.id) == precondition(
        f"No csv file was uploaded for {job.id}"
    )
    assert job.call("describe")["Status"] == "Created"


def test_a_job_needs_an_attribute_that_the_pool_verifies(make_app: MakeApp) -> None:
    app = make_app()
    job = Import.create(app)
    job.upload(file(header(app), row("ann")))

    assert refusal(app.idp.start_user_import_job, UserPoolId=app.pool_id, JobId=job.id).code == (
        "PreconditionNotMetException"
    )


def test_a_job_is_started_once(app: App) -> None:
    job = Import.of(app, row("ann"))
    job.ended()

    assert refusal(app.idp.start_user_import_job, UserPoolId=app.pool_id, JobId=job.id) == precondition(
        f"User import job {job.id} cannot be started: its status is Succeeded."
    )


def test_a_job_can_be_started_for_a_day(cognito: Cognito, app: App) -> None:
    job = Import.create(app)
    job.upload(file(header(app), row("ann")))
    cognito.clock.advance(hours=24)

    ended = job.call("describe")
    assert (ended["Status"], ended["CompletionMessage"]) == ("Expired", "The user import job has expired.")
    assert ended["CompletionDate"] - ended["CreationDate"] == dt.timedelta(hours=24)
    assert refusal(app.idp.start_user_import_job, UserPoolId=app.pool_id, JobId=job.id).code == (
        "PreconditionNotMetException"
    )


def test_one_job_of_the_account_runs_at_a_time(app: App, make_app: MakeApp) -> None:
    job = Import.of(app, row("ann"))
    other = make_app(**VERIFIED)
    second = Import.create(other)
    second.upload(file(header(other), row("ann")))

    assert refusal(other.idp.start_user_import_job, UserPoolId=other.pool_id, JobId=second.id) == precondition(
        f"User import job {job.id} is running. Only one can run at a time."
    )
    job.ended()
    assert second.call("start")["Status"] == "Pending"


def test_a_pool_is_not_changed_while_a_job_runs(cognito: Cognito, app: App) -> None:
    job = Import.of(app, row("ann"))
    attribute = {"Name": "team", "AttributeDataType": "String"}
    pool = {"UserPoolId": app.pool_id}
    refused = Refusal("UserImportInProgressException", f"User import job {job.id} is in progress for this user pool.")

    assert refusal(app.idp.update_user_pool, **pool, **VERIFIED) == refused
    assert refusal(app.idp.add_custom_attributes, **pool, CustomAttributes=[attribute]) == refused
    assert refusal(app.idp.delete_user_pool, **pool) == refused
    cognito.clock.advance(minutes=1)
    app.call("add_custom_attributes", **pool, CustomAttributes=[attribute])
    assert job.counts() == (1, 0, 0)


def test_a_pool_has_a_thousand_jobs(app: App) -> None:
    for _ in range(1000):
        app.pool.call("CreateUserImportJob", JobName="one of many", CloudWatchLogsRoleArn=ROLE)
    job = {"UserPoolId": app.pool_id, "JobName": "one too many", "CloudWatchLogsRoleArn": ROLE}

    assert refusal(app.idp.create_user_import_job, **job).code == "LimitExceededException"


def test_jobs_are_listed_newest_first(app: App, make_app: MakeApp) -> None:
    jobs = [Import.create(app, JobName=name).id for name in ("one", "two", "three")]
    Import.create(make_app())
    ask = {"UserPoolId": app.pool_id, "MaxResults": 2}
    first = app.call("list_user_import_jobs", **ask)
    second = app.call("list_user_import_jobs", **ask, PaginationToken=first["PaginationToken"])

    assert [job["JobId"] for page in (first, second) for job in page["UserImportJobs"]] == jobs[::-1]
    assert "PaginationToken" not in second
    assert refusal(app.idp.list_user_import_jobs, **ask, PaginationToken="none") == PAGINATION_TOKEN_INVALID


@pytest.mark.parametrize("verb", ["describe", "start", "stop"])
def test_a_job_of_another_pool_is_not_there(app: App, make_app: MakeApp, verb: str) -> None:
    job = Import.create(make_app())

    refused = refusal(getattr(app.idp, f"{verb}_user_import_job"), UserPoolId=app.pool_id, JobId=job.id)
    assert refused == Refusal("ResourceNotFoundException", f"User import job {job.id} does not exist.")


def test_the_role_is_one(app: App) -> None:
    role = "arn:aws:iam::123456789012:user/ann"
    job = {"UserPoolId": app.pool_id, "JobName": "users", "CloudWatchLogsRoleArn": role}

    assert refusal(app.idp.create_user_import_job, **job) == invalid_parameter(f"Role cannot be assumed: {role}")
