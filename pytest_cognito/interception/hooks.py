"""Installation of the hooks: each library is hooked when it is imported. Imports only light modules."""

from __future__ import annotations

import importlib
from types import ModuleType

from pytest_cognito.interception import http
from pytest_cognito.interception.imports import Callback, when_imported

_HOOKS = (
    # the module of the library, then the module and the function here that hook it
    ("botocore.loaders", "botocore_data", "share_files"),
    ("botocore.regions", "botocore_data", "share_endpoints"),
    ("botocore.hooks", "botocore_data", "share_event_names"),
    ("botocore.endpoint_provider", "botocore_data", "share_rule_sets"),
    ("botocore.client", "botocore", "hook_clients"),
    ("botocore.credentials", "credentials", "hook_providers"),
    ("botocore.utils", "credentials", "hook_fetchers"),
    ("botocore.endpoint", "botocore_faults", "skip_sleeps"),
    ("botocore.retries.adaptive", "botocore_faults", "skip_rate_limits"),
    ("botocore.httpsession", "botocore_sending", "hook_session"),
    ("aiobotocore.client", "botocore", "hook_async_clients"),
    ("aiobotocore.credentials", "credentials", "hook_async_providers"),
    ("aiobotocore.endpoint", "botocore_faults", "skip_async_sleeps"),
    ("aiobotocore.retries.adaptive", "botocore_faults", "skip_async_rate_limits"),
    ("aiobotocore.httpsession", "botocore_sending", "hook_async_session"),
    ("aiobotocore.httpxsession", "botocore_sending", "hook_async_session"),
)

_installed: set[str] = set()
_HTTP = "the libraries for HTTP"


def install() -> None:
    """Install each hook once: now if its library has been imported already, otherwise when it is imported."""
    for library, module, function in _HOOKS:
        if library not in _installed:
            _installed.add(library)
            when_imported(library, _callback(module, function))
    if _HTTP not in _installed:
        _installed.add(_HTTP)
        http.install()


def _callback(hook_module: str, function: str) -> Callback:
    def hook(module: ModuleType) -> None:
        getattr(importlib.import_module(f"{__package__}.{hook_module}"), function)(module)

    return hook
