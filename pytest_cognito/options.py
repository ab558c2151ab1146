"""The options of pytest's ini file: what they say, and the environment variables that are set from them.

They are read before any ``conftest.py`` or test module is imported: an application that reads its settings when it is
imported finds them. Imports only light modules.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest

from pytest_cognito import __version__
from pytest_cognito.aws.places import (
    DEFAULT_ACCOUNT,
    DEFAULT_REGION,
    check_account_id,
    check_region,
    region_of_pool,
)
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

# Compiled when a value is checked: pytest loads this module in every run.
_LINE = r"(?P<variable>[A-Za-z_][A-Za-z_0-9]*)\s*=\s*(?P<value>\w+)"
_CLIENT_ID = r"[A-Za-z0-9_+]{1,128}"
_SECRET = r"[A-Za-z0-9_+]{24,64}"
_POOL_NUMBER = "Pytest001"
_PINNED_CLIENT = "pytest".ljust(26, "0")
_PINNED_SECRET = "pytest".ljust(51, "0")


class Options(NamedTuple):
    """What the ini file says; None where it says nothing.

    ``region`` is, without ``cognito_region``, that of the pinned pool. ``user_pool_id``, ``client_id`` and
    ``client_secret`` are pinned for all tests, because the ini file has them or because ``cognito_env`` names them.
    ``environment`` has the variables of ``cognito_env``; ``sources`` the option that says so, by attribute.
    """

    region: str | None = None
    account_id: str | None = None
    user_pool_id: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    allow_real: bool = False
    environment: Mapping[str, str] = MappingProxyType({})
    sources: Mapping[str, str] = MappingProxyType({})

    @property
    def host(self) -> str:
        """The host of the endpoint of user pools."""
        from pytest_cognito.http import hosts

        return hosts.endpoint("cognito-idp", self.region or DEFAULT_REGION)

    @property
    def user_pool_arn(self) -> str:
        from pytest_cognito.aws.arn import arn

        account = self.account_id or DEFAULT_ACCOUNT
        return arn("cognito-idp", self.region or DEFAULT_REGION, account, f"userpool/{self.user_pool_id}")


VALUES: Mapping[str, Callable[[Options], str]] = {
    "user_pool_id": lambda options: str(options.user_pool_id),
    "client_id": lambda options: str(options.client_id),
    "client_secret": lambda options: str(options.client_secret),
    "issuer": lambda options: f"https://{options.host}/{options.user_pool_id}",
    "jwks_uri": lambda options: f"https://{options.host}/{options.user_pool_id}/.well-known/jwks.json",
    "provider_name": lambda options: f"{options.host}/{options.user_pool_id}",
    "user_pool_arn": lambda options: options.user_pool_arn,
    "endpoint": lambda options: f"https://{options.host}",
    "region": lambda options: options.region or DEFAULT_REGION,
    "account_id": lambda options: options.account_id or DEFAULT_ACCOUNT,
}
"""What a line of ``cognito_env`` can name."""
_OF_POOL = frozenset({"user_pool_id", "issuer", "jwks_uri", "provider_name", "user_pool_arn"})

_options: pytest.StashKey[Options] = pytest.StashKey()
_environment_set: pytest.StashKey[bool] = pytest.StashKey()


def add(parser: pytest.Parser) -> None:
    """Declare the options of the ini file that say what every test has."""
    parser.addini("cognito_region", "the region of calls that name none (default: the environment's, else us-east-1)")
    parser.addini("cognito_account_id", f"the account of the mocked AWS (default: {DEFAULT_ACCOUNT})")
    parser.addini("cognito_user_pool_id", "the id of cognito_user_pool in every test (default: drawn for each test)")
    parser.addini("cognito_client_id", "the id of cognito_app_client in every test (default: drawn for each test)")
    parser.addini("cognito_client_secret", "the secret of cognito_app_client in every test (default: it has none)")
    parser.addini(
        "cognito_env",
        f"environment variables of the whole run, in lines NAME = value; a value is one of {', '.join(VALUES)}",
        type="linelist",
    )


def of(config: pytest.Config) -> Options:
    """What the ini file of a run says. Raises ``pytest.UsageError`` for what can't be meant."""
    if _options not in config.stash:
        try:
            config.stash[_options] = _read(config)
        except UsageError as error:
            raise pytest.UsageError(f"pytest's ini file: {error}") from None
    return config.stash[_options]


def set_environment(config: pytest.Config) -> None:
    """Set the variables of ``cognito_env``, unless they are set. When pytest ends they are as they were."""
    if config.stash.setdefault(_environment_set, False):
        return
    config.stash[_environment_set] = True
    environment = of(config).environment
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)

    def put_back() -> None:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    config.add_cleanup(put_back)


