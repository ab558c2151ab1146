"""Sign-ins through boto3, said shortly."""

from __future__ import annotations

import base64
import json
from typing import Any

PASSWORD = "Correct-horse-7"


def begin(idp: Any, client_id: str, flow: str = "USER_PASSWORD_AUTH", **parameters: str) -> dict[str, Any]:
    """InitiateAuth with these AuthParameters."""
    answer: dict[str, Any] = idp.initiate_auth(ClientId=client_id, AuthFlow=flow, AuthParameters=parameters)
    return answer


def begin_as_admin(
    idp: Any, pool_id: str, client_id: str, flow: str = "ADMIN_USER_PASSWORD_AUTH", **parameters: str
) -> dict[str, Any]:
    """AdminInitiateAuth with these AuthParameters."""
    answer: dict[str, Any] = idp.admin_initiate_auth(
        UserPoolId=pool_id, ClientId=client_id, AuthFlow=flow, AuthParameters=parameters
    )
    return answer


def sign_in(idp: Any, client_id: str, username: str = "alice", password: str = PASSWORD) -> dict[str, Any]:
    """The AuthenticationResult of a sign-in with a password."""
    result: dict[str, Any] = begin(idp, client_id, USERNAME=username, PASSWORD=password)["AuthenticationResult"]
    return result


def refresh(idp: Any, client_id: str, token: str, **parameters: str) -> dict[str, Any]:
    """The AuthenticationResult of REFRESH_TOKEN_AUTH."""
    answer = begin(idp, client_id, "REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token, **parameters)
    result: dict[str, Any] = answer["AuthenticationResult"]
    return result


def respond(idp: Any, client_id: str, session: str, **responses: str) -> dict[str, Any]:
    """The answer to NEW_PASSWORD_REQUIRED."""
    answer: dict[str, Any] = idp.respond_to_auth_challenge(
        ClientId=client_id, ChallengeName="NEW_PASSWORD_REQUIRED", Session=session, ChallengeResponses=responses
    )
    return answer


def part(token: str, index: int = 1) -> dict[str, Any]:
    """The header (0) or the claims (1) of a JWT, unverified."""
    text = token.split(".")[index]
    decoded: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return decoded
