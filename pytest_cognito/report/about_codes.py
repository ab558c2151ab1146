"""What explains errors about codes: which were sent, and until when they are good."""

from __future__ import annotations

from collections.abc import Iterator

from ..cognito_idp.records import Code
from ..cognito_idp.tables import CODES
from .scene import Scene
from .values import plain

_SIGN_UP = "SignUp"
_RESET = "ForgotPassword"


def codes(scene: Scene) -> Iterator[str]:
    """The code that the call should have come with."""
    yield from _waiting(scene, _RESET if "ForgotPassword" in scene.call.operation else None)


def sign_up_code(scene: Scene) -> Iterator[str]:
    """The code that confirms the user."""
    yield from _waiting(scene, _SIGN_UP)


def reset_code(scene: Scene) -> Iterator[str]:
    """The code that lets the user choose a new password."""
    yield from _waiting(scene, _RESET)


def _waiting(scene: Scene, purpose: str | None) -> Iterator[str]:
    user = scene.user
    if user is None:
        return
    sent = [code for code in scene.table(CODES) if (code.pool_id, code.user) == (user.pool_id, user.key)]
    wanted = [code for code in sent if purpose in (None, code.purpose)]
    for code in wanted:
        yield _described(scene, code)
    if not wanted:
        yield f"no {f'{purpose} ' if purpose else ''}code waits for {plain(user.username)}"


def _described(scene: Scene, code: Code) -> str:
    where = f" to the {code.attribute}" if code.attribute else ""
    return f"the {code.purpose} code sent{where} is {code.value}, {scene.until(code.expires)}"
