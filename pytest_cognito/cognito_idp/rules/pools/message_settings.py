"""The texts of verification messages, which AWS has under two names and keeps equal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors
from pytest_cognito.cognito_idp.rules.messages import templates

_EMAIL = "EmailVerificationMessage"
_LEGACY = {
    "SmsVerificationMessage": "SmsMessage",
    _EMAIL: "EmailMessage",
    "EmailVerificationSubject": "EmailSubject",
}
"""Legacy members of a request, and the equivalent members of ``VerificationMessageTemplate``."""
MEMBERS = ("VerificationMessageTemplate", *_LEGACY)
"""The members of requests that set verification messages."""


def complete(request: Mapping[str, Any]) -> dict[str, Any]:
    """``VerificationMessageTemplate`` and the legacy members, each completed from the other; raise if AWS refuses them.

    ``DefaultEmailOption`` says whether e-mails have a code or a link: a code by default.
    """
    template = dict(request.get("VerificationMessageTemplate") or {})
    template.setdefault("DefaultEmailOption", "CONFIRM_WITH_CODE")
    _check_placeholders(template)
    _check_legacy_email(request.get(_EMAIL), template)
    settings: dict[str, Any] = {}
    for legacy, member in _LEGACY.items():
        text, other = request.get(legacy), template.get(member)
        if text is not None and other is not None and text != other:
            raise errors.TEMPLATES_DIFFER(legacy=legacy, member=member)
        if text is not None or other is not None:
            settings[legacy] = template[member] = other if text is None else text
    return {**settings, "VerificationMessageTemplate": template}


def _check_placeholders(template: Mapping[str, Any]) -> None:
    """Raise for an e-mail with a code without ``{####}``, and for one with a link without ``{##text##}``.

    AWS looks at both texts, whichever of them the pool sends.
    """
    by_code, by_link = template.get("EmailMessage"), template.get("EmailMessageByLink")
    if by_code is not None and not templates.is_code_email(by_code):
        raise errors.MESSAGE_INVALID()
    if by_link is not None and not templates.is_link_email(by_link):
        raise errors.MESSAGE_INVALID()


def _check_legacy_email(text: str | None, template: Mapping[str, Any]) -> None:
    """Raise for a legacy text without ``{####}``, and for one that differs from the template of the pool's e-mails."""
    if text is None:
        return
    if not templates.is_code_email(text):
        path = _EMAIL[0].lower() + _EMAIL[1:]
        raise errors.PATTERN_VIOLATED(value=text, path=path, pattern=templates.CODE_EMAIL_PATTERN)
    sends_link = template["DefaultEmailOption"] == "CONFIRM_WITH_LINK"
    sent = template.get("EmailMessageByLink" if sends_link else "EmailMessage")
    if sent is not None and text != sent:
        raise errors.MESSAGE_INVALID()
