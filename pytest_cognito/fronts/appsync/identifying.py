"""Which mode a request is of, and whether its caller may make requests of it at all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito import iam
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.federation.unverified import unverified_claims
from pytest_cognito.fronts import callers, tokens
from pytest_cognito.fronts.appsync import identities, texts
from pytest_cognito.fronts.appsync.identities import Caller
from pytest_cognito.fronts.appsync.lambda_authorizer import authorize
from pytest_cognito.fronts.appsync.modes import IAM, ApiKeys, LambdaAuthorizer, Mode, OpenIDConnect, UserPools
from pytest_cognito.fronts.appsync.requests import GraphQLRequest
from pytest_cognito.fronts.exchange import Exchange
from pytest_cognito.fronts.tokens import Reason, Refused, Verified

if TYPE_CHECKING:
    from pytest_cognito.fronts.appsync.api import GraphQLApi

_SIGNED = "AWS4-"
_TEXTS = {
    Reason.MISSING: texts.NO_AUTHORIZATION,
    Reason.MALFORMED: texts.TOKEN_UNREADABLE,
    Reason.EXPIRED: texts.TOKEN_EXPIRED,
    Reason.ISSUER: texts.TOKEN_OF_ANOTHER_ISSUER,
}


def identify(exchange: Exchange, api: GraphQLApi, asked: GraphQLRequest) -> Caller:
    """Who makes a request. Raises AppSync's error for somebody who may make none."""
    mode, why = _mode(exchange, api.modes)
    if mode is None:
        exchange.explain(f"no mode of {api}: {why}")
        raise texts.NO_AUTHORIZATION()
    exchange.explain(f"authorized by {mode.name}: {why}")
    match mode:
        case UserPools():
            return _user(exchange, api, mode)
        case OpenIDConnect():
            return _openid(exchange, api, mode)
        case IAM():
            return _signer(exchange, api)
        case LambdaAuthorizer():
            return authorize(exchange, api, mode, asked)
        case ApiKeys():
            return _key(exchange, api)


def _mode(exchange: Exchange, modes: Sequence[Mode]) -> tuple[Mode | None, str]:
    """The mode that a request is of, and why; no mode if it is of none that the API has."""
    headers = exchange.request.headers
    value, by_name = headers.get("authorization", ""), {mode.name: mode for mode in modes}
    if "x-api-key" in headers and ApiKeys.name in by_name:
        return by_name[ApiKeys.name], "there is an x-api-key"
    if not value or by_name.keys() == {ApiKeys.name}:
        return None, f"there is no {'Authorization header' if value == '' else 'x-api-key'}{_unused_key(headers)}"
    if len(modes) == 1:
        return modes[0], "it is the only one"
    if value.startswith(_SIGNED):
        return by_name.get(IAM.name), "the request is signed"
    return _of_token(modes, by_name, value)


def _of_token(modes: Sequence[Mode], by_name: Mapping[str, Mode], value: str) -> tuple[Mode | None, str]:
    """The mode of what is no signature: the pool or the provider that the token names, or a Lambda authorizer."""
    claims = unverified_claims(value) if " " not in value else None
    issuer = claims.get("iss") if claims else None
    for mode in modes:
        if claims and isinstance(mode, UserPools | OpenIDConnect) and mode.issuer == issuer:
            return mode, f"the token is of {issuer}"
    if LambdaAuthorizer.name in by_name:
        return by_name[LambdaAuthorizer.name], "the Authorization header is no signature, and no token of another mode"
    return None, f"the Authorization header is {'a token of ' + str(issuer) if claims else 'not a token'}{_hint(value)}"


def _unused_key(headers: Mapping[str, str]) -> str:
    return ", and API_KEY is none of its modes" if "x-api-key" in headers else ""


def _hint(value: str) -> str:
    """What to do about a mistake that most make once."""
    is_bearer = value[:7].lower() == "bearer "
    return "; AppSync takes the token alone: leave out 'Bearer'" if is_bearer else ""


