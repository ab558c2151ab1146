"""Settings of user pools, as CreateUserPool and UpdateUserPool take them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "pool"}
SES = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/no-reply@example.com",
}
VERIFY: dict[str, Any] = {"AutoVerifiedAttributes": ["email", "phone_number"], "SmsConfiguration": SMS}
"""Both addresses are verified at sign-up."""
PASSWORDLESS: dict[str, Any] = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
"""Policies by which a code that is sent by e-mail can stand in for a password."""


def recovery(*names: str) -> dict[str, Any]:
    """An AccountRecoverySetting with these mechanisms, the first before the second."""
    mechanisms = [{"Priority": place, "Name": name} for place, name in enumerate(names, 1)]
    return {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms}}


def create_pool(idp: CognitoIdentityProviderClient, **settings: Any) -> dict[str, Any]:
    """The pool that CreateUserPool answers with."""
    return {**idp.create_user_pool(PoolName="app", **settings)["UserPool"]}
