"""Runs: the seeds of worlds depend on the test, its phase and their number, and slots of keys are taken in one run."""

from __future__ import annotations

import pytest

from pytest_cognito.kernel.runs import Run

TEST = "tests/test_app.py::test_it"


def begun(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The run of the test; pytest names its own in the set-up and in the call."""
    monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{TEST} (call)")
    run = Run()
    run.join([])
    return run


def test_seeds_are_counted_in_each_phase(monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun(monkeypatch)
    assert [run.seed(), run.seed()] == [f"{TEST} (call) 1", f"{TEST} (call) 2"]
    monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{TEST} (teardown)")
    run.join([])
    assert run.seed() == f"{TEST} (teardown) 1"
    monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{TEST} (call)")
    run.join([])
    assert run.seed() == f"{TEST} (call) 3"


@pytest.mark.parametrize("ended", ["said", "by another test"])
def test_another_run_begins_anew(monkeypatch: pytest.MonkeyPatch, ended: str) -> None:
    run = begun(monkeypatch)
    first = run.seed()
    run.slots["pair-0"] = "pool-0"
    if ended == "said":
        run.end()
    else:
        monkeypatch.setenv("PYTEST_CURRENT_TEST", "another (call)")
        run.join([])
        monkeypatch.setenv("PYTEST_CURRENT_TEST", f"{TEST} (call)")
    run.join([{"pool-1": "pair-1"}])

    assert run.slots == {"pair-1": "pool-1"}
    assert run.seed() == first


def test_a_run_that_goes_on_keeps_what_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun(monkeypatch)
    run.slots["pair-0"] = "pool-0"
    run.join([{"pool-1": "pair-1"}])
    assert "pair-0" in run.slots


def test_outside_of_tests_a_run_lasts_until_no_world_is_active(monkeypatch: pytest.MonkeyPatch) -> None:
    run = begun(monkeypatch)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    run.join([])
    assert run.seed() is None
    run.slots["pair-0"] = "pool-0"
    run.join([{"pool-0": "pair-0"}])
    assert run.slots == {"pair-0": "pool-0"}
    run.join([])
    assert run.slots == {}
