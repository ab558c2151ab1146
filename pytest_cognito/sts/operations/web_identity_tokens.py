"""Tokens by which an account vouches for its users and roles outside AWS."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pytest_cognito import iam
from pytest_cognito.aws.operation import operation
from pytest_cognito.http import hosts
from pytest_cognito.sts import errors, keys
from pytest_cognito.sts.flows import permissions
from pytest_cognito.sts.flows.authorization import authorization
from pytest_cognito.sts.rules import tags as session_tags
from pytest_cognito.sts.rules import web_identity_tokens
from pytest_cognito.world import Context

_KIND = "GetWebIdentityToken"
_ACTION = f"sts:{_KIND}"
_TAGGING = "sts:TagGetWebIdentityToken"


@operation
def get_web_identity_token(
    context: Context,
    *,
    audience: Sequence[str],
    signing_algorithm: str,
    duration_seconds: int = 300,
    tags: Sequence[Mapping[str, str]] = (),
    scope: str | None = None,
    subject_mode: str = "AWSIdentity",
) -> dict[str, Any]:
    """Sign a JWT that says who calls, for services outside AWS, which find the keys at the account's issuer.

    Its subject is the ARN of the user, or of the role of a session. It expires after five minutes by default, and not
    after the calling session. ``request_tags`` in it are the Tags. The account must have enabled outbound web identity
    federation; the global endpoint does not have the operation.
    """
    caller = authorization(context, context.caller)
    permissions.check_kind(context, caller, _KIND)
    asked = session_tags.requested(tags, ())
    request_keys = {
        "sts:IdentityTokenAudience": tuple(audience),
        "sts:SigningAlgorithm": signing_algorithm,
        "sts:DurationSeconds": str(duration_seconds),
        "sts:SubjectMode": subject_mode,
        **session_tags.request_keys(asked),
    }
    for action in (_ACTION, _TAGGING) if tags else (_ACTION,):
        permissions.check_allowed(context, caller, action, keys=request_keys)
    web_identity_tokens.check_subject(subject_mode, scope)
    account = caller.principal.account
    federation = context.table(iam.OUTBOUND_FEDERATION).get(account)
    if federation is None or not federation.enabled:
        raise errors.OUTBOUND_DISABLED(account=account)
    if signing_algorithm not in keys.TOKEN_ALGORITHMS:
        raise errors.ALGORITHM_UNKNOWN(algorithm=signing_algorithm)
    now = context.now().replace(microsecond=0)
    expires = web_identity_tokens.expiration(now, duration_seconds, caller.session)
    claims = {
        "aud": audience[0] if len(audience) == 1 else list(audience),
        "sub": web_identity_tokens.subject(caller.principal),
        hosts.TOKEN_CLAIMS: web_identity_tokens.details(
            caller.principal, caller.session, caller.keys, context.region, asked.tags
        ),
        "iss": keys.token_issuer(federation),
        "exp": int(expires.timestamp()),
        "iat": int(now.timestamp()),
        "jti": context.world.ids.uuid(),
    }
    payload = web_identity_tokens.check_size(keys.encoded(claims))
    return {"WebIdentityToken": keys.sign(context.world, account, signing_algorithm, payload), "Expiration": expires}
