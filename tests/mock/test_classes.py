"""Decorated classes: each test has a fresh world, which the set-up and the teardown of the test share."""

# ruff: noqa: PT009

from __future__ import annotations

import unittest
from typing import Any, ClassVar

import boto3
import pytest

from pytest_cognito import active, mock_cognito


def pool_names() -> list[str]:
    client = boto3.client("cognito-idp", region_name="us-east-1")
    return [pool["Name"] for pool in client.list_user_pools(MaxResults=60)["UserPools"]]


def create(name: str) -> None:
    boto3.client("cognito-idp", region_name="us-east-1").create_user_pool(PoolName=name)


@mock_cognito
class TestPlain:
    def test_one(self) -> None:
        create("one")
        assert pool_names() == ["one"]

    def test_other(self) -> None:
        create("other")
        assert pool_names() == ["other"]

    @pytest.mark.asyncio
    async def test_async(self) -> None:
        create("async")
        assert pool_names() == ["async"]

    @pytest.mark.parametrize("number", [1, 2])
    def test_parameters(self, number: int) -> None:
        assert pool_names() == []

    @staticmethod
    def test_static() -> None:
        assert pool_names() == []


@mock_cognito
class TestWithSetUp:
    torn_down: ClassVar[list[list[str]]] = []

    def setup_method(self) -> None:
        create("set-up")

    def teardown_method(self) -> None:
        self.torn_down.append(pool_names())

    def test_one(self) -> None:
        create("one")
        assert pool_names() == ["set-up", "one"]

    def test_other(self) -> None:
        assert pool_names() == ["set-up"]


@mock_cognito
class TestWithSetUpThatTakesTheMethod:
    def setup_method(self, method: Any) -> None:
        create(method.__name__)

    def teardown_method(self, method: Any) -> None:
        assert pool_names() == [method.__name__]

    def test_one(self) -> None:
        assert pool_names() == ["test_one"]


class TestInherited(TestWithSetUp):
    def test_of_the_subclass(self) -> None:
        assert pool_names() == ["set-up"]


class TestInheritedWithOwnSetUp(TestWithSetUp):
    def setup_method(self) -> None:
        create("before")
        super().setup_method()
        create("after")

    def teardown_method(self) -> None:
        super().teardown_method()
        assert "after" in pool_names()

    def test_one(self) -> None:
        assert pool_names() == ["before", "set-up", "after"]

    def test_other(self) -> None:
        assert pool_names() == ["before", "set-up", "after"]


class TestInheritedWithSetUpThatReplaces(TestWithSetUp):
    def setup_method(self) -> None:
        create("own")

    def test_one(self) -> None:
        assert pool_names() == ["own"]

    def test_other(self) -> None:
        assert pool_names() == ["own"]


@mock_cognito(region="eu-west-1")
class TestInheritedAndDecorated(TestPlain):
    def test_region(self) -> None:
        assert boto3.client("cognito-idp").meta.region_name == "eu-west-1"


@mock_cognito
@mock_cognito
class TestDecoratedTwice:
    def setup_method(self) -> None:
        create("set-up")

    def test_it(self) -> None:
        assert pool_names() == ["set-up"]


@mock_cognito
class TestCase(unittest.TestCase):
    def setUp(self) -> None:
        create("set-up")
        self.addCleanup(lambda: self.assertIn("set-up", pool_names()))

    def tearDown(self) -> None:
        self.assertEqual(pool_names()[0], "set-up")

    def test_one(self) -> None:
        create("one")
        self.assertEqual(pool_names(), ["set-up", "one"])

    def test_other(self) -> None:
        self.assertEqual(pool_names(), ["set-up"])


class TestCaseInherited(TestCase):
    def setUp(self) -> None:
        super().setUp()
        create("own")

    def test_one(self) -> None:
        self.assertEqual(pool_names(), ["set-up", "own"])

    def test_other(self) -> None:
        self.assertEqual(pool_names(), ["set-up", "own"])


@mock_cognito
class TestAsyncCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        create("set-up")

    async def asyncTearDown(self) -> None:
        self.assertEqual(pool_names(), ["set-up", "one"])

    async def test_one(self) -> None:
        create("one")
        self.assertEqual(pool_names(), ["set-up", "one"])


def unittest_result(case: type[unittest.TestCase]) -> unittest.TestResult:
    """What the runner of unittest makes of a class."""
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result


@pytest.mark.parametrize("case", [TestCase, TestCaseInherited, TestAsyncCase])
def test_the_runner_of_unittest(case: type[unittest.TestCase]) -> None:
    result = unittest_result(case)

    assert result.testsRun > 0
    assert result.wasSuccessful(), (result.errors, result.failures)
    assert active.current() is None


def test_a_runner_that_calls_no_setup_method() -> None:
    TestPlain().test_one()

    assert active.current() is None


def test_the_mock_is_off_after_a_set_up_that_failed() -> None:
    @mock_cognito
    class Broken:
        def setup_method(self) -> None:
            raise KeyError("mine")

    instance: Any = Broken()
    with pytest.raises(KeyError, match="mine"):
        instance.setup_method()
    assert active.current() is None


def test_the_mock_is_off_after_a_teardown_that_failed() -> None:
    @mock_cognito
    class Broken:
        def teardown_method(self) -> None:
            raise KeyError("mine")

    instance: Any = Broken()
    instance.setup_method()
    assert active.current() is not None
    with pytest.raises(KeyError, match="mine"):
        instance.teardown_method()
    assert active.current() is None


def test_the_mock_is_off_after_a_case_that_failed() -> None:
    @mock_cognito
    class Failing(unittest.TestCase):
        def test_it(self) -> None:
            self.fail()

    assert len(unittest_result(Failing).failures) == 1
    assert active.current() is None


def test_subclass_hooks_of_the_class_still_run() -> None:
    seen: list[tuple[str, object]] = []

    @mock_cognito
    class Base:
        def __init_subclass__(cls, mark: object = None, **kwargs: Any) -> None:
            super().__init_subclass__(**kwargs)
            seen.append((cls.__name__, mark))

    type("Derived", (Base,), {}, mark=3)

    assert seen == [("Derived", 3)]
