"""Simulated Login with Amazon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pytest_cognito.http.messages import Response
from pytest_cognito.providers import answers
from pytest_cognito.providers.answers import Refused
from pytest_cognito.providers.clients import OAuthError
from pytest_cognito.providers.grants import Grant
from pytest_cognito.providers.opaque import OpaqueProvider
from pytest_cognito.providers.provider import Endpoint, Endpoints
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit

URL = "https://www.amazon.com"
_GIVEN = {"profile": ("name", "email"), "postal_code": ("postal_code",)}
_TOKEN_INVALID = OAuthError("invalid_token", "The request has an invalid parameter : access_token")
_TOKEN_MISSING = OAuthError("invalid_request", "The request is missing a required parameter : access_token")


class Amazon(OpaqueProvider):
    """Login with Amazon. A user's id, ``user_id``, is ``amzn1.account.…`` there."""

    provider_type = "LoginWithAmazon"
    title = "Amazon"
    scopes = frozenset({"profile", "profile:user_id", "postal_code"})
    default_scopes = "profile"
    all_scopes = ("profile", "postal_code")
    cancelled: ClassVar[Mapping[str, str]] = {"error": "access_denied", "error_description": "Access not permitted."}
    access_token_prefix = "Atza|"

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        token = Endpoint("token", self._exchange, ("POST",))
        tokeninfo = Endpoint("tokeninfo", self._tokeninfo)
        return {
            "www.amazon.com/ap/oa": Endpoint("authorize", self._authorize, ("GET", "POST")),
            "api.amazon.com/auth/o2/token": token,
            "api.amazon.com/auth/O2/token": token,
            "api.amazon.com/auth/o2/tokeninfo": tokeninfo,
            "api.amazon.com/auth/O2/tokeninfo": tokeninfo,
            "api.amazon.com/user/profile": Endpoint("userinfo", self._user_profile),
        }

    def _tokens(self, grant: Grant, *, is_refresh: bool) -> dict[str, Any]:
        """See `OAuthProvider`."""
        access_token = self.new_access_token(grant)
        answer = {"access_token": access_token, "token_type": "bearer", "expires_in": self.access_token_lifetime}
        return answer if is_refresh else {**answer, "refresh_token": self._new_refresh_token(grant)}

    def _token_error(self, error: OAuthError) -> Refused:
        """See `OAuthProvider`."""
        return Refused(self._error(error))

    def _user_profile(self, visit: Visit) -> Response:
        """What the user's access token gives of their profile."""
        token = visit.bearer() or visit.request.headers.get("x-amz-access-token")
        grant = self._grant_of(token)
        if grant is None:
            return self._error(_TOKEN_INVALID if token else _TOKEN_MISSING)
        return answers.json_response(self.profile(grant.user, grant.asked.scopes))

    def profile(self, user: ProviderUser, scopes: tuple[str, ...]) -> dict[str, Any]:
        """See `OpaqueProvider`."""
        names = [name for scope, given in _GIVEN.items() if scope in scopes for name in given]
        return {"user_id": user.sub, **{name: user.claims[name] for name in names if name in user.claims}}

    def _tokeninfo(self, visit: Visit) -> Response:
        """What an access token is for: ``/auth/o2/tokeninfo?access_token=…``."""
        token = visit.parameters.get("access_token")
        grant = self._grant_of(token)
        if grant is None:
            return self._error(_TOKEN_INVALID if token else _TOKEN_MISSING)
        information = {
            "iss": URL,
            "user_id": grant.user.sub,
            "aud": grant.asked.client_id,
            "app_id": grant.asked.client_id,
            "exp": grant.expires - self.world.clock.timestamp(),
            "iat": grant.allowed_at,
        }
        return answers.json_response(information)

    def _error(self, error: OAuthError) -> Response:
        request_id = self.world.ids.request_id()
        body = {"error": error.code, "error_description": error.description, "request_id": request_id}
        return answers.json_response(body, error.status)
