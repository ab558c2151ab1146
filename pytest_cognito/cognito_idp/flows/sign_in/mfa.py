"""The challenges of multi-factor authentication (MFA)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.factors import software_token
from pytest_cognito.cognito_idp.flows.messages import codes, sending
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt, EntryPoint
from pytest_cognito.cognito_idp.flows.sign_in.challenge import (
    SECOND_FACTOR_PROVEN,
    Challenge,
    Outcome,
    Prompt,
)
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.flows.sign_in.mfa_setup import MfaSetupState
from pytest_cognito.cognito_idp.flows.users import accounts, lockout
from pytest_cognito.cognito_idp.rules.factors import mfa
from pytest_cognito.cognito_idp.rules.users import attribute_rules

_CODE_PARAMETERS = {mfa.SMS: "SMS_MFA_CODE", mfa.EMAIL: "EMAIL_OTP_CODE", mfa.TOTP: "SOFTWARE_TOKEN_MFA_CODE"}
# The possible answers to SELECT_MFA_TYPE. The API reference calls EMAIL_OTP also EMAIL_MFA.
_FACTOR_BY_ANSWER = {mfa.SMS: mfa.SMS, mfa.TOTP: mfa.TOTP, mfa.EMAIL: mfa.EMAIL, "EMAIL_MFA": mfa.EMAIL}


class SentCode(NamedTuple):
    """The state of an MFA challenge: the code that was sent."""

    code: str


def _requirement(attempt: Attempt) -> mfa.Requirement | None:
    """The MFA challenge that is still required.

    It is none once a second factor was proven, and the chosen factor after SELECT_MFA_TYPE or MFA_SETUP.
    """
    if attempt.found is None:
        return None
    for answered in attempt.history:
        if answered.second_factor:
            return None
    chosen = _chosen(attempt)
    return mfa.Requirement(chosen) if chosen else mfa.requirement(attempt.pool, attempt.user)


def _chosen(attempt: Attempt) -> str | None:
    """The factor that the user has chosen in the previous challenge."""
    last = attempt.last
    return last.metadata if last is not None and last.role in (mfa.SELECT, mfa.SETUP) else None


def due(attempt: Attempt) -> Decision:
    """The challenge for a second factor that comes next."""
    requirement = _requirement(attempt)
    return requirement.challenge if requirement is not None else None


def _send_code(factor: str) -> Callable[[Attempt], Prompt]:
    """Make a function that prompts for a code: it sends the code, which is valid as long as the session."""

    def prompt(attempt: Attempt) -> Prompt:
        code = attempt.context.world.ids.digits(codes.DIGITS)
        details = sending.send(
            attempt.context,
            attempt.pool,
            attempt.user,
            attempt.client,
            "Authentication",
            mfa.ATTRIBUTE[factor],
            code=code,
            client_metadata=attempt.client_metadata if attempt.answering else None,
        )
        parameters = {
            "CODE_DELIVERY_DELIVERY_MEDIUM": details["DeliveryMedium"],
            "CODE_DELIVERY_DESTINATION": details["Destination"],
            "USER_ID_FOR_SRP": attempt.user.username,
        }
        return Prompt(parameters, SentCode(code))

    return prompt


def _check_code(factor: str) -> Callable[[Attempt], Outcome]:
    """Make a function that checks the code that was sent.

    The correct code also verifies the attribute that it was sent to.
    """

    def answer(attempt: Attempt) -> Outcome:
        code = attempt.required(_CODE_PARAMETERS[factor])
        lockout.check(attempt.context, attempt.user)
        if code != attempt.state_of(SentCode).code:
            lockout.count_failure(attempt.context, attempt.user)
            raise errors.MFA_CODE_MISMATCH()
        verified = f"{mfa.ATTRIBUTE[factor]}_verified"
        if attempt.user.attributes.get(verified) != "true":
            changed = replace(attempt.user, attributes={**attempt.user.attributes, verified: "true"})
            attempt.found = accounts.save(attempt.context, attempt.pool, changed)
        return SECOND_FACTOR_PROVEN

    return answer


def _prompt_for_totp(attempt: Attempt) -> Prompt:
    device = attempt.user.mfa.device
    device_name = {"FRIENDLY_DEVICE_NAME": device} if device else {}
    return Prompt(device_name if _chosen(attempt) else {**device_name, "USER_ID_FOR_SRP": attempt.user.username})


def _check_totp(attempt: Attempt) -> Outcome:
    code = attempt.required(_CODE_PARAMETERS[mfa.TOTP])
    lockout.check(attempt.context, attempt.user)
    attempt.found = software_token.accept_code(attempt.context, attempt.user, code)
    return SECOND_FACTOR_PROVEN


def _prompt_for_choice(member: str, state: object = None) -> Callable[[Attempt], Prompt]:
    """Make a function that prompts for a choice of factors. ``member`` is the ChallengeParameter that lists them."""

    def prompt(attempt: Attempt) -> Prompt:
        requirement = _requirement(attempt)
        factors = requirement.factors if requirement else ()
        if not factors:
            raise _no_method(attempt)
        listed = json.dumps(list(factors), separators=(",", ":"))
        return Prompt({member: listed, "USER_ID_FOR_SRP": attempt.user.username}, state)

    return prompt


def _no_method(attempt: Attempt) -> Exception:
    """The error if MFA is required but no factor is available. InitiateAuth has no MFAMethodNotFoundException."""
    initiate_auth = attempt.entry_point is EntryPoint.PUBLIC and not attempt.answering
    return (errors.NO_MFA_METHOD_AT_ALL if initiate_auth else errors.NO_MFA_METHOD)()


def _choose(attempt: Attempt) -> Outcome:
    requirement = mfa.requirement(attempt.pool, attempt.user)
    chosen = _FACTOR_BY_ANSWER.get(attempt.required("ANSWER"))
    if requirement is None or chosen not in requirement.factors:
        raise errors.MFA_CHOICE_INVALID()
    return Outcome(passed=True, metadata=chosen)


def _set_up(attempt: Attempt) -> Outcome:
    """Check the setup: a software token was verified in this sign-in, or an e-mail address is set, to verify next."""
    email = attempt.parameters.get("email")
    if email and mfa.EMAIL in mfa.available_for_setup(attempt.pool):
        email_attributes = attribute_rules.validate(
            attempt.pool, {"email": email, "email_verified": "false"}, by_admin=True
        )
        user = replace(attempt.user, attributes={**attempt.user.attributes, **email_attributes})
        attempt.found = accounts.save(attempt.context, attempt.pool, user)
        return Outcome(passed=True, metadata=mfa.EMAIL)
    if not attempt.state_of(MfaSetupState).verified:
        raise (errors.TOKEN_NOT_VERIFIED if attempt.user.mfa.pending else errors.TOKEN_NOT_SET_UP)()
    return SECOND_FACTOR_PROVEN


CHALLENGES = (
    Challenge(mfa.TOTP, _prompt_for_totp, _check_totp),
    Challenge(mfa.SMS, _send_code(mfa.SMS), _check_code(mfa.SMS)),
    Challenge(mfa.EMAIL, _send_code(mfa.EMAIL), _check_code(mfa.EMAIL)),
    Challenge(mfa.SELECT, _prompt_for_choice("MFAS_CAN_CHOOSE"), _choose),
    Challenge(mfa.SETUP, _prompt_for_choice("MFAS_CAN_SETUP", MfaSetupState()), _set_up),
)
