"""A function of a template, as Cognito invokes it."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from pytest_cognito.infrastructure.functions.environment import Settings, find
from pytest_cognito.lambda_functions.invoking import Prepared


class TemplateFunction(Prepared):
    """A callable that runs the code of a function. It has nothing of a world, and goes on in those that follow."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def variables(self) -> dict[str, str]:
        """The environment variables of the function, with those that Lambda sets."""
        return dict(self._settings.variables)

    @property
    def module(self) -> ModuleType:
        """The module of the handler."""
        return find(self._settings).module()

    def forget(self) -> None:
        """Import the modules of the function anew when it next runs."""
        find(self._settings).forget()

    def prepare(self) -> None:
        """Import the module of the handler, unless it is there."""
        find(self._settings).module()

    def __call__(self, event: dict[str, Any], context: Any) -> Any:
        return find(self._settings).run(event, context)
