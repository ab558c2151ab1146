"""IAM as an authorizer: requests signed with AWS's Signature Version 4, and what the signer's policies allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_cognito import sts
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.http_api import texts
from pytest_cognito.fronts.http_api.route import Cache
from pytest_cognito.http.messages import Response

SERVICE = "execute-api"
_COGNITO = "cognito-identity."


@dataclass(frozen=True, slots=True)
class IamAuthorizer:
    """The authorization ``AWS_IAM`` of an API: who signs a request must be allowed ``execute-api:Invoke``."""

    def authorize(self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache) -> Response | None:  # noqa: ARG002 - those of tokens
        signed = callers.signature(exchange.request)
        if signed is None or signed.service != SERVICE:
            wrong = "it is not signed" if signed is None else f"it is signed for {signed.service}"
            exchange.explain(f"{exchange.route} asks for a request that is signed for {SERVICE}: {wrong}")
            return texts.answer(403, texts.FORBIDDEN)
        try:
            caller = callers.authorization_of(exchange, signed, SERVICE)
        except AWSError as error:
            exchange.explain(f"{exchange.route} refused the credentials: {error.message}")
            return texts.answer(403, texts.FORBIDDEN)
        wanted = stage.invoke(exchange, exchange.request.method, exchange.path)
        if not (caller.is_developer or callers.decide(exchange, caller, [wanted])):
            return texts.answer(403, texts.FORBIDDEN)
        exchange.authorizer = {"iam": _identity(signed.signer.access_key, caller)}
        return None


def _identity(access_key: str | None, caller: sts.Authorization) -> dict[str, Any]:
    principal = caller.principal
    return {
        "accessKey": access_key,
        "accountId": principal.account,
        "callerId": principal.user_id,
        "cognitoIdentity": _cognito_identity(caller),
        "principalOrgId": None,
        "userArn": principal.arn,
        "userId": principal.user_id,
    }


def _cognito_identity(caller: sts.Authorization) -> dict[str, Any] | None:
    """The identity of an identity pool that has the credentials; None for credentials of others."""
    known = {name.partition(":")[2]: value for name, value in caller.keys.items() if name.startswith(_COGNITO)}
    if "sub" not in known:
        return None
    amr = known.get("amr", ())
    return {
        "amr": [amr] if isinstance(amr, str) else list(amr),
        "identityId": known["sub"],
        "identityPoolId": known.get("aud"),
    }
