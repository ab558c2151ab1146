"""Pools whose messages a function sends, and the calls that lead to messages."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest

from pytest_cognito import Cognito
from pytest_cognito.cognito import User
from pytest_cognito.kernel.functions import Invocation
from tests.support.app import Answer, App, MakeApp, pairs
from tests.support.settings import SES, VERIFY

KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:sender"
VALUES = {"email": "alice@example.com", "phone_number": "+12065550123"}
NEW = {"email": "new@example.com", "phone_number": "+12065550999"}
METADATA = {"lang": "de"}
MEDIA = {"CustomEmailSender": ("email", "EMAIL"), "CustomSMSSender": ("phone_number", "SMS")}
"""What the messages of a sender verify, and how they travel."""
SENDERS = pytest.mark.parametrize("sender", MEDIA)
Step = Callable[[App, str], Answer]
"""A call that sends a message to an attribute of alice."""


def config(*senders: str, key: str = KEY) -> dict[str, Any]:
    """The LambdaConfig of a pool with these senders."""
    return {"KMSKeyID": key, **{one: {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION} for one in senders}}


def make(make_app: MakeApp, *senders: str, key: str = KEY, **settings: Any) -> App:
    """A pool with these senders, whose function does nothing."""
    given = {**VERIFY, "EmailConfiguration": SES, "LambdaConfig": config(*senders, key=key), **settings}
    app = make_app(**given)
    Cognito(app.pool.world).triggers.register(FUNCTION, lambda event, context: None)
    return app


def code_of(run: Invocation) -> str:
    """The code that a sender got."""
    assert run.code is not None
    return run.code


def readable(run: Invocation) -> str:
    """The code in the event of a sender, where it is not encrypted."""
    return base64.b64decode(run.event["request"]["code"]).decode()


def with_attribute(app: App, attribute: str, **more: str) -> User:
    """Alice, with this address and no other."""
    return app.pool.create_user("alice", attributes={attribute: VALUES[attribute], **more})


def sign_up(app: App, attribute: str, username: str = "alice") -> Answer:
    return app.sign_up(username, {attribute: VALUES[attribute]}, ClientMetadata=METADATA)


def resend(app: App, attribute: str) -> Answer:
    attributes = {attribute: VALUES[attribute], f"{attribute}_verified": "false"}
    app.pool.create_user("alice", status="UNCONFIRMED", attributes=attributes)
    return app.public("resend_confirmation_code", ClientMetadata=METADATA)


def forget(app: App, attribute: str) -> Answer:
    with_attribute(app, attribute)
    return app.public("forgot_password", ClientMetadata=METADATA)


def reset(app: App, attribute: str) -> Answer:
    with_attribute(app, attribute)
    return app.admin("admin_reset_user_password", ClientMetadata=METADATA)


def change(app: App, attribute: str) -> Answer:
    call = {"AccessToken": with_attribute(app, attribute).tokens().access_token, "ClientMetadata": METADATA}
    return app.call("update_user_attributes", UserAttributes=pairs({attribute: NEW[attribute]}), **call)


def change_by_admin(app: App, attribute: str) -> Answer:
    with_attribute(app, attribute)
    changes = pairs({attribute: NEW[attribute]})
    return app.admin("admin_update_user_attributes", UserAttributes=changes, ClientMetadata=METADATA)


def verify(app: App, attribute: str) -> Answer:
    alice = with_attribute(app, attribute, **{f"{attribute}_verified": "false"})
    call = {"AccessToken": alice.tokens().access_token, "ClientMetadata": METADATA}
    return app.call("get_user_attribute_verification_code", AttributeName=attribute, **call)


def invite(app: App, attribute: str, **more: Any) -> Answer:
    mediums = ["EMAIL" if attribute == "email" else "SMS"]
    given = {"DesiredDeliveryMediums": mediums, "ClientMetadata": METADATA, **more}
    return app.create("alice", {attribute: VALUES[attribute]}, **given)


STEPS: list[tuple[str, Step, bool]] = [
    ("SignUp", sign_up, False),
    ("ResendCode", resend, False),
    ("ForgotPassword", forget, False),
    ("ForgotPassword", reset, True),
    ("UpdateUserAttribute", change, False),
    ("UpdateUserAttribute", change_by_admin, True),
    ("VerifyUserAttribute", verify, False),
    ("AdminCreateUser", invite, True),
]
"""The source of a message, what sends it, and whether an administrator does."""
