"""Settings that are answered again and again: trees of dicts and lists that never change, copied by a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Write = Callable[[Any], Any]


class Constant(dict[str, Any]):
    """A structure in the API's shape in which nothing ever changes: other settings are another `Constant`."""

    __slots__ = ("_plans",)

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self._plans: dict[Write, _Plan | None] = {}

    def written(self, write: Write) -> dict[str, Any]:
        """What ``write`` makes of the structure, in new containers. From the third time on, ``write`` is not asked."""
        plan = self._plans.get(write)
        if plan is not None:
            return plan.copy()
        made: dict[str, Any] = write(dict(self))
        # Many a pool is described once: only the next time is a plan worth making.
        self._plans[write] = _Plan(write(dict(self))) if write in self._plans else None
        return made


class Described(dict[str, Any]):
    """A resource in the API's shape: members of its own (``own``) beside constant settings."""

    __slots__ = ("own", "settings")

    def __init__(self, own: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        super().__init__(own, **settings)
        self.own = own
        self.settings = settings if isinstance(settings, Constant) else Constant(settings)

    def written(self, write: Write) -> dict[str, Any]:
        """What ``write`` makes of the resource, in new containers."""
        made = self.settings.written(write)
        made.update(write(self.own))
        return made


class _Plan:
    """How to copy a tree without looking at it again: copy each container, then put each copy where it belongs."""

    __slots__ = ("_copies", "_places")

    def __init__(self, tree: dict[str, Any]) -> None:
        containers: list[dict[str, Any] | list[Any]] = [tree]
        self._places: list[tuple[int, Any, int]] = []
        for parent, container in enumerate(containers):
            items = container.items() if isinstance(container, dict) else enumerate(container)
            for key, value in items:
                if isinstance(value, (dict, list)):
                    self._places.append((parent, key, len(containers)))
                    containers.append(value)
        self._copies = [container.copy for container in containers]

    def copy(self) -> dict[str, Any]:
        made: list[Any] = [copy() for copy in self._copies]
        for parent, key, child in self._places:
            made[parent][key] = made[child]
        tree: dict[str, Any] = made[0]
        return tree
