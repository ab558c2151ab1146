"""The hook for credentials: while a mock is active, none are fetched from the metadata services of EC2 and ECS.

botocore asks these last, where neither the environment nor a file has credentials. Without the service that takes
seconds, and with it a test would run with the credentials of the machine. A session that finds none elsewhere gets
those for code under test: one for a profile without keys, for instance, which takes none from the environment.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

from pytest_cognito import active
from pytest_cognito.aws.caller import ACCESS_KEY

_PROVIDERS = ("InstanceMetadataProvider", "ContainerProvider")
_METHOD = "pytest-cognito"


def hook_providers(module: ModuleType) -> None:
    """Hook the providers of ``botocore.credentials``."""
    for name in _PROVIDERS:
        _wrap_load(getattr(module, name), module.Credentials)


def hook_async_providers(module: ModuleType) -> None:
    """Hook the providers of ``aiobotocore.credentials``."""
    for name in _PROVIDERS:
        _wrap_async_load(getattr(module, f"Aio{name}"), module.AioCredentials)


def hook_fetchers(module: ModuleType) -> None:
    """Hook the fetcher of ``botocore.utils``: credentials that expire, and ``defaults_mode="auto"``, use it as well.

    Wraps ``_assert_enabled``, a private method of botocore; a test checks that it is there.
    """
    fetcher = module.IMDSFetcher
    original: Callable[[Any], None] = fetcher._assert_enabled

    @functools.wraps(original)
    def _assert_enabled(self: Any) -> None:
        if active.current() is not None:
            raise self._RETRIES_EXCEEDED_ERROR_CLS()
        original(self)

    fetcher._assert_enabled = _assert_enabled


def _wrap_load(provider: Any, credentials: Any) -> None:
    original: Callable[[Any], Any] = provider.load

    @functools.wraps(original)
    def load(self: Any) -> Any:
        if active.current() is not None:
            return credentials(ACCESS_KEY, ACCESS_KEY, method=_METHOD)
        return original(self)

    provider.load = load


def _wrap_async_load(provider: Any, credentials: Any) -> None:
    original: Callable[[Any], Any] = provider.load

    @functools.wraps(original)
    async def load(self: Any) -> Any:
        if active.current() is not None:
            return credentials(ACCESS_KEY, ACCESS_KEY, method=_METHOD)
        return await original(self)

    provider.load = load
