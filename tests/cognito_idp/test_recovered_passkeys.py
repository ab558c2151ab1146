"""What a point-in-time recovery brings back of passkeys, and that they sign in while it is in progress."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_cognito.cognito import Cognito
from tests.support.app import App, MakeApp
from tests.support.passkeys import ALLOWED, CLIENT, configure
from tests.support.recoveries import Recovery

pytestmark = pytest.mark.needs("InitiatePointInTimeRecovery")


@pytest.fixture
def app(make_app: MakeApp) -> App:
    """A pool that allows passkeys, with ann."""
    app = make_app(CLIENT, **ALLOWED)
    configure(app.pool)
    app.pool.create_user("ann", email="ann@example.com")
    return app


def passkeys_of(app: App, username: str = "ann") -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = app.call(
        "list_web_authn_credentials", AccessToken=app.pool.user(username).tokens().access_token
    )["Credentials"]
    return listed


def test_a_deleted_passkey_comes_back_and_a_new_one_goes(app: App, cognito: Cognito) -> None:
    ann, old, new = app.pool.user("ann"), cognito.passkey(), cognito.passkey(roaming=True)
    ann.register(old)
    [before] = passkeys_of(app)
    moment = cognito.clock.advance(hours=1)
    cognito.clock.advance(hours=1)
    token = ann.tokens().access_token
    app.call("delete_web_authn_credential", AccessToken=token, CredentialId=before["CredentialId"])
    ann.register(new)

    assert Recovery.run(app, moment) == {"Passkeys": (1, 0, 1)}
    assert passkeys_of(app) == [before]
    assert ann.sign_in(passkey=old).claims["username"] == "ann"


def test_the_passkeys_of_a_deleted_user_come_back_with_them(app: App, cognito: Cognito) -> None:
    passkey = cognito.passkey()
    app.pool.user("ann").register(passkey)
    moment = cognito.clock.advance(hours=1)
    cognito.clock.advance(hours=1)
    app.admin("admin_delete_user", "ann")

    assert Recovery.run(app, moment) == {"Users": (1, 0, 0), "Passkeys": (1, 0, 0)}
    assert app.pool.user("ann").sign_in(passkey=passkey).claims["username"] == "ann"


def test_a_counter_that_has_risen_stays_as_it_is(app: App, cognito: Cognito) -> None:
    ann, key = app.pool.user("ann"), cognito.passkey(roaming=True)
    ann.register(key)
    moment = cognito.clock.advance(hours=1)
    cognito.clock.advance(hours=1)
    ann.sign_in(passkey=key)

    assert Recovery.run(app, moment) == {}
    assert ann.sign_in(passkey=key).claims["username"] == "ann"


def test_a_passkey_signs_in_while_writes_are_paused_and_none_is_registered(app: App, cognito: Cognito) -> None:
    ann, key = app.pool.user("ann"), cognito.passkey(roaming=True)
    ann.register(key)
    cognito.clock.advance(hours=2)
    Recovery.begin(app)

    assert ann.sign_in(passkey=key).claims["username"] == "ann"
    with pytest.raises(Exception, match="OperationNotEnabledException"):
        ann.register(cognito.passkey())
    assert len(passkeys_of(app)) == 1
