"""When a test has a section: which calls, of which worlds and of which phases, are shown in it."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from .conftest import Run
from .sections import SIGN_IN, section, sections


def test_a_passing_test_shows_nothing(run: Run) -> None:
    result = run(
        SIGN_IN + "def test_it(cognito_user): sign_in(cognito_user.pool, 'alice', cognito_user.password)", "-rA"
    )

    result.assert_outcomes(passed=1)
    assert sections(result) == []


def test_mocks_of_the_decorator_and_the_context_manager_are_shown(run: Run) -> None:
    shown = section(
        run,
        """
        @mock_cognito
        def test_it():
            client = boto3.client("cognito-idp")
            client.list_user_pools(MaxResults=1)
            with mock_cognito(region="eu-west-1") as inner:
                inner.create_user_pool()
            client.list_user_pools(MaxResults=2)
            assert False
        """,
    )

    assert re.sub(r"Id=\S+", "Id=…", shown) == textwrap.dedent(
        """\
        world 1 of 2: us-east-1, account 123456789012
        ListUserPools MaxResults=1 → UserPools=[]
        ListUserPools MaxResults=2 → UserPools=[]
        world 2 of 2: eu-west-1, account 123456789012
        CreateUserPool PoolName=pytest → Id=… Name=pytest
        """
    )


def test_of_a_world_that_is_older_than_the_test_only_its_own_calls_are_shown(run: Run) -> None:
    result = run(
        SIGN_IN
        + textwrap.dedent(
            """
            @pytest.fixture(scope="module")
            def shared():
                with mock_cognito() as cognito:
                    yield cognito

            def test_first(shared):
                shared.call("ListUserPools", MaxResults=1)

            def test_second(shared):
                shared.call("ListUserPools", MaxResults=2)
                assert False
            """
        )
    )

    (shown,) = sections(result)
    assert shown == "ListUserPools MaxResults=2 → UserPools=[]\n"


def test_each_failed_phase_has_a_section_and_no_call_is_shown_twice(run: Run) -> None:
    result = run(
        SIGN_IN
        + textwrap.dedent(
            """
            @pytest.fixture
            def pools(cognito):
                cognito.call("ListUserPools", MaxResults=1)
                yield
                cognito.call("ListUserPools", MaxResults=3)
                raise RuntimeError("at the end")

            def test_it(cognito, pools):
                cognito.call("ListUserPools", MaxResults=2)
                assert False
            """
        )
    )

    result.assert_outcomes(failed=1, errors=1)
    assert sorted(sections(result)) == [
        "set-up:\nListUserPools MaxResults=1 → UserPools=[]\ntest:\nListUserPools MaxResults=2 → UserPools=[]\n",
        "teardown:\nListUserPools MaxResults=3 → UserPools=[]\n",
    ]


def test_a_refusal_that_the_application_swallowed_is_shown(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):  # without any, the call doesn't come as far as that
        monkeypatch.setenv(name, "testing")
    shown = section(
        run,
        """
        def application():
            try:
                boto3.client("cognito-idp", region_name="us-east-1").list_user_pools(MaxResults=1)
            except Exception:
                return []

        def test_it():
            assert application()
        """,
    )

    said, where = shown.splitlines()
    assert said == "ListUserPools of cognito-idp → NotMocked: nothing answered it"
    file, line = where.removeprefix("    called at ").split(":")
    assert "list_user_pools" in Path(file).read_text().splitlines()[int(line) - 1]


def test_a_test_that_reached_cognito_in_no_way_says_so_in_a_line(run: Run) -> None:
    assert section(run, "def test_it(cognito): assert False") == "no call reached Cognito\n"


def test_a_failing_test_without_cognito_shows_nothing(run: Run) -> None:
    assert sections(run("def test_it(): assert False")) == []


def test_an_expected_failure_shows_nothing(run: Run) -> None:
    result = run("import pytest\n@pytest.mark.xfail\ndef test_it(cognito): assert False", "-rA")

    result.assert_outcomes(xfailed=1)
    assert sections(result) == []


def test_of_a_set_up_after_which_no_call_was_made_the_calls_are_counted(run: Run) -> None:
    source = """
        @pytest.fixture
        def pools(cognito):
            for number in range(12):
                cognito.call("CreateUserPool", PoolName=f"pool-{number}")
            cognito.call("ListUserPools", MaxResults=1)

        def test_it(pools):
            assert False
        """

    assert section(run, source) == textwrap.dedent(
        """\
        no call but those of the set-up reached Cognito:
            CreateUserPool ×12, ListUserPools (--cognito-trace shows them)
        """
    )
    assert section(run, source, "--cognito-trace").count("CreateUserPool PoolName=pool-") == 12


def test_of_a_set_up_that_failed_all_calls_are_shown(run: Run) -> None:
    source = """
        @pytest.fixture
        def pools(cognito):
            cognito.call("CreateUserPool", PoolName="made")
            raise RuntimeError

        def test_it(pools):
            assert False
        """

    assert "CreateUserPool PoolName=made" in section(run, source)


def test_the_section_is_in_junit_xml(run: Run) -> None:
    section(run, 'def test_it(cognito): cognito.call("ListUserPools", MaxResults=7); assert False', "--junitxml=it.xml")

    assert "ListUserPools MaxResults=7 → UserPools=[]" in Path("it.xml").read_text()


def test_a_link_that_is_longer_than_a_line_is_broken(run: Run) -> None:
    template = {"DefaultEmailOption": "CONFIRM_WITH_LINK"}
    shown = section(
        run,
        f"""
        @pytest.mark.cognito(pool={{"VerificationMessageTemplate": {template}}})
        def test_it(cognito_user_pool):
            cognito_user_pool.call("CreateUserPoolDomain", Domain="a-very-long-prefix-of-a-domain-of-this-application")
            sign_up(cognito_user_pool, "somebody-with-a-rather-long-name-" * 3)
            assert False
        """,
    )

    assert max(map(len, shown.splitlines())) == 100
    link = re.search(r"https://\S+", re.sub(r"\n {6}(?=\S+$)", "", shown, flags=re.MULTILINE))
    assert link is not None
    assert re.search(r"confirmation_code=\d{6}", link[0])
