"""A record in every table: each function of ``FILLERS`` lets ann do something that leaves records of some noun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pytest_cognito import Passkey
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.records import POOLS
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.passkeys import ALLOWED, configure, start
from tests.support.providers import create_provider

EMAIL = {"email": "ann@example.com"}


def users(app: App) -> None:
    """Ann signs up, and joins a group."""
    app.sign_up("ann", EMAIL)
    app.confirm("ann", last_code(app.pool.world.outbox, EMAIL["email"]))
    app.call("create_group", UserPoolId=app.pool_id, GroupName="staff")
    app.admin("admin_add_user_to_group", "ann", GroupName="staff")
    app.public("forgot_password", "ann")


def domains(app: App) -> None:
    app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain="notes-tables")


def identity_providers(app: App) -> None:
    """Ann is linked to an identity."""
    create_provider(app)
    app.call(
        "admin_link_provider_for_user",
        UserPoolId=app.pool_id,
        DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": "ann"},
        SourceUser={
            "ProviderName": "Google",
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": "1",
        },
    )


def resource_servers(app: App) -> None:
    app.call("create_resource_server", UserPoolId=app.pool_id, Identifier="notes", Name="notes")


def sign_ins(app: App) -> None:
    """Ann signs in, tries in vain to, and begins to; so does somebody who doesn't exist."""
    app.initiate_auth("USER_SRP_AUTH", USERNAME="ann", SRP_A="a" * 32)
    app.initiate_auth("USER_SRP_AUTH", USERNAME="nobody", SRP_A="a" * 32)
    app.refresh(app.sign_in("ann")["RefreshToken"])
    with pytest.raises(app.idp.exceptions.NotAuthorizedException):
        app.sign_in("ann", "Wr0ng-horse!")


def devices(app: App) -> None:
    """Ann signs in from a device while the pool tracks devices."""
    pool = {"UserPoolId": app.pool_id, "AutoVerifiedAttributes": ["email"]}
    app.call("update_user_pool", **pool, DeviceConfiguration={"ChallengeRequiredOnNewDevice": True})
    app.sign_in("ann")
    app.call("update_user_pool", **pool)


def user_sessions(app: App) -> None:
    """Ann signs in to a pool that tracks sessions, which the models of an older botocore have no operation for."""
    with app.pool.world.handle_step("track sessions") as context:
        pools = context.table(POOLS)
        pools.put(replace(lookup.pool(context, app.pool_id), tracks_sessions=True))
    app.sign_in("ann")


def passkeys(app: App) -> None:
    """Ann has a passkey, and begins to register another."""
    app.call("update_user_pool", UserPoolId=app.pool_id, AutoVerifiedAttributes=["email"], **ALLOWED)
    configure(app.pool)
    ann = app.pool.user("ann")
    ann.register(Passkey(app.pool.world))
    start(app, ann.tokens().access_token)


FILLERS: tuple[Callable[[App], None], ...] = (
    users,
    devices,
    domains,
    identity_providers,
    resource_servers,
    user_sessions,
    sign_ins,
    passkeys,
)
"""In this order."""
