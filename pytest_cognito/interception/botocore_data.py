"""The data files of botocore, read once per process instead of once per session.

Each session of botocore has a loader of its own, which parses the service models, the endpoints and their rule sets
again and lists all folders of botocore's data; each client translates the names of its events again. A test suite makes
many sessions: moto forgets boto3's default session whenever it starts. Here all loaders with the same search paths
share what they read, in sessions of boto3 and of aiobotocore, for every service. A loader keeps what it has read once,
as botocore's own cache has it; a new loader reads a file again if it was changed, added or removed meanwhile.

Two things are completed by botocore in the data themselves, and by each session in the same way: the endpoints that
its clients ask for, and S3's request URIs. In one session, too, all clients share that.

Loaders of other classes and loaders with another file loader than botocore's are left alone.
"""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Hashable, Iterator
from types import ModuleType
from typing import Any, NamedTuple

from pytest_cognito import active
from pytest_cognito.kernel import locks

_EXTENSIONS = (".json", ".json.gz")  # of data files; a test compares them with botocore's


class _Entry(NamedTuple):
    """What was read, and the state of its files and folders before that."""

    state: tuple[object, ...]
    value: Any


class _RuleSet(NamedTuple):
    """The rules of a shared file, and the attributes of the rule set that was made of them for some partitions."""

    rules: list[Any]
    partitions: Any = None
    attributes: dict[str, Any] | None = None


class _Shared:
    """What the loaders of this process have read."""

    def __init__(self) -> None:
        self.lock = locks.lock()
        self.entries: dict[Hashable, _Entry] = {}
        self.rule_sets: dict[int, _RuleSet] = {}  # by the identity of the rules

    def read(self, key: Hashable, state: tuple[object, ...], read: Callable[[], Any]) -> Any:
        """What is known under ``key``, if ``state`` is as it was then; otherwise the result of ``read``.

        The lock must be held.
        """
        entry = self.entries.get(key)
        if entry is None or entry.state != state:
            entry = self.entries[key] = _Entry(state, read())
        return entry.value


shared = _Shared()


def share_files(module: ModuleType) -> None:
    """Let the loaders of ``botocore.loaders`` share what they read."""
    loader: Any = module.Loader
    for name, state in (
        ("load_data_with_path", _state_of_file),
        ("list_available_services", _state_of_folders),
        ("list_api_versions", _state_of_service),
    ):
        setattr(loader, name, module.instance_cache(_sharing(module, name, getattr(loader, name), state)))
    # Botocore merges the extras of a model into it.
    loader.load_service_model = _one_at_a_time(loader.load_service_model)


def share_endpoints(module: ModuleType) -> None:
    """Let the resolvers of ``botocore.regions``, which complete the data of endpoints in place, work one at a time."""
    module.EndpointResolver.construct_endpoint = _one_at_a_time(module.EndpointResolver.construct_endpoint)


def share_rule_sets(module: ModuleType) -> None:
    """Let clients share what ``botocore.endpoint_provider`` makes of an endpoint rule set that their loaders share."""
    original = module.RuleSet.__init__

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        rules, partitions = kwargs.get("rules"), kwargs.get("partitions")
        known = shared.rule_sets.get(id(rules))
        if known is not None and known.attributes is not None and known.partitions is partitions:
            self.__dict__.update(known.attributes)
            return
        original(self, *args, **kwargs)
        if known is not None:
            shared.rule_sets[id(rules)] = _RuleSet(known.rules, partitions, dict(self.__dict__))

    module.RuleSet.__init__ = init


def share_event_names(module: ModuleType) -> None:
    """Let the sessions and clients with the aliases of ``botocore.hooks`` share what they make of names of events."""
    aliaser, names = module.EventAliaser, dict[str, str]()
    original = aliaser.__init__

    @functools.wraps(original)
    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        original(self, *args, **kwargs)
        if _shares() and self._event_aliases == module.EVENT_ALIASES:
            self._alias_name_cache = names

    aliaser.__init__ = init


def _shares() -> bool:
    share = active.settings.share_models
    return active.current() is not None if share is None else share


def _is_sharing(module: ModuleType, loader: Any) -> bool:
    return _shares() and type(loader) is module.Loader and type(loader.file_loader) is module.JSONFileLoader


def _sharing(
    module: ModuleType, name: str, original: Callable[..., Any], state: Callable[..., Iterator[object]]
) -> Callable[..., Any]:
    """A method of loaders that reads only what no other loader with the same search paths has read."""

    def method(loader: Any, *args: str, **kwargs: str) -> Any:
        if not _is_sharing(module, loader):
            return original(loader, *args, **kwargs)
        key = (name, tuple(loader.search_paths), tuple(loader.extras_types), args, tuple(sorted(kwargs.items())))
        with shared.lock:
            before = tuple(state(loader, *args, **kwargs))
            value = shared.read(key, before, lambda: original(loader, *args, **kwargs))
            if isinstance(value, list):
                return list(value)  # callers get lists of their own, as from botocore
            _enter_rule_set(value[0])
            return value

    method.__name__ = name  # under which `instance_cache` keeps what the loader has read
    return method


def _enter_rule_set(data: Any) -> None:
    """Let a parsed rule set of these data be kept, if they are one."""
    rules = data.get("rules") if isinstance(data, dict) else None
    if isinstance(rules, list) and id(rules) not in shared.rule_sets:
        shared.rule_sets[id(rules)] = _RuleSet(rules)


def _one_at_a_time(original: Callable[..., Any]) -> Callable[..., Any]:
    """The function with the lock held, because it changes shared data."""

    @functools.wraps(original)
    def method(*args: Any, **kwargs: Any) -> Any:
        with shared.lock:
            return original(*args, **kwargs)

    return method


def _state_of_file(loader: Any, name: str) -> Iterator[object]:
    for path in loader.search_paths:
        for extension in _EXTENSIONS:
            yield _state(f"{path}/{name}{extension}")


def _state_of_service(loader: Any, service_name: str, type_name: str) -> Iterator[object]:  # noqa: ARG001 - botocore's
    for path in loader.search_paths:
        yield from _state_below(f"{path}/{service_name}", 1)


def _state_of_folders(loader: Any, type_name: str) -> Iterator[object]:  # noqa: ARG001 - botocore's parameters
    for path in loader.search_paths:
        # What botocore brings is a thousand folders. It changes when botocore is installed, not within a process.
        yield from _state_below(path, 0 if path == loader.BUILTIN_DATA_PATH else 2)


def _state_below(path: str, depth: int) -> Iterator[object]:
    """The state of a folder, which need not exist, and of the folders in it, as deep as ``depth`` says."""
    state = _state(path)
    yield state
    if depth and state is not None:
        with os.scandir(path) as entries:
            folders = sorted(entry.path for entry in entries if entry.is_dir())
        for folder in folders:
            yield folder
            yield from _state_below(folder, depth - 1)


def _state(path: str) -> tuple[int, int, int] | None:
    """What changes when a file or a folder does; None if it does not exist."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a session looks at hundreds, and `Path` takes three times as long
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
