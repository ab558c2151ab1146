"""A record in every table: each function of ``FILLERS`` lets ann do something that leaves records of some noun."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pytest_cognito import Passkey
from tests.support.app import App
from tests.support.codes import last_code
from tests.support.passkeys import ALLOWED, configure, start

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


def sign_ins(app: App) -> None:
    """Ann signs in, tries in vain to, and begins to; so does somebody who doesn't exist."""
    app.initiate_auth("USER_SRP_AUTH", USERNAME="ann", SRP_A="a" * 32)
    app.initiate_auth("USER_SRP_AUTH", USERNAME="nobody", SRP_A="a" * 32)
    app.refresh(app.sign_in("ann")["RefreshToken"])
    with pytest.raises(app.idp.exceptions.NotAuthorizedException):
        app.sign_in("ann", "Wr0ng-horse!")


def passkeys(app: App) -> None:
    """Ann has a passkey, and begins to register another."""
    app.call("update_user_pool", UserPoolId=app.pool_id, AutoVerifiedAttributes=["email"], **ALLOWED)
    configure(app.pool)
    ann = app.pool.user("ann")
    ann.register(Passkey(app.pool.world))
    start(app, ann.tokens().access_token)


FILLERS: tuple[Callable[[App], None], ...] = (users, domains, sign_ins, passkeys)
"""In this order."""
