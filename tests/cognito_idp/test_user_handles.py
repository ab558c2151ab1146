"""The handles of users: how they are arranged, and how they sign in."""

from __future__ import annotations

import pytest

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito import Cognito, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import NEW_PASSWORD, App
from tests.support.choice import ALL, CHOICE, first_factors
from tests.support.settings import SMS


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(PoolName="app", AutoVerifiedAttributes=["email"])


def test_a_user_is_ready_to_sign_in(cognito: Cognito, pool: UserPool) -> None:
    alice = pool.create_user("alice", email="alice@example.com", groups=["admins"])
    assert (alice.status, alice.enabled, alice.email) == ("CONFIRMED", True, "alice@example.com")
    assert alice.groups == pool.groups == ["admins"]
    assert alice.attributes == {"sub": alice.sub, "email": "alice@example.com", "email_verified": "true"}
    tokens = alice.sign_in()
    assert tokens.claims["username"] == "alice"
    assert tokens.id_claims["cognito:groups"] == ["admins"]
    assert (tokens.expires_in, bool(tokens.refresh_token)) == (3600, True)
    assert len(cognito.outbox) == 0


def test_a_user_runs_no_trigger_and_is_no_call(cognito: Cognito, pool: UserPool) -> None:
    pool.set_trigger("PreSignUp", lambda event, context: None)
    cognito.calls.clear()
    pool.create_user("alice")
    assert (len(cognito.triggers), len(cognito.calls)) == (0, 0)


def test_a_user_with_a_password_of_their_own(pool: UserPool) -> None:
    alice = pool.create_user("alice", password=NEW_PASSWORD)
    assert alice.password == NEW_PASSWORD
    assert alice.sign_in().id_claims["cognito:username"] == "alice"


def test_the_password_that_is_chosen_fits_the_policy(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(Policies={"PasswordPolicy": {"MinimumLength": 40}})
    alice = pool.create_user("alice")
    assert len(str(alice.password)) >= 40
    assert alice.sign_in().claims["username"] == "alice"


def test_a_password_against_the_policy_is_refused(pool: UserPool) -> None:
    with pytest.raises(AWSError, match="InvalidPasswordException"):
        pool.create_user("alice", password="short")


def test_attributes_with_names_that_are_no_identifiers(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(Schema=[{"Name": "tenant", "AttributeDataType": "String", "Mutable": True}])
    alice = pool.create_user("alice", attributes={"custom:tenant": "t1"}, name="Alice")
    assert (alice.attributes["custom:tenant"], alice.attributes["name"]) == ("t1", "Alice")


def test_two_users_of_one_name(pool: UserPool) -> None:
    pool.create_user("alice")
    with pytest.raises(AWSError, match="UsernameExistsException"):
        pool.create_user("alice")


def test_a_user_is_found_by_any_of_their_names(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(AliasAttributes=["email"])
    alice = pool.create_user("alice", email="alice@example.com")
    assert {pool.user(name).username for name in ("alice", "alice@example.com", alice.sub)} == {"alice"}


def test_many_users_at_once(app: App, pool: UserPool) -> None:
    pool.create_users(3, email="{}@example.com")
    assert [user.username for user in pool.users] == ["user00001", "user00002", "user00003"]
    assert pool.user("user00002").email == "user00002@example.com"
    assert app.sign_in("user00003")


def test_many_users_of_a_pool_with_username_attributes(cognito: Cognito) -> None:
    pool = cognito.create_user_pool(UsernameAttributes=["email"])
    pool.create_users(2, prefix="guest")
    assert [user.email for user in pool.users] == ["guest00001@example.com", "guest00002@example.com"]


def test_a_sign_in_that_asks_for_more_says_so(pool: UserPool) -> None:
    bob = pool.create_user("bob", status="FORCE_CHANGE_PASSWORD")
    with pytest.raises(UsageError, match="Cognito asks for NEW_PASSWORD_REQUIRED"):
        bob.sign_in()


def test_a_sign_in_that_the_client_does_not_allow_says_so(pool: UserPool) -> None:
    pool.create_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    alice = pool.create_user("alice")
    with pytest.raises(UsageError, match="add ALLOW_USER_PASSWORD_AUTH"):
        alice.sign_in()
    assert alice.tokens().claims["username"] == "alice"


def test_a_sign_in_computes_the_secret_hash(pool: UserPool) -> None:
    pool.create_client(GenerateSecret=True)
    assert pool.create_user("alice").sign_in().claims["username"] == "alice"


# Users without a password


@pytest.fixture
def choosing(cognito: Cognito) -> UserPool:
    """A pool whose users may sign in with codes, and a client of it."""
    pool = cognito.create_user_pool(**first_factors(*ALL), SmsConfiguration=SMS)
    pool.create_client(**CHOICE)
    return pool


def test_a_user_without_a_password_signs_in_with_a_code(cognito: Cognito, choosing: UserPool) -> None:
    ann = choosing.create_user("ann", email="ann@example.com", phone_number="+15555550100", passwordless=True)
    assert (ann.password, ann.status) == (None, "CONFIRMED")
    assert ann.sign_in().id_claims["email"] == "ann@example.com"
    with pytest.raises(AWSError, match="CodeMismatchException"):
        ann.sign_in(code="00000000")
    bob = choosing.create_user("bob", phone_number="+15555550101", passwordless=True)
    assert bob.sign_in().claims["username"] == "bob"
    assert [message.medium for message in cognito.outbox] == ["EMAIL", "EMAIL", "SMS"]


def test_a_password_signs_in_at_a_client_that_lets_users_choose(choosing: UserPool) -> None:
    alice = choosing.create_user("alice", email="alice@example.com")
    assert alice.sign_in().claims["username"] == "alice"
    with pytest.raises(AWSError, match="Incorrect username or password"):
        alice.sign_in("wrong")


def test_a_user_without_a_password_needs_a_client_for_it(choosing: UserPool) -> None:
    ann = choosing.create_user("ann", email="ann@example.com", passwordless=True)
    other = choosing.create_client()
    with pytest.raises(UsageError, match="add ALLOW_USER_AUTH to its ExplicitAuthFlows"):
        ann.sign_in(client=other)


def test_a_user_who_could_never_sign_in_is_refused(pool: UserPool, choosing: UserPool) -> None:
    for where, attributes in ((pool, {"email": "ann@example.com"}), (choosing, {})):
        with pytest.raises(UsageError, match="ann could not sign in without a password: let the pool have EMAIL_OTP"):
            where.create_user("ann", attributes=attributes, passwordless=True)
        assert where.users == []
    with pytest.raises(UsageError, match="leave out password, or passwordless"):
        choosing.create_user("ann", email="ann@example.com", password=NEW_PASSWORD, passwordless=True)
