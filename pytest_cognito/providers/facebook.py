"""Simulated Facebook: the login dialog and the Graph API."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pytest_cognito.http.messages import Response
from pytest_cognito.providers import answers, clients
from pytest_cognito.providers.answers import Refused
from pytest_cognito.providers.clients import OAuthError
from pytest_cognito.providers.grants import Grant
from pytest_cognito.providers.opaque import OpaqueProvider
from pytest_cognito.providers.provider import Endpoint, Endpoints
from pytest_cognito.providers.users import ProviderUser
from pytest_cognito.providers.visit import Visit

URL = "https://www.facebook.com"
_VERSION = re.compile(r"\A(?P<host>[^/]+)/v\d+\.\d+(?=/)")
_USER = (
    "about age_range birthday education email favorite_athletes favorite_teams first_name gender hometown id "
    "id_for_avatars inspirational_people install_type installed is_guest_user languages last_name link location "
    "meeting_for middle_name name name_format payment_pricepoints picture political profile_pic quotes "
    "relationship_status religion shared_login_upgrade_required_by short_name significant_other sports "
    "supports_donate_button_in_live_video timezone locale updated_time verified website work"
)
_FIELDS = frozenset(_USER.split())
"""The fields of a user in the Graph API."""
_STANDARD = {
    "first_name": "given_name",
    "last_name": "family_name",
    "middle_name": "middle_name",
    "birthday": "birthdate",
    "link": "profile",
}
"""The claims of OpenID Connect that give a field for which a user has no claim of Facebook's own name."""
_CODES = {clients.CLIENT_REFUSED: 1}
_TOKEN_INVALID = OAuthError("OAuthException", "Invalid OAuth access token - Cannot parse access token", 400)
_TOKEN_MISSING = OAuthError(
    "OAuthException", "An active access token must be used to query information about the current user.", 400
)
_TEXTS = {
    clients.CLIENT_REFUSED: "Error validating client secret.",
    clients.CODE_REFUSED: "This authorization code has been used.",
    clients.CODE_EXPIRED: "This authorization code has expired.",
    clients.REDIRECT_URI_DIFFERS: (
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in "
        "the OAuth dialog request"
    ),
}


class Facebook(OpaqueProvider):
    """Facebook, with any version of its Graph API in the path, or none."""

    provider_type = "Facebook"
    title = "Facebook"
    scope_separator = "[ ,]+"
    default_scopes = "public_profile,email"
    all_scopes = ("public_profile", "email")
    needs_scope = False
    tells_users_of_errors = True
    cancelled: ClassVar[Mapping[str, str]] = {
        "error": "access_denied",
        "error_code": "200",
        "error_description": "Permissions error",
        "error_reason": "user_denied",
    }
    redirect_suffix = "#_=_"
    access_token_lifetime = 60 * 24 * 60 * 60
    access_token_prefix = "EAA"
    default_grant_type = "authorization_code"

    @property
    def login(self) -> str:
        """See `Provider`."""
        return "graph.facebook.com"

    def endpoints(self) -> Endpoints:
        """See `Provider`."""
        graph = "graph.facebook.com"
        return {
            "www.facebook.com/dialog/oauth": Endpoint("authorize", self._authorize, ("GET", "POST")),
            f"{graph}/oauth/access_token": Endpoint("token", self._exchange, ("GET", "POST")),
            f"{graph}/me": Endpoint("userinfo", self._me),
            f"{graph}/debug_token": Endpoint("debug_token", self._debug_token),
            f"{graph}/app": Endpoint("app", self._app),
        }

    def locate(self, address: str) -> Endpoint | None:
        """See `Provider`; a version of the Graph API makes no difference."""
        return super().locate(_VERSION.sub(r"\g<host>", address))

    def _tokens(self, grant: Grant, *, is_refresh: bool) -> dict[str, Any]:  # noqa: ARG002  # there are none to refresh
        """See `OAuthProvider`."""
        access_token = self.new_access_token(grant)
        return {"access_token": access_token, "token_type": "bearer", "expires_in": self.access_token_lifetime}

    def _token_error(self, error: OAuthError) -> Refused:
        """See `OAuthProvider`."""
        return Refused(self._error(_CODES.get(error, 100), _TEXTS.get(error, error.description)))

    def _me(self, visit: Visit) -> Response:
        """The fields of the user that are asked for and that the scopes give: ``/me?fields=id,name,email``."""
        token = visit.bearer()
        grant = self._grant_of(token)
        if grant is None:
            return self._error(190 if token else 2500, (_TOKEN_INVALID if token else _TOKEN_MISSING).description)
        wanted = [field.strip() for field in re.sub(r"[.{(].*?[)}]", "", visit.query.get("fields", "")).split(",")]
        fields = [field for field in wanted if field] or ["id", "name"]
        strange = next((field for field in fields if field not in _FIELDS), None)
        if strange is not None:
            return self._error(100, f"(#100) Tried accessing nonexisting field ({strange}) on node type (User)")
        profile = self.profile(grant.user, grant.asked.scopes)
        return answers.json_response(
            {field: profile[field] for field in dict.fromkeys([*fields, "id"]) if field in profile}
        )

    def profile(self, user: ProviderUser, scopes: tuple[str, ...]) -> dict[str, Any]:
        """See `OpaqueProvider`."""
        claims = dict(user.claims)
        fields = {field: claims[claim] for field, claim in _STANDARD.items() if claim in claims}
        fields.update({name: value for name, value in claims.items() if name in _FIELDS})
        picture = fields.get("picture")
        if isinstance(picture, str):
            size = {"height": 50, "width": 50, "is_silhouette": False}
            fields["picture"] = {"data": {**size, "url": picture}}
        if "email" not in scopes:
            fields.pop("email", None)
        return {"id": user.sub, **fields}

    def _debug_token(self, visit: Visit) -> Response:
        """What an access token is for: ``/debug_token?input_token=…``."""
        grant = self._grants.access.get(visit.parameters.get("input_token", ""))
        if grant is None:
            error = {"code": 190, "message": _TOKEN_INVALID.description}
            return answers.json_response({"data": {"error": error, "is_valid": False, "scopes": []}})
        is_valid = grant.expires > self.world.clock.timestamp()
        data = {
            "app_id": grant.asked.client_id,
            "type": "USER",
            "application": grant.asked.client_id,
            "expires_at": grant.expires,
            "is_valid": is_valid,
            "issued_at": grant.allowed_at,
            "scopes": list(grant.asked.scopes) or ["public_profile"],
            "user_id": grant.user.sub,
        }
        return answers.json_response({"data": data})

    def _app(self, visit: Visit) -> Response:
        """The application that an access token is for."""
        grant = self._grant_of(visit.bearer())
        if grant is None:
            return self._error(190, _TOKEN_INVALID.description)
        return answers.json_response({"name": grant.asked.client_id, "id": grant.asked.client_id})

    def _error(self, code: int, message: str) -> Response:
        trace = self.world.ids.text(23)
        error = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": trace}
        return answers.json_response({"error": error}, 400)
