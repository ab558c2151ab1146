"""Explanations of errors about identities and their logins."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_identity.explanations.call_details import CallDetails
from pytest_cognito.cognito_identity.records import IDENTITIES, LOGINS
from pytest_cognito.kernel.text import first_few, plain


def state(details: CallDetails) -> Iterator[str]:
    """Which logins an identity has, that it was merged into another, and the logins of the call."""
    identity = details.identity
    if identity is None:
        return
    if identity.disabled:
        yield f"{identity.id} is disabled: it was merged into another identity, whose id an earlier call has answered"
        return
    linked = [login.provider for login in details.context.table(LOGINS).owned(IDENTITIES, identity.id)]
    yield f"{identity.id} has {'the logins ' + first_few(linked) if linked else 'no logins'}"
    given = first_few(map(plain, details.logins))
    yield f"the call has those of another user: {given}" if given else "the call has none: it is taken for a guest's"
