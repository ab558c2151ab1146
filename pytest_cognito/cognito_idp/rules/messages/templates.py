"""Message templates: which one a pool uses for a message, and how its placeholders are replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pytest_cognito.aws.patterns import matcher
from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.records import AppClient, Domain, User, UserPool

CODE = "{####}"
LINK = "{##Click Here##}"
USERNAME = "{username}"
CODE_EMAIL_PATTERN = r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
"""The service model's pattern of e-mails with a code."""
_LINK_EMAIL_PATTERN = CODE_EMAIL_PATTERN.replace("####", r"##[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*##")
_LINK = re.compile(r"\{##([^#]+)##\}")
_DEFAULT_CODE = "Your verification code is {####}. "
_DEFAULT_CODE_SUBJECT = "Your verification code"
_DEFAULT_LINK = "Please click the link below to verify your email address. {##Verify Email##} "
_DEFAULT_LINK_SUBJECT = "Your verification link"
_DEFAULT_INVITATION = "Your username is {username} and temporary password is {####}. "
_DEFAULT_INVITATION_WITHOUT_PASSWORD = "Your username is {username}. "
_DEFAULT_INVITATION_SUBJECT = "Your temporary password"
_DEFAULT_AUTHENTICATION = "Your authentication code is {####}. "
_DEFAULT_AUTHENTICATION_SUBJECT = "Your authentication code"
_LINK_SOURCES = ("SignUp", "ResendCode")


class Template(NamedTuple):
    """A text with placeholders.

    ``subject`` is the subject of an e-mail. ``link`` says that the text has a link in place of a code.
    """

    text: str
    subject: str | None = None
    link: bool = False

    def has_placeholder(self, text: str) -> bool:
        """Whether a text has the placeholder, for a code or for a link, that this template must have."""
        return bool(_LINK.search(text)) if self.link else CODE in text


def template(pool: UserPool, source: str, attribute: str, *, with_code: bool = True) -> Template:
    """The template of a pool for a message to ``attribute``, ``email`` or ``phone_number``.

    ``source`` is the reason for the message, as in the events of CustomMessage: ``SignUp``, ``ForgotPassword`` and so
    on. ``with_code`` is false for the invitation of a user without a temporary password.
    """
    if source == "AdminCreateUser":
        return _invitation(pool, attribute, _DEFAULT_INVITATION if with_code else _DEFAULT_INVITATION_WITHOUT_PASSWORD)
    if source == "Authentication":
        return _authentication(pool, attribute)
    settings: dict[str, Any] = pool.settings.get("VerificationMessageTemplate") or {}
    if attribute == "phone_number":
        return Template(settings.get("SmsMessage") or _DEFAULT_CODE)
    if source in _LINK_SOURCES and settings.get("DefaultEmailOption") == "CONFIRM_WITH_LINK":
        return Template(
            settings.get("EmailMessageByLink") or _DEFAULT_LINK,
            settings.get("EmailSubjectByLink") or _DEFAULT_LINK_SUBJECT,
            link=True,
        )
    return Template(
        settings.get("EmailMessage") or _DEFAULT_CODE, settings.get("EmailSubject") or _DEFAULT_CODE_SUBJECT
    )


def _authentication(pool: UserPool, attribute: str) -> Template:
    """The template of a message with an MFA code."""
    if attribute == "phone_number":
        return Template(pool.settings.get("SmsAuthenticationMessage") or _DEFAULT_AUTHENTICATION)
    settings = pool.mfa_config.get("EmailMfaConfiguration") or {}
    return Template(
        settings.get("Message") or _DEFAULT_AUTHENTICATION, settings.get("Subject") or _DEFAULT_AUTHENTICATION_SUBJECT
    )


def _invitation(pool: UserPool, attribute: str, default: str) -> Template:
    settings = pool.settings["AdminCreateUserConfig"].get("InviteMessageTemplate") or {}
    if attribute == "phone_number":
        return Template(settings.get("SMSMessage") or default)
    return Template(
        settings.get("EmailMessage") or default, settings.get("EmailSubject") or _DEFAULT_INVITATION_SUBJECT
    )


def is_code_email(text: str) -> bool:
    """Whether a text is one of an e-mail with a code: with ``{####}``, and of characters that AWS allows."""
    return bool(matcher(CODE_EMAIL_PATTERN)(text))


def is_link_email(text: str) -> bool:
    """Whether a text is one of an e-mail with a link: with ``{##text##}``, and of characters that AWS allows."""
    return bool(_LINK.search(text)) and bool(matcher(_LINK_EMAIL_PATTERN)(text))


def uses_ses_identity(pool: UserPool) -> bool:
    """Whether the pool sends e-mail with an SES identity of the developer."""
    return (pool.settings.get("EmailConfiguration") or {}).get("EmailSendingAccount") == "DEVELOPER"


def fill(text: str, user: User, code: str | None, link: str | None) -> str:
    """Replace the placeholders of a text. A placeholder for a link stays if there is no link."""
    if link is not None:
        text = _LINK.sub(lambda found: f'<a href="{link}">{found[1]}</a>', text)
    return text.replace(CODE, code or "").replace(USERNAME, user.username)


def confirmation_link(domains: Iterable[Domain], user: User, client: AppClient | None, code: str) -> str:
    """The link that confirms a user, on the pool's custom domain if it has one; raise if the pool has no domain."""
    domain = max(domains, key=lambda domain: domain.custom, default=None)
    if domain is None or client is None:
        raise errors.NO_DOMAIN_FOR_LINK()
    query = urlencode({"client_id": client.id, "user_name": user.username, "confirmation_code": code})
    return f"https://{domain.host}/confirmUser/?{query}"
