"""Amazon Cognito Sync (``cognito-sync``): datasets of identities across devices.

Other packages import the names in ``__all__`` and nothing else. Each name is imported lazily, from its module.
"""

from typing import TYPE_CHECKING

from pytest_cognito.kernel.lazy import exports

if TYPE_CHECKING:
    from pytest_cognito.cognito_sync.arrange import set_function
    from pytest_cognito.cognito_sync.explanations import explain
    from pytest_cognito.cognito_sync.flows.events import sync_event
    from pytest_cognito.cognito_sync.flows.merging import move_datasets
    from pytest_cognito.cognito_sync.rules.sync_events import EVENTS

_HOMES = {
    "EVENTS": "rules.sync_events",
    "set_function": "arrange",
    "sync_event": "flows.events",
    "explain": "explanations",
    "move_datasets": "flows.merging",
}

__all__ = [
    "EVENTS",
    "explain",
    "move_datasets",
    "set_function",
    "sync_event",
]

if not TYPE_CHECKING:  # an unknown name is an error for a type checker
    __getattr__ = exports(__name__, _HOMES)
