"""The texts of verification messages: AWS has two places for them, and keeps both in step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import errors

_LEGACY = {
    "SmsVerificationMessage": "SmsMessage",
    "EmailVerificationMessage": "EmailMessage",
    "EmailVerificationSubject": "EmailSubject",
}
"""Members of the request, and those of ``VerificationMessageTemplate`` that stand for the same."""


def complete(request: Mapping[str, Any]) -> dict[str, Any]:
    """``VerificationMessageTemplate`` and the legacy members, each filled from the other.

    A template for codes and one for links may stand side by side: ``DefaultEmailOption`` chooses, codes by default.
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
