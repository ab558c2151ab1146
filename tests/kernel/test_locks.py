"""Locks after a fork."""

from __future__ import annotations

import os
import threading

import pytest

from pytest_cognito.kernel import locks

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="forks are POSIX's"),
    pytest.mark.filterwarnings("ignore:.* is multi-threaded, use of fork:DeprecationWarning"),  # that is the case here
]


def test_a_lock_of_another_thread_is_free_in_the_child() -> None:
    lock = locks.lock()
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with lock:
            held.set()
            done.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(10)
    child = os.fork()
    if not child:
        os._exit(0 if lock.acquire(timeout=1) else 3)
    assert not lock.acquire(blocking=False)
    done.set()
    thread.join(10)
    assert os.waitpid(child, 0)[1] == 0


def test_a_lock_of_the_thread_that_forks_is_held_in_the_child() -> None:
    lock = locks.lock()
    owned = locks.ownership(lock)
    with lock:
        child = os.fork()
        if not child:
            os._exit(0 if owned() else 3)
    assert os.waitpid(child, 0)[1] == 0
    assert not owned()