def header(config: pytest.Config) -> str | None:
    """The line at the start of a run, where it is asked for: what holds, and which setting says so."""
    options = of(config)
    if not (options.sources or config.get_verbosity() > 0 or config.getoption("--cognito-trace")):
        return None
    region, source = (options.region, options.sources["region"]) if options.region else _region_of_machine()
    told = [f"region {region} ({source})"]
    for name, what in (("account_id", "account"), ("user_pool_id", "user pool"), ("client_id", "app client")):
        if name in options.sources:
            told.append(f"{what} {getattr(options, name)} ({options.sources[name]})")
    if options.environment:
        told.append(f"sets {', '.join(options.environment)} (cognito_env)")
    source = options.sources.get("allow_real", "default")
    told.append(f"calls to AWS {'allowed' if options.allow_real else 'blocked'} ({source})")
    return f"cognito: pytest-cognito {__version__}, {', '.join(told)}"


def _read(config: pytest.Config) -> Options:
    given = {name: text for name in _CHECKS if (text := str(config.getini(f"cognito_{name}") or "").strip())}
    for name, text in given.items():
        _CHECKS[name](text)
    sources = {name: f"cognito_{name}" for name in given}
    allow_real = bool(config.getini("cognito_allow_real"))
    if allow_real:
        sources["allow_real"] = "cognito_allow_real"
    options = Options(
        region=given.get("region"),
        account_id=given.get("account_id"),
        user_pool_id=given.get("user_pool_id"),
        client_id=given.get("client_id"),
        client_secret=given.get("client_secret"),
        allow_real=allow_real,
        sources=sources,
    )
    named = dict(map(_variable, config.getini("cognito_env")))
    options = _pinned(options, frozenset(named.values()))
    return options._replace(environment={variable: VALUES[value](options) for variable, value in named.items()})


def _pinned(options: Options, named: frozenset[str]) -> Options:
    """The options with what the pinned pool says of the region, and with values for all that ``cognito_env`` names."""
    new: dict[str, Any] = {}
    sources = dict(options.sources)
    if options.user_pool_id is not None:
        new["region"] = region_of_pool(options.user_pool_id)
        if options.region not in (None, new["region"]):
            raise UsageError(
                f"cognito_user_pool_id = {options.user_pool_id} is of a pool in {new['region']}, and cognito_region "
                f"says {options.region}: leave out cognito_region"
            )
        sources.setdefault("region", "cognito_user_pool_id")
    elif named and options.region is None:
        new["region"], sources["region"] = _region_of_machine()
    pool_id = f"{new.get('region', options.region)}_{_POOL_NUMBER}"
    for name, value, needed in (
        ("user_pool_id", pool_id, not _OF_POOL.isdisjoint(named)),
        ("client_id", _PINNED_CLIENT, "client_id" in named),
        ("client_secret", _PINNED_SECRET, "client_secret" in named),
    ):
        if needed and name not in sources:
            new[name], sources[name] = value, "cognito_env"
    return options._replace(sources=sources, **new)


def _region_of_machine() -> tuple[str, str]:
    """The region where the ini file names none, and what says so."""
    from pytest_cognito import environment

    region = environment.region()
    return (region, "environment") if region else (DEFAULT_REGION, "default")


def _variable(line: str) -> tuple[str, str]:
    """The name of a variable, and what it is to be set to, in a line of ``cognito_env``."""
    found = re.fullmatch(_LINE, line.strip())
    if found is None:
        raise UsageError(f"cognito_env takes lines such as CLIENT_ID = client_id, not {line!r}")
    if found["value"] not in VALUES:
        raise UsageError(f"cognito_env knows no value {found['value']!r}: {suggestion(found['value'], VALUES)}")
    return found["variable"], found["value"]


def _check_client_id(client_id: str) -> None:
    if re.fullmatch(_CLIENT_ID, client_id) is None:
        raise UsageError(f"cognito_client_id is 1 to 128 letters, digits, _ or +; not {client_id!r}")


def _check_secret(secret: str) -> None:
    if re.fullmatch(_SECRET, secret) is None:
        raise UsageError("cognito_client_secret is 24 to 64 letters, digits, _ or +")


_CHECKS: Mapping[str, Callable[[str], object]] = {
    "region": check_region,
    "account_id": check_account_id,
    "user_pool_id": region_of_pool,
    "client_id": _check_client_id,
    "client_secret": _check_secret,
}
