"""Encoding of authorization messages."""

from __future__ import annotations

import json

from pytest_cognito.iam import Decision
from pytest_cognito.kernel.keys import base64url
from pytest_cognito.sts.records import AUTHORIZATION_MESSAGES, AuthorizationMessage
from pytest_cognito.sts.rules.authorization_messages import content
from pytest_cognito.world import Context

_RANDOM = 300


def encode_decision(context: Context, decision: Decision) -> str:
    """The message about a decision that a service gives to the caller, and that DecodeAuthorizationMessage reads."""
    encoded = base64url(context.world.ids.data(_RANDOM))
    text = json.dumps(content(decision), separators=(",", ":"))
    message = AuthorizationMessage(encoded, decision.request.principal.account, text)
    context.table(AUTHORIZATION_MESSAGES).put(message)
    return encoded
