"""Host names of AWS: which service a host is, and in which region."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from ..aws.http import Request

_SUFFIX = r"(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu))"
_ENDPOINT = re.compile(
    rf"(?:issuer-)?(?P<service>cognito-idp|cognito-identity|cognito-sync|sts)(?:-fips)?"
    rf"(?:\.(?P<region>[a-z0-9-]+))?\.{_SUFFIX}"
)
_DOMAIN = re.compile(r"[a-z0-9-]+\.auth(?:-fips)?\.(?P<region>[a-z0-9-]+)\.amazoncognito\.com")


@dataclass(frozen=True, slots=True)
class Host:
    """A host of AWS. ``service`` is None for the domain of a user pool, ``region`` for an endpoint that has none."""

    name: str
    service: str | None
    region: str | None


def of(request: Request) -> Host | None:
    """The host of AWS that a request is for, or None if its host is another's, such as the loopback server's."""
    return find(name(request))


def name(request: Request) -> str:
    """The name of the host that a request is for, in lower case: its URL's or, if that has none, its header's."""
    return _name(request.url) or _name("//" + request.headers.get("host", "")) or ""


@cache
def find(host: str) -> Host | None:
    """The host of AWS with this name."""
    endpoint = _ENDPOINT.fullmatch(host)
    if endpoint is not None:
        return Host(host, endpoint["service"], endpoint["region"])
    domain = _DOMAIN.fullmatch(host)
    return None if domain is None else Host(host, None, domain["region"])


def _name(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:  # brackets without an address between them
        return None
