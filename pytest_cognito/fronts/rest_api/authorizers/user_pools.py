"""The authorizer ``COGNITO_USER_POOLS``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.fronts import tokens
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import texts
from pytest_cognito.fronts.rest_api.claims import as_text
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.fronts.tokens import Reason, Refused, Verified
from pytest_cognito.handles.user_pool import UserPool
from pytest_cognito.http import hosts
from pytest_cognito.kernel.errors import UsageError

_DENIED = 403
_POOL = re.compile(r"(?:arn:[^:]+:cognito-idp:[^:]+:[0-9]+:userpool/)?[\w-]+_[0-9a-zA-Z]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class CognitoUserPoolsAuthorizer:
    """An authorizer ``COGNITO_USER_POOLS``: it takes the tokens of some user ``pools``, by their original issuers.

    A method without scopes takes ID tokens, one with scopes the access tokens that have one of them at least. Tokens
    that were revoked, and those of users who have signed out, are good until they expire, as at AWS.

    ``pools`` are user pools, or their ids or ARNs. ``header`` is the one that has the token, with or without
    ``Bearer``. ``validation`` is the token validation expression, which must match the audience of a token; an access
    token has none, and is refused by any.
    ``missing_scope`` is the status for a token without the scopes: 401 by AWS's documentation; 403 has been reported.
    """

    pools: Sequence[UserPool | str]
    header: str = "Authorization"
    validation: str | None = None
    missing_scope: int = 401

    def __post_init__(self) -> None:
        pools: object = self.pools
        if not isinstance(pools, list | tuple) or not pools:
            raise UsageError(f"pools takes a list of user pools: write pools=[pool], not pools={pools!r}")
        for pool in pools:
            if not (isinstance(pool, UserPool) or (isinstance(pool, str) and _POOL.fullmatch(pool))):
                raise UsageError(f"pools takes user pools, their ids or their ARNs, not {pool!r}")
        if self.validation is not None:
            re.compile(self.validation)
        if self.missing_scope not in (401, _DENIED):
            raise UsageError(f"missing_scope is 401 or 403, not {self.missing_scope!r}")

    def authorize(self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]) -> None:
        try:
            verified = self._verified(exchange, scopes)
        except Refused as refused:
            exchange.explain(f"COGNITO_USER_POOLS refused the token in {self.header}: {refused}")
            if refused.reason is Reason.EXPIRED:
                raise texts.TOKEN_EXPIRED() from None
            if refused.reason is Reason.SCOPE and self.missing_scope == _DENIED:
                raise texts.SCOPE_MISSING() from None
            raise texts.UNAUTHORIZED() from None
        exchange.explain(f"COGNITO_USER_POOLS let the {verified.use} token of {verified.claims.get('sub')} pass")
        exchange.authorizer = {"claims": as_text(verified.claims)}

    def _verified(self, exchange: Exchange, scopes: tuple[str, ...]) -> Verified:
        token = tokens.bearer(exchange.request.headers.get(self.header.lower()))
        verified = tokens.verify(exchange, token, self._issuer(exchange, token))
        claims = verified.claims
        if self.validation is not None:
            # Whether a part of the audience may match is not known: all of it has to.
            audience = claims.get("aud")
            if not isinstance(audience, str) or re.fullmatch(self.validation, audience) is None:
                raise Refused(Reason.AUDIENCE, claims, f"{audience} does not match {self.validation}")
        if not scopes and verified.use != "id":
            raise Refused(
                Reason.USE, claims, f"a method without scopes takes ID tokens, and this is for {verified.use!r}"
            )
        if scopes and verified.use != "access":
            raise Refused(Reason.USE, claims, f"a method with scopes takes access tokens; this is for {verified.use!r}")
        if scopes and not set(scopes) & set(verified.scopes):
            has, needs = " ".join(verified.scopes) or "none", " or ".join(scopes)
            raise Refused(Reason.SCOPE, claims, f"it has {has}, the method takes {needs}")
        return verified

    def _issuer(self, exchange: Exchange, token: str) -> str:
        """The issuer that a token names, if it is one of the pools; else the first, which is compared with it."""
        issuers = [_original_issuer(pool, exchange.world.local_issuer) for pool in self.pools]
        said = (unverified_claims(token) or {}).get("iss") if len(issuers) > 1 else None
        return said if isinstance(said, str) and said in issuers else issuers[0]


def _original_issuer(pool: UserPool | str, local: str | None) -> str:
    """The issuer of a pool's tokens, unless the pool has the updated one, whose tokens REST APIs refuse."""
    pool_id = pool.id if isinstance(pool, UserPool) else pool.rpartition("/")[2]
    if local is not None:
        return f"{local}/{pool_id}"
    return f"https://{hosts.endpoint('cognito-idp', pool_id.partition('_')[0])}/{pool_id}"
