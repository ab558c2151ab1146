"""The action ``authenticate-cognito`` as a test writes it, with an app client and a domain that fit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pytest_cognito import cognito_idp
from pytest_cognito.fronts.load_balancer.actions import (
    COOKIE_NAME,
    ON_UNAUTHENTICATED,
    SESSION_TIMEOUT,
    AuthenticateCognito,
)
from pytest_cognito.fronts.load_balancer.authentication import CALLBACK
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.domain import Domain
from pytest_cognito.handles.pools import find_pool, only_pool
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.world import World

_MOST_PARAMETERS = 10
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_NOT_A_DOMAIN_PREFIX = re.compile(r"[^a-z0-9-]")


@dataclass(frozen=True)
class Authentication:
    """What `Cognito.load_balancer` takes for ``authenticate-cognito``."""

    client: AppClient | UserPool | None = None
    domain: Domain | str | None = None
    scope: str = "openid"
    on_unauthenticated: str = "authenticate"
    session_timeout: int = SESSION_TIMEOUT
    cookie_name: str = COOKIE_NAME
    extra_params: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        arguments.check_text("scope", self.scope, '"openid email"')
        arguments.check_text("cookie_name", self.cookie_name, repr(COOKIE_NAME))
        arguments.check_mapping("extra_params", self.extra_params, '{"lang": "de"}')
        check_on_unauthenticated(self.on_unauthenticated)
        if _TOKEN.fullmatch(self.cookie_name) is None:
            raise UsageError(f"cookie_name is a name that a cookie can have, not {self.cookie_name!r}")
        _check_timeout(self.session_timeout)
        if len(self.extra_params or {}) > _MOST_PARAMETERS:
            raise UsageError(f"extra_params has {_MOST_PARAMETERS} parameters at most")

    def action(self, world: World, name: str, host: str) -> AuthenticateCognito:
        """The action; an app client and a domain are made where there are none."""
        pool, client = _pool_and_client(world, self.client, name, host)
        return AuthenticateCognito(
            pool_id=pool.id,
            client_id=client.id,
            domain=_domain(pool, self.domain, name),
            scope=self.scope,
            on_unauthenticated=self.on_unauthenticated,
            session_timeout=self.session_timeout,
            cookie_name=self.cookie_name,
            extra_params=dict(self.extra_params or {}),
        )


def _check_timeout(value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise UsageError(f"session_timeout is a number of seconds, 1 or more; not {value!r}")


def check_on_unauthenticated(value: object) -> None:
    if value not in ON_UNAUTHENTICATED:
        raise UsageError(f"on_unauthenticated is one of {', '.join(map(repr, ON_UNAUTHENTICATED))}; not {value!r}")


def _pool_and_client(
    world: World, client: AppClient | UserPool | None, name: str, host: str
) -> tuple[UserPool, AppClient]:
    if client is None:
        client = only_pool(world, "cognito.load_balancer(app, pool), or with an app client")
    if isinstance(client, UserPool):
        callback = f"https://{host}{CALLBACK}"
        landing = f"https://{host}/"
        made = client.create_client(ClientName=name, GenerateSecret=True, CallbackURLs=[callback], LogoutURLs=[landing])
        return client, made
    arguments.check_client(client)
    record = world.store[cognito_idp.CLIENTS].get(client.id)
    if record is None:
        raise UsageError(f"there is no {client!r} any more")
    if client.secret is None:
        raise UsageError(
            f"AWS refuses a load balancer whose app client has no secret, as {client!r} has none: "
            f"pool.create_client(GenerateSecret=True, CallbackURLs=['https://{host}{CALLBACK}']), or pass the pool"
        )
    return find_pool(world, record.pool_id), client


def _domain(pool: UserPool, domain: Domain | str | None, name: str) -> str:
    """The host of a domain: the one that is named, or the pool's own, or a new one."""
    there = [each.host for each in pool.world.store[cognito_idp.DOMAINS] if each.pool_id == pool.id]
    if domain is None:
        if not there:
            prefix = f"{_NOT_A_DOMAIN_PREFIX.sub('-', name.lower())}-{pool.id.rpartition('_')[2].lower()}"
            there = [hosts.name_in_url(pool.create_domain(prefix).url) or ""]
        return there[0]
    host = domain.url.removeprefix("https://") if isinstance(domain, Domain) else domain
    host = host if "." in host else hosts.prefix_domain(host, pool.region)
    if host not in there:
        raise UsageError(
            f"the pool {pool.id} has no domain {domain!r}: it has {', '.join(there) or 'none'}; "
            f'pool.create_domain("notes") makes one'
        )
    return host
