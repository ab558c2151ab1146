"""The plugin among the others: xdist, random order, async tests, unittest, and pytest with parts switched off."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from .conftest import Run

SUITE = """
import boto3, pytest

@pytest.mark.parametrize("number", range(6))
def test_users(cognito_user, cognito_idp, number):
    assert len(cognito_user.pool.users) == 1
    cognito_idp.admin_delete_user(UserPoolId=cognito_user.pool.id, Username="alice")

@pytest.mark.cognito(users=["bob"])
def test_marked():
    assert len(boto3.client("cognito-idp").list_user_pools(MaxResults=9)["UserPools"]) == 1

def test_without():
    pass
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("-p", "no:randomly"),
        ("-p", "no:cacheprovider"),
        ("--assert=plain",),
        ("-p", "no:logging", "-p", "no:terminal", "-p", "no:xdist", "-p", "no:asyncio", "-p", "no:anyio"),
        ("-p", "no:cacheprovider", "--randomly-seed=3"),
    ],
    ids=" ".join,
)
def test_a_suite_passes(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")
    pytester.makepyfile(SUITE)

    assert pytester.inline_run(*arguments).ret == pytest.ExitCode.OK


def test_without_the_plugin_nothing_of_it_is_there(run: Run) -> None:
    result = run("def test_it(cognito): pass", "-p", "no:cognito")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'cognito' not found*"])


IDS = """
import pytest

@pytest.mark.parametrize("number", range(4))
def test_ids(cognito_user, number):
    with open(f"{number}.ids", "a") as file:
        file.write(f"{cognito_user.pool.id} {cognito_user.pool.client.id} {cognito_user.sub}\\n")
"""


def test_a_test_draws_the_same_ids_in_every_run_and_on_every_worker(run: Run) -> None:
    for arguments in ((), ("-k", "2 or 3"), ("-n", "2")):
        run(IDS, *arguments).assert_outcomes(passed=2 if "-k" in arguments else 4)

    drawn = {path.name: path.read_text().splitlines() for path in Path().glob("*.ids")}
    assert [len(lines) for _, lines in sorted(drawn.items())] == [2, 2, 3, 3]
    assert [len(set(lines)) for lines in drawn.values()] == [1, 1, 1, 1]
    assert len({lines[0] for lines in drawn.values()}) == 4


def test_keys_are_kept_in_pytests_cache(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(cognito_tokens): assert cognito_tokens.access_token")
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function")

    pytester.runpytest_subprocess().assert_outcomes(passed=1)

    assert len(list(pytester.path.glob(".pytest_cache/d/cognito-keys/*.json"))) == 2


def test_pytest_asyncio(run: Run) -> None:
    result = run(
        """
        import boto3, pytest, pytest_asyncio

        @pytest_asyncio.fixture
        async def pool(cognito):
            yield cognito.create_user_pool()

        @pytest.mark.asyncio
        async def test_with_async_fixture(pool, cognito_idp):
            assert cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["Id"] == pool.id

        @pytest.mark.asyncio
        @pytest.mark.cognito(users=["alice"])
        async def test_marked():
            assert boto3.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"]

        @pytest.mark.asyncio
        async def test_tokens(cognito_tokens):
            assert cognito_tokens.access_token
        """
    )

    result.assert_outcomes(passed=3)


def test_anyio(run: Run) -> None:
    result = run(
        """
        import boto3, pytest

        pytestmark = pytest.mark.anyio

        @pytest.fixture
        async def pool(cognito):
            yield cognito.create_user_pool()

        async def test_with_async_fixture(pool, cognito_idp):
            assert cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["Id"] == pool.id

        @pytest.mark.cognito
        async def test_marked():
            assert boto3.client("cognito-idp").list_user_pools(MaxResults=1)["UserPools"] == []
        """
    )

    result.assert_outcomes(passed=4)  # on asyncio and on trio


def test_unittest_cases(run: Run) -> None:
    result = run(
        """
        import unittest
        import boto3, pytest
        from pytest_cognito import mock_cognito

        def pools():
            return boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=9)["UserPools"]

        @pytest.mark.usefixtures("cognito_user_pool")
        class TestFixtures(unittest.TestCase):
            def test_it(self):
                self.assertEqual(len(pools()), 1)

        @pytest.mark.cognito(users=["alice"])
        class TestMarker(unittest.TestCase):
            def setUp(self):
                self.found = pools()

            def test_it(self):
                self.assertEqual(len(self.found), 1)

        @mock_cognito
        class TestDecorator(unittest.TestCase):
            def setUp(self):
                boto3.client("cognito-idp").create_user_pool(PoolName="of this test")

            def test_one(self):
                self.assertEqual(len(pools()), 1)

            def test_other(self):
                self.assertEqual(len(pools()), 1)

        @mock_cognito
        class TestAsync(unittest.IsolatedAsyncioTestCase):
            async def asyncSetUp(self):
                boto3.client("cognito-idp").create_user_pool(PoolName="of this test")

            async def test_it(self):
                self.assertEqual(len(pools()), 1)
        """
    )

    result.assert_outcomes(passed=5)


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


def test_ini_options_are_the_defaults_of_every_world(run: Run) -> None:
    result = run(
        """
        import boto3, pytest
        from pytest_cognito import mock_cognito

        def test_fixture(cognito_user_pool):
            assert cognito_user_pool.arn.split(":")[3:5] == ["eu-west-1", "111122223333"]
            assert cognito_user_pool.name == "from the ini file"
            assert cognito_user_pool.username_attributes == ("email",)

        @pytest.mark.cognito(region="eu-central-1", account_id="444455556666", pool={"PoolName": "from the marker"})
        def test_marker(cognito_user_pool):
            assert cognito_user_pool.arn.split(":")[3:5] == ["eu-central-1", "444455556666"]
            assert cognito_user_pool.name == "from the marker"
            assert cognito_user_pool.username_attributes == ("email",)

        @mock_cognito
        def test_decorator():
            assert boto3.client("cognito-idp").meta.region_name == "eu-west-1"
        """,
        ini=textwrap.dedent(
            """
            cognito_region = eu-west-1
            cognito_account_id = 111122223333
            cognito_pool = {"PoolName": "from the ini file", "UsernameAttributes": ["email"]}
            """
        ),
    )

    result.assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("UsernameAttributes=email", "cognito_pool in the ini file is not JSON ("),
        ('["email"]', "cognito_pool in the ini file must be a JSON object; write '{"),
    ],
)
def test_a_pool_in_the_ini_file_that_is_none(run: Run, value: str, message: str) -> None:
    result = run("def test_it(cognito_user_pool): pass", ini=f"cognito_pool = {value}")

    result.assert_outcomes(errors=1)
    assert message in result.stdout.str()


