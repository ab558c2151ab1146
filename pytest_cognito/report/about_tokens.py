"""What explains errors about tokens and sessions: whose they are, and until when they are good."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..cognito_idp.tables import CLIENTS, GRANTS, POOLS, SESSIONS
from .scene import Scene, some
from .values import plain

_LATEST = 253_370_764_800  # the year 9999, as a POSIX timestamp


def access_token(scene: Scene) -> Iterator[str]:
    """What the access token says of itself."""
    claims = scene.token
    if not claims:
        yield "what the call has for an access token is no JWT"
        return
    whose = scene.claim("username") or scene.claim("cognito:username") or "nobody"
    facts = [f"{claims.get('token_use', 'no')} token of {plain(whose)}", f"scope {plain(claims.get('scope'))}"]
    expires = claims.get("exp")
    if isinstance(expires, int) and 0 < expires < _LATEST:
        moment = dt.datetime.fromtimestamp(expires, dt.UTC)
        facts.append(scene.until(moment))
    yield ", ".join(facts)
    if scene.pool is None:
        pools = some(pool.id for pool in scene.table(POOLS))
        yield f"its issuer is {plain(claims.get('iss'))}; user pools: {pools or 'none'}"
    elif scene.pool.region != scene.call.region:
        yield f"{scene.pool.id} is in {scene.pool.region}; the call went to {scene.call.region}"


def refresh_token(scene: Scene) -> Iterator[str]:
    """The sign-in that the refresh token is of."""
    given = scene.proof("REFRESH_TOKEN") or scene.parameter("RefreshToken") or scene.parameter("Token")
    grant = scene.table(GRANTS).find("token", given) if given else None
    if grant is None:
        yield "no sign-in here has given this refresh token"
        return
    revoked = ", revoked" if grant.revoked else ""
    yield (f"refresh token of {plain(grant.user)} from client {grant.client_id}: {scene.until(grant.expires)}{revoked}")
    if scene.client_id not in (None, grant.client_id) and scene.table(CLIENTS).get(grant.client_id):
        yield f"the call names another client: {scene.client_id}"


def session(scene: Scene) -> Iterator[str]:
    """What the session is about."""
    given = scene.parameter("Session")
    found = scene.table(SESSIONS).get(given) if given else None
    if found is None:
        yield "no challenge here has given this session"
        return
    used = ", used already" if found.used else ""
    yield (
        f"session of {plain(found.user)} for {found.challenge} from client {found.client_id}: "
        f"{scene.until(found.expires)}{used}"
    )
