"""Fixtures of a class, a module or a session: a mock that stays active, the seeded pool, and pytest's ScopeMismatch."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Run

HEAD = """
import boto3, pytest
from pytest_cognito import mock_cognito

def names():
    answer = boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=60)
    return [pool["Name"] for pool in answer["UserPools"]]
"""


@pytest.mark.parametrize("scope", ["class", "module", "package", "session"])
def test_a_mock_stays_active(run: Run, scope: str) -> None:
    result = run(
        HEAD
        + f"""
@pytest.fixture(scope="{scope}")
def pool():
    with mock_cognito(seed="shared") as cognito:
        yield cognito.create_user_pool(PoolName="shared")

class TestIt:
    ids = []

    @pytest.mark.parametrize("number", range(2))
    def test_shared(self, pool, number):
        self.ids.append(pool.id)
        pool.create_user(f"ann-{{number}}")
        assert len(pool.users) == number + 1
        assert names() == ["shared"]
        assert len(set(self.ids)) == 1

    def test_with_a_world_of_its_own(self, pool, cognito):
        assert names() == []
        with mock_cognito():
            assert names() == []

    def test_shared_again(self, pool):
        assert len(pool.users) == 2
        assert names() == ["shared"]
"""
    )

    result.assert_outcomes(passed=4)


def test_the_fixtures_use_a_cognito_of_a_wider_scope(run: Run) -> None:
    result = run(
        HEAD
        + """
@pytest.fixture(scope="module")
def cognito():
    with mock_cognito(seed="shared") as cognito:
        yield cognito

@pytest.fixture(scope="module")
def cognito_user_pool(cognito):
    return cognito.create_user_pool(PoolName="shared")

def test_one(cognito_user, cognito_tokens, cognito_idp):
    assert names() == ["shared"]
    cognito_idp.get_user(AccessToken=cognito_tokens.access_token)

@pytest.mark.cognito
def test_other(cognito_user_pool, cognito_user):
    assert [user.username for user in cognito_user_pool.users] == ["alice"]

@pytest.mark.cognito(now="2030-01-01T12:00Z")
def test_stopped(cognito_tokens):
    assert cognito_tokens.claims["iat"] == 1893499200

def test_running(cognito_tokens):
    assert cognito_tokens.claims["iat"] < 1893499200
"""
    )

    result.assert_outcomes(passed=4)


def test_one_of_a_fixture_changes_nothing_of_what_a_test_draws(run: Run) -> None:
    source = (
        HEAD
        + """
@pytest.fixture(scope="session")
def shared():
    with mock_cognito():
        yield

@pytest.mark.parametrize("number", range(2))
def test_it(shared, number):
    with mock_cognito() as cognito, open(f"{number}.ids", "a") as file:
        file.write(f"{cognito.create_user_pool().id}\\n")
