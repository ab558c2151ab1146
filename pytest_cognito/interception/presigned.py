"""Authorising requests that somebody else's credentials have signed before: presigned URLs and forms of S3."""

from __future__ import annotations

from collections.abc import Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Final, NamedTuple
from urllib.parse import parse_qsl, unquote

from pytest_cognito import gateway
from pytest_cognito.aws.caller import Signer
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.aws.protocol.other_services import render_error
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.kernel.calls import Call, depth
from pytest_cognito.kernel.errors import release_frames
from pytest_cognito.world import World

_S3: Final = "s3"
_PROTOCOL: Final = "rest-xml"
_METADATA: Final = {"serviceId": "S3"}
_OF_OBJECTS: Final = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}
_OF_PARTS: Final = {"PUT": "UploadPart", "POST": "CompleteMultipartUpload", "DELETE": "AbortMultipartUpload"}
_OF_BUCKETS: Final = {"GET": "ListObjectsV2", "HEAD": "HeadBucket"}
_OTHERS: Final = frozenset(("acl", "attributes", "legal-hold", "restore", "retention", "tagging", "torrent", "uploads"))
"""What names another operation than that of the method, in a query."""


class _Presigned(NamedTuple):
    operation: str
    parameters: dict[str, str]
    signer: Signer


def refusal(world: World, request: Request) -> Response | None:
    """The refusal of a presigned request to S3, by the policies of whoever has signed it; None for others."""
    bucket = hosts.bucket(hosts.name_in_url(request.url) or "")
    presigned = None if bucket is None else _read(request, bucket)
    return None if presigned is None else _refused(world, request, presigned)


def _refused(world: World, request: Request, presigned: _Presigned) -> Response | None:
    call = Call(_S3, presigned.operation, presigned.parameters, world.region, "", depth.get(), presigned.signer)
    try:
        gateway.check_call_to_another(world, call, _PROTOCOL, request.headers.get("user-agent", ""))
    except AWSError as error:
        release_frames(error)
        return render_error(_PROTOCOL, error, call.request_id, _METADATA, head=request.method == "HEAD")
    return None


def _read(request: Request, bucket: str) -> _Presigned | None:
    """What a presigned request asks for; ``bucket`` is empty if the path has it."""
    fields = dict(parse_qsl(request.query, keep_blank_values=True))
    path = unquote(request.path).removeprefix("/")
    if not bucket:
        bucket, _, path = path.partition("/")
    if request.method == "POST" and "uploadId" not in fields:
        fields = _form(request)
        path = fields.get("key", "")
    signer = _signer(fields)
    operation = _operation(request.method, path, fields)
    if signer is None or operation is None:
        return None
    named = {"Bucket": bucket, "Key": path, "VersionId": fields.get("versionId"), "Prefix": fields.get("prefix")}
    return _Presigned(operation, {name: value for name, value in named.items() if value}, signer)


def _operation(method: str, key: str, fields: Mapping[str, str]) -> str | None:
    """The operation; None for one that is not looked at here."""
    if not _OTHERS.isdisjoint(fields):
        return None
    if not key:
        return _OF_BUCKETS.get(method)
    if "uploadId" in fields:
        return _OF_PARTS.get(method)
    return "PutObject" if method == "POST" else _OF_OBJECTS.get(method)


def _signer(fields: Mapping[str, str]) -> Signer | None:
    """Who has signed, by either version of signatures; None if nobody has."""
    lowered = {name.lower(): value for name, value in fields.items()}
    key = lowered.get("x-amz-credential", "").partition("/")[0] or lowered.get("awsaccesskeyid")
    return Signer(key, lowered.get("x-amz-security-token")) if key else None


def _form(request: Request) -> dict[str, str]:
    """The fields of a form before its file."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return {}
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + request.body)
    fields = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if name == "file":
            break
        content = part.get_payload(decode=True)
        fields[str(name)] = content.decode() if isinstance(content, bytes) else ""
    return fields
