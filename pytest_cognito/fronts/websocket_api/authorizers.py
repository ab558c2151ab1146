"""Who may connect to a WebSocket API: what a Lambda function says, or IAM."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pytest_cognito import iam
from pytest_cognito.aws.arn import arn
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.fronts import callers
from pytest_cognito.fronts.api_gateway import authorizer_policies, function_authorizers, identities, identity_sources
from pytest_cognito.fronts.api_gateway.granted import Granted, Malformed
from pytest_cognito.fronts.api_gateway.stages import Stage
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.targets import functions
from pytest_cognito.fronts.websocket_api import events, texts
from pytest_cognito.fronts.websocket_api.connection import WebSocketConnection
from pytest_cognito.http.messages import Response
from pytest_cognito.kernel.functions import Function
from pytest_cognito.lambda_functions.failures import Failure

CONNECT = "$connect"
SERVICE = "execute-api"
_LIMIT = dt.timedelta(seconds=10)


def wanted(exchange: Exchange, stage: Stage, what: str, action: str = "execute-api:Invoke") -> iam.Wanted:
    """What a client or the application wants to do with the API, as policies name it: ``…/prod/$connect``."""
    account = exchange.world.account_id
    return iam.Wanted(action, arn(SERVICE, stage.region, account, f"{stage.api_id}/{stage.name}/{what}"), {})


@dataclass(frozen=True, slots=True)
class WebSocketAuthorizer:
    """The Lambda authorizer of a WebSocket API, of the type ``REQUEST``: a function that returns a policy.

    It is asked once, for ``$connect``. Without one of the ``identity_sources``, ``route.request.header.Authorization``,
    ``route.request.querystring.token``, ``context.…`` or ``stageVariables.…``, a client is refused with 401 before it.
    """

    function: str | Function
    identity_sources: Sequence[str] = ()

    def __post_init__(self) -> None:
        function_authorizers.check(self.function, identity_sources=self.identity_sources)
        identity_sources.check(self.identity_sources, identity_sources.WEBSOCKET)

    def authorize(self, exchange: Exchange, stage: Stage, connection: WebSocketConnection) -> Response | None:
        """The refusal of a connection; None if it may be made."""
        request = events.of_handshake(stage, exchange, connection)
        for source in self.identity_sources:
            if identity_sources.value_of(source, exchange, request["requestContext"], stage.variables) is None:
                exchange.explain(f"the Lambda authorizer was not asked: there is no {source}")
                return texts.answer(exchange, connection.id, 401, texts.UNAUTHORIZED)
        del request["isBase64Encoded"]
        want = wanted(exchange, stage, CONNECT)
        event = {"type": "REQUEST", "methodArn": want.resource, **request}
        try:
            granted = Granted.of(functions.invoke(exchange, self.function, f"{CONNECT} (authorizer)", event, _LIMIT))
        except Failure as failure:
            exchange.explain(f"the Lambda authorizer has failed: {failure.reason}")
            refused = failure.reason == texts.UNAUTHORIZED
            message = texts.UNAUTHORIZED if refused else texts.INTERNAL_ERROR
            return texts.answer(exchange, connection.id, 401 if refused else 500, message)
        except Malformed as malformed:
            exchange.explain(f"the Lambda authorizer returned no answer: {malformed}")
            return texts.answer(exchange, connection.id, 500, texts.INTERNAL_ERROR)
        if not authorizer_policies.decide(exchange, granted.policy, granted.principal_id, want):
            return texts.answer(exchange, connection.id, 403, texts.DENIED)
        connection.authorizer = {**granted.context, "principalId": granted.principal_id, "integrationLatency": 0}
        return None


@dataclass(frozen=True, slots=True)
class WebSocketIam:
    """``AWS_IAM``: who signs the handshake must be allowed ``execute-api:Invoke`` on ``$connect``."""

    def authorize(self, exchange: Exchange, stage: Stage, connection: WebSocketConnection) -> Response | None:
        """See `WebSocketAuthorizer`."""
        signed = callers.signature(exchange.request)
        wrong = callers.misdirected(signed, SERVICE, stage.region)
        if signed is None or wrong:
            exchange.explain(f"$connect asks for a request that is signed for {SERVICE}: {wrong}")
            return texts.answer(exchange, connection.id, 403, texts.FORBIDDEN)
        try:
            caller = callers.authorization_of(exchange, signed, SERVICE)
        except AWSError as error:
            exchange.explain(f"$connect refused the credentials: {error.message}")
            return texts.answer(exchange, connection.id, 403, texts.FORBIDDEN)
        if not (caller.is_developer or callers.decide(exchange, caller, [wanted(exchange, stage, CONNECT)])):
            return texts.answer(exchange, connection.id, 403, texts.FORBIDDEN)
        connection.identity = identities.of_signer(caller, signed.signer.access_key)
        return None
