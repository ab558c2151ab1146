"""CustomEmailSender and CustomSMSSender: which messages they get, with which events."""

from __future__ import annotations

import base64

import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import (
    CustomEmailSenderTriggerEvent,
    CustomSMSSenderTriggerEvent,
)

from pytest_cognito.cognito import Cognito
from tests.support.addresses import EMAIL
from tests.support.app import App, MakeApp
from tests.support.mfa import EMAIL_OTP, PREFERRED, SMS_MFA, response, turn_on
from tests.support.senders import (
    MEDIA,
    METADATA,
    NEW,
    SENDERS,
    STEPS,
    VALUES,
    Step,
    change,
    code_of,
    invite,
    make,
    sign_up,
    with_attribute,
)
from tests.support.settings import SMS, recovery

Reader = type[CustomEmailSenderTriggerEvent] | type[CustomSMSSenderTriggerEvent]
UNREADABLE = {"CustomEmailSender": "customEmailSenderRequestV1", "CustomSMSSender": "customSMSSenderRequestV1"}


def second_factor(app: App, attribute: str) -> str:
    """Let alice have a second factor by e-mail or SMS."""
    with_attribute(app, attribute)
    if attribute == "email":
        app.pool.call(
            "SetUserPoolMfaConfig",
            MfaConfiguration="OPTIONAL",
            SmsMfaConfiguration={"SmsConfiguration": SMS},
            EmailMfaConfiguration={"Subject": "Code", "Message": "{####}"},
        )
    factor = EMAIL_OTP if attribute == "email" else SMS_MFA
    turn_on(app.pool, factor, PREFERRED)
    return factor


@SENDERS
@pytest.mark.parametrize(("source", "step", "by_admin"), STEPS)
def test_each_message_is_the_functions_to_send(
    cognito: Cognito, make_app: MakeApp, sender: str, source: str, step: Step, by_admin: bool
) -> None:
    app = make(make_app, sender)
    attribute, medium = MEDIA[sender]
    told = step(app, attribute)
    [run] = cognito.triggers
    alice = app.pool.user("alice")
    assert run.event == {
        "version": "1",
        "triggerSource": f"{sender}_{source}",
        "region": "us-east-1",
        "userPoolId": app.pool_id,
        "userName": "alice",
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": "CLIENT_ID_NOT_APPLICABLE" if by_admin else app.client_id,
        },
        "request": {
            "type": UNREADABLE[sender],
            "code": base64.b64encode(code_of(run).encode()).decode(),
            "clientMetadata": METADATA,
            "userAttributes": {**alice.attributes, "cognito:user_status": alice.status},
        },
    }
    assert len(cognito.outbox) == 0
    assert run.code == alice.password if source == "AdminCreateUser" else code_of(run).isdigit()
    for details in [told.get("CodeDeliveryDetails"), *told.get("CodeDeliveryDetailsList", ())]:
        assert details is None or details["DeliveryMedium"] == medium


@SENDERS
@pytest.mark.parametrize(("source", "step", "by_admin"), STEPS)
def test_powertools_reads_them(
    cognito: Cognito, make_app: MakeApp, sender: str, source: str, step: Step, by_admin: bool
) -> None:
    app = make(make_app, sender)
    attribute, _ = MEDIA[sender]
    step(app, attribute)
    event = cognito.triggers.last().event
    read: dict[str, Reader] = {
        "CustomEmailSender": CustomEmailSenderTriggerEvent,
        "CustomSMSSender": CustomSMSSenderTriggerEvent,
    }
    data = read[sender](event)
    assert (data.user_name, data.trigger_source) == ("alice", f"{sender}_{source}")
    assert data.request.type == UNREADABLE[sender]
    assert base64.b64decode(data.request.code).decode() == cognito.triggers.last().code
    assert data.request.user_attributes == event["request"]["userAttributes"]
    assert data.request.client_metadata == METADATA


def test_without_metadata(cognito: Cognito, make_app: MakeApp) -> None:
    app = make(make_app, "CustomEmailSender")
    app.sign_up("alice", EMAIL)
    assert cognito.triggers.last().event["request"]["clientMetadata"] is None


def test_a_value_that_waits_is_where_the_code_goes(cognito: Cognito, make_app: MakeApp) -> None:
    waiting = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
    app = make(make_app, "CustomEmailSender", UserAttributeUpdateSettings=waiting)
    change(app, "email")
    run = cognito.triggers.last()
    assert run.event["request"]["userAttributes"]["email"] == NEW["email"]
    assert app.pool.user("alice").email == VALUES["email"]
    token = app.pool.tokens_for("alice").access_token
    app.idp.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code_of(run))
    assert app.pool.user("alice").email == NEW["email"]


@SENDERS
def test_codes_of_a_second_factor(cognito: Cognito, make_app: MakeApp, sender: str) -> None:
    app = make(make_app, sender, MfaConfiguration="OPTIONAL", **recovery("admin_only"))
    attribute, medium = MEDIA[sender]
    factor = second_factor(app, attribute)
    begun = app.begin()
    sent_by = begun["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"]
    assert (begun["ChallengeName"], sent_by) == (factor, medium)
    run = cognito.triggers.last()
    assert run.source == f"{sender}_Authentication"
    assert "IdToken" in app.respond(begun, **response(factor, code_of(run)))["AuthenticationResult"]


def test_the_code_works(cognito: Cognito, make_app: MakeApp) -> None:
    app = make(make_app, "CustomEmailSender")
    sign_up(app, "email")
    code = code_of(cognito.triggers.last("CustomEmailSender"))
    app.confirm("alice", code)
    assert app.pool.user("alice").status == "CONFIRMED"


def test_a_resent_invitation(cognito: Cognito, make_app: MakeApp) -> None:
    app = make(make_app, "CustomEmailSender")
    invite(app, "email")
    invite(app, "email", MessageAction="RESEND")
    first, second = cognito.triggers
    assert (second.source, second.code) == ("CustomEmailSender_AdminCreateUser", app.pool.user("alice").password)
    assert first.code != second.code
