"""``/oauth2/register``: dynamic client registration (RFC 7591)."""

from __future__ import annotations

import json

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.oauth import responses


def register(context: RequestContext) -> Response:
    """201 with the app client that was registered by the metadata in the body, a JSON object."""
    try:
        metadata = json.loads(context.request.body)
    except (ValueError, RecursionError):
        metadata = None
    if not isinstance(metadata, dict):
        return responses.refused(context, errors.CLIENT_METADATA_MALFORMED())
    scheme, _, token = context.request.headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else None
    try:
        answer = context.step(cognito_idp.register_client, context.domain, given or None, metadata)
    except AWSError as error:
        return responses.refused(context, error)
    return responses.as_json(answer, 201)
