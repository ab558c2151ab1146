"""The texts of verification messages, which AWS has under two names and keeps equal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito.cognito_idp import errors

_LEGACY = {
    "SmsVerificationMessage": "SmsMessage",
    "EmailVerificationMessage": "EmailMessage",
    "EmailVerificationSubject": "EmailSubject",
}
"""Legacy members of a request, and the equivalent members of ``VerificationMessageTemplate``."""
MEMBERS = ("VerificationMessageTemplate", *_LEGACY)
"""The members of requests that set verification messages."""


def complete(request: Mapping[str, Any]) -> dict[str, Any]:
    """``VerificationMessageTemplate`` and the legacy members, each completed from the other.

    ``DefaultEmailOption`` says whether e-mails have a code or a link: a code by default.
    """
    template = dict(request.get("VerificationMessageTemplate") or {})
    settings: dict[str, Any] = {}
    for legacy, member in _LEGACY.items():
        text, other = request.get(legacy), template.get(member)
        if text is not None and other is not None and text != other:
            raise errors.TEMPLATES_DIFFER(legacy=legacy, member=member)
        if text is not None or other is not None:
            settings[legacy] = template[member] = other if text is None else text
    template.setdefault("DefaultEmailOption", "CONFIRM_WITH_CODE")
    return {**settings, "VerificationMessageTemplate": template}