def test_settings_of_a_run_end_with_it(run: Run) -> None:
    from pytest_cognito import active

    before = active.settings
    run("def test_it(cognito): pass", ini="cognito_region = eu-west-1\ncognito_allow_real = true")

    assert active.settings is before
    assert active.settings.blocked


def python(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_loading_the_plugin_imports_no_sdk(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): pass")
    printed = python(
        """
        import sys
        import pytest

        pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:anyio", "-p", "no:pytest_httpx", "-p", "no:respx",
                     "-p", "no:requests_mock", "-p", "no:hypothesispytest", "-p", "no:randomly"])
        heavy = {"botocore", "boto3", "aiobotocore", "cryptography", "werkzeug", "requests", "responses", "jwt"}
        print("heavy:", sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
        print("plugin:", "pytest_cognito.plugin" in sys.modules)
        """
    )

    assert "1 passed" in printed
    assert "plugin: True" in printed
    assert "heavy: []" in printed


def test_the_fixtures_are_typed(pytester: pytest.Pytester) -> None:
    """A type checker knows what each fixture gives."""
    from pytest_cognito import fixtures

    source = Path(fixtures.__file__).read_text()
    wanting = re.findall(r"^def ([a-z]\w+)\((?:[^)]*)\)(?: -> Any)?:$", source, re.MULTILINE)
    assert wanting == []
