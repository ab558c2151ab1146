"""Tests of other kinds than plain functions: coroutines, and classes of unittest."""

from __future__ import annotations

from .conftest import WITH_ASYNCIO, Run


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
        """,
        **WITH_ASYNCIO,
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
        """,
        others=("anyio.pytest_plugin",),
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
