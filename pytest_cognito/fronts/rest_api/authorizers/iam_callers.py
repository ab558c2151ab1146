"""``AWS_IAM``: requests that are signed by Signature Version 4."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.api_gateway import identities
from pytest_cognito.fronts.cache import Cache
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.rest_api import resource_policies, texts
from pytest_cognito.fronts.rest_api.stages import Stage
from pytest_cognito.http.messages import Request

_SERVICE = "execute-api"


@dataclass(frozen=True, slots=True)
class IamAuthorizer:
    """``AWS_IAM``: the request is signed for ``execute-api``, and policies allow ``execute-api:Invoke`` to who did it.

    The signature itself is not verified. Credentials that the world has not issued are the developer's, who may do
    everything.
    """

    def authorize(self, exchange: Exchange, stage: Stage, scopes: tuple[str, ...], cache: Cache[Any]) -> None:
        signed = callers.signature(exchange.request)
        if signed is None:
            exchange.explain("AWS_IAM: the request is not signed by Signature Version 4")
            raise unsigned(exchange.request)
        if signed.service != _SERVICE:
            exchange.explain(f"AWS_IAM: the request is signed for {signed.service}")
            raise texts.WRONG_SERVICE()
        if signed.region not in (stage.region, None):
            exchange.explain(f"AWS_IAM: the request is signed for {signed.region}, the API is in {stage.region}")
            raise texts.WRONG_REGION(region=signed.region)
        try:
            who = callers.authorization_of(exchange, signed, _SERVICE)
        except AWSError as error:
            exchange.explain(f"AWS_IAM: {error.message}")
            is_expired = error.code.startswith("Expired")
            raise (texts.CREDENTIALS_EXPIRED() if is_expired else texts.CREDENTIALS_INVALID()) from None
        exchange.identity |= identities.of_signer(who, signed.signer.access_key)
        resource_policies.decide(exchange, stage, who)
        exchange.explain(f"AWS_IAM let {who.principal.arn} pass")


def unsigned(request: Request) -> texts.Refusal:
    """The refusal of a request that is not signed: an ``Authorization`` header is read as a signature."""
    header = request.headers.get("authorization")
    if header is None:
        return texts.MISSING_TOKEN()
    _, space, pairs = header.strip().partition(" ")
    digest = base64.b64encode(hashlib.sha256((pairs or header).encode()).digest()).decode()
    return texts.NO_PAIRS(digest=digest) if space and "=" not in pairs else texts.NO_PARAMETERS(digest=digest)
