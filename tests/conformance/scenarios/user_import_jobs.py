"""Import jobs of users."""

from __future__ import annotations

import requests

from tests.conformance.scenarios.common import NO_POOL, NOWHERE, a_pool, scenario
from tests.conformance.transport import Transport
from tests.support.imports import ENCRYPTION, ROLE, file, row


@scenario
def user_import_jobs(transport: Transport) -> None:
    pool = a_pool(transport)
    columns = transport.call("GetCSVHeader", UserPoolId=pool)["CSVHeader"]
    asked = {"UserPoolId": pool, "JobName": "users", "CloudWatchLogsRoleArn": ROLE}
    job = transport.call("CreateUserImportJob", **asked)["UserImportJob"]
    where = {"UserPoolId": pool, "JobId": job["JobId"]}
    transport.refused("StartUserImportJob", "PreconditionNotMetException", **where)
    transport.refused("StopUserImportJob", "PreconditionNotMetException", **where)
    requests.put(job["PreSignedUrl"], data=file(columns, row("ann"), row("bob")), headers=ENCRYPTION, timeout=5)
    transport.call("StartUserImportJob", **where)
    transport.refused("UpdateUserPool", "UserImportInProgressException", UserPoolId=pool)
    transport.call("DescribeUserImportJob", **where)
    transport.call("StopUserImportJob", **where)
    transport.call("ListUserImportJobs", UserPoolId=pool, MaxResults=1)
    transport.refused("ListUserImportJobs", "InvalidParameterException", UserPoolId=pool, MaxResults=61)
    transport.refused("DescribeUserImportJob", NO_POOL, UserPoolId=pool, JobId="import-nowhere")
    transport.refused("GetCSVHeader", NO_POOL, UserPoolId=NOWHERE)
    transport.refused("CreateUserImportJob", NO_POOL, **{**asked, "UserPoolId": NOWHERE})
