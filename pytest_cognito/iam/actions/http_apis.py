"""Calls of APIs that applications make themselves, over HTTP: those behind API Gateway, and GraphQL of AppSync."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from pytest_cognito.aws.arn import arn
from pytest_cognito.iam.actions.wanted import Wanted
from pytest_cognito.iam.policies.requests import Keys


def invoke_api(
    api: str, stage: str, method: str, path: str, *, region: str, account: str, keys: Keys | None = None
) -> Wanted:
    """What a request to an API behind API Gateway wants: ``execute-api:Invoke`` on its stage, method and path.

    ``arn:aws:execute-api:us-east-1:123456789012:a1b2c3/prod/GET/notes/1``.
    """
    resource = f"{api}/{stage}/{method.upper()}/{unquote(path).removeprefix('/')}"
    return Wanted("execute-api:Invoke", arn("execute-api", region, account, resource), keys or {})


def query_graphql(
    api: str, fields: Iterable[tuple[str, str]], *, region: str, account: str, keys: Keys | None = None
) -> tuple[Wanted, ...]:
    """What a GraphQL request wants: ``appsync:GraphQL`` on each top-level field, given with its type.

    ``("Query", "notes")``: ``arn:aws:appsync:us-east-1:123456789012:apis/a1b2c3/types/Query/fields/notes``.
    """
    return tuple(
        Wanted(
            "appsync:GraphQL",
            arn("appsync", region, account, f"apis/{api}/types/{kind}/fields/{name}"),
            keys or {},
        )
        for kind, name in fields
    )
