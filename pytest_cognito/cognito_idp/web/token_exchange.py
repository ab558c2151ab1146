"""The token endpoint's grant of token exchange (RFC 8693), by the rules of GetDerivedToken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.flows.authorization import exchanges
from pytest_cognito.cognito_idp.flows.authorization.exchanges import Exchange, Token
from pytest_cognito.cognito_idp.flows.tokens import derived_tokens
from pytest_cognito.cognito_idp.records import AppClient, UserPool
from pytest_cognito.world import Context

GRANT_TYPE = "urn:ietf:params:oauth:grant-type:token-exchange"
_URN = "urn:ietf:params:oauth:token-type:"
_TYPES = {
    f"{_URN}access_token": derived_tokens.ACCESS,
    f"{_URN}id_token": derived_tokens.ID,
    f"{_URN}saml2": "SAML2",
}
_NAMES = {value: urn for urn, value in _TYPES.items()}
_OF_USERS = frozenset({"NotAuthorizedException", "UserNotFoundException", "InvalidParameterException"})


def exchange(context: Context, pool: UserPool, client: AppClient, parameters: Mapping[str, str]) -> dict[str, Any]:
    """Exchange ``subject_token``. What is wrong with it, or with the actor's, is an ``invalid_request``."""
    requested = _type(parameters, "requested_token_type") or derived_tokens.ACCESS
    subject = Token(parameters.get("subject_token") or None, _type(parameters, "subject_token_type"))
    if subject.token is None or subject.type is None or requested not in exchanges.TOKEN_TYPES:
        raise errors.TOKEN_REQUEST_INVALID()
    request = Exchange(
        subject=subject,
        actor=Token(parameters.get("actor_token") or None, _type(parameters, "actor_token_type")),
        token_type=requested,
        scopes=(parameters.get("scope") or "").split(),
        audiences=_values(parameters, "audience"),
        resources=_values(parameters, "resource"),
    )
    try:
        issued = exchanges.exchange(context, pool, client, request)
    except AWSError as error:
        raise _refusal(error) from error
    return {
        "access_token": issued.token,
        "issued_token_type": _NAMES[requested],
        "token_type": exchanges.TOKEN_TYPES[requested],
        "expires_in": issued.expires_in,
        **({"scope": " ".join(issued.scopes)} if issued.scopes else {}),
    }


def _refusal(error: AWSError) -> AWSError:
    """The error of OAuth 2.0 for one of the API."""
    if error.kind is errors.FLOW_NOT_ENABLED_FOR_CLIENT:
        return errors.GRANT_TYPE_NOT_ALLOWED()
    if error.kind is errors.EXCHANGE_NOT_IN_TIER:
        return errors.GRANT_TYPE_UNSUPPORTED()
    if error.kind is errors.RESOURCE_SERVER_NOT_FOUND:
        return errors.EXCHANGE_TARGET_INVALID(message=error.message)
    return errors.EXCHANGE_REFUSED(message=error.message) if error.code in _OF_USERS else error


def _type(parameters: Mapping[str, str], name: str) -> str | None:
    """A type of token under the API's name; None for one that was not sent."""
    sent = parameters.get(name)
    if not sent:
        return None
    if sent not in _TYPES:
        raise errors.TOKEN_REQUEST_INVALID()
    return _TYPES[sent]


def _values(parameters: Mapping[str, str], name: str) -> tuple[str, ...]:
    return (parameters[name],) if parameters.get(name) else ()
