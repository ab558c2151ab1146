"""The texts and the sender of a pool's messages, as CreateUserPool and UpdateUserPool take them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.refusals import Refusal, invalid_parameter, refusal
from tests.support.settings import SES, SMS, create_pool

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient

INVALID = invalid_parameter("The message is invalid.")
LINK = {"DefaultEmailOption": "CONFIRM_WITH_LINK"}
CODE_TEXT, LINK_TEXT = "Your code is {####}", "Press {##here##}"
Refused = Callable[..., Refusal]


@pytest.fixture(params=["CreateUserPool", "UpdateUserPool"])
def refused(request: pytest.FixtureRequest, cognito_idp: CognitoIdentityProviderClient) -> Refused:
    """What the operation is refused with for these settings; an update changes nothing."""
    if request.param == "CreateUserPool":
        return lambda **settings: refusal(cognito_idp.create_user_pool, PoolName="app", **settings)
    pool = create_pool(cognito_idp)

    def update(**settings: Any) -> Refusal:
        error = refusal(cognito_idp.update_user_pool, UserPoolId=pool["Id"], **settings)
        assert cognito_idp.describe_user_pool(UserPoolId=pool["Id"])["UserPool"] == pool
        return error

    return update


# Text messages

EUMS = {"CallerArn": SMS["SnsCallerArn"], "OriginationIdentity": "+12065550100"}


@pytest.mark.needs("SmsConfigurationType.EumsSms")
@pytest.mark.parametrize("sms", [{}, {"SnsCallerArn": ""}, {"ExternalId": "x"}, {**SMS, "EumsSms": EUMS}])
def test_text_messages_have_one_sender(refused: Refused, sms: dict[str, Any]) -> None:
    one = invalid_parameter("SmsConfiguration requires either SnsCallerArn or EumsSms.")
    assert refused(SmsConfiguration=sms) == one


@pytest.mark.needs("SmsConfigurationType.EumsSms")
def test_text_messages_are_sent_in_the_region_of_the_pool(
    refused: Refused, cognito_idp: CognitoIdentityProviderClient
) -> None:
    elsewhere = invalid_parameter("EumsSms Region eu-west-1 is not the region of the user pool.")
    assert refused(SmsConfiguration={"EumsSms": {**EUMS, "Region": "eu-west-1"}}) == elsewhere
    pool = create_pool(cognito_idp, SmsConfiguration={"EumsSms": {**EUMS, "Region": "us-east-1"}})
    assert pool["SmsConfiguration"] == {"EumsSms": {**EUMS, "Region": "us-east-1"}}


# Templates


@pytest.mark.parametrize(
    "template",
    [
        {"EmailMessage": "Your code"},
        {"EmailMessage": LINK_TEXT},
        {"EmailMessage": "Hello\u00a0{####}"},
        {**LINK, "EmailMessage": "Your code"},
        {**LINK, "EmailMessageByLink": "Press here"},
        {**LINK, "EmailMessageByLink": CODE_TEXT},
        {**LINK, "EmailMessageByLink": "Press {##here"},
        {**LINK, "EmailMessageByLink": "Press\u200d {##here##}"},
        {"EmailMessage": CODE_TEXT, "EmailMessageByLink": CODE_TEXT},
    ],
)
def test_a_template_has_its_placeholder(refused: Refused, template: dict[str, str]) -> None:
    assert refused(VerificationMessageTemplate=template) == INVALID


@pytest.mark.parametrize(
    "template",
    [
        {**LINK, "EmailMessageByLink": LINK_TEXT},
        {**LINK, "EmailMessageByLink": f"{CODE_TEXT} {LINK_TEXT}"},
    ],
)
def test_the_legacy_text_is_that_of_the_template(refused: Refused, template: dict[str, str]) -> None:
    assert refused(EmailVerificationMessage=CODE_TEXT, VerificationMessageTemplate=template) == INVALID


def test_the_legacy_text_may_repeat_that_of_the_template(cognito_idp: CognitoIdentityProviderClient) -> None:
    both = f"{CODE_TEXT} {LINK_TEXT}"
    template = {**LINK, "EmailMessageByLink": both}
    pool = create_pool(cognito_idp, EmailVerificationMessage=both, VerificationMessageTemplate=template)
    assert pool["VerificationMessageTemplate"] == {**template, "EmailMessage": both}


@pytest.mark.parametrize("text", ["Your code", LINK_TEXT, "Hello\u00a0{####}"])
def test_the_legacy_text_matches_awss_pattern(refused: Refused, text: str) -> None:
    assert refused(EmailVerificationMessage=text) == invalid_parameter(
        f"1 validation error detected: Value '{text}' at 'emailVerificationMessage' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: "
        r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*"
    )


def test_the_text_of_an_sms_has_the_code(refused: Refused) -> None:
    code, message = refused(VerificationMessageTemplate={"SmsMessage": "Your code"})
    assert code == "InvalidParameterException"
    assert "at 'verificationMessageTemplate.smsMessage' failed to satisfy constraint" in message


@pytest.mark.parametrize("account", [{"EmailSendingAccount": "COGNITO_DEFAULT"}, {}])
def test_cognitos_own_sender_has_its_address(refused: Refused, account: dict[str, str]) -> None:
    assert refused(EmailConfiguration={**account, "From": "noreply@example.com"}) == invalid_parameter(
        "Cannot configure From email address for default email configuration"
    )


def test_a_sender_of_ones_own_may_have_another(cognito_idp: CognitoIdentityProviderClient) -> None:
    sender = {**SES, "From": "Notes <noreply@example.com>"}
    assert create_pool(cognito_idp, EmailConfiguration=sender)["EmailConfiguration"] == sender


def test_an_address_for_answers_goes_with_every_sender(cognito_idp: CognitoIdentityProviderClient) -> None:
    sender = {"EmailSendingAccount": "COGNITO_DEFAULT", "ReplyToEmailAddress": "help@example.com"}
    assert create_pool(cognito_idp, EmailConfiguration=sender)["EmailConfiguration"] == sender
