"""Environment variables with credentials and a region for code under test that has none, while a mock is active."""

from __future__ import annotations

import configparser
import os
from functools import lru_cache
from pathlib import Path

from pytest_cognito.aws.caller import client_arguments

_CREDENTIALS = {name.upper(): value for name, value in client_arguments().items()}
_REGION = "AWS_DEFAULT_REGION"


class DefaultEnvironment:
    """A context in which botocore finds credentials and a region.

    Existing settings are kept, except the region if ``override_region`` is true.
    """

    def __init__(self, region: str, *, override_region: bool) -> None:
        self._region = region
        self._override_region = override_region
        self._previous: dict[str, str | None] = {}

    def __enter__(self) -> None:
        variables = {} if _has_credentials() else dict(_CREDENTIALS)
        if self._override_region or not _has_region():
            variables[_REGION] = self._region
        self._previous = {name: os.environ.get(name) for name in variables}
        os.environ.update(variables)

    def __exit__(self, *exc: object) -> None:
        for name, value in self._previous.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def region() -> str | None:
    """The region of the environment variables or of the config file."""
    return os.environ.get(_REGION) or os.environ.get("AWS_REGION") or _configured_region()


def _has_credentials() -> bool:
    return any(os.environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE")) or _exists(
        "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"
    )


def _has_region() -> bool:
    """Whether botocore finds a region; it does not read AWS_REGION."""
    return bool(os.environ.get(_REGION) or _configured_region())


def _configured_region() -> str | None:
    """The region of the profile in the config file."""
    file = _file("AWS_CONFIG_FILE", "~/.aws/config")
    try:
        state = file.stat()
    except OSError:
        return None
    profile = os.environ.get("AWS_PROFILE") or os.environ.get("AWS_DEFAULT_PROFILE") or "default"
    return _region_of(profile, file, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _region_of(profile: str, file: Path, _changed: int, _size: int) -> str | None:
    """The region of a profile in the config file, cached until the file changes.

    For an invalid file it is None; botocore raises an error for it when it reads the file itself.
    """
    parser = configparser.RawConfigParser()
    try:
        parser.read(file)
    except (configparser.Error, UnicodeDecodeError):
        return None
    named = (parser.get(section, "region", fallback=None) for section in (profile, f"profile {profile}"))
    return next((region for region in named if region), None)


def _exists(variable: str, default: str) -> bool:
    return _file(variable, default).exists()


def _file(variable: str, default: str) -> Path:
    return Path(os.environ.get(variable) or default).expanduser()
