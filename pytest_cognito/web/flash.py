"""What the next page says: a POST answers with a redirect, and the message travels in a cookie (``cognito-fl``)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito.http.cookies import Cookie
from pytest_cognito.web.context import RequestContext

COOKIE = "cognito-fl"


class Flash(NamedTuple):
    """The ``error`` or ``notice`` of the last request, and the ``values`` that the user has entered, to show again."""

    error: str = ""
    notice: str = ""
    values: Mapping[str, str] = {}


def keep(context: RequestContext, flash: Flash) -> None:
    """Keep a message for the next page."""
    encoded = base64.b64encode(json.dumps([flash.error, flash.notice, dict(flash.values)]).encode()).decode()
    context.set_cookie(Cookie(COOKIE, encoded))


def take(context: RequestContext) -> Flash:
    """The message for this page, which is shown once. A cookie that the browser made up says nothing."""
    encoded = context.cookies.get(COOKIE)
    if not encoded:
        return Flash()
    context.set_cookie(Cookie.deleted(COOKIE))
    try:
        error, notice, values = json.loads(base64.b64decode(encoded, validate=True))
        return Flash(str(error), str(notice), {str(name): str(value) for name, value in dict(values).items()})
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return Flash()
