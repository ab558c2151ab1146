"""The options of the ini file."""

from __future__ import annotations

import textwrap

import pytest

from .conftest import Run


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


@pytest.mark.parametrize(("value", "shared"), [("", True), ("cognito_share_models = false", False)])
def test_sessions_share_data_files(run: Run, value: str, shared: bool) -> None:
    result = run(
        f"""
        import botocore.session

        def test_it():
            first, second = (botocore.session.Session().get_data("partitions") for _ in range(2))
            assert (first is second) is {shared}
        """,
        ini=value,
    )

    result.assert_outcomes(passed=1)
