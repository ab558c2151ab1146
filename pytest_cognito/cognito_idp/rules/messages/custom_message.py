"""The response of the CustomMessage trigger: which texts are allowed, and what they replace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.aws.patterns import matcher
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.messages.templates import CODE, CODE_EMAIL_PATTERN, USERNAME, Template

_MAX_LENGTH = {"smsMessage": 140, "emailMessage": 20_000, "emailSubject": 140}
_TEXT = {"SMS": "smsMessage", "EMAIL": "emailMessage"}
_PATH_AND_PATTERN = {
    "EMAIL": ("emailBody", CODE_EMAIL_PATTERN),
    "SMS": ("smsMessage", r".*\{####\}.*"),  # the path that AWS's message names is not known
}


def check_form(response: Mapping[str, Any]) -> None:
    """Raise if a text in the response is none, or is too long."""
    for member, max_length in _MAX_LENGTH.items():
        text = response.get(member)
        if text is not None and (not isinstance(text, str) or len(text) > max_length):
            raise errors.TRIGGER_OUTPUT_UNKNOWN()


def invitation(template: Template, medium: str, response: Mapping[str, Any], *, with_code: bool) -> Template:
    """The template of an invitation, with the texts of the response.

    A text without the placeholder for the user name, or for the password if the user has one, is not used: the pool's
    own is sent, under the subject of the response.
    """
    text = response.get(_TEXT[medium]) or ""
    complete = USERNAME in text and (CODE in text or not with_code)
    return _replaced(template, medium, response, text if complete else template.text)


def code_message(template: Template, medium: str, response: Mapping[str, Any]) -> Template:
    """The template of a message with a code or a link, with the texts of the response; raise if AWS refuses them.

    A text with a code must match the pattern of the service model, which wants the placeholder, and excludes control
    and format characters and all blanks but ASCII's. A text with a link must have a link.
    """
    text = response.get(_TEXT[medium])
    if not text:
        return _replaced(template, medium, response, template.text)
    path, pattern = _PATH_AND_PATTERN[medium]
    if template.link:
        if not template.has_placeholder(text):
            raise errors.MESSAGE_EMPTY()
    elif not matcher(pattern)(text):
        raise errors.PATTERN_VIOLATED(value=text, path=path, pattern=pattern)
    return _replaced(template, medium, response, text)


def _replaced(template: Template, medium: str, response: Mapping[str, Any], text: str) -> Template:
    subject = response.get("emailSubject") if medium == "EMAIL" else None
    return template._replace(text=text, subject=subject or template.subject)
