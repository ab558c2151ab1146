"""Environment variables with credentials and a region for code under test that has none, while a mock is active."""

from __future__ import annotations

import configparser
import os
import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from pytest_cognito.aws.caller import client_arguments

_CREDENTIALS = {name.upper(): value for name, value in client_arguments().items()}
_REGION = "AWS_DEFAULT_REGION"
_CREDENTIALS_FILE = ("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")
_CONFIG_FILE = ("AWS_CONFIG_FILE", "~/.aws/config")
_SOURCES = frozenset(
    (
        *("aws_access_key_id", "role_arn", "credential_process", "login_session"),
        *("sso_session", "sso_start_url", "sso_account_id"),
    )
)
"""The settings of a profile from which botocore has credentials."""
_lock = threading.Lock()
_entered: list[DefaultEnvironment] = []


class DefaultEnvironment:
    """A context in which botocore finds credentials and a region.

    Existing settings are kept, except the region if ``override_region`` is true. Contexts may end in any order.
    """

    def __init__(self, region: str, *, override_region: bool) -> None:
        self._region = region
        self._override_region = override_region
        self._previous: dict[str, str | None] = {}

    def __enter__(self) -> None:
        with _lock:
            variables = {} if _has_credentials() else dict(_CREDENTIALS)
            if self._override_region or not _has_region():
                variables[_REGION] = self._region
            self._previous = {name: os.environ.get(name) for name in variables}
            os.environ.update(variables)
            _entered.append(self)

    def __exit__(self, *exc: object) -> None:
        with _lock:
            position = _entered.index(self)
            del _entered[position]
            for name, value in self._previous.items():
                # What was entered later and is still there covers this one: it is to leave behind what this one found.
                later = next((one for one in _entered[position:] if name in one._previous), None)
                if later is not None:
                    later._previous[name] = value
                elif value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def region() -> str | None:
    """The region of the environment variables or of the config file."""
    return os.environ.get(_REGION) or os.environ.get("AWS_REGION") or _configured_region()


def _has_credentials() -> bool:
    """Whether botocore finds credentials before it would ask a metadata service."""
    return bool(os.environ.get("AWS_ACCESS_KEY_ID")) or any(
        not _SOURCES.isdisjoint(settings) and "credential_source" not in settings
        for settings in (_profile(*_CREDENTIALS_FILE), _profile(*_CONFIG_FILE))
    )


def _has_region() -> bool:
    """Whether botocore finds a region; it does not read AWS_REGION."""
    return bool(os.environ.get(_REGION) or _configured_region())


def _configured_region() -> str | None:
    """The region of the profile in the config file."""
    return _profile(*_CONFIG_FILE).get("region")


def _profile(variable: str, default: str) -> Mapping[str, str]:
    """The settings of the profile in one of AWS's files, which an environment variable may name."""
    file = Path(os.environ.get(variable) or default).expanduser()
    try:
        state = file.stat()
    except OSError:
        return {}
    profile = os.environ.get("AWS_PROFILE") or os.environ.get("AWS_DEFAULT_PROFILE") or "default"
    return _settings(profile, file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _settings(profile: str, file: Path, _changed: int, _size: int) -> Mapping[str, str]:
    """The settings of a profile, those that are not empty, cached until the file changes.

    An invalid file has none; botocore raises an error for it when it reads the file itself.
    """
    parser = configparser.RawConfigParser()
    try:
        parser.read(file)
    except (configparser.Error, UnicodeDecodeError):
        return {}
    found: dict[str, str] = {}
    for section in (f"profile {profile}", profile):
        if parser.has_section(section):
            found |= {name: value for name, value in parser.items(section) if value}
    return found
