"""Changing and deleting attributes that users sign in with."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, User, UserPool
from tests.support.app import App
from tests.support.refusals import USER_NOT_FOUND, Refusal, invalid_parameter, refusal
from tests.support.user_attributes import BOTH_DELETES, BOTH_UPDATES, Change, Remove, admin_update, delete, update


class TestAliases:
    @pytest.fixture
    def pool(self, cognito: Cognito) -> UserPool:
        return cognito.create_user_pool(AliasAttributes=["email", "preferred_username"])

    @pytest.fixture
    def alice(self, pool: UserPool) -> User:
        return pool.create_user("alice", email="a@example.com", preferred_username="ant")

    @pytest.fixture
    def bob(self, pool: UserPool) -> User:
        return pool.create_user("bob", email="b@example.com", preferred_username="bee")

    @BOTH_UPDATES
    def test_neither_address_is_an_alias_until_the_new_one_is_verified(
        self, app: App, alice: User, change: Change
    ) -> None:
        change(app, alice, {"email": "new@example.com"})
        for email in ("a@example.com", "new@example.com"):
            answer = refusal(app.admin, operation="admin_get_user", username=email)
            assert answer == USER_NOT_FOUND
        admin_update(app, alice, {"email_verified": "true"})
        assert alice.pool.user("new@example.com").username == "alice"

    def test_an_unverified_address_may_be_that_of_another(self, app: App, alice: User, bob: User) -> None:
        update(app, bob, {"email": "a@example.com"})
        assert alice.pool.user("a@example.com").username == "alice"
        assert bob.attributes["email_verified"] == "false"

    def test_an_administrator_moves_an_alias(self, app: App, alice: User, bob: User) -> None:
        admin_update(app, bob, {"email": "a@example.com", "email_verified": "true"})
        assert alice.pool.user("a@example.com").username == "bob"
        assert (alice.email, alice.attributes["email_verified"]) == ("a@example.com", "false")

    @BOTH_UPDATES
    def test_a_preferred_user_name_is_one_users(self, app: App, alice: User, bob: User, change: Change) -> None:
        change(app, bob, {"preferred_username": "wasp"})
        assert bob.pool.user("wasp").username == "bob"
        answer = refusal(change, app=app, user=bob, attributes={"preferred_username": "ant"})
        assert answer.code == "AliasExistsException"
        assert (alice.pool.user("ant").username, bob.pool.user("wasp").username) == ("alice", "bob")

    def test_a_deleted_alias_is_free(self, app: App, alice: User, bob: User) -> None:
        delete(app, alice, "preferred_username")
        update(app, bob, {"preferred_username": "ant"})
        assert bob.pool.user("ant").username == "bob"


class TestUsernameAttributes:
    @pytest.fixture
    def pool(self, cognito: Cognito) -> UserPool:
        return cognito.create_user_pool(UsernameAttributes=["email", "phone_number"])

    @pytest.fixture
    def alice(self, pool: UserPool) -> User:
        return pool.create_user("a@example.com")

    @BOTH_UPDATES
    def test_a_new_address_signs_in_at_once(self, app: App, pool: UserPool, alice: User, change: Change) -> None:
        change(app, alice, {"email": "new@example.com"})
        found = pool.user("new@example.com")
        assert found.username == alice.username
        assert found.sign_in().id_claims["email"] == "new@example.com"
        assert refusal(app.admin, operation="admin_get_user", username="a@example.com") == USER_NOT_FOUND

    @BOTH_UPDATES
    @pytest.mark.parametrize("name", ["email", "phone_number"])
    def test_what_another_signs_in_with_is_taken(
        self, app: App, pool: UserPool, alice: User, change: Change, name: str
    ) -> None:
        value = {"email": "b@example.com", "phone_number": "+15550001234"}[name]
        pool.create_user(value)
        answer = refusal(change, app=app, user=alice, attributes={name: value})
        assert answer == Refusal("AliasExistsException", f"An account with the given {name} already exists.")
        assert alice.email == "a@example.com"

    def test_an_administrator_does_not_move_it_either(self, app: App, pool: UserPool, alice: User) -> None:
        pool.create_user("b@example.com")
        taken = {"email": "b@example.com", "email_verified": "true"}
        assert refusal(admin_update, app=app, user=alice, attributes=taken).code == "AliasExistsException"

    @BOTH_DELETES
    def test_one_of_them_stays(self, app: App, alice: User, remove: Remove) -> None:
        update(app, alice, {"phone_number": "+15550001234"})
        remove(app, alice, "email")
        assert alice.pool.user("+15550001234").username == alice.username
        answer = refusal(lambda: remove(app, alice, "phone_number"))
        assert answer == invalid_parameter("Invalid user attributes: user.phone_number: The attribute is required\n")
