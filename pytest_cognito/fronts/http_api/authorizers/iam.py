"""IAM as an authorizer: requests signed with AWS's Signature Version 4, and what the signer's policies allow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pytest_cognito import sts
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.api_gateway import identities
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.http_api import texts
from pytest_cognito.http.messages import Response

SERVICE = "execute-api"


@dataclass(frozen=True, slots=True)
class IamAuthorizer:
    """The authorization ``AWS_IAM`` of an API: who signs a request must be allowed ``execute-api:Invoke``."""

    def authorize(
        self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]
    ) -> Response | None:
        signed = callers.signature(exchange.request)
        wrong = callers.misdirected(signed, SERVICE, stage.region)
        if signed is None or wrong:
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
        key, identity = signed.signer.access_key, callers.identity_of(caller)
        exchange.authorizer = {"iam": _told(key, caller, identity)}
        exchange.identity |= identities.of_signer(caller, key)
        exchange.identity["cognitoAmr"] = None if identity is None else list(identity.methods)
        return None


def _told(
    access_key: str | None, caller: sts.Authorization, identity: callers.SigningIdentity | None
) -> dict[str, Any]:
    """What the format 2.0 says of the caller."""
    principal, cognito = caller.principal, None
    if identity is not None:
        cognito = {"amr": list(identity.methods), "identityId": identity.id, "identityPoolId": identity.pool_id}
    return {
        "accessKey": access_key,
        "accountId": principal.account,
        "callerId": principal.user_id,
        "cognitoIdentity": cognito,
        "principalOrgId": None,
        "userArn": principal.arn,
        "userId": principal.user_id,
    }
