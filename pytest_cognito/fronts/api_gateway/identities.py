"""What events say of who signed a request: ``requestContext.identity`` of the format 1.0 and of WebSocket APIs."""

from __future__ import annotations

from typing import Any

from pytest_cognito import sts
from pytest_cognito.fronts import callers


def of_signer(who: sts.Authorization, access_key: str | None) -> dict[str, Any]:
    """The members about a caller. Those with credentials of an identity pool have the members of Cognito."""
    principal = who.principal
    known: dict[str, Any] = {
        "accountId": principal.account,
        "accessKey": access_key,
        "caller": principal.user_id,
        "user": principal.user_id,
        "userArn": principal.arn,
    }
    identity = callers.identity_of(who)
    if identity is None:
        return known
    return known | {
        "cognitoIdentityId": identity.id,
        "cognitoIdentityPoolId": identity.pool_id,
        "cognitoAuthenticationType": identity.kind,
        "cognitoAuthenticationProvider": ",".join(identity.providers) or None,
    }
