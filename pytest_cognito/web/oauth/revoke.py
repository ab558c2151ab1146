"""``/oauth2/revoke``: the end of a refresh token and of the tokens of its sign-in."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.oauth import client_documents, responses


def _revoke(context: RequestContext) -> Response:
    """An empty answer, for a token that is not there as well."""
    sent = responses.parameters(context)
    given = responses.credentials(context, sent)
    client_documents.fetch(context, given.client_id)
    try:
        context.step(cognito_idp.revoke_refresh_token, context.domain, given, sent.get("token"))
    except AWSError as error:
        return responses.refused(context, error)
    return Response(200)


revoke = responses.endpoint("POST", _revoke)
