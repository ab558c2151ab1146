"""Explanations of errors about passkeys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import lookup
from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.flows.factors import passkeys
from pytest_cognito.cognito_idp.flows.sign_in.passkey import Requested
from pytest_cognito.cognito_idp.records import PASSKEY_REGISTRATIONS, PASSKEYS, SESSIONS, USERS, Passkey
from pytest_cognito.cognito_idp.rules.factors import credentials, relying_parties
from pytest_cognito.cognito_idp.rules.factors.credentials import Assertion
from pytest_cognito.kernel.text import plain


def relying_party(details: CallDetails) -> Iterator[str]:
    """What a relying party ID could be taken from."""
    if details.pool is None:
        return
    yield f"{details.pool.id} has no RelyingPartyId: set it with SetUserPoolMfaConfig"
    for domain in lookup.domains(details.context, details.pool):
        yield f"its domain {domain.host} has ManagedLoginVersion {domain.version}, not 2"


def attestation(details: CallDetails) -> Iterator[str]:
    """The page that a credential was made on, and the relying party ID of the pool."""
    pool = details.pool
    try:
        made = credentials.read_attestation(details.call.parameters.get("Credential"))
    except AWSError:
        return
    if pool is not None:
        party = passkeys.relying_party(details.context, pool)
        yield f"the credential was made on {plain(made.origin)}; the relying party ID of {pool.id} is {plain(party)}"


def registrations(details: CallDetails) -> Iterator[str]:
    """The registrations that the user has started."""
    user = details.user
    if user is None:
        return
    started = list(details.table(PASSKEY_REGISTRATIONS).owned(USERS, (user.pool_id, user.key)))
    if not started:
        yield f"{user.username} has started no registration, or has completed it"
    for one in started:
        yield f"registration of {user.username} at client {one.client_id}: {details.until(one.expires)}"


def assertion(details: CallDetails) -> Iterator[str]:
    """What is wrong with the credential of a sign-in."""
    try:
        given = credentials.read_assertion(details.auth_parameter("CREDENTIAL") or "")
    except AWSError:
        return
    session = details.table(SESSIONS).get(details.parameter("Session"))
    if session is None or not isinstance(session.state, Requested):
        yield "the credential came before the challenge that it is to answer"
        return
    passkey = details.table(PASSKEYS).get((session.pool_id, given.id))
    if passkey is None or passkey.user != session.user:
        yield f"the credential is of no passkey of {plain(session.user)}"
        return
    yield f"the credential {_fault(given, session.state, passkey)}"


def form(details: CallDetails) -> Iterator[str]:
    """That the credential of a sign-in is no JSON, as that of a registration need not be."""
    given = details.auth_parameter("CREDENTIAL")
    if given is None:
        return
    try:
        json.loads(given)
    except (ValueError, RecursionError):
        yield "CREDENTIAL is no JSON: it is what PublicKeyCredential.toJSON() gives, as a string by json.dumps(…)"


def _fault(given: Assertion, requested: Requested, passkey: Passkey) -> str:
    count = int.from_bytes(given.authenticator_data[33:37], "big")
    if given.challenge != requested.challenge:
        return "answers another challenge"
    if not relying_parties.allows(requested.relying_party, given.origin):
        return f"was signed on {plain(given.origin)}, which is no page of {requested.relying_party}"
    if given.authenticator_data[:32] != hashlib.sha256(requested.relying_party.encode()).digest():
        return f"was signed for another relying party than {requested.relying_party}"
    if count <= passkey.sign_count and (count or passkey.sign_count):
        return f"has the counter {count}, after {passkey.sign_count}: a copy of the passkey signed it"
    return "has a wrong signature" if given.user_verified else "is of a user who was not verified, or wrongly signed"
