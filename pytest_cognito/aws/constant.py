"""Constant settings in responses: trees of dicts and lists that never change, copied by a precomputed plan.

A description of a user pool has over a hundred values, most of them settings. Without the plan, a DescribeUserPool in
process takes about a sixth longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Write = Callable[[Any], Any]


class ConstantSettings(dict[str, Any]):
    """A structure in the API's shape that is never changed; changed settings are a new `ConstantSettings`."""

    __slots__ = ("_plans",)

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self._plans: dict[Write, _Plan | None] = {}

    def write_with(self, write: Write) -> dict[str, Any]:
        """The result of ``write``, in new containers. It is kept at the second call and copied from then on."""
        plan = self._plans.get(write)
        if plan is not None:
            return plan.copy()
        made: dict[str, Any] = write(dict(self))
        # Many pools are described only once: a plan pays off from the second time on.
        self._plans[write] = _Plan(write(dict(self))) if write in self._plans else None
        return made


class ResourceDescription(dict[str, Any]):
    """A resource in the API's shape: its own members (``own``) and constant ``settings``."""

    __slots__ = ("own", "settings")

    def __init__(self, own: Mapping[str, Any], settings: Mapping[str, Any]) -> None:
        super().__init__(own, **settings)
        self.own = own
        self.settings = settings if isinstance(settings, ConstantSettings) else ConstantSettings(settings)

    def write_with(self, write: Write) -> dict[str, Any]:
        """The result of ``write`` for the resource, in new containers."""
        made = self.settings.write_with(write)
        made.update(write(self.own))
        return made


class _Plan:
    """A plan to copy a tree: copy each container, then put each copy into its parent."""

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
