"""``/oauth2/token``: tokens for a grant."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.oauth import client_documents, responses


def _token(context: RequestContext) -> Response:
    """The answer of the token endpoint. Parameters may be in the body or in the query string."""
    sent = responses.parameters(context)
    given = responses.credentials(context, sent)
    client_documents.fetch(context, given.client_id)
    try:
        return responses.as_json(context.step(cognito_idp.token, context.domain, given, sent))
    except AWSError as error:
        return responses.refused(context, error)


token = responses.endpoint("POST", _token)
