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

    Where both have a text, that of the template applies (terraform-provider-aws 2423). ``DefaultEmailOption`` says
    whether e-mails have a code or a link: a code by default.
    """
    template = dict(request.get("VerificationMessageTemplate") or {})
    template.setdefault("DefaultEmailOption", "CONFIRM_WITH_CODE")
    _check_placeholders(template)
    _check_legacy_email(request.get(_EMAIL), template)
    settings: dict[str, Any] = {}
    for legacy, member in _LEGACY.items():
        text = template.get(member, request.get(legacy))
        if text is not None:
            settings[legacy] = template[member] = text
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
    """Raise for a legacy text without ``{####}``, and for one that differs from the template of a link e-mail."""
    if text is None:
        return
    if not templates.is_code_email(text):
        path = _EMAIL[0].lower() + _EMAIL[1:]
        raise errors.PATTERN_VIOLATED(value=text, path=path, pattern=templates.CODE_EMAIL_PATTERN)
    if template["DefaultEmailOption"] == "CONFIRM_WITH_LINK" and text != template.get("EmailMessageByLink", text):
        raise errors.MESSAGE_INVALID()
