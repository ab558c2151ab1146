"""A domain of a user pool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pytest_cognito import cognito_idp
from pytest_cognito.handles import arguments
from pytest_cognito.handles.app_client import AppClient
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError

if TYPE_CHECKING:
    from pytest_cognito.handles.user_pool import UserPool

_CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"
_MANAGED_LOGIN = 2
_CLIENT = 'pool.create_client(CallbackURLs=["https://app.example.com/callback"])'


class Domain:
    """A handle for a domain of a user pool: ``url`` is where its pages and its endpoints are."""

    def __init__(self, pool: UserPool, name: str, host: str) -> None:
        self.pool = pool
        self.name = name
        self.url = f"https://{host}"

    def sign_in_url(
        self, client: AppClient | None = None, *, redirect_uri: str | None = None, **parameters: str
    ) -> str:
        """Where an application sends its user to sign in: ``/oauth2/authorize`` with the client's id and parameters.

        ``client`` is by default the first of the pool, ``redirect_uri`` its default one or else its first callback URL.
        ``response_type`` is ``code`` unless the client has the implicit grant alone. Others, such as ``scope``,
        ``state`` or ``identity_provider``, are left out unless they are given.
        """
        return sign_in_url(self.pool, self.url, client, redirect_uri, parameters)

    def __repr__(self) -> str:
        return f"<Domain {self.url}>"


def create(pool: UserPool, name: str, parameters: Mapping[str, Any]) -> Domain:
    """See `UserPool.create_domain`."""
    arguments.check_text("name", name, '"notes"')
    custom = {"CustomDomainConfig": {"CertificateArn": _CERTIFICATE}} if "." in name else {}
    pool.call("CreateUserPoolDomain", Domain=name, **{**custom, **parameters})
    if parameters.get("ManagedLoginVersion") == _MANAGED_LOGIN:
        for client in pool.clients:
            _style(pool, client)
    return Domain(pool, name, name if "." in name else hosts.prefix_domain(name, pool.region))


def _style(pool: UserPool, client: AppClient) -> None:
    """Give an app client with callback URLs Cognito's own style, if it has none."""
    record = pool.world.store[cognito_idp.CLIENTS].get(client.id)
    has_pages = record is not None and record.settings.get("CallbackURLs")
    if has_pages and cognito_idp.branding_of(pool.world, client.id) is None:
        pool.call("CreateManagedLoginBranding", ClientId=client.id, UseCognitoProvidedValues=True)


def sign_in_url(
    pool: UserPool, url: str, client: AppClient | None, redirect_uri: str | None, parameters: Mapping[str, str]
) -> str:
    """The address of an authorization request at a domain, see `Domain.sign_in_url`."""
    from pytest_cognito.web import sign_in_url as addresses  # the web side, which most tests never import

    app_client = client or pool.client
    arguments.check_client(app_client)
    record = pool.world.store[cognito_idp.CLIENTS].get(app_client.id)
    if record is None:
        raise UsageError(f"there is no {app_client!r} any more")
    target = redirect_uri or addresses.redirect_uri_of(record)
    response_type = parameters.get("response_type") or addresses.response_type_of(record)
    if target is None or response_type is None:
        raise UsageError(f"{app_client!r} lets nobody sign in on pages; make it with {_CLIENT}")
    given = {"response_type": response_type, "redirect_uri": target, **parameters}
    return addresses.sign_in_url(url, app_client.id, given)
