"""The texts of messages: which one a pool uses for what, and how its placeholders are filled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .. import errors
from ..records import AppClient, User, UserPool

CODE = "{####}"
LINK = "{##Click Here##}"
USERNAME = "{username}"
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
_BY_LINK = ("SignUp", "ResendCode")


@dataclass(frozen=True, slots=True)
class Template:
    """A text with placeholders; ``subject`` is an e-mail's."""

    text: str
    subject: str | None = None
    link: bool = False

    def has_placeholder(self, text: str) -> bool:
        """Whether another text has the placeholder that this one must have."""
        return bool(_LINK.search(text)) if self.link else CODE in text


def of(pool: UserPool, source: str, attribute: str, *, with_code: bool = True) -> Template:
    """The template that a pool uses to send a code to ``email`` or ``phone_number`` for the given reason.

    An invitation may be without one: a user who signs in with one-time codes has no temporary password.
    """
    if source == "AdminCreateUser":
        return _invitation(pool, attribute, _DEFAULT_INVITATION if with_code else _DEFAULT_INVITATION_WITHOUT_PASSWORD)
    if source == "Authentication":
        return _authentication(pool, attribute)
    settings: dict[str, Any] = pool.settings.get("VerificationMessageTemplate") or {}
    if attribute == "phone_number":
        return Template(settings.get("SmsMessage") or _DEFAULT_CODE)
    if source in _BY_LINK and settings.get("DefaultEmailOption") == "CONFIRM_WITH_LINK":
        return Template(
            settings.get("EmailMessageByLink") or _DEFAULT_LINK,
            settings.get("EmailSubjectByLink") or _DEFAULT_LINK_SUBJECT,
            link=True,
        )
    return Template(
        settings.get("EmailMessage") or _DEFAULT_CODE, settings.get("EmailSubject") or _DEFAULT_CODE_SUBJECT
    )


def _authentication(pool: UserPool, attribute: str) -> Template:
    """The text that brings a second factor."""
    if attribute == "phone_number":
        return Template(pool.settings.get("SmsAuthenticationMessage") or _DEFAULT_AUTHENTICATION)
    settings = pool.factors.get("EmailMfaConfiguration") or {}
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


def own_sender(pool: UserPool) -> bool:
    """Whether the pool sends e-mail through an SES identity of its owner."""
    return (pool.settings.get("EmailConfiguration") or {}).get("EmailSendingAccount") == "DEVELOPER"


def fill(text: str, user: User, code: str | None, link: str | None) -> str:
    """A text with its placeholders filled; one for a link is left as it is where there is none to put in."""
    if link is not None:
        text = _LINK.sub(lambda found: f'<a href="{link}">{found[1]}</a>', text)
    return text.replace(CODE, code or "").replace(USERNAME, user.username)


def confirmation_link(pool: UserPool, user: User, client: AppClient | None, code: str) -> str:
    """The link that confirms a user, on the pool's domain; there must be one."""
    domain = pool.settings.get("CustomDomain") or pool.settings.get("Domain")
    if not domain or client is None:
        raise errors.NO_DOMAIN_FOR_LINK()
    host = domain if pool.settings.get("CustomDomain") else f"{domain}.auth.{pool.region}.amazoncognito.com"
    query = urlencode({"client_id": client.id, "user_name": user.username, "confirmation_code": code})
    return f"https://{host}/confirmUser/?{query}"
