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
