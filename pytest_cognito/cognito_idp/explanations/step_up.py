"""Explanations of errors about authentication levels."""

from __future__ import annotations

from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.flows.factors import first_factors
from pytest_cognito.cognito_idp.rules.factors import step_up
from pytest_cognito.kernel.text import plain


def levels(details: CallDetails) -> Iterator[str]:
    """The names of the levels of the pool."""
    if details.pool is not None:
        names = (name["AcrValue"] for name in details.pool.settings["AcrConfiguration"].values())
        yield f"levels of {details.pool.id}: {', '.join(map(plain, names))}"


def factors(details: CallDetails) -> Iterator[str]:
    """The factors that the user can prove, first and second."""
    user, pool = details.user, details.pool
    if user is None or pool is None:
        return
    first = ", ".join(first_factors.available(details.context, pool, user)) or "no first factor"
    second = ", ".join(step_up.second_factors(pool, user)) or "no second one"
    yield f"{plain(user.username)} can prove {first}; after a password {second}"
