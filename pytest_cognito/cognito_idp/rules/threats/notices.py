"""The notification messages of threat protection: their templates and placeholders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pytest_cognito.cognito_idp.records import AuthEvent, Domain

BLOCKED = "BlockEmail"
ALLOWED = "NoActionEmail"
CHALLENGED = "MfaEmail"
PAGE = "/eventFeedback"
"""The page on a pool's domain that the one-click links lead to. AWS's own path is not known."""
PARAMETERS = ("client_id", "user_name", "event_id", "feedback_token", "feedback_value")
"""The parameters of that page."""
_LINKS = {"{one-click-link-valid}": "Valid", "{one-click-link-invalid}": "Invalid"}
_DETAILS = """
Time: {login-time}
Device: {device-name}
Location: {city}, {country}
If this sign-in was not by you, you should change your password and notify us by clicking on {one-click-link-invalid}
If this sign-in was by you, you can follow {one-click-link-valid} to let us know"""


class Notice(NamedTuple):
    """A template, or a message whose placeholders are filled."""

    subject: str
    body: str


_DEFAULTS = {
    BLOCKED: Notice(
        "Blocked sign-in attempt",
        f"We blocked an unrecognized sign-in to your account with this information:{_DETAILS}",
    ),
    ALLOWED: Notice(
        "New sign-in attempt", f"We observed an unrecognized sign-in to your account with this information:{_DETAILS}"
    ),
    CHALLENGED: Notice(
        "New sign-in attempt",
        f"We required you to use multi-factor authentication for the following sign-in attempt:{_DETAILS}",
    ),
}


def template(configuration: Mapping[str, Any], kind: str) -> Notice:
    """The template for a kind of message, in HTML if there is one, else in plain text; AWS's own by default."""
    given, default = configuration.get(kind), _DEFAULTS[kind]
    if given is None:
        return default
    return Notice(given["Subject"], given.get("HtmlBody") or given.get("TextBody") or default.body)


def fill(notice: Notice, event: AuthEvent, domains: Iterable[Domain]) -> Notice:
    """Fill the placeholders. Those of one-click links stay if the pool has no domain for the links."""
    values = {
        "{username}": event.username,
        "{ip-address}": event.ip,
        "{city}": event.city or "",
        "{country}": event.country or "",
        "{login-time}": f"{event.created:%a %b %d %H:%M:%S UTC %Y}",
        "{device-name}": event.device,
        "{event-id}": event.id,
        "{feedback-token}": event.feedback_token or "",
        **_links(event, domains),
    }
    subject, body = notice
    for placeholder, value in values.items():
        subject, body = subject.replace(placeholder, value), body.replace(placeholder, value)
    return Notice(subject, body)


def _links(event: AuthEvent, domains: Iterable[Domain]) -> dict[str, str]:
    domain = max(domains, key=lambda domain: domain.custom, default=None)
    if domain is None:
        return {}
    values = (event.client_id, event.username, event.id, event.feedback_token)
    return {
        placeholder: f"https://{domain.host}{PAGE}?{urlencode(dict(zip(PARAMETERS, (*values, value), strict=True)))}"
        for placeholder, value in _LINKS.items()
    }
