"""What an update of a stack changes: the change set of CloudFormation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from pytest_cognito.infrastructure.declared import Declared
from pytest_cognito.infrastructure.expressions.values import same
from pytest_cognito.infrastructure.records import Deployed
from pytest_cognito.infrastructure.resource_type import ResourceType
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.kernel.suggestions import suggestion

ADD, MODIFY, REPLACE, REMOVE = "Add", "Modify", "Replace", "Remove"


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one resource.

    ``action`` is ``Add``, ``Modify``, ``Replace`` or ``Remove``. ``properties`` are those that differ, ``because`` are
    those of them by which AWS replaces the resource. ``retained`` says that the resource that is removed or replaced
    stays where it is. ``kept`` is why it could not be deleted: AWS leaves it then, and the update is complete.
    """

    logical_id: str
    type: str
    action: str
    properties: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    retained: bool = False
    kept: str = ""

    def __str__(self) -> str:
        text = f"{self.action} {self.logical_id} ({self.type})"
        if self.properties:
            text += f": {', '.join(self.properties)}"
        if self.because and self.because != self.properties:
            text += f", because of {', '.join(self.because)}"
        if self.retained:
            text += ", retained"
        return f"{text}, not deleted: {self.kept}" if self.kept else text


class Changes(Sequence[Change]):
    """The changes of an update, in the order in which they are made; ``str(changes)`` has a line for each."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._changes = tuple(changes)

    @property
    def added(self) -> list[str]:
        """The logical ids of what is new."""
        return self._ids(ADD)

    @property
    def modified(self) -> list[str]:
        """The logical ids of what is changed where it is."""
        return self._ids(MODIFY)

    @property
    def replaced(self) -> list[str]:
        """The logical ids of what is made anew, with another physical id, and deleted after that."""
        return self._ids(REPLACE)

    @property
    def removed(self) -> list[str]:
        """The logical ids of what is deleted."""
        return self._ids(REMOVE)

    def of(self, logical_id: str) -> Change:
        """The change of a resource."""
        for change in self._changes:
            if change.logical_id == logical_id:
                return change
        there = [change.logical_id for change in self._changes]
        hint = suggestion(logical_id, there) if there else "nothing changes"
        raise UsageError(f"{logical_id} does not change: {hint}")

    def _ids(self, action: str) -> list[str]:
        return [change.logical_id for change in self._changes if change.action == action]

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Change]: ...
    def __getitem__(self, index: int | slice) -> Change | Sequence[Change]:
        return self._changes[index]

    def __iter__(self) -> Iterator[Change]:
        return iter(self._changes)

    def __len__(self) -> int:
        return len(self._changes)

    def __str__(self) -> str:
        return "\n".join(map(str, self._changes)) or "no changes"

    def __repr__(self) -> str:
        return f"<Changes: {'; '.join(map(str, self._changes)) or 'none'}>"


def decide(
    handler: ResourceType | None, declared: Declared, properties: Mapping[str, Any], there: Deployed | None
) -> Change | None:
    """What has to happen to a resource that is wanted with these properties; None if it stays as it is."""
    if there is None:
        return Change(declared.logical_id, declared.type, ADD)
    names = sorted({*properties, *there.properties})
    differing = tuple(name for name in names if not same(properties.get(name), there.properties.get(name)))
    if not differing:
        return None
    create_only = handler.create_only if handler is not None else frozenset()
    because = tuple(name for name in differing if name in create_only)
    action = REPLACE if because else MODIFY
    retained = bool(because) and declared.retain_replaced
    return Change(declared.logical_id, declared.type, action, differing, because, retained)
