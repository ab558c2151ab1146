"""Import jobs of users, as an application runs them: boto3 and an upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests

from .app import Answer, App

ROLE = "arn:aws:iam::123456789012:role/service-role/Cognito-UserImport-Role"
ENCRYPTION = {"x-amz-server-side-encryption": "aws:kms"}
VERIFIED: dict[str, Any] = {"AutoVerifiedAttributes": ["email"]}
"""The settings of a pool into which users can be imported."""


def row(username: str, **more: str) -> dict[str, str]:
    """A row that is good in a pool that verifies e-mail addresses."""
    email = f"{username.partition('@')[0]}@example.com"
    return {"cognito:username": username, "email": email, "email_verified": "true", **more}


def file(columns: list[str], *rows: Mapping[str, str]) -> str:
    """A CSV file with these columns."""
    return "\n".join([",".join(columns), *(",".join(each.get(name, "") for name in columns) for each in rows)])


@dataclass
class Import:
    """An import job of a pool."""

    app: App
    id: str
    url: str

    @classmethod
    def create(cls, app: App, **settings: str) -> Import:
        given = {"JobName": "users", "CloudWatchLogsRoleArn": ROLE, **settings}
        job = app.call("create_user_import_job", UserPoolId=app.pool_id, **given)["UserImportJob"]
        return cls(app, job["JobId"], job["PreSignedUrl"])

    @classmethod
    def of(cls, app: App, *rows: Mapping[str, str], **settings: str) -> Import:
        """A job that was started with a file of these rows."""
        job = cls.create(app, **settings)
        more = ["password_hash"] if "PasswordHashingAlgorithm" in settings else []
        job.upload(file(header(app) + more, *rows))
        job.call("start")
        return job

    def upload(self, content: str | bytes) -> None:
        answer = requests.put(self.url, data=content, headers=ENCRYPTION, timeout=5)
        assert answer.status_code == 200, answer.text

    def call(self, verb: str) -> Answer:
        """The job, as an operation answers: ``start``, ``stop`` or ``describe``."""
        answer = self.app.call(f"{verb}_user_import_job", UserPoolId=self.app.pool_id, JobId=self.id)
        job: Answer = answer["UserImportJob"]
        return job

    def ended(self) -> Answer:
        """The job at its end."""
        while (job := self.call("describe"))["Status"] in ("Pending", "InProgress", "Stopping"):
            pass
        return job

    @property
    def log(self) -> list[str]:
        return next(job.log for job in self.app.pool.import_jobs if job.id == self.id)

    def counts(self) -> tuple[int, int, int]:
        """How many users were imported, skipped and failed, at the end of the job."""
        job = self.ended()
        return job["ImportedUsers"], job["SkippedUsers"], job["FailedUsers"]


def header(app: App) -> list[str]:
    columns: list[str] = app.call("get_csv_header", UserPoolId=app.pool_id)["CSVHeader"]
    return columns
