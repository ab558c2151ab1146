"""What is too large for a stream: it is left in a bucket, at an address that was signed beforehand."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from pytest_cognito.cognito_identity import IdentityPool
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.http.sites import Site
from pytest_cognito.world import Context

_LIFETIME = 7 * 24 * 3600
_KEY_ID = "ASIACOGNITOSYNCSTRMS"


class Bucket:
    """A site: the bucket of a world, in which large payloads are, by path and query of their addresses."""

    def __init__(self, contents: dict[str, bytes] | None = None) -> None:
        self.contents: dict[str, bytes] = dict(contents or {})

    def inherited_by(self, _: object) -> Site:
        """The bucket of another world, with what is in it now."""
        return Bucket(self.contents)

    def __call__(self, request: Request) -> Response:
        found = self.contents.get(_resource(request.url)) if request.method in ("GET", "HEAD") else None
        if found is None:
            return Response(403, [("Content-Type", "application/xml")], _DENIED)
        return Response(200, [("Content-Type", "application/json")], b"" if request.method == "HEAD" else found)


_DENIED = b"""\
<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"""


def keep(context: Context, pool: IdentityPool, payload: bytes) -> str:
    """Keep a payload, and give the address at which every HTTP library in the process finds it."""
    host = hosts.sync_bucket(pool.region)
    sites = context.world.sites
    bucket = sites.first(Bucket) or Bucket()
    sites.register(host, bucket)
    ids = context.world.ids
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": f"{context.now():%Y%m%dT%H%M%SZ}",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": str(_LIFETIME),
        "X-Amz-Credential": f"{_KEY_ID}/{context.now():%Y%m%d}/{pool.region}/s3/aws4_request",
        "X-Amz-Signature": ids.uuid().replace("-", "") * 2,
    }
    url = f"https://{host}/{pool.id.rpartition(':')[2]}/{ids.uuid()}?{urlencode(query)}"
    bucket.contents[_resource(url)] = payload
    return url


def _resource(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"
