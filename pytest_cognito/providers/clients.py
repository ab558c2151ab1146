"""The applications that a simulated provider knows, and what may be refused to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class OAuthError(NamedTuple):
    """An error of OAuth 2.0: its code and description, and the status at the token endpoint."""

    code: str
    description: str
    status: int = 400


@dataclass(frozen=True)
class Client:
    """An application. ``introduced`` says that Cognito has introduced itself by its ProviderDetails.

    An empty ``redirect_uris`` allows any. ``team_id``, ``key_id`` and ``private_key`` are those of Apple's developers.
    """

    id: str
    secret: str | None = None
    redirect_uris: tuple[str, ...] = ()
    introduced: bool = False
    team_id: str | None = None
    key_id: str | None = None
    private_key: str | None = None


CLIENT_REFUSED = OAuthError("invalid_client", "The client is not known, or its secret is wrong.", 401)
CODE_REFUSED = OAuthError("invalid_grant", "The code is not valid, was used before, or is another client's.")
CODE_EXPIRED = OAuthError("invalid_grant", "The code has expired.")
REDIRECT_URI_DIFFERS = OAuthError("invalid_grant", "The redirect_uri is not that of the authorization request.")
VERIFIER_REFUSED = OAuthError("invalid_grant", "The code_verifier does not fit the code_challenge.")
REFRESH_TOKEN_REFUSED = OAuthError("invalid_grant", "The refresh token is not valid, or is another client's.")
GRANT_TYPE_UNKNOWN = OAuthError("unsupported_grant_type", "grant_type is authorization_code or refresh_token.")
CLIENT_ID_MISSING = OAuthError("invalid_request", "Required parameter is missing: client_id")
CLIENT_UNKNOWN = OAuthError("invalid_client", "The OAuth client was not found.", 401)
REDIRECT_URI_MISSING = OAuthError("invalid_request", "Required parameter is missing: redirect_uri")
REDIRECT_URI_UNKNOWN = OAuthError("redirect_uri_mismatch", "The redirect_uri is not one of the client's.")
RESPONSE_TYPE_MISSING = OAuthError("invalid_request", "Required parameter is missing: response_type")
RESPONSE_TYPE_UNKNOWN = OAuthError("unsupported_response_type", "response_type is code.")
RESPONSE_MODE_UNKNOWN = OAuthError("invalid_request", "The response_mode is not supported.")
CHALLENGE_UNKNOWN = OAuthError("invalid_request", "code_challenge_method is S256 or plain.")
SCOPE_MISSING = OAuthError("invalid_request", "Required parameter is missing: scope")
SCOPE_UNKNOWN = OAuthError("invalid_scope", "Some requested scopes were invalid.")
LOGIN_REQUIRED = OAuthError("login_required", "The user has to sign in, which prompt=none does not allow.")
