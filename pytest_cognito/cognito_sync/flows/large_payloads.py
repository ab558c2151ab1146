"""What is too large for a stream: it is left in a bucket, at an address that was signed beforehand."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from pytest_cognito.cognito_identity import IdentityPool
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request, Response
from pytest_cognito.http.sites import Site, address
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.world import Context, World

_LIFETIME = dt.timedelta(days=7)
_KEY_ID = "ASIACOGNITOSYNCSTRMS"


class Payload(NamedTuple):
    """A payload, and when its address expires."""

    data: bytes
    expires: dt.datetime


class Bucket:
    """A site: the bucket of a world, in which large payloads are, by path and query of their addresses."""

    def __init__(self, clock: Clock, contents: dict[str, Payload] | None = None) -> None:
        self._clock = clock
        self.contents: dict[str, Payload] = dict(contents or {})

    def inherited_by(self, world: World) -> Site:
        """The bucket of another world, with what is in it now."""
        return Bucket(world.clock, self.contents)

    def __call__(self, request: Request) -> Response:
        found = self.contents.get(_resource(request.url)) if request.method in ("GET", "HEAD") else None
        if found is None:
            return _denied("Access Denied")
        if found.expires <= self._clock.now():
            return _denied("Request has expired")
        return Response(200, [("Content-Type", "application/json")], b"" if request.method == "HEAD" else found.data)


def _denied(message: str) -> Response:
    error = f"<Error><Code>AccessDenied</Code><Message>{message}</Message></Error>"
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n{error}'.encode()
    return Response(403, [("Content-Type", "application/xml")], body)


def keep(context: Context, pool: IdentityPool, payload: bytes) -> str:
    """Keep a payload for 7 days, and give its address.

    Every HTTP library in the process finds it there. If the update came by the loopback server, the address is there.
    """
    host = hosts.sync_bucket(pool.region)
    sites = context.world.sites
    bucket = sites.first(Bucket) or Bucket(context.world.clock)
    sites.register(host, bucket)
    ids, now = context.world.ids, context.now()
    query = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Date": f"{now:%Y%m%dT%H%M%SZ}",
        "X-Amz-SignedHeaders": "host",
        "X-Amz-Expires": str(int(_LIFETIME.total_seconds())),
        "X-Amz-Credential": f"{_KEY_ID}/{now:%Y%m%d}/{pool.region}/s3/aws4_request",
        "X-Amz-Signature": ids.uuid().replace("-", "") * 2,
    }
    resource = f"/{pool.id.rpartition(':')[2]}/{ids.uuid()}?{urlencode(query)}"
    bucket.contents[resource] = Payload(payload, now + _LIFETIME)
    return address(host, context.origin) + resource


def _resource(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}"
