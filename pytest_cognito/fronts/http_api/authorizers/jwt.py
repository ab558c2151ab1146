"""JWT authorizers: tokens of a user pool, or of any issuer of OpenID Connect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pytest_cognito import cognito_idp
from pytest_cognito.fronts import tokens
from pytest_cognito.fronts.api_gateway import identity_sources
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.http_api import claims, texts
from pytest_cognito.fronts.tokens import Reason, Refused, Verified
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.errors import UsageError

_SCHEME = "bearer "
_DOTS = 2


@dataclass(frozen=True, slots=True)
class JwtAuthorizer:
    """The JWT authorizer of an HTTP API: ``JwtAuthorizer(pool.issuer, [client.id])``.

    ``audience`` are the values of ``aud`` that are taken, or of ``client_id`` in tokens without ``aud``. None stands
    for the app clients of the user pool that is the issuer, as they are at each request. An ID token passes as an
    access token does, unless a route asks for scopes. The token is in the header ``Authorization``, with or without
    ``Bearer``, unless ``identity_source`` names another place: ``$request.querystring.access_token``.
    """

    issuer: str
    audience: Sequence[str] | None = None
    identity_source: str = identity_sources.AUTHORIZATION

    def __post_init__(self) -> None:
        issuer: object = self.issuer
        if not isinstance(issuer, str) or not issuer.startswith(("https://", "http://")):
            raise UsageError(f"the issuer of a JWT authorizer is an address, such as pool.issuer; not {self.issuer!r}")
        if isinstance(self.audience, str) or self.audience == []:
            raise UsageError(
                f"the audience of a JWT authorizer is a list of app clients' ids: write [client.id], not "
                f"{self.audience!r}; leave it out for all app clients of a user pool"
            )
        identity_sources.check([self.identity_source], identity_sources.HTTP)

    def authorize(
        self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]
    ) -> Response | None:
        """Look for the token, verify it, and then its audience and its scopes, as AWS does."""
        given = identity_sources.value_of(self.identity_source, exchange, {}, stage.variables)
        token = given[len(_SCHEME) :].strip() if given and given[: len(_SCHEME)].lower() == _SCHEME else given or ""
        try:
            verified = tokens.verify(exchange, token, self.issuer)
            self._check_audience(exchange, verified)
            self._check_scopes(verified, scopes)
        except Refused as refused:
            return self._refusal(exchange, refused, token, scopes)
        said = {"claims": claims.as_text(verified.claims), "scopes": list(verified.scopes) if scopes else None}
        exchange.authorizer = {"jwt": said}
        return None

    def _check_audience(self, exchange: Exchange, verified: Verified) -> None:
        said = verified.claims.get("aud", verified.claims.get("client_id"))
        offered = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        if not any(self._takes(exchange, one) for one in offered):
            wanted = "an app client of the user pool" if self.audience is None else ", ".join(self.audience)
            raise Refused(Reason.AUDIENCE, verified.claims, f"{said}, not {wanted}")

    def _takes(self, exchange: Exchange, audience: Any) -> bool:
        if self.audience is not None:
            return audience in self.audience
        client = exchange.world.store[cognito_idp.CLIENTS].get(audience) if isinstance(audience, str) else None
        return client is not None and client.pool_id == self.issuer.rpartition("/")[2]

    def _check_scopes(self, verified: Verified, scopes: tuple[str, ...]) -> None:
        if scopes and not any(scope in scopes for scope in verified.scopes):
            has = " ".join(verified.scopes) or "none"
            raise Refused(Reason.SCOPE, verified.claims, f"{has}; the route asks for one of {' '.join(scopes)}")

    def _refusal(self, exchange: Exchange, refused: Refused, token: str, scopes: tuple[str, ...]) -> Response:
        exchange.explain(f"the JWT authorizer of {exchange.route} refused the token: {refused}")
        if refused.reason is Reason.MISSING:
            exchange.explain(f"it looks for a token in {self.identity_source}")
            return texts.answer(401, texts.UNAUTHORIZED, texts.NO_TOKEN)
        text, listed = texts.OF_REASONS[refused.reason], " ".join(scopes)
        if refused.reason is Reason.SCOPE:
            return texts.answer(403, texts.FORBIDDEN, texts.INSUFFICIENT_SCOPE.format(scopes=listed, text=text))
        if refused.reason is Reason.MALFORMED and token.count(".") != _DOTS:
            text = texts.SEGMENTS
        return texts.answer(401, texts.UNAUTHORIZED, texts.INVALID_TOKEN.format(scopes=listed, text=text))
