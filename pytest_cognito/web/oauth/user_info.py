"""``/oauth2/userInfo``: the attributes of the user of an access token."""

from __future__ import annotations

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.http.messages import Response
from pytest_cognito.web import errors
from pytest_cognito.web.context import RequestContext
from pytest_cognito.web.oauth import responses


def _user_info(context: RequestContext) -> Response:
    """The attributes. What is wrong is said in ``WWW-Authenticate`` too, without the word ``Bearer``, as at AWS."""
    scheme, _, access_token = context.request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not access_token.strip():
        return _refused(context, errors.USER_INFO_REQUEST_INVALID())
    context.call.parameters = {**context.query, "access_token": access_token.strip()}
    try:
        return responses.as_json(context.step(cognito_idp.user_info, context.domain, access_token.strip()))
    except AWSError as error:
        return _refused(context, error)


def _refused(context: RequestContext, error: AWSError) -> Response:
    response = responses.refused(context, error)
    said = f'error="{error.code}", error_description="{error.message}"'
    response.add_headers([("WWW-Authenticate", said)])
    return response


user_info = responses.endpoint("GET,POST", _user_info)
