"""The challenges of multi-factor authentication."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from .. import errors
from ..rules import attributes as rules
from ..rules import mfa
from . import accounts, codes, lockout, messages, software_token
from .attempt import Attempt
from .challenge import Challenge

_ANSWERS = {mfa.SMS: "SMS_MFA_CODE", mfa.EMAIL: "EMAIL_OTP_CODE", mfa.TOTP: "SOFTWARE_TOKEN_MFA_CODE"}
_PROOFS = frozenset((*_ANSWERS, mfa.SETUP))
_CHOICE = "mfa_choice"
_CODE = "mfa_code"
# How an answer to SELECT_MFA_TYPE may name the factors: the API's own prose calls one of them otherwise.
_NAMES = {mfa.SMS: mfa.SMS, mfa.TOTP: mfa.TOTP, mfa.EMAIL: mfa.EMAIL, "EMAIL_MFA": mfa.EMAIL}


def _demand(attempt: Attempt) -> mfa.Demand | None:
    """What is still asked for: nothing once a factor was proven; a choice that was made stands."""
    chosen = attempt.facts.get(_CHOICE)
    if chosen is not None:
        return mfa.Demand(chosen)
    if not _PROOFS.isdisjoint(attempt.proven):
        return None
    return mfa.demand(attempt.pool, attempt.user)


def _due(challenge: str) -> Callable[[Attempt], bool]:
    def due(attempt: Attempt) -> bool:
        demand = _demand(attempt)
        return demand is not None and demand.challenge == challenge

    return due


def _send_code(attempt: Attempt, factor: str) -> dict[str, str]:
    """Send a code that is good as long as the session, and tell where it went."""
    attribute = mfa.ATTRIBUTE[factor]
    code = attempt.context.world.ids.digits(codes.DIGITS)
    attempt.facts[_CODE] = code
    details = messages.send(
        attempt.context,
        attempt.pool,
        attempt.user,
        attempt.client,
        "Authentication",
        attribute,
        code=code,
        client_metadata=attempt.given_metadata if attempt.answering else None,
    )
    return {
        "CODE_DELIVERY_DELIVERY_MEDIUM": details["DeliveryMedium"],
        "CODE_DELIVERY_DESTINATION": details["Destination"],
        "USER_ID_FOR_SRP": attempt.user.username,
    }


def _take_code(attempt: Attempt, factor: str) -> None:
    """A code that was sent; the right one also verifies where it was sent to, unless that is somebody else's alias."""
    given = attempt.answer(_ANSWERS[factor])
    lockout.check(attempt.context, attempt.user)
    if given != attempt.facts[_CODE]:
        lockout.failed(attempt.context, attempt.user)
        raise errors.MFA_CODE_MISMATCH()
    attribute = f"{mfa.ATTRIBUTE[factor]}_verified"
    if attempt.user.attributes.get(attribute) != "true":
        verified = replace(attempt.user, attributes={**attempt.user.attributes, attribute: "true"})
        attempt.found = accounts.save(attempt.context, attempt.pool, verified)


def _tell_token(attempt: Attempt) -> dict[str, str]:
    device = attempt.user.mfa.device
    named = {"FRIENDLY_DEVICE_NAME": device} if device else {}
    return named if _CHOICE in attempt.facts else {**named, "USER_ID_FOR_SRP": attempt.user.username}


def _take_token_code(attempt: Attempt) -> None:
    code = attempt.answer(_ANSWERS[mfa.TOTP])
    lockout.check(attempt.context, attempt.user)
    attempt.found = software_token.use(attempt.context, attempt.user, code)


def _tell_choices(member: str) -> Callable[[Attempt], dict[str, str]]:
    def tell(attempt: Attempt) -> dict[str, str]:
        demand = _demand(attempt)
        factors = demand.factors if demand else ()
        if not factors:
            raise _no_method(attempt)
        return {
            member: json.dumps(list(factors), separators=(",", ":")),
            "USER_ID_FOR_SRP": attempt.user.username,
        }

    return tell


def _no_method(attempt: Attempt) -> Exception:
    """What is said to a user who needs a second factor and can have none; one operation lacks the error for it."""
    return (errors.NO_MFA_METHOD_AT_ALL if attempt.operation == "InitiateAuth" else errors.NO_MFA_METHOD)()


def _take_choice(attempt: Attempt) -> None:
    demand = mfa.demand(attempt.pool, attempt.user)
    chosen = _NAMES.get(attempt.answer("ANSWER"))
    if demand is None or chosen not in demand.factors:
        raise errors.MFA_CHOICE_INVALID()
    attempt.facts[_CHOICE] = chosen


def _take_setup(attempt: Attempt) -> None:
    """A token that was verified in this sign-in, or an e-mail address, to which a code goes next."""
    email = attempt.parameters.get("email")
    if email and mfa.EMAIL in mfa.to_set_up(attempt.pool):
        kept = rules.conform(attempt.pool, {"email": email, "email_verified": "false"}, by_admin=True)
        user = replace(attempt.user, attributes={**attempt.user.attributes, **kept})
        attempt.found = accounts.save(attempt.context, attempt.pool, user)
        attempt.facts[_CHOICE] = mfa.EMAIL
        return
    if not attempt.facts.get("token_verified"):
        raise (errors.TOKEN_NOT_VERIFIED if attempt.user.mfa.pending else errors.TOKEN_NOT_SET_UP)()


# At most one of them is due at a time. What most sign-ins ask for comes first: each `due` takes its time.
CHALLENGES = (
    Challenge(mfa.TOTP, _due(mfa.TOTP), _tell_token, _take_token_code),
    Challenge(
        mfa.SMS,
        _due(mfa.SMS),
        lambda attempt: _send_code(attempt, mfa.SMS),
        lambda attempt: _take_code(attempt, mfa.SMS),
    ),
    Challenge(
        mfa.EMAIL,
        _due(mfa.EMAIL),
        lambda attempt: _send_code(attempt, mfa.EMAIL),
        lambda attempt: _take_code(attempt, mfa.EMAIL),
    ),
    Challenge(mfa.SELECT, _due(mfa.SELECT), _tell_choices("MFAS_CAN_CHOOSE"), _take_choice),
    Challenge(mfa.SETUP, _due(mfa.SETUP), _tell_choices("MFAS_CAN_SETUP"), _take_setup),
)
