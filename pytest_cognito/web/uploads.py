"""The upload of the CSV file of an import job, to an address of S3 that was signed beforehand."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import receive_import_file
from pytest_cognito.http.messages import Headers, Response
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.web.context import RequestContext

PATH = "/<account>/<pool_id>/<job_id>"
METHODS = ("PUT", "GET", "HEAD", "POST", "DELETE")
"""The address is good for PUT alone, which its signature says."""
_ERROR = """\
<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>{code}</Code><Message>{message}</Message><RequestId>{id}</RequestId><HostId>{host_id}</HostId></Error>"""


def upload(context: RequestContext) -> Response:
    """Keep the file for the job, and answer as S3 does."""
    try:
        receive_import_file(
            context.world, context.call, context.host, context.arguments, context.query, context.request
        )
    except AWSError as error:
        context.world.calls.failed(context.call, error)
        release_frames(error)
        return _refusal(context, error)
    encryption = [("x-amz-server-side-encryption", "aws:kms"), ("ETag", f'"{_digest(context)}"')]
    return Response(200, [*_headers(context), *encryption])


def _refusal(context: RequestContext, error: AWSError) -> Response:
    ids = dict(_headers(context))
    text = _ERROR.format(
        code=error.code, message=escape(error.message), id=ids["x-amz-request-id"], host_id=ids["x-amz-id-2"]
    )
    return Response(error.status, [*ids.items(), ("Content-Type", "application/xml")], text.encode())


def _headers(context: RequestContext) -> Headers:
    """The ids of S3, which are of another form than those of other services."""
    digest = hashlib.sha256(context.call.request_id.encode()).hexdigest()
    return [("x-amz-request-id", digest[:16].upper()), ("x-amz-id-2", digest), ("Server", "AmazonS3")]


def _digest(context: RequestContext) -> str:
    return hashlib.md5(context.request.body, usedforsecurity=False).hexdigest()
