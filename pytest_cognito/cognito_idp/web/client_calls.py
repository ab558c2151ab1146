"""Calls of the API that a page makes for its app client: the same checks, triggers and messages as an application's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore import xform_name

from pytest_cognito.aws import operation, validation
from pytest_cognito.cognito_idp.rules.clients.secret_hash import compute_secret_hash
from pytest_cognito.cognito_idp.web.authorization import ClientOfRequest
from pytest_cognito.world import Context

_SERVICE = "cognito-idp"


def call(
    context: Context, found: ClientOfRequest, name: str, username: str, context_data: Mapping[str, Any], **members: Any
) -> dict[str, Any]:
    """Run an operation on a user for the app client, as part of the step of a page, and return its result.

    ``members`` are further members of the request by AWS's names. A client with a secret gets its SECRET_HASH: the user
    is not asked for it.
    """
    client, request = found.client, {"ClientId": found.client.id, "Username": username, **members}
    if client.secrets:
        request["SecretHash"] = compute_secret_hash(client.secrets[0].value, username, client.id)
    if context_data:
        request["UserContextData"] = dict(context_data)
    validation.validator(_SERVICE, name)(request)
    registered = operation.find(_SERVICE, xform_name(name))
    if registered is None:
        raise LookupError(f"{name} is no operation of {_SERVICE}")
    return registered.function(context, **{xform_name(member): value for member, value in request.items()})
