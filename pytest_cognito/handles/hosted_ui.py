"""The pages of domains on a loopback server, for a real browser."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.handles.domain import sign_in_url
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.server.socket import Server
from pytest_cognito.web.addresses import domain_url

_PREFIX = "pytest"


class HostedUI:
    """The pages of a user pool's domain, and those of other domains, on a loopback server.

    Browsers resolve names below ``localhost`` to the machine. Where something else does not, it takes the address by
    path, which leads to the same pages.
    """

    def __init__(self, pool: UserPool, server: Server) -> None:
        self._pool = pool
        self.server = server

    @property
    def endpoint_url(self) -> str:
        """The endpoint URL of the server, for SDKs."""
        return self.server.endpoint_url

    @property
    def url(self) -> str:
        """Where the pages of the pool's domain are: ``http://pytest.localhost:<port>``. A domain is made if need be."""
        return self._url(self._domain(self._pool.id))

    @property
    def path_url(self) -> str:
        """The same without a name that has to be resolved: ``http://127.0.0.1:<port>/pytest``."""
        return self._url(self._domain(self._pool.id), by_path=True)

    def domain_url(self, domain: str) -> str:
        """Where the pages of a domain are: a prefix (``notes``; ``notes.eu-west-1`` of a region) or a custom domain.

        Raises `UsageError` that says which there are if there is none.
        """
        arguments.check_text("domain", domain, '"notes"')
        found = cognito_idp.domain_with_label(self._pool.world, domain.lower())
        if found is None:
            domains = cognito_idp.every_domain(self._pool.world)
            there = ", ".join(cognito_idp.label_of(self._pool.world, each) for each in domains) or "there is none"
            raise UsageError(f"there is no domain {domain!r}: {there}")
        return self._url(found)

    def sign_in_url(
        self, client: AppClient | None = None, *, redirect_uri: str | None = None, **parameters: str
    ) -> str:
        """Where an application sends its user to sign in: ``/oauth2/authorize`` with the client's id and parameters.

        ``client`` is by default the first of the pool, ``redirect_uri`` its default one or else its first callback URL.
        ``response_type`` is ``code`` unless the client has the implicit grant alone. Others, such as ``scope``,
        ``state`` or ``identity_provider``, are left out unless they are given.
        """
        app_client = client or self._pool.client
        arguments.check_client(app_client)
        record = self._pool.world.store[cognito_idp.CLIENTS].get(app_client.id)
        base = "" if record is None else self._url(self._domain(record.pool_id))
        return sign_in_url(self._pool, base, app_client, redirect_uri, parameters)

    def _domain(self, pool_id: str) -> cognito_idp.Domain:
        """The domain of a pool, a prefix if it has one; of the fixture's pool, one that is made if it has none."""
        pool = self._pool.world.store[cognito_idp.POOLS].get(pool_id)
        domains = [] if pool is None else cognito_idp.domains_of(self._pool.world, pool)
        if domains:
            return min(domains, key=lambda domain: domain.custom)
        if pool_id != self._pool.id:
            raise UsageError(f'{pool_id} has no domain: write pool.create_domain("…")')
        self._pool.call("CreateUserPoolDomain", Domain=_PREFIX)
        return self._domain(pool_id)

    def _url(self, domain: cognito_idp.Domain, *, by_path: bool = False) -> str:
        return domain_url(self._pool.world, self.endpoint_url, domain, by_path=by_path)

    def __repr__(self) -> str:
        return f"<HostedUI of {self._pool.id} at {self.endpoint_url}>"
