"""The SECRET_HASH that calls through an app client with a secret need."""

from __future__ import annotations

import pytest

from tests.support.app import PASSWORD, App, MakeApp
from tests.support.refusals import refusal, secret_hash_missing, secret_hash_wrong
from tests.support.secret_hashes import hash_of

ALICE = {"USERNAME": "alice", "PASSWORD": PASSWORD}


def test_the_hash_of_the_name_as_sent_is_needed(confidential: App) -> None:
    assert "IdToken" in confidential.sign_in(SECRET_HASH=confidential.client.secret_hash("alice"))


def test_the_hash_of_an_alias_is_of_the_alias(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True}, AliasAttributes=["email"])
    app.pool.create_user("alice", email="alice@example.com")
    of_name, of_alias = (app.client.secret_hash(name) for name in ("alice", "alice@example.com"))
    assert "IdToken" in app.sign_in("alice@example.com", SECRET_HASH=of_alias)
    error = refusal(app.sign_in, username="alice@example.com", SECRET_HASH=of_name)
    assert error == secret_hash_wrong(app.client_id)


@pytest.mark.parametrize("given", [ALICE, {}])
def test_a_missing_hash_is_refused(confidential: App, given: dict[str, str]) -> None:
    expected = secret_hash_missing(confidential.client_id)
    assert refusal(confidential.initiate_auth, **given) == expected
    assert refusal(confidential.admin_initiate_auth, **given) == expected


def test_a_wrong_hash_is_refused_before_anything_of_the_user_is_told(confidential: App) -> None:
    error = refusal(confidential.sign_in, username="nobody", password="x", SECRET_HASH="bm8=")
    assert error == secret_hash_wrong(confidential.client_id)


def test_a_hash_for_a_client_without_a_secret_is_refused(app: App, confidential: App) -> None:
    secret_hash = confidential.client.secret_hash("alice")
    assert refusal(app.sign_in, SECRET_HASH=secret_hash) == secret_hash_wrong(app.client_id)


def test_a_sign_up_needs_the_hash_of_its_name(make_app: MakeApp) -> None:
    app = make_app({"GenerateSecret": True})
    secret, client_id = str(app.client.secret), app.client_id
    assert refusal(app.sign_up) == secret_hash_missing(client_id)
    assert refusal(app.sign_up, SecretHash="bm90IGl0") == secret_hash_wrong(client_id)
    assert refusal(app.sign_up, SecretHash=hash_of(secret, "bob", client_id)) == secret_hash_wrong(client_id)
    assert app.sign_up(SecretHash=hash_of(secret, "alice", client_id))["UserConfirmed"] is False


def test_a_sign_up_through_a_client_without_a_secret_takes_no_hash(make_app: MakeApp) -> None:
    app = make_app()
    assert refusal(app.sign_up, SecretHash="bm90IGl0") == secret_hash_wrong(app.client_id)
