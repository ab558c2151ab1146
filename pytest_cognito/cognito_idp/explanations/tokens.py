"""Explanations of errors about tokens and sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pytest_cognito.cognito_idp.explanations.call_details import CallDetails
from pytest_cognito.cognito_idp.records import CLIENTS, GRANTS, POOLS, SESSIONS
from pytest_cognito.cognito_idp.rules.tokens import refresh_tokens
from pytest_cognito.kernel.text import first_few, plain

_LATEST = 253_370_764_800  # the year 9999, as a POSIX timestamp


def access_token(details: CallDetails) -> Iterator[str]:
    """The claims of the access token: user, scope and expiry, and its pool if that is wrong."""
    claims = details.token
    if not claims:
        yield "what the call has for an access token is no JWT"
        return
    username = details.claim("username") or details.claim("cognito:username") or "nobody"
    parts = [
        f"{plain(claims.get('token_use', 'no'))} token of {plain(username)}",
        f"scope {plain(claims.get('scope'))}",
    ]
    expires = claims.get("exp")
    if isinstance(expires, int) and 0 < expires < _LATEST:
        expiry = dt.datetime.fromtimestamp(expires, dt.UTC)
        parts.append(details.until(expiry))
    yield ", ".join(parts)
    if details.pool is None:
        pools = first_few(pool.id for pool in details.table(POOLS))
        yield f"its issuer is {plain(claims.get('iss'))}; user pools: {pools or 'none'}"
    elif details.pool.region != details.call.region:
        yield f"{details.pool.id} is in {details.pool.region}; the call went to {details.call.region}"


def refresh_token_of_form(details: CallDetails) -> Iterator[str]:
    """The refresh token of a request to the token endpoint, if that is its grant."""
    if details.parameter("refresh_token") is not None:
        yield from refresh_token(details)


def refresh_token(details: CallDetails) -> Iterator[str]:
    """The user, the app client and the expiry of the refresh token."""
    named = (details.parameter(name) for name in ("RefreshToken", "Token", "refresh_token"))
    token = details.auth_parameter("REFRESH_TOKEN") or next(filter(None, named), None)
    grant = details.table(GRANTS).find("token", token) if token else None
    if grant is None:
        by = details.client_id
        issued = token is not None and by is not None and refresh_tokens.was_issued_to(token, by)
        yield (
            f"client {by} has given it, to a user who is deleted"
            if issued
            else ("no sign-in here has given this refresh token")
        )
        return
    revoked = ", revoked" if grant.revoked else ""
    yield (
        f"refresh token of {plain(grant.user)} from client {grant.client_id}: {details.until(grant.expires)}{revoked}"
    )
    if token is not None and token in grant.earlier:
        grace = grant.earlier[token]
        yield f"a newer one has replaced it{'' if grace is None else f'; its grace period: {details.until(grace)}'}"
    if details.client_id not in (None, grant.client_id) and details.table(CLIENTS).get(grant.client_id):
        yield f"the call names another client: {details.client_id}"


def secret_block(details: CallDetails) -> Iterator[str]:
    """Whom the secret block of an answer to PASSWORD_VERIFIER was sent to, if not to this user and client."""
    block = details.auth_parameter("PASSWORD_CLAIM_SECRET_BLOCK")
    if block is None or details.parameter("Session") is not None:
        return
    found = details.table(SESSIONS).get(block)
    if found is None:
        yield "no challenge here has given this secret block"
    elif found.client_id != details.client_id or (details.user is not None and found.user != details.user.key):
        yield f"the secret block was given to {plain(found.user)} at client {found.client_id}"


def session(details: CallDetails) -> Iterator[str]:
    """The user, the challenge and the expiry of the session."""
    token = details.parameter("Session")
    found = details.table(SESSIONS).get(token) if token else None
    if found is None:
        yield "this session is of no challenge here, or of a user or an app client that is deleted"
        return
    used = ", used already" if found.used else ", answered, but what followed failed" if found.answered else ""
    yield (
        f"session of {plain(found.user)} for {found.challenge} from client {found.client_id}: "
        f"{details.until(found.expires)}{used}"
    )
