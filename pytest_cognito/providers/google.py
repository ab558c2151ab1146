"""Simulated Google: OpenID Connect at accounts.google.com, userinfo, token information, the People API."""

from __future__ import annotations

from typing import Any

from pytest_cognito.http.messages import Response
from pytest_cognito.providers import answers, people
from pytest_cognito.providers.grants import Grant
from pytest_cognito.providers.openid import OpenIDProvider
from pytest_cognito.providers.provider import Endpoint, Endpoints
from pytest_cognito.providers.visit import Visit

ISSUER = "https://accounts.google.com"
_SCOPE = "https://www.googleapis.com/auth/userinfo."
_SHORT = {f"{_SCOPE}email": "email", f"{_SCOPE}profile": "profile"}
_OLD_USERINFO = {"sub": "id", "email_verified": "verified_email"}
_POST = ("POST",)


class Google(OpenIDProvider):
    """Google. ``hd``, the domain of an organisation, is a claim of the user's: ``add_user("1", hd="example.com")``."""

    provider_type = "Google"
    title = "Google"
    tells_users_of_errors = True
    access_token_prefix = "ya29."

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        accounts, apis, oauth = "accounts.google.com", "www.googleapis.com", "oauth2.googleapis.com"
        authorize = Endpoint("authorize", self._authorize, ("GET", "POST"))
        token = Endpoint("token", self._exchange, _POST)
        userinfo = Endpoint("userinfo", self._userinfo, ("GET", "POST"))
        return {
            f"{accounts}/.well-known/openid-configuration": Endpoint("discovery", self._discovery),
            f"{accounts}/o/oauth2/v2/auth": authorize,
            f"{accounts}/o/oauth2/auth": authorize,
            f"{apis}/oauth2/v4/token": token,
            f"{oauth}/token": token,
            f"{oauth}/tokeninfo": Endpoint("tokeninfo", self._tokeninfo, ("GET", "POST")),
            f"{oauth}/revoke": Endpoint("revoke", self._revoke, _POST),
            f"{apis}/oauth2/v3/userinfo": userinfo,
            f"{apis}/oauth2/v2/userinfo": Endpoint("userinfo", self._old_userinfo),
            f"{apis}/oauth2/v1/userinfo": Endpoint("userinfo", self._old_userinfo),
            "openidconnect.googleapis.com/v1/userinfo": userinfo,
            "people.googleapis.com/v1/people/me": Endpoint("people", self._people),
            f"{apis}/oauth2/v3/certs": Endpoint("jwks", self._jwks),
            f"{apis}/oauth2/v1/certs": Endpoint("jwks", self._certificates),
        }

    def _configuration(self) -> dict[str, Any]:
        """See `OpenIDProvider`."""
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/o/oauth2/v2/auth",
            "token_endpoint": "https://oauth2.googleapis.com/token",
            "userinfo_endpoint": "https://openidconnect.googleapis.com/v1/userinfo",
            "revocation_endpoint": "https://oauth2.googleapis.com/revoke",
            "jwks_uri": "https://www.googleapis.com/oauth2/v3/certs",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "email", "profile"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "claims_supported": [
                *("aud", "email", "email_verified", "exp", "family_name", "given_name"),
                *("iat", "iss", "name", "picture", "sub"),
            ],
            "code_challenge_methods_supported": ["plain", "S256"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
        }

    def _claims_for(self, audience: str) -> dict[str, Any]:
        """See `OpenIDProvider`."""
        return {"azp": audience}

    def _user_claims(self, user: Any, scopes: tuple[str, ...] | None) -> dict[str, Any]:
        """See `OpenIDProvider`; a scope has a long name, too."""
        return super()._user_claims(user, None if scopes is None else tuple(_SHORT.get(one, one) for one in scopes))

    def _added_to_code(self, grant: Grant) -> dict[str, str]:
        """See `OAuthProvider`."""
        return {"scope": " ".join(grant.asked.scopes), "authuser": "0", "prompt": "consent"}

    def _tokeninfo(self, visit: Visit) -> Response:
        """The claims of an ID token, or what an access token is for. Times are strings."""
        grant = self._grant_of(visit.parameters.get("access_token"))
        claims = self._verified(visit.parameters.get("id_token", ""))
        if grant is not None:
            now = self.world.clock.timestamp()
            asked = {"azp": grant.asked.client_id, "aud": grant.asked.client_id, "sub": grant.user.sub}
            times = {"exp": grant.expires, "expires_in": grant.expires - now}
            claims = {**asked, "scope": " ".join(grant.asked.scopes), **times}
        if claims is None:
            refused = {"error": "invalid_token", "error_description": "Invalid Value"}
            return answers.json_response(refused, 400)
        return answers.json_response({name: _text(value) for name, value in claims.items()})

    def _verified(self, token: str) -> dict[str, Any] | None:
        """The claims of an ID token of this provider that has not expired."""
        import jwt

        unchecked = dict.fromkeys(("verify_exp", "verify_iat", "verify_aud", "verify_nbf"), False)
        try:
            claims: dict[str, Any] = jwt.decode(token, self.key.public, ["RS256"], options=unchecked, issuer=self.url)  # type: ignore[arg-type]
        except jwt.InvalidTokenError:
            return None
        return claims if claims["exp"] > self.world.clock.timestamp() else None

    def _revoke(self, visit: Visit) -> Response:
        """End what an access token or a refresh token is for."""
        token = visit.parameters.get("token", "")
        found = self._grants.access.pop(token, None) or self._grants.refresh.pop(token, None)
        if found is None:
            refused = {"error": "invalid_token", "error_description": "Token expired or revoked"}
            return answers.json_response(refused, 400)
        return answers.json_response({})

    def _old_userinfo(self, visit: Visit) -> Response:
        """Userinfo under the names of the earlier API: ``id`` and ``verified_email``."""
        grant = self._grant_of(visit.bearer())
        if grant is None:
            return self._userinfo(visit)
        claims = {"sub": grant.user.sub, **self._user_claims(grant.user, grant.asked.scopes)}
        return answers.json_response({_OLD_USERINFO.get(name, name): value for name, value in claims.items()})

    def _people(self, visit: Visit) -> Response:
        grant = self._grant_of(visit.bearer())
        if grant is None:
            return people.unauthenticated()
        claims = self._user_claims(grant.user, grant.asked.scopes)
        return people.person(grant.user.sub, claims, visit.query.get("personFields", ""))

    def _certificates(self, _visit: Visit) -> Response:
        """The keys as PEM by key id."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        pem = self.key.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        return answers.json_response({self.key.kid: pem})


def _text(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else value
