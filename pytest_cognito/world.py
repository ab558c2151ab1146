"""A world: the whole state of the mocked AWS that the calls of a test can read or change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from pytest_cognito.aws import model
from pytest_cognito.aws.places import DEFAULT_ACCOUNT, DEFAULT_REGION
from pytest_cognito.http.messages import LOOPBACK
from pytest_cognito.http.sites import Sites
from pytest_cognito.kernel.calls import Call, Caller, CallLog, depth
from pytest_cognito.kernel.clock import Clock
from pytest_cognito.kernel.faults import Faults
from pytest_cognito.kernel.functions import Function, Functions
from pytest_cognito.kernel.identifiers import Identifiers, random_seed
from pytest_cognito.kernel.keys import KeyRing
from pytest_cognito.kernel.logs import Logs
from pytest_cognito.kernel.outbox import Message, Outbox
from pytest_cognito.kernel.streams import Streams
from pytest_cognito.kernel.threats import ThreatFindings
from pytest_cognito.state import store
from pytest_cognito.state.schema import Schema
from pytest_cognito.state.store import Store
from pytest_cognito.state.table import Table

R = TypeVar("R")

_PREPARED_KEYS = ("id", "access")  # the uses for which the first user pool of most worlds needs keys


class Snapshot(NamedTuple):
    """The state of a world at one moment, from which another world can be created.

    It has the records of all tables, the state of the random generator, the offset of the clock, the slots of keys by
    owner, the registered functions by ARN, the published documents by URL, and the sites, which are copies: simulated
    identity providers with their users. It has no messages, calls, invocations, logs and records of streams,
    and no findings of threat protection.
    """

    account_id: str
    region: str
    store: store.Snapshot
    ids: object
    clock_offset: dt.timedelta
    keys: Mapping[str, str]
    functions: Mapping[str, Function]
    documents: Mapping[str, str]
    sites: Sites


class World:
    """A clock, a random generator, a key ring, an outbox, a log of calls, faults, and the tables of every service.

    ``documents`` are what Cognito finds at addresses outside, such as the metadata of identity providers, by URL.
    ``sites`` are the hosts outside AWS that the world answers for. ``enforces`` says whether calls with credentials
    that the world has issued are authorised. ``local_issuer`` is the address of the loopback
    server that tokens name as their issuer, None for AWS's.

    ``region`` and ``account_id`` are the defaults of calls; ``seed`` is that of the random generator. A world with a
    ``parent`` uses the parent's store, and undoes its changes when it is left (see `Store.rolled_back`); it starts with
    the parent's key slots, functions and documents, its clock, outbox and log are new. ``taken_slots`` are the slots of
    keys that other worlds have (see `KeyRing`). ``history`` is how many calls, messages and invocations it remembers of
    each; None for all.
    """

    def __init__(
        self,
        *,
        account_id: str = DEFAULT_ACCOUNT,
        region: str = DEFAULT_REGION,
        seed: str | None = None,
        parent: World | None = None,
        history: int | None = None,
        taken_slots: dict[str, str] | None = None,
    ) -> None:
        self._parent = parent
        self._changes = ExitStack()
        self._endings = ExitStack()
        self.account_id = account_id
        self.region = region
        self.clock = Clock()
        self.ids = Identifiers(random_seed() if seed is None else seed)
        self.keys: KeyRing = KeyRing(parent.keys.slots() if parent else None, taken_slots)
        self.keys.prepare(*_PREPARED_KEYS)
        self.functions = Functions(self._functions_of_parent(), history)
        self.documents = self._documents_of_parent()
        self.outbox = Outbox(history)
        self.calls = CallLog(history, model.check_operation)
        self.faults = Faults(model.check_operation)
        self.threats: ThreatFindings = ThreatFindings(parent.threats if parent else None)
        self.logs = Logs(history)
        self.streams = Streams(history)
        self.sites: Sites = Sites(parent.sites if parent else None, self)
        self.enforces: bool = parent.enforces if parent else False
        self.local_issuer: str | None = None
        self.store: Store = parent.store if parent else Store()

    def enter(self) -> None:
        """Begin to use the world."""
        if self._parent is not None:
            self._changes.enter_context(self.store.rolled_back())

    def leave(self) -> None:
        """End the use of the world: let the clocks run, and undo its changes to the parent's store."""
        try:
            self._endings.close()
        finally:
            self._end()

    def _end(self) -> None:
        self.clock.unfreeze()
        if self._parent is not None:
            self._changes.close()
            self.store = Store()  # what still holds this world finds nothing, and changes nothing of the next test's

    def when_left(self, work: Callable[[], object]) -> None:
        """Call a function when the use of the world ends, before its state is gone; the last one first."""
        self._endings.callback(work)

    def reset(self) -> None:
        """Forget all resources, calls, messages, invocations and faults but those of the parent.

        The clock stays as it is set, and what is drawn next is new: an id does not come back.
        """
        if self._parent is None:
            self._delete_all()
        else:
            self._changes.close()
            self.enter()
        self.functions.reset(self._functions_of_parent())
        self.documents = self._documents_of_parent()
        self.outbox.clear()
        self.calls.clear()
        self.faults.clear()
        self.threats.clear()
        self.logs.clear()
        self.streams.clear()
        self.sites.clear()

    def _delete_all(self) -> None:
        with self.handle_step("reset"):
            for table in self.store.tables(with_history=True).values():
                for record in table:
                    table.delete(table.schema.key(record))

    def _functions_of_parent(self) -> Mapping[str, Function]:
        return self._parent.functions.registered() if self._parent else {}

    def _documents_of_parent(self) -> dict[str, str]:
        return dict(self._parent.documents) if self._parent else {}

    def snapshot(self) -> Snapshot:
        """A snapshot of the world. No step may be open in this thread."""
        return Snapshot(
            account_id=self.account_id,
            region=self.region,
            store=self.store.snapshot(),
            ids=self.ids.state(),
            clock_offset=self.clock.offset,
            keys=self.keys.slots(),
            functions=self.functions.registered(),
            documents=dict(self.documents),
            sites=Sites(self.sites),
        )

    @classmethod
    def from_snapshot(cls, snapshot: Snapshot) -> World:
        """A new world with the state of a snapshot."""
        world = cls(account_id=snapshot.account_id, region=snapshot.region)
        world.store = Store(snapshot.store)
        world.ids.restore(snapshot.ids)
        world.clock = Clock(snapshot.clock_offset)
        world.keys = KeyRing(snapshot.keys)
        world.functions = Functions(snapshot.functions)
        world.documents = dict(snapshot.documents)
        world.sites = Sites(snapshot.sites, world)
        return world

    def step(
        self,
        call: Call,
        work: Callable[[Context], R],
        *,
        user_agent: str = "",
        address: str = LOOPBACK,
        origin: str = "",
        local_names: Mapping[str, str] | None = None,
    ) -> R:
        """Call ``work`` in an atomic step of a call, which is not added to the log of calls.

        ``user_agent``, ``address``, ``origin`` and ``local_names`` are those of the `Context`.
        """
        names = local_names or {}
        context = Context(self, call.region, self.account_id, call, user_agent, {}, address, origin, names)
        return self.store.run(self.clock.now, work, context)

    def handle_step(self, name: str, region: str | None = None) -> AbstractContextManager[Context]:
        """An atomic step of a handle, which is not a call of an operation and is not logged."""
        return HandleStep(self._context(Call("pytest-cognito", name, {}, region or self.region, "")))

    @contextmanager
    def request_step(self, name: str, parameters: Mapping[str, Any], region: str) -> Iterator[Context]:
        """An atomic step of a handle in place of a web request, as which it is logged: ``GET /oauth2/idpresponse``.

        Its result is a redirect, whose ``location`` the handle may set in the call's result.
        """
        call = Call("web", name, parameters, region, "", depth.get())
        self.calls.add(call)
        try:
            with HandleStep(self._context(call)) as context:
                yield context
        except Exception as error:
            self.calls.failed(call, error)
            raise
        call.result = {"status": 302, **(call.result or {})}

    def _context(self, call: Call) -> Context:
        return Context(self, call.region, self.account_id, call)


