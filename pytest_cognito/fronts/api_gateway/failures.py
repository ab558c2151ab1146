"""What the report of a failing test says of a function that has failed, beside its error."""

from __future__ import annotations

from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.lambda_functions.failures import Failure


def explain(exchange: Exchange, failure: Failure) -> None:
    """Tell where a function looks for a caller in the event of a route that asks nobody who they are."""
    error = failure.__cause__
    if isinstance(error, KeyError) and error.args == ("authorizer",) and not (exchange.authorizer or exchange.identity):
        exchange.explain(
            f"{exchange.route} asks for no authorizer, so that the event has no requestContext.authorizer: give the "
            f"route one, or let the function do without"
        )
