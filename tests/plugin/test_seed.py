"""`cognito_seed`: what every test starts from."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

SEEDED = """
import pytest

@pytest.fixture(scope="session")
def cognito_seed():
    def seed(cognito):
        with open("seeded", "a") as file:
            file.write("once\\n")
        pool = cognito.create_user_pool(PoolName="app", id="us-east-1_Seeded001")
        pool.create_user("alice", email="alice@example.com", groups=["admins"])
        pool.create_users(30)

        @pool.on("PostAuthentication")
        def after(event, context):
            return event
    return seed
"""


def test_each_test_gets_the_seeded_world_as_it_was(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(3))
        def test_changes(cognito, cognito_idp, number):
            (pool,) = cognito.pools
            assert len(pool.users) == 31
            alice = pool.user("alice")
            assert (alice.enabled, alice.groups, alice.email) == (True, ["admins"], "alice@example.com")
            assert alice.sign_in().expires_in == 3600
            assert [call.source for call in cognito.triggers] == ["PostAuthentication_Authentication"]
            cognito_idp.admin_disable_user(UserPoolId=pool.id, Username="alice")
            cognito_idp.admin_delete_user(UserPoolId=pool.id, Username="user00007")
            pool.call("AdminSetUserPassword", Username="alice", Password="0ther-Passw0rd", Permanent=True)
            pool.create_user("new")
            cognito.create_user_pool()
            cognito.clock.advance(days=3)

        def test_deletes_all(cognito, cognito_idp):
            cognito_idp.delete_user_pool(UserPoolId="us-east-1_Seeded001")

        def test_later(cognito):
            (pool,) = cognito.pools
            assert len(pool.users) == 31
            assert (len(cognito.calls), len(cognito.outbox)) == (0, 0)

        def test_keys_stay(cognito):
            (pool,) = cognito.pools
            keys = {pool.user("alice").sign_in().claims["iss"] for _ in range(2)}
            assert keys == {pool.issuer}

        def test_the_fixtures_pool_is_another(cognito_user_pool, cognito):
            assert len(cognito.pools) == 2
        """,
        conftest=SEEDED,
    )

    result.assert_outcomes(passed=7)
    assert Path("seeded").read_text() == "once\n"


LATE = """
import threading, boto3, pytest
from pytest_cognito import UsageError

arrived, go, raised, held = threading.Event(), threading.Event(), [], []

def test_begins_a_call_that_outlives_it(cognito):
    [pool] = cognito.pools
    held.append(pool)
    idp, client = boto3.client("cognito-idp"), pool.client.id

    @pool.on("PreSignUp")
    def wait(event, context):
        arrived.set()
        assert go.wait(10)
        return event

    def sign_up():
        try:
            idp.sign_up(ClientId=client, Username="late", Password="Corr3ct-horse!")
        except UsageError as error:
            raised.append(str(error))

    thread = threading.Thread(target=sign_up)
    held.append(thread)
    thread.start()
    assert arrived.wait(10)

{between}

def test_has_the_seeded_world({fixture}):
    go.set()
    held[1].join(10)
    assert len(raised) == 1 and "outlived the test in which it began" in raised[0]

def test_holds_a_pool_of_another_test(cognito):
    with pytest.raises(LookupError, match="no longer exists"):
        held[0].create_user("late")

def test_again(cognito):
    assert len(cognito.pools[0].users) == 31
"""


@pytest.mark.parametrize("fixture", ["", "cognito"])
@pytest.mark.parametrize("between", ["", "def test_between(cognito): assert len(cognito.pools) == 1"])
def test_a_call_that_outlives_its_test_changes_nothing(run: Run, fixture: str, between: str) -> None:
    result = run(LATE.format(fixture=fixture, between=between), conftest=SEEDED)

    result.assert_outcomes(passed=4 + bool(between))


def test_threads_that_go_on_calling_change_nothing(run: Run) -> None:
    result = run(
        """
        import itertools, threading, boto3, pytest

        numbers, stop, threads = itertools.count(), threading.Event(), []

        def create(client, pool):
            while not stop.is_set():
                try:
                    client.admin_create_user(UserPoolId=pool, Username=f"late-{next(numbers)}")
                except Exception:
                    pass

        @pytest.mark.parametrize("number", range(20))
        def test_each_begins_with_the_seed(cognito, cognito_idp, number):
            threads.append(threading.Thread(target=create, args=(cognito_idp, cognito.pools[0].id)))
            threads[-1].start()

        def test_end():
            stop.set()
            for thread in threads:
                thread.join(10)

        def test_the_seed_is_as_it_was(cognito):
            names = [user.username for user in cognito.pools[0].users]
            assert len(names) == 31 and not any(name.startswith("late") for name in names)
        """,
        conftest=SEEDED,
    )

    result.assert_outcomes(passed=22)


def test_a_directory_may_have_a_seed_of_its_own(run: Run, pytester: pytest.Pytester) -> None:
    inner = pytester.mkpydir("inner")
    (inner / "conftest.py").write_text(SEEDED)
    test = "def test_pools(cognito): assert [pool.name for pool in cognito.pools] == {}\n"
    (inner / "test_inner.py").write_text(test.format(["app"]))
    (inner / "test_inner_again.py").write_text(test.format(["app"]))

    outer = "test_a_directory_may_have_a_seed_of_its_own.py"
    files = (f"{inner}/test_inner.py", outer, f"{inner}/test_inner_again.py")
    run(test.format([]), *files).assert_outcomes(passed=3)

    assert Path("seeded").read_text() == "once\n"


def test_a_failing_test_does_not_show_the_seed(run: Run) -> None:
    result = run("def test_it(cognito): assert False", conftest=SEEDED)

    result.stdout.fnmatch_lines(["*- Cognito call -*", "no call reached Cognito"], consecutive=True)


def test_a_seed_that_fails_says_why(run: Run) -> None:
    result = run(
        "def test_it(cognito): pass",
        conftest="""
        import pytest

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                cognito.create_user_pool(PoolName="x" * 200)
            return seed
        """,
    )

    result.assert_outcomes(errors=1)
    assert "Member must have length less than or equal to 128" in result.stdout.str()
    assert "pytest_cognito/" not in result.stdout.str()


def test_sign_ins_on_pages_of_a_seeded_pool(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.mark.parametrize("number", range(2))
        def test_signs_in(cognito, cognito_browser, number):
            (pool,) = cognito.pools
            start = "https://notes.auth.us-east-1.amazoncognito.com/oauth2/authorize?client_id=" + pool.client.id
            start += "&response_type=code&redirect_uri=https://app.example.com/cb"
            assert cognito_browser.get(start).sign_in_with("Partner", sub="1").code
            assert [user.username for user in pool.users] == ["Partner_1"]
        """,
        conftest="""
        import pytest

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                pool = cognito.create_user_pool()
                partner = cognito.providers.oidc("https://id.partner.example")
                partner.add_user("1", email="ann@example.com")
                pool.create_identity_provider("Partner", provider=partner)
                pool.create_client(CallbackURLs=["https://app.example.com/cb"])
                pool.create_domain("notes", ManagedLoginVersion=2)
            return seed
        """,
    )
    result.assert_outcomes(passed=2)
