"""A world: a whole AWS, small. Everything that a test's calls can see or change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from .kernel.calls import Call, CallLog
from .kernel.clock import Clock
from .kernel.faults import Faults
from .kernel.functions import Functions
from .kernel.identifiers import Identifiers, unseeded
from .kernel.keys import KeyRing
from .kernel.outbox import Message, Outbox
from .state.store import Store
from .state.table import Schema, Table

R = TypeVar("R")

DEFAULT_ACCOUNT = "123456789012"
DEFAULT_REGION = "us-east-1"


class World:
    """One clock, one source of identifiers, one key ring, one outbox, one log of calls, and the tables of every
    service.

    ``region`` and ``account_id`` are what a call gets that says nothing else. A world made from a ``parent`` starts
    with what the parent holds, in the same tables (see `Store.undone`), and with a fresh clock, outbox and log.
    """

    def __init__(
        self,
        *,
        account_id: str = DEFAULT_ACCOUNT,
        region: str = DEFAULT_REGION,
        seed: str | None = None,
        parent: World | None = None,
    ) -> None:
        self.account_id = account_id
        self.region = region
        self.clock = Clock()
        self.ids = Identifiers(unseeded() if seed is None else seed)
        self.keys: KeyRing = KeyRing(parent.keys if parent else None)
        self.functions: Functions = Functions(parent.functions if parent else None)
        self.outbox = Outbox()
        self.calls = CallLog()
        self.faults = Faults()
        self.store: Store = parent.store if parent else Store()

    @contextmanager
    def step(self, name: str, region: str | None = None) -> Iterator[Context]:
        """An atomic step that is no call, and not in the log of calls: what a test arranges by hand, or a page does."""
        where = region or self.region
        self.store.begin()
        try:
            yield Context(self, where, self.account_id, Call("pytest-cognito", name, {}, where, ""))
        except BaseException:
            self.store.abort()
            raise
        self.store.end()


@dataclass(slots=True)
class Context:
    """What an operation knows of the call that it answers, and its way to the world.

    ``pins`` holds the ids that the caller wants instead of drawn ones (``"pool"``, ``"client"``, ``"sub"``).
    """

    world: World
    region: str
    account: str
    call: Call
    user_agent: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)

    def now(self) -> dt.datetime:
        return self.world.clock.now()

    def table(self, schema: Schema[R]) -> Table[R]:
        return self.world.store[schema]

    def commit(self) -> None:
        """Keep what was done so far, even if the call ends in an error (a failed attempt counts)."""
        self.world.store.commit()

    def send(self, message: Message) -> None:
        self.world.outbox.add(message)
        self.call.messages.append(message)
