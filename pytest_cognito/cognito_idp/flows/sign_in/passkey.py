"""WEB_AUTHN: a passkey as the first factor, and as the only one where the pool takes it for MFA."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, NamedTuple

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.factors import first_factors as factors_of_users
from pytest_cognito.cognito_idp.flows.factors import passkeys
from pytest_cognito.cognito_idp.flows.sign_in import identification
from pytest_cognito.cognito_idp.flows.sign_in.attempt import Attempt
from pytest_cognito.cognito_idp.flows.sign_in.challenge import Challenge, Outcome, Prompt
from pytest_cognito.cognito_idp.flows.sign_in.first_factor import FirstFactor
from pytest_cognito.cognito_idp.records import PASSKEYS, Passkey, User
from pytest_cognito.cognito_idp.rules.factors import acr, credentials, first_factors
from pytest_cognito.cognito_idp.rules.factors import passkeys as rules
from pytest_cognito.cognito_idp.rules.factors.credentials import Assertion
from pytest_cognito.cognito_idp.rules.users import standing

_SELECT = "SELECT_CHALLENGE"
_METHODS = {"platform": acr.PLATFORM_PASSKEY}


class Requested(NamedTuple):
    """The state of the challenge: what the request options ask for."""

    challenge: str
    relying_party: str


def _choose(attempt: Attempt) -> bool:
    """Refuse a credential that comes with the choice: nothing was asked for yet, so it can answer nothing."""
    if "CREDENTIAL" in attempt.parameters:
        credentials.read_assertion(attempt.parameters["CREDENTIAL"])
        raise errors.INCORRECT()
    return False


def _prompt(attempt: Attempt) -> Prompt:
    """Ask for one of the user's passkeys. A user who does not exist has one that is made up, the same each time."""
    party = passkeys.relying_party(attempt.context, attempt.pool)
    if party is None:
        raise errors.INCORRECT()  # its domain was deleted since the passkey was made
    options: dict[str, Any] = {
        "challenge": passkeys.draw_challenge(attempt.context),
        "timeout": int(passkeys.TIMEOUT.total_seconds() * 1000),
        "rpId": party,
        "allowCredentials": _allowed(attempt),
        "userVerification": _user_verification(attempt),
    }
    text = json.dumps(options, separators=(",", ":"))
    return Prompt({"CREDENTIAL_REQUEST_OPTIONS": text}, Requested(options["challenge"], party))


def _allowed(attempt: Attempt) -> list[dict[str, Any]]:
    if attempt.found is None:
        made_up = identification.made_up(attempt.pool, attempt.user_key)
        return [passkeys.descriptor(credentials.encode(bytes.fromhex(made_up)))]
    found = passkeys.usable(attempt.context, attempt.pool, attempt.found)
    return [passkeys.descriptor(passkey.credential_id, passkey.transports) for passkey in found]


def _user_verification(attempt: Attempt) -> str:
    user = attempt.found
    return rules.user_verification(attempt.pool, mfa=user is not None and first_factors.needs_mfa(attempt.pool, user))


def _answer(attempt: Attempt) -> Outcome:
    """Verify the assertion. The outcome has the method of authentication, and whether it has proven both factors."""
    if attempt.challenge_name == _SELECT and attempt.required("ANSWER") != first_factors.PASSKEY:
        raise errors.CHALLENGE_CHOICE_INVALID()
    assertion = credentials.read_assertion(attempt.parameters["CREDENTIAL"])
    user = attempt.found
    if user is not None:
        identification.check_enabled(attempt, user)
    passkey = None if user is None else _proven(attempt, user, assertion)
    if user is None or passkey is None:
        raise errors.INCORRECT()
    standing.check(user)
    if first_factors.PASSKEY not in factors_of_users.available(attempt.context, attempt.pool, user):
        # Since the challenge, MFA was turned on, or the pool has got another relying party ID.
        raise errors.SESSION_INVALID()
    table = attempt.context.table(PASSKEYS)
    if not table.is_locked(passkey):  # its counter stays as it is while the pool is being recovered
        table.put(passkey)
    both = rules.is_both_factors(attempt.pool) and assertion.user_verified
    method = _METHODS.get(passkey.attachment or "", acr.ROAMING_PASSKEY)
    return Outcome(passed=True, second_factor=both, method=method)


def _proven(attempt: Attempt, user: User, assertion: Assertion) -> Passkey | None:
    """The passkey whose authenticator has signed an assertion, with its counter; ``None`` if it is not right."""
    passkey = attempt.context.table(PASSKEYS).get((attempt.pool.id, assertion.id))
    requested = attempt.state_of(Requested)
    if passkey is None or passkey.user != user.key or passkey.relying_party != requested.relying_party:
        return None
    if assertion.user_handle not in (None, passkeys.user_handle(user)):
        return None
    count = credentials.verify_assertion(
        assertion,
        requested.challenge,
        requested.relying_party,
        passkey.public_key,
        passkey.sign_count,
        user_verification=_user_verification(attempt) == "required",
    )
    return None if count is None else replace(passkey, sign_count=count)


FIRST_FACTOR = FirstFactor(
    first_factors.PASSKEY,
    first_factors.PASSKEY,
    Challenge(
        "WEB_AUTHN",
        _prompt,
        _answer,
        responses=("USERNAME", "CREDENTIAL"),
        answered_as=frozenset({"WEB_AUTHN", _SELECT}),
        first_factor=True,
        method=acr.ROAMING_PASSKEY,
    ),
    choose=_choose,
)
