"""``pool.import_users``: a whole import in one call."""

from __future__ import annotations

import pytest

from pytest_cognito import AWSError, Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.imports import VERIFIED, file, row


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(**VERIFIED)


def test_a_file(pool: UserPool) -> None:
    columns = pool.call("GetCSVHeader")["CSVHeader"]
    job = pool.import_users(file(columns, row("ann"), row("ann"), row("bob"), row("cid", email_verified="")))

    assert (job.status, job.imported, job.skipped, job.failed) == ("Succeeded", 2, 1, 1)
    assert job.message == "Import Job Completed Successfully."
    assert job.log[1] == "[SKIPPED] Line Number 3 - The user already exists."
    assert repr(pool.import_jobs) == f"[<ImportJob {job.id} of {pool.id}>]"


def test_rows(pool: UserPool) -> None:
    rows = [
        {"cognito:username": "ann", "email": "ann@example.com", "name": "Ann, the first"},
        {"cognito:username": "bob", "email": "bob@example.com", "email_verified": "false"},
    ]
    job = pool.import_users(rows)

    assert (job.imported, job.failed) == (1, 1)
    assert pool.user("ann").attributes["name"] == "Ann, the first"
    assert pool.user("ann").attributes["email_verified"] == "true"


@pytest.mark.needs("CreateUserImportJobRequest.PasswordHashingAlgorithm")
def test_rows_with_hashes(pool: UserPool) -> None:
    hashed = "$pbkdf2-sha256$10$AAECAwQFBgcICQoLDA0ODw$Ay9Kvg"
    job = pool.import_users([{**row("ann"), "password_hash": hashed}], algorithm="PBKDF2_SHA256")

    ann = pool.user("ann")
    assert (job.status, ann.status, ann.password) == ("Succeeded", "CONFIRMED", None)
    with pytest.raises(UsageError, match=r"write sign_in\(…\) with the password"):
        ann.sign_in()


def test_what_aws_refuses(cognito: Cognito) -> None:
    with pytest.raises(AWSError, match="PreconditionNotMetException"):
        cognito.create_user_pool().import_users([row("ann")])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"username": "ann"}], "no column 'username': did you mean 'cognito:username'?"),
        ([{"nikname": "ann"}], "did you mean 'nickname'"),
        ([{"email_verified": True}], 'values of a CSV file are strings, and email_verified is True: write "true"'),
        ([{"name": None}], "and name is None: leave it out"),
        ([{"password_hash": "x"}], 'import_users(…, algorithm="BCRYPT")'),
        (["ann"], "or its rows as dicts"),
        (7, "or its rows as dicts"),
    ],
)
def test_mistakes(pool: UserPool, rows: list[dict[str, str]], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        pool.import_users(rows)
    assert message in str(caught.value)


def test_a_job_that_is_gone(cognito: Cognito, pool: UserPool) -> None:
    job = pool.import_users([row("ann")])
    pool.call("DeleteUserPool")

    with pytest.raises(LookupError, match="no longer exists"):
        _ = job.status
