"""Many threads that do something at the same moment."""

from __future__ import annotations

import faulthandler
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

THREADS = 32
LONGEST = 60  # seconds


@contextmanager
def watched() -> Iterator[None]:
    """Tell where every thread hangs, and end the run, rather than wait for ever; let threads take turns often."""
    faulthandler.dump_traceback_later(2 * LONGEST, exit=True)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)
    faulthandler.cancel_dump_traceback_later()


def at_once(work: Callable[[int], Any], times: int = THREADS) -> list[Any]:
    """Do ``work(number)`` in so many threads that begin at the same moment; what each gave or raised."""
    start = threading.Barrier(times)
    outcomes: list[Any] = [None] * times

    def run(number: int) -> None:
        start.wait(LONGEST)
        try:
            outcomes[number] = work(number)
        except Exception as error:  # noqa: BLE001 - who asks looks at it
            outcomes[number] = error

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in threads), "somebody waits for ever"
    return outcomes