def _verify(exchange: Exchange, api: GraphQLApi, mode: UserPools | OpenIDConnect) -> Verified:
    """The token of a request. AppSync takes it as it is, without ``Bearer``."""
    value = exchange.request.headers.get("authorization", "").strip()
    # An API whose only mode this is takes what the provider has signed, whatever issuer it names.
    check_issuer = isinstance(mode, UserPools) or len(api.modes) > 1
    try:
        return tokens.verify(exchange, value, mode.issuer, check_issuer=check_issuer)
    except Refused as refused:
        exchange.explain(f"the token is refused: {refused}{_hint(value)}")
        raise _TEXTS.get(refused.reason, texts.TOKEN_NOT_VERIFIED)() from None


def _user(exchange: Exchange, api: GraphQLApi, mode: UserPools) -> Caller:
    verified = _verify(exchange, api, mode)
    claims = verified.claims
    if verified.use not in ("id", "access"):
        exchange.explain("the token is refused: its token_use is neither id nor access")
        raise texts.TOKEN_OF_ANOTHER_USE()
    _check_client(exchange, mode.client_regex, [claims.get("client_id"), claims.get("aud")])
    groups = claims.get("cognito:groups")
    identity = identities.of_user(exchange.request, mode, api.default_action, verified)
    return Caller(mode, identity, tuple(groups) if isinstance(groups, list) else ())


def _openid(exchange: Exchange, api: GraphQLApi, mode: OpenIDConnect) -> Caller:
    verified = _verify(exchange, api, mode)
    claims = verified.claims
    audience = claims.get("aud")
    _check_client(
        exchange, mode.client_regex, [*(audience if isinstance(audience, list) else [audience]), claims.get("azp")]
    )
    _check_age(exchange, "issued", claims.get("iat"), mode.issued_ttl)
    _check_age(exchange, "authenticated", claims.get("auth_time"), mode.authenticated_ttl)
    return Caller(mode, identities.of_openid(verified))


def _check_client(exchange: Exchange, regex: str | None, clients: Sequence[Any]) -> None:
    if regex is None:
        return
    named = [client for client in clients if isinstance(client, str)]
    if not any(re.fullmatch(regex, client) for client in named):
        exchange.explain(f"the token is refused: its client {', '.join(named) or '(none)'} does not match {regex}")
        raise texts.TOKEN_OF_ANOTHER_CLIENT()


def _check_age(exchange: Exchange, what: str, since: Any, ttl: int | None) -> None:
    """Refuse what is older than its milliseconds. A token that does not say how old it is is too old."""
    if not ttl:
        return
    known = isinstance(since, int | float)
    if not known or exchange.now.timestamp() * 1000 > since * 1000 + ttl:
        age = f"{exchange.now.timestamp() - since:.0f} s ago" if known else "at a time that it does not say"
        exchange.explain(f"the token is refused: it was {what} {age}, and is good for {ttl} ms")
        raise texts.TOKEN_EXPIRED()


def _signer(exchange: Exchange, api: GraphQLApi) -> Caller:
    """Who signed a request, and what their policies say of the fields that they ask for."""
    signed = callers.signature(exchange.request)
    if signed is None:
        raise texts.SIGNATURE_INCOMPLETE(value=exchange.request.headers.get("authorization", ""))
    if signed.service != "appsync":
        raise texts.WRONG_SERVICE()
    if signed.region is not None and signed.region != api.region:
        raise texts.WRONG_REGION()
    exchange.call.caller = signed.signer
    try:
        authorization = callers.authorization_of(exchange, signed, "appsync")
    except AWSError as error:
        raise AWSError(error.code, error.message, status=403) from None
    account = exchange.world.account_id

    def may(kind: str, name: str) -> bool:
        wanted = iam.query_graphql(api.id, [(kind, name)], region=api.region, account=account)
        decision = callers.decide(exchange, authorization, wanted)
        return decision is None or bool(decision)

    return Caller(IAM(), identities.of_signer(exchange.request, authorization), may=may)


def _key(exchange: Exchange, api: GraphQLApi) -> Caller:
    key = exchange.request.headers.get("x-api-key", "")
    expires = api.keys.get(key)
    if expires is None or expires <= exchange.now:
        why = "there is no such key" if expires is None else f"the key has expired at {expires:%Y-%m-%dT%H:%M:%SZ}"
        exchange.explain(f"refused: {why}")
        raise texts.NOT_AUTHORIZED()
    return Caller(ApiKeys(), None)
