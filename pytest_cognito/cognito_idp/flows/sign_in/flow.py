"""The definition of an authentication flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from pytest_cognito.aws.errors import ErrorText
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt, EntryPoint

Decision = str | None
"""The role of the next challenge; ``None`` if the sign-in is complete."""


class Flow(NamedTuple):
    """An authentication flow, the value of ``AuthFlow``.

    ``permission`` is the value of ExplicitAuthFlows that allows the flow, ``permission_error`` the error if the app
    client does not have it. ``entry_points`` are the operations that can begin the flow. ``parameters`` are the
    required AuthParameters.

    ``begin`` handles the first request. ``decide`` returns the next challenge, from the history of answered challenges,
    and raises if the sign-in has failed. ``has_session`` says whether responses have a ``Session``. ``members`` returns
    further members of each response with a challenge.
    """

    permission: str
    entry_points: frozenset[EntryPoint]
    parameters: tuple[str, ...]
    begin: Callable[[Attempt], None]
    decide: Callable[[Attempt], Decision]
    permission_error: ErrorText = errors.FLOW_NOT_ENABLED_FOR_CLIENT
    has_session: bool = True
    members: Callable[[Attempt], Mapping[str, Any]] | None = None


PUBLIC = frozenset({EntryPoint.PUBLIC})
ADMIN = frozenset({EntryPoint.ADMIN})
API = PUBLIC | ADMIN
HOSTED = frozenset({EntryPoint.HOSTED})
