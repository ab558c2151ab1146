"""Errors of import jobs: of the operations, of the upload in S3's words, of a file, and of single rows.

The code of an error of a row is its label in the job's log; the message of an error of a file is the CompletionMessage.
"""

from __future__ import annotations

from pytest_cognito.aws.errors import ErrorText

_PRECONDITION = "PreconditionNotMetException"
_ROW = "FAILED"
_FILE = "Failed"

IMPORT_WITHOUT_FILE = ErrorText(_PRECONDITION, "No csv file was uploaded for {job_id}")
UPLOAD_EXPIRED = ErrorText("AccessDenied", "Request has expired", status=403)
UPLOAD_SIGNATURE = ErrorText(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    status=403,
)
ROW_USER_EXISTS = ErrorText("SKIPPED", "The user already exists.")
ROW_NOTHING_VERIFIED = ErrorText(
    _ROW,
    "The User Record does not set any of the auto verified attributes to true. (Example: email_verified to true).",
)

# The exact messages of AWS are not known: these follow the pattern of the others.
IMPORT_JOB_NOT_FOUND = ErrorText("ResourceNotFoundException", "User import job {job_id} does not exist.")
IMPORT_JOB_LIMIT = ErrorText("LimitExceededException", "User import job limit exceeded.")
IMPORT_ROLE_INVALID = ErrorText("InvalidParameterException", "Role cannot be assumed: {role}")
IMPORT_NOT_STARTABLE = ErrorText(_PRECONDITION, "User import job {job_id} cannot be started: its status is {status}.")
IMPORT_NOT_STOPPABLE = ErrorText(_PRECONDITION, "User import job {job_id} cannot be stopped: its status is {status}.")
IMPORT_RUNS_ALREADY = ErrorText(_PRECONDITION, "User import job {job_id} is running. Only one can run at a time.")
IMPORT_WITHOUT_VERIFICATION = ErrorText(
    _PRECONDITION, "The user pool does not have any auto verified attribute. Users cannot be imported."
)
IMPORT_IN_PROGRESS = ErrorText(
    "UserImportInProgressException", "User import job {job_id} is in progress for this user pool."
)
IMPORT_LOG_REFUSED = ErrorText(_FILE, "The role cannot write the log of the import job: {code}")
FILE_TOO_LARGE = ErrorText(_FILE, "The CSV file exceeds 100 MB.")
FILE_TOO_LONG = ErrorText(_FILE, "The CSV file has more than 500000 users.")
FILE_NOT_UTF8 = ErrorText(_FILE, "The CSV file is not encoded in UTF-8 without a byte order mark.")
FILE_HEADER = ErrorText(_FILE, "The header of the CSV file does not match the user pool: {problem}")
FILE_WITHOUT_HASHES = ErrorText(_FILE, "The CSV file has no password_hash column.")
ROW_TOO_LONG = ErrorText(_ROW, "The User Record has more than 16000 characters.")
ROW_COLUMNS = ErrorText(_ROW, "The User Record has {found} values for {expected} columns.")
ROW_WITHOUT_USERNAME = ErrorText(_ROW, "The User Record does not set cognito:username.")
ROW_USERNAME = ErrorText(_ROW, "The User Record sets an invalid cognito:username.")
ROW_MFA = ErrorText(_ROW, "The User Record sets cognito:mfa_enabled to a value that the user pool does not allow.")
ROW_BIRTHDATE = ErrorText(_ROW, "The User Record sets a birthdate that is not in the format mm/dd/yyyy.")
ROW_HASH = ErrorText(_ROW, "The User Record sets an invalid password_hash for {algorithm}.")
