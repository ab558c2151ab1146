"""The hook for the HTTP sessions of botocore and aiobotocore: errors of the last step before the network surface.

They wrap an exception of the library that they send with in one of their own, and send again.
"""

from __future__ import annotations

import functools
from types import ModuleType
from typing import Any

from botocore.exceptions import HTTPClientError

from pytest_cognito.kernel.errors import UsageError


def hook_session(module: ModuleType) -> None:
    """Let errors of ours leave the session of ``botocore.httpsession`` as they are."""
    session_class: Any = module.URLLib3Session
    original = session_class.send

    @functools.wraps(original)
    def send(self: Any, request: Any) -> Any:
        try:
            return original(self, request)
        except HTTPClientError as error:
            _raise_wrapped(error)
            raise

    session_class.send = send


def hook_async_session(module: ModuleType) -> None:
    """Do the same for ``aiobotocore.httpsession`` and, in newer versions, ``aiobotocore.httpxsession``."""
    for name in ("AIOHTTPSession", "HttpxSession"):
        session_class = vars(module).get(name)
        if session_class is not None and session_class.__module__ == module.__name__:
            _hook_async_session(session_class)


def _hook_async_session(session_class: Any) -> None:
    original = session_class.send

    @functools.wraps(original)
    async def send(self: Any, request: Any) -> Any:
        try:
            return await original(self, request)
        except HTTPClientError as error:
            _raise_wrapped(error)
            raise

    session_class.send = send


def _raise_wrapped(error: HTTPClientError) -> None:
    """Raise the error of ours that an error of botocore's wraps, if it wraps one."""
    wrapped = error.kwargs.get("error")
    if isinstance(wrapped, UsageError):
        raise wrapped from None
