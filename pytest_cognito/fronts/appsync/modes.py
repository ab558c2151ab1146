"""The authorization modes of a GraphQL API, under AppSync's names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from pytest_cognito.kernel.functions import Function

Action = Literal["ALLOW", "DENY"]


@dataclass(frozen=True, slots=True)
class UserPools:
    """Tokens of a user pool, named by its issuer, of app clients whose id ``client_regex`` matches.

    ``default_action`` is what its users may do with fields that say nothing about it; only the first mode has one.
    """

    name: ClassVar[str] = "AMAZON_COGNITO_USER_POOLS"
    directive: ClassVar[str] = "aws_cognito_user_pools"

    issuer: str
    default_action: Action = "ALLOW"
    client_regex: str | None = None


@dataclass(frozen=True, slots=True)
class IAM:
    """Requests that are signed with AWS's Signature Version 4."""

    name: ClassVar[str] = "AWS_IAM"
    directive: ClassVar[str] = "aws_iam"


@dataclass(frozen=True, slots=True)
class OpenIDConnect:
    """Tokens of an issuer of OpenID Connect, for clients whose id ``client_regex`` matches.

    ``issued_ttl`` and ``authenticated_ttl`` are how long a token is good for after it was issued, and after its user
    signed in, in milliseconds.
    """

    name: ClassVar[str] = "OPENID_CONNECT"
    directive: ClassVar[str] = "aws_oidc"

    issuer: str
    client_regex: str | None = None
    issued_ttl: int | None = None
    authenticated_ttl: int | None = None


@dataclass(frozen=True, slots=True)
class LambdaAuthorizer:
    """A function that judges what the ``Authorization`` header has, if ``token_regex`` matches it.

    What it returns is good for ``ttl`` seconds, unless it says otherwise.
    """

    name: ClassVar[str] = "AWS_LAMBDA"
    directive: ClassVar[str] = "aws_lambda"

    function: str | Function
    ttl: int = 0
    token_regex: str | None = None


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """Keys in the header ``x-api-key``. The API has them, each with the time at which it expires."""

    name: ClassVar[str] = "API_KEY"
    directive: ClassVar[str] = "aws_api_key"


Mode = UserPools | IAM | OpenIDConnect | LambdaAuthorizer | ApiKeys

BY_DIRECTIVE: Mapping[str, str] = {
    mode.directive: mode.name for mode in (UserPools, IAM, OpenIDConnect, LambdaAuthorizer, ApiKeys)
}
"""The names of modes by those of their directives."""
