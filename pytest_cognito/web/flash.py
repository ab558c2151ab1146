"""What the next page says: a POST answers with a redirect, and the message travels in a cookie (``cognito-fl``)."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from pytest_cognito.http.cookies import Cookie
from pytest_cognito.web.context import RequestContext

COOKIE = "cognito-fl"
_LONGEST = 3800
_LONGEST_VALUE = 256


class Flash(NamedTuple):
    """The ``error`` or ``notice`` of the last request, and the ``values`` that the user has entered, to show again.

    ``fields`` has the errors of single fields, which are shown beside them.
    """

    error: str = ""
    notice: str = ""
    values: Mapping[str, str] = {}
    fields: Mapping[str, str] = {}


def keep(context: RequestContext, flash: Flash) -> None:
    """Keep a message for the next page. Browsers take cookies of 4096 bytes: of what is too long, values go first."""
    values = {name: value for name, value in flash.values.items() if len(value) <= _LONGEST_VALUE}
    encoded = _encoded(flash._replace(values=values))
    if len(encoded) > _LONGEST:
        fields = {name: text[:_LONGEST_VALUE] for name, text in list(flash.fields.items())[:1]}
        encoded = _encoded(Flash(flash.error[:_LONGEST_VALUE], flash.notice[:_LONGEST_VALUE], {}, fields))
    context.set_cookie(Cookie(COOKIE, encoded))


def take(context: RequestContext) -> Flash:
    """The message for this page, which is shown once. A cookie that the browser made up says nothing."""
    encoded = context.cookies.get(COOKIE)
    if not encoded:
        return Flash()
    context.set_cookie(Cookie.deleted(COOKIE))
    try:
        error, notice, values, fields = json.loads(base64.b64decode(encoded, validate=True))
        return Flash(str(error), str(notice), _texts(values), _texts(fields))
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return Flash()


def _encoded(flash: Flash) -> str:
    parts = [flash.error, flash.notice, dict(flash.values), dict(flash.fields)]
    return base64.b64encode(json.dumps(parts, ensure_ascii=False).encode(errors="replace")).decode()


def _texts(given: Any) -> dict[str, str]:
    return {str(name): str(value) for name, value in dict(given).items()}
