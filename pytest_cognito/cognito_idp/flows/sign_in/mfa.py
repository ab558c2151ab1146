"""The challenges of multi-factor authentication (MFA)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.factors import software_token
from pytest_cognito.cognito_idp.flows.messages import codes
from pytest_cognito.cognito_idp.flows.sign_in import devices, mfa_setup, sent_codes, step_up
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt, EntryPoint
from pytest_cognito.cognito_idp.flows.sign_in.challenge import (
    SECOND_FACTOR_PROVEN,
    Challenge,
    Outcome,
    Prompt,
)
from pytest_cognito.cognito_idp.flows.sign_in.flow import Decision
from pytest_cognito.cognito_idp.flows.sign_in.mfa_setup import MfaSetupState
from pytest_cognito.cognito_idp.flows.sign_in.sent_codes import SentCode
from pytest_cognito.cognito_idp.flows.users import accounts, lockout
from pytest_cognito.cognito_idp.rules.factors import acr, mfa
from pytest_cognito.cognito_idp.rules.users import attribute_rules

_CODE_PARAMETERS = {mfa.SMS: "SMS_MFA_CODE", mfa.EMAIL: "EMAIL_OTP_CODE", mfa.TOTP: "SOFTWARE_TOKEN_MFA_CODE"}
# The possible answers to SELECT_MFA_TYPE. The API reference calls EMAIL_OTP also EMAIL_MFA.
_FACTOR_BY_ANSWER = {mfa.SMS: mfa.SMS, mfa.TOTP: mfa.TOTP, mfa.EMAIL: mfa.EMAIL, "EMAIL_MFA": mfa.EMAIL}


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
    return mfa.Requirement(chosen) if chosen else _required(attempt)


def _required(attempt: Attempt) -> mfa.Requirement | None:
    """The second factor that the pool, the requested level or threat protection asks for."""
    requirement = step_up.requirement(attempt)
    none_available = requirement is not None and requirement.challenge == mfa.UNAVAILABLE
    if requirement is not None and none_available and requirement.factors and _can_set_up_phone(attempt):
        return requirement._replace(challenge=mfa.SETUP)
    if requirement is None and attempt.is_at_risk:
        return mfa.requirement_at_risk(attempt.pool, attempt.user)
    return requirement


def _can_set_up_phone(attempt: Attempt) -> bool:
    """Whether a phone number can be set up in a sign-in: on pages alone."""
    return attempt.entry_point is EntryPoint.HOSTED and mfa.SMS in mfa.available_for_setup(attempt.pool)


def _chosen(attempt: Attempt) -> str | None:
    """The factor that the user has chosen in the previous challenge."""
    last = attempt.last
    return last.metadata if last is not None and last.role in (mfa.SELECT, mfa.SETUP) else None


def due(attempt: Attempt) -> Decision:
    """The challenge for a second factor that comes next; raise if one is required and the user can prove none.

    A remembered device proves itself in place of a factor that the user could prove, unless the factor is asked for
    because of a risk, or for a higher authentication level.
    """
    requirement = _requirement(attempt)
    if requirement is None:
        return None
    if requirement.challenge == mfa.UNAVAILABLE:
        raise errors.NO_MFA_METHOD()
    if requirement.challenge == mfa.SETUP:
        return requirement.challenge
    if attempt.step_up is not None or attempt.is_at_risk:
        return requirement.challenge
    return devices.due(attempt) or requirement.challenge


def _send_code(factor: str) -> Callable[[Attempt], Prompt]:
    """Make a function that prompts for a code: it sends the code, which is valid as long as the session."""

    def prompt(attempt: Attempt) -> Prompt:
        prompt = sent_codes.send(attempt, mfa.ATTRIBUTE[factor], codes.DIGITS)
        return prompt._replace(parameters={**prompt.parameters, "USER_ID_FOR_SRP": attempt.user.username})

    return prompt


def _check_code(factor: str) -> Callable[[Attempt], Outcome]:
    """Make a function that checks the code that was sent.

    The correct code also verifies the address that it was sent to. A user who has lost the address since has no such
    factor any more.
    """
    attribute = mfa.ATTRIBUTE[factor]

    def answer(attempt: Attempt) -> Outcome:
        user, sent = attempt.user, attempt.state_of(SentCode)
        if not user.attributes.get(attribute):
            raise errors.NO_MFA_METHOD()
        lockout.check(attempt.context, user)
        if attempt.parameters[_CODE_PARAMETERS[factor]] != sent.code:
            lockout.count_failure(attempt.context, user)
            raise errors.MFA_CODE_MISMATCH()
        sent_codes.verify_address(attempt, attribute, sent)
        return SECOND_FACTOR_PROVEN

    return answer


def _prompt_for_totp(attempt: Attempt) -> Prompt:
    device = attempt.user.mfa.device
    device_name = {"FRIENDLY_DEVICE_NAME": device} if device else {}
    return Prompt(device_name if _chosen(attempt) else {**device_name, "USER_ID_FOR_SRP": attempt.user.username})


def _check_totp(attempt: Attempt) -> Outcome:
    code = attempt.parameters[_CODE_PARAMETERS[mfa.TOTP]]
    lockout.check(attempt.context, attempt.user)
    attempt.found = software_token.accept_code(attempt.context, attempt.user, code)
    return SECOND_FACTOR_PROVEN


def _prompt_for_choice(member: str, state: object = None) -> Callable[[Attempt], Prompt]:
    """Make a function that prompts for a choice of factors. ``member`` is the ChallengeParameter that lists them."""

    def prompt(attempt: Attempt) -> Prompt:
        requirement = _requirement(attempt)
        listed = json.dumps(requirement.factors if requirement else (), separators=(",", ":"))
        return Prompt({member: listed, "USER_ID_FOR_SRP": attempt.user.username}, state)

    return prompt


def _choose(attempt: Attempt) -> Outcome:
    requirement = _required(attempt)
    chosen = _FACTOR_BY_ANSWER.get(attempt.parameters["ANSWER"])
    if requirement is None or chosen not in requirement.factors:
        raise errors.MFA_CHOICE_INVALID()
    return Outcome(passed=True, metadata=chosen)


def _set_up(attempt: Attempt) -> Outcome:
    """Check the setup: a software token was verified in this sign-in, or an address is set, to verify next.

    That is an e-mail address or, on a page, a phone number.
    """
    # An administrator may have deleted the software token since.
    verified = attempt.state_of(MfaSetupState).verified and attempt.user.mfa.secret is not None
    mfa_setup.check_still_due(attempt.pool, attempt.user, verified=verified)
    if attempt.parameters.get("email") and mfa.EMAIL in mfa.available_for_setup(attempt.pool):
        return _set_address(attempt, mfa.EMAIL)
    if attempt.parameters.get("phone_number") and _can_set_up_phone(attempt):
        return _set_address(attempt, mfa.SMS)
    if not verified:
        raise (errors.TOKEN_NOT_VERIFIED if attempt.user.mfa.pending else errors.TOKEN_NOT_SET_UP)()
    return SECOND_FACTOR_PROVEN._replace(method=acr.TOTP)


def _set_address(attempt: Attempt, factor: str) -> Outcome:
    """Give the user the address of a factor, and go to the challenge of the factor, whose code verifies it."""
    name = mfa.ATTRIBUTE[factor]
    given = {name: attempt.parameters[name], f"{name}_verified": "false"}
    attributes = {**attempt.user.attributes, **attribute_rules.validate(attempt.pool, given, by_admin=True)}
    attempt.found = accounts.save(attempt.context, attempt.pool, replace(attempt.user, attributes=attributes))
    return Outcome(passed=True, metadata=factor)


def _with_code(factor: str) -> tuple[str, ...]:
    return ("USERNAME", _CODE_PARAMETERS[factor])


def _code_challenge(factor: str) -> Challenge:
    """The challenge for the code that is sent."""
    return Challenge(
        factor,
        _send_code(factor),
        _check_code(factor),
        responses=_with_code(factor),
        method=acr.SECOND_FACTORS[factor],
    )


CHALLENGES = (
    Challenge(
        mfa.TOTP, _prompt_for_totp, _check_totp, responses=_with_code(mfa.TOTP), method=acr.TOTP, primary_only=True
    ),
    _code_challenge(mfa.SMS),
    _code_challenge(mfa.EMAIL),
    Challenge(mfa.SELECT, _prompt_for_choice("MFAS_CAN_CHOOSE"), _choose, responses=("USERNAME", "ANSWER")),
    Challenge(mfa.SETUP, _prompt_for_choice("MFAS_CAN_SETUP", MfaSetupState()), _set_up, primary_only=True),
)
