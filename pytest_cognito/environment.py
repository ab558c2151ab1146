"""Credentials and a region for code under test that has none, as long as a mock is active."""

from __future__ import annotations

import configparser
import os
from functools import lru_cache
from pathlib import Path

_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
_REGION = "AWS_DEFAULT_REGION"


class Environment:
    """What botocore needs to make a client. Nothing that is set is changed, except for a region that was asked for."""

    def __init__(self, region: str, *, asked_for: bool) -> None:
        self._region = region
        self._asked_for = asked_for
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        wanted = {} if _has_credentials() else dict(_CREDENTIALS)
        if self._asked_for or not _has_region():
            wanted[_REGION] = self._region
        self._before = {name: os.environ.get(name) for name in wanted}
        os.environ.update(wanted)

    def __exit__(self, *exc: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def region() -> str | None:
    """The region that the environment or the config file names."""
    return os.environ.get(_REGION) or os.environ.get("AWS_REGION") or _configured_region()


def _has_credentials() -> bool:
    return any(os.environ.get(name) for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE")) or _exists(
        "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"
    )


def _has_region() -> bool:
    """Whether botocore finds a region, which doesn't look at AWS_REGION."""
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
    """The region of a profile in a file that may change between two tests. An unreadable one is botocore's matter."""
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
