"""Authorization requests of users who are signed in, without a browser."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import authorization
from pytest_cognito.handles import arguments
from pytest_cognito.handles.browser import Browser
from pytest_cognito.handles.redirect import Redirect
from pytest_cognito.http.messages import form
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.web.visit import error_location

if TYPE_CHECKING:
    from pytest_cognito.handles.user import User

_PATHS = ("/authorize", "/login")


def authorize(user: User, url: str, methods: Sequence[str] | None) -> Redirect:
    """See `User.authorize`."""
    arguments.check_text("url", url, "that to which the application redirects its users")
    if methods is not None:
        arguments.check_texts("methods", methods)
    world, pool = user.pool.world, user.pool
    domain = Browser(world).domain_at(url)
    if domain is None or domain.pool_id != pool.id or not urlsplit(url).path.endswith(_PATHS):
        raise UsageError(
            f"{url.partition('?')[0]} is no address of an authorization request at a domain of the user pool "
            f"{pool.id}, such as https://{domain.host if domain else '<domain>'}/oauth2/authorize"
        )
    query: dict[str, str] = {}
    for name, value in form(urlsplit(url).query):
        query.setdefault(name, value)
    failed: AWSError | None = None
    with world.request_step("GET /oauth2/authorize", query, domain.region) as context:
        found = authorization.client_of_request(context, domain, query)
        try:
            location = authorization.authorize_user(
                context, domain, query, user.username, None if methods is None else tuple(methods)
            )
        except AWSError as error:
            if error.kind is cognito_idp.LOGIN_OPTION_NOT_AVAILABLE:  # a page says so, and not the application
                raise
            context.roll_back()
            failed = error
            location = error_location(found.redirect_uri, error, query.get("state"))
        context.call.result = {"location": location}
    if failed is not None:  # explaining it is a step of its own
        world.calls.failed(context.call, failed)
    return Redirect(302, location, pool)