"""
    )
    for arguments in ((), ("-k", "1")):
        run(source, *arguments)

    assert len(set(Path("1.ids").read_text().split())) == 1
    assert Path("1.ids").read_text().split() != Path("0.ids").read_text().split() * 2


def test_the_seeded_pool_is_the_fixtures(run: Run) -> None:
    result = run(
        """
        import pytest

        @pytest.fixture
        def cognito_user_pool(cognito):
            return cognito.user_pool("eu-west-1_Seeded001")

        @pytest.fixture
        def cognito_app_client(cognito_user_pool):
            return cognito_user_pool.client_by("web0000000000")

        def test_alice(cognito_user, cognito_app_client, cognito_user_pool):
            assert cognito_app_client.name == "web"
            assert cognito_user.sub == "11111111-1111-4111-8111-111111111111"
            assert cognito_user.sign_in().claims["iss"] == cognito_user_pool.issuer
            cognito_user_pool.create_user("bob")

        def test_again(cognito_tokens, cognito_user_pool):
            assert len(cognito_user_pool.users) == 1

        @pytest.mark.parametrize("id", ["eu-west-1_Other0001", "app"])
        def test_another(cognito, id):
            with pytest.raises(Exception) as raised:
                cognito.user_pool(id)
            assert str(raised.value) == (
                f"there is no user pool with the id '{id}': eu-west-1_Seeded001 (app), us-east-1_Seeded002 (more)"
            )

        def test_another_client(cognito_user_pool):
            with pytest.raises(Exception) as raised:
                cognito_user_pool.client_by("mobile")
            assert str(raised.value) == (
                "the user pool eu-west-1_Seeded001 has no app client with the id 'mobile': "
                "spa0000000000 (spa), web0000000000 (web)"
            )
        """,
        conftest="""
        import pytest

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                pool = cognito.create_user_pool(PoolName="app", id="eu-west-1_Seeded001")
                pool.create_client(ClientName="spa", id="spa0000000000")
                pool.create_client(ClientName="web", id="web0000000000")
                pool.create_user("alice", sub="11111111-1111-4111-8111-111111111111")
                cognito.create_user_pool(PoolName="more", id="us-east-1_Seeded002")
            return seed
        """,
    )

    result.assert_outcomes(passed=5)


def test_nothing_to_find(run: Run) -> None:
    result = run(
        """
        def test_pool(cognito):
            cognito.user_pool("us-east-1_Other0001")

        def test_client(cognito):
            cognito.create_user_pool(id="us-east-1_Other0001").client_by("web")
        """
    )

    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(
        [
            "*there is no user pool with the id 'us-east-1_Other0001': there is none",
            "*the user pool us-east-1_Other0001 has no app client with the id 'web': it has none",
        ]
    )
    assert "pytest_cognito/" not in result.stdout.str()


@pytest.mark.parametrize("scope", ["class", "module", "session"])
@pytest.mark.parametrize("fixture", ["cognito", "cognito_user_pool", "cognito_idp"])
def test_the_mismatch_of_scopes_says_what_to_write(run: Run, fixture: str, scope: str) -> None:
    result = run(
        HEAD
        + f"""
@pytest.fixture(scope="{scope}")
def shared({fixture}):
    pass

def test_it(shared):
    pass

@pytest.fixture
def own():
    pass

@pytest.fixture(scope="{scope}")
def theirs(own):
    pass

def test_theirs(theirs):
    pass
"""
    )

    result.assert_outcomes(errors=2)
    said = result.stdout.str()
    assert said.count("override cognito_seed in conftest.py") == 1
    assert said.count('with mock_cognito(seed="shared") as cognito:') == 1
    assert f"ScopeMismatch: You tried to access the function scoped fixture {fixture} " in said


def test_reset_brings_back_the_seed(run: Run) -> None:
    result = run(
        """
        import boto3

        def test_it(cognito):
            pool = cognito.user_pool("us-east-1_Seeded001")
            pool.create_user("bob")
            cognito.create_user_pool()
            pool.call("AdminDeleteUser", Username="alice")
            pool.user("bob").sign_in()

            cognito.reset()

            assert [each.id for each in cognito.pools] == [pool.id]
            assert [user.username for user in pool.users] == ["alice"]
            assert len(cognito.calls) == len(cognito.triggers) == 0
            pool.user("alice").sign_in()
            assert [each.source for each in cognito.triggers] == ["PostAuthentication_Authentication"]
            assert False

        def test_after(cognito):
            assert [user.username for user in cognito.pools[0].users] == ["alice"]
        """,
        "-p",
        "no:randomly",
        conftest="""
        import pytest

        @pytest.fixture(scope="session")
        def cognito_seed():
            def seed(cognito):
                pool = cognito.create_user_pool(PoolName="app", id="us-east-1_Seeded001")
                pool.create_user("alice", email="alice@example.com")
                pool.create_client()

                @pool.on("PostAuthentication")
                def after(event, context):
                    return event
            return seed
        """,
    )

    result.assert_outcomes(failed=1, passed=1)
    section = result.stdout.str().partition("Cognito call")[2]
    assert "AdminInitiateAuth" in section
    assert "AdminDeleteUser" not in section  # forgotten by the reset
