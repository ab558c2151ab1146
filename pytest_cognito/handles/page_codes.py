"""The codes that users enter on a page: those that were sent to them, and those of their software tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pytest_cognito import cognito_idp
from pytest_cognito.aws.errors import AWSError
from pytest_cognito.cognito_idp import authorization
from pytest_cognito.handles.form import Control
from pytest_cognito.http.messages import form
from pytest_cognito.kernel import totp
from pytest_cognito.kernel.errors import UsageError
from pytest_cognito.web.visit import STATE_COOKIE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_cognito.handles.page import Page
    from pytest_cognito.kernel.outbox import Message

_SOFTWARE_TOKEN = "SOFTWARE_TOKEN_MFA"
_SECRET_IN_URI = re.compile(r"otpauth://totp/[^\"'<>]*?[?&](?:amp;)?secret=([A-Z2-7]+)")


def expected(page: Page, field: Control) -> str:
    """The code that is right for a field: of the user's software token, or else the one that was sent last to them."""
    secret = new_secret(page)
    if secret is not None:
        return _of_software_token(page, secret, ())
    username, user = _username(page), user_of(page)
    if user is not None and user.mfa.secret is not None and _asks_for_software_token(page, field):
        return _of_software_token(page, user.mfa.secret, user.mfa.used)
    code = next((message.code for message in _messages(page, username) if message.code is not None), None)
    if code is None:
        raise page.unfit(f"asks {username} for a code, and none was sent to them: give it by code=…")
    return code


def new_secret(page: Page) -> str | None:
    """The secret of a software token that is set up on the page."""
    found = _SECRET_IN_URI.search(page.html)
    return None if found is None else found[1]


def link_sent(page: Page) -> str | None:
    """The confirmation link that was sent last to the user."""
    return next((message.link for message in _messages(page, _username(page)) if message.link is not None), None)


def user_of(page: Page) -> cognito_idp.User | None:
    """The user of the page, as far as it or the browser knows them."""
    pool, username = page.browser.pool_at(page.url), _known_username(page)
    return None if pool is None or username is None else pool.find_user(username)


def _username(page: Page) -> str:
    username = _known_username(page)
    if username is None:
        raise UsageError("this browser does not know whose code it is to enter: give it by code=…")
    return username


def _known_username(page: Page) -> str | None:
    hidden = next((found for form in page.forms if (found := form.hidden("username")) is not None), None)
    if hidden is not None and hidden.value:
        return hidden.value
    state = _waiting(page)
    return page.browser.username if state is None else state.username


def _asks_for_software_token(page: Page, field: Control) -> bool:
    state = _waiting(page)
    if state is not None and state.challenge:
        return state.challenge == _SOFTWARE_TOKEN
    return "totp" in f"{field.id} {field.name}".lower()


def _waiting(page: Page) -> cognito_idp.PageState | None:
    """The sign-in that waits for this browser: the fields of all codes look alike, and users know what they have."""
    browser, token = page.browser, page.browser.cookies.get(STATE_COOKIE)
    domain = browser.domain_at(page.url)
    if token is None or domain is None:
        return None
    query = dict(reversed(form(urlsplit(page.url).query)))
    with browser.world.handle_step("browser", domain.region) as context:
        try:
            found = authorization.client_of_request(context, domain, query)
            return authorization.waiting_sign_in(context, found, token)
        except AWSError:
            return None


def _of_software_token(page: Page, secret: str, used: tuple[int, ...]) -> str:
    code = totp.unused_code(secret, used, page.browser.world.clock.now().timestamp())
    if code is None:
        raise UsageError(
            "every code of the software token that is good now has been used, and each is good once: move the clock "
            "with cognito.clock.advance(seconds=30)"
        )
    return code


def _messages(page: Page, username: str) -> Iterator[Message]:
    """The messages with a code or a link that were sent to a user, newest first."""
    pool, user = page.browser.pool_at(page.url), user_of(page)
    names = {username} if user is None else {username, user.username}
    for message in reversed(list(page.browser.world.outbox)):
        mine = pool is not None and message.pool_id == pool.id and (message.username in names or message.to in names)
        if mine and not message.invites:
            yield message
