"""A remembered device in place of an MFA code: DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER.

The device proves with the Secure Remote Password protocol that it has the secret whose verifier ConfirmDevice was
given. Some clients answer these challenges without a ``Session``.
"""

from __future__ import annotations

from typing import NamedTuple

from pytest_cognito.cognito_idp import errors, lookup
from pytest_cognito.cognito_idp.flows.factors import devices
from pytest_cognito.cognito_idp.flows.sign_in import srp_exchange
from pytest_cognito.cognito_idp.flows.sign_in.attempt import DEVICE_KEY, Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import (
    PASSED,
    SECOND_FACTOR_PROVEN,
    Challenge,
    Outcome,
    Prompt,
    SessionAlias,
)
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.flows.sign_in.srp_exchange import Exchange
from pytest_cognito.cognito_idp.records import Device, User
from pytest_cognito.cognito_idp.rules.factors import devices as rules


class DeviceExchange(NamedTuple):
    """The state of DEVICE_PASSWORD_VERIFIER: the values of the exchange with a device."""

    device_key: str
    exchange: Exchange


def check(attempt: Attempt) -> None:
    """Raise if the request names a device that the user does not have.

    Clients learn it with the first factor, where they send the same request again without the device.
    """
    attempt.named_device()


def due(attempt: Attempt) -> Decision:
    """The challenge by which the device of the sign-in proves itself in place of a code; ``None`` if it can't."""
    device = attempt.named_device()
    if device is None or not rules.stands_in_for_code(attempt.pool, device):
        return None
    begun = attempt.last is not None and attempt.last.role == DEVICE_SRP_AUTH.role
    return DEVICE_PASSWORD_VERIFIER.role if begun else DEVICE_SRP_AUTH.role


def _prompt_for_public_value(attempt: Attempt) -> Prompt:
    device = _device(attempt)
    return Prompt({}, alias=_alias(attempt, attempt.user, device.key))


def _alias(attempt: Attempt, user: User, device_key: str) -> str:
    return f"{attempt.client.id}/{user.key}/{device_key}"


def _alias_of_answer(attempt: Attempt) -> str:
    """The alias of the session that waits for this device of this user."""
    user = lookup.user(attempt.context, attempt.pool, attempt.parameters["USERNAME"])
    return _alias(attempt, user, devices.find(attempt.context, user, attempt.parameters[DEVICE_KEY]).key)


def _take_public_value(attempt: Attempt) -> Outcome:
    srp_exchange.client_public(attempt)
    _device(attempt)
    return PASSED


def _prompt_for_proof(attempt: Attempt) -> Prompt:
    device = _device(attempt)
    exchange = srp_exchange.begin(attempt, device.verifier or 0)
    return Prompt(
        {
            "SALT": device.salt or "",
            **exchange.parameters(),
            "USERNAME": attempt.user.username,
            DEVICE_KEY: device.key,
        },
        DeviceExchange(device.key, exchange),
        alias=exchange.secret_block,
    )


def _check_proof(attempt: Attempt) -> Outcome:
    """Check the signature of the device that the exchange began with.

    If it is no longer remembered, the proof is right, but a code is still to come.
    """
    proof, device, state = srp_exchange.sent_proof(attempt), _device(attempt), attempt.state_of(DeviceExchange)
    if device.key != state.device_key or device.verifier is None:
        raise errors.INCORRECT()
    if not proof.is_correct(state.exchange, rules.identity(device), device.verifier):
        raise errors.INCORRECT()
    return SECOND_FACTOR_PROVEN if rules.stands_in_for_code(attempt.pool, device) else PASSED


def _device(attempt: Attempt) -> Device:
    """The device of the sign-in; raise if it was forgotten since."""
    device = attempt.named_device()
    if device is None:
        raise errors.DEVICE_NOT_FOUND()
    return device


DEVICE_SRP_AUTH = Challenge(
    "DEVICE_SRP_AUTH",
    _prompt_for_public_value,
    _take_public_value,
    responses=("USERNAME", DEVICE_KEY, "SRP_A"),
    session_alias=SessionAlias(_alias_of_answer, errors.SESSION_INVALID),
)
DEVICE_PASSWORD_VERIFIER = Challenge(
    "DEVICE_PASSWORD_VERIFIER",
    _prompt_for_proof,
    _check_proof,
    responses=("USERNAME", DEVICE_KEY, *srp_exchange.PROOF),
    session_alias=SessionAlias(lambda attempt: attempt.parameters[srp_exchange.IN_ANSWER], errors.INCORRECT),
    source="AuthenticateDevice",
)
CHALLENGES = (DEVICE_SRP_AUTH, DEVICE_PASSWORD_VERIFIER)
