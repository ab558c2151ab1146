"""A stage of an API: where it is, and what events say of it."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pytest_cognito import iam
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.http import hosts
from pytest_cognito.http.messages import Request
from pytest_cognito.kernel.errors import UsageError

DEFAULT_STAGE = "$default"
_NAME = re.compile(r"[\w-]{1,128}", re.ASCII)


def checked_stage(name: object) -> str:
    """The name of a stage. Raises `UsageError` for what can't be one."""
    if name != DEFAULT_STAGE and (not isinstance(name, str) or _NAME.fullmatch(name) is None):
        raise UsageError(f"stage is the name of the stage, such as 'prod', without a slash; not {name!r}")
    return str(name)


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of an API. Its name is the first segment of the path, unless it is ``$default``."""

    api_id: str
    region: str
    name: str = DEFAULT_STAGE
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def host(self) -> str:
        return hosts.rest_or_http_api(self.api_id, self.region)

    @property
    def prefix(self) -> str:
        """What stands before the path of the application: ``/prod``, or nothing."""
        return "" if self.name == DEFAULT_STAGE else f"/{self.name}"

    def inside(self, request: Request) -> str | None:
        """The encoded path of the application that a request is for; None for one of another stage."""
        path = request.path
        if not self.prefix:
            return path
        if path == self.prefix:
            return "/"
        return path.removeprefix(self.prefix) if path.startswith(f"{self.prefix}/") else None

    def invoke(self, exchange: Exchange, method: str, path: str) -> iam.Wanted:
        """What a request wants, as policies name it: ``execute-api:Invoke`` on the stage, the method and the path."""
        account = exchange.world.account_id
        return iam.invoke_api(self.api_id, self.name, method, path, region=self.region, account=account)


def short_id(exchange: Exchange) -> str:
    """The id of a request as API Gateway has it, ``JKJaXmPLvHcESHA=``: the same for the whole request."""
    return _short(exchange.request_id)


@lru_cache(maxsize=16)
def _short(request_id: str) -> str:
    digits = request_id.replace("-", "")
    return base64.b64encode(bytes.fromhex(digits[-22:]), b"-_").decode()


def milliseconds(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)


def logged_time(moment: dt.datetime) -> str:
    """A time as access logs have it, in UTC: ``12/Mar/2020:19:03:58 +0000``."""
    utc = moment.astimezone(dt.UTC)
    return f"{utc.day:02d}/{_MONTHS[utc.month - 1]}/{utc.year}:{utc.hour:02d}:{utc.minute:02d}:{utc.second:02d} +0000"


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # not of the locale


def forwarded_headers(exchange: Exchange, host: str) -> dict[str, str]:
    """The headers of a request, in lower case, with those that API Gateway adds."""
    request = exchange.request
    headers = dict(request.headers)
    before = headers.get("x-forwarded-for")
    trace = exchange.request_id.replace("-", "")
    headers.setdefault("content-length", str(len(request.body)))
    headers["host"] = host
    headers.setdefault("x-amzn-trace-id", f"Root=1-{int(exchange.now.timestamp()):08x}-{trace[:24]}")
    headers["x-forwarded-for"] = f"{before}, {request.address}" if before else request.address
    headers["x-forwarded-port"] = "443"
    headers["x-forwarded-proto"] = "https"
    return headers