class HandleStep(AbstractContextManager["Context"]):
    """The context of `World.handle_step`."""

    __slots__ = ("_context", "_store")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.world.store  # the world may have another when the step ends

    def __enter__(self) -> Context:
        self._store.begin(self._context.world.clock.now)
        return self._context

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._store.end()
        else:
            self._store.abort()


@dataclass(slots=True)
class Context:
    """The context of an operation: the world, and the region, account and caller of the call.

    ``pins`` are what the caller chooses instead of random values: the id of a ``"pool"`` or a ``"client"``, a
    ``"sub"``, the ``"secret"`` of a client. ``address`` is the IP address that the request comes from.
    ``origin`` is the address of the loopback server that the call came to (``http://127.0.0.1:9229``); empty for a call
    that was not sent anywhere. ``local_names`` are the host names by which that server was asked in place of AWS's.
    ``global_endpoint`` says that the call came to the endpoint of the service that is that of all regions.
    """

    world: World
    region: str
    account: str
    call: Call
    user_agent: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)
    address: str = LOOPBACK
    origin: str = ""
    local_names: Mapping[str, str] = field(default_factory=dict)
    global_endpoint: bool = False

    @property
    def caller(self) -> Caller | None:
        """The credentials that signed the call; None if it was not signed."""
        return self.call.caller

    def now(self) -> dt.datetime:
        return self.world.clock.now()

    def table(self, schema: Schema[R]) -> Table[R]:
        return self.world.store[schema]

    def commit(self) -> None:
        """Keep the changes so far, even if the call fails: a failed sign-in attempt, for instance, is counted."""
        self.world.store.commit()

    def roll_back(self) -> None:
        """Undo the changes since the step began or last committed, and go on: a failed attempt can be noted then."""
        self.world.store.roll_back()

    def send(self, message: Message) -> None:
        self.world.outbox.add(message)
        self.call.messages.append(message)
