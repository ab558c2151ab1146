"""EMAIL_OTP and SMS_OTP as first factors: one-time codes by e-mail and SMS."""

from __future__ import annotations

from collections.abc import Callable

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.factors import first_factors as factors_of_users
from pytest_cognito.cognito_idp.flows.sign_in import identification, sent_codes
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import PASSED, Challenge, Outcome, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.first_factor import FirstFactor
from pytest_cognito.cognito_idp.flows.sign_in.sent_codes import SentCode
from pytest_cognito.cognito_idp.flows.users import confirmation
from pytest_cognito.cognito_idp.records import User
from pytest_cognito.cognito_idp.rules.factors import acr
from pytest_cognito.cognito_idp.rules.factors.first_factors import ATTRIBUTE, EMAIL_OTP, SMS_OTP
from pytest_cognito.cognito_idp.rules.messages import delivery
from pytest_cognito.cognito_idp.rules.users import standing

_DIGITS = 8
_METHODS = {EMAIL_OTP: acr.EMAIL, SMS_OTP: acr.SMS}


def _send(factor: str) -> Callable[[Attempt], Prompt]:
    """Make a function that sends a code. Users who do not exist or are disabled, where that is hidden, get none."""
    attribute = ATTRIBUTE[factor]

    def prompt(attempt: Attempt) -> Prompt:
        user = attempt.found
        if user is not None:
            _check_region(attempt, user)
        if user is not None and user.enabled:
            return sent_codes.send(attempt, attribute, _DIGITS)
        address = "" if user is None else user.attributes[attribute]
        if user is None:
            details = delivery.simulated_details(attempt.pool, attempt.parameters["USERNAME"], (attribute,))
        else:
            details = delivery.delivery_details(attribute, address)
        return Prompt(sent_codes.parameters(details), SentCode("", address))

    return prompt


def _check(factor: str) -> Callable[[Attempt], Outcome]:
    """Make a function that checks the code.

    The correct code verifies the address that it was sent to, and confirms the user. Wrong codes lock nobody out.
    """
    attribute = ATTRIBUTE[factor]

    def answer(attempt: Attempt) -> Outcome:
        user, sent = attempt.found, attempt.state_of(SentCode)
        if user is not None:
            identification.check_enabled(attempt, user)
        if user is None or not sent.code or attempt.parameters[f"{factor}_CODE"] != sent.code:
            raise errors.MFA_CODE_MISMATCH()
        standing.check(user)
        if factor not in factors_of_users.available(attempt.context, attempt.pool, user):
            # Since the code was sent, MFA was turned on, the password was replaced or the address is gone.
            raise errors.SESSION_INVALID()
        _check_region(attempt, user)
        sent_codes.verify_address(attempt, attribute, sent)
        if user.status == "UNCONFIRMED":
            confirmation.confirm(
                attempt.context, attempt.pool, attempt.client, attempt.user, None, metadata=attempt.client_metadata
            )
            attempt.read_again()
        return PASSED

    return answer


def _check_region(attempt: Attempt, user: User) -> None:
    """Raise if the user would be confirmed by a code, but the pool is a replica, where no user changes."""
    if user.status == "UNCONFIRMED" and attempt.pool.is_replica:
        raise errors.OPERATION_NOT_ENABLED(operation=attempt.context.call.operation, pool_id=attempt.pool.id)


def _first_factor(factor: str) -> FirstFactor:
    challenge = Challenge(
        factor,
        _send(factor),
        _check(factor),
        role=f"FIRST_{factor}",
        responses=("USERNAME", f"{factor}_CODE"),
        first_factor=True,
        method=_METHODS[factor],
    )
    return FirstFactor(factor, factor, challenge)


FIRST_FACTORS = tuple(_first_factor(factor) for factor in ATTRIBUTE)
