"""The quotas on resources, of which AWS gives no more than so many."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support.app import App, MakeApp, pairs
from tests.support.refusals import Refusal, refusal

EMAIL_LIMIT = Refusal(
    "LimitExceededException",
    "Exceeded daily email limit for the operation or the account. If a higher limit is required, please configure "
    "your user pool to use your own Amazon SES configuration for sending email.",
)
SES = {"EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com"}


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return cognito.create_user_pool(AutoVerifiedAttributes=["email"])


def sign_up(app: App, number: int) -> None:
    app.sign_up(f"user{number}", {"email": f"user{number}@example.com"})


@pytest.fixture
def used_up(app: App, cognito: Cognito) -> App:
    """The pool's account has sent all the e-mails of a day, from 10:00 UTC on."""
    cognito.clock.freeze("2030-01-01T10:00:00Z")
    for number in range(50):
        sign_up(app, number)
    return app


def test_an_account_sends_fifty_emails_a_day(used_up: App, make_app: MakeApp, cognito: Cognito) -> None:
    assert refusal(sign_up, app=used_up, number=50) == EMAIL_LIMIT

    assert len(cognito.outbox) == 50
    unknown = refusal(used_up.admin, operation="admin_get_user", username="user50")
    assert unknown.code == "UserNotFoundException"
    assert refusal(sign_up, app=make_app(AutoVerifiedAttributes=["email"]), number=0) == EMAIL_LIMIT


def test_the_day_begins_at_nine(used_up: App, cognito: Cognito) -> None:
    cognito.clock.freeze("2030-01-02T08:59:59Z")
    assert refusal(sign_up, app=used_up, number=50) == EMAIL_LIMIT
    cognito.clock.advance(seconds=1)
    sign_up(used_up, 50)
    assert cognito.outbox.last().to == "user50@example.com"


def test_an_invitation_is_not_sent_although_the_user_is_there(used_up: App) -> None:
    new = pairs({"email": "new@example.com"})
    invitation = {"username": "ann", "UserAttributes": new, "DesiredDeliveryMediums": ["EMAIL"]}
    assert refusal(used_up.admin, operation="admin_create_user", **invitation) == EMAIL_LIMIT
    assert used_up.status("ann") == "FORCE_CHANGE_PASSWORD"


def test_what_else_sends_emails_is_refused(used_up: App) -> None:
    new = pairs({"email": "new@example.com"})
    used_up.create("bob", {"email": "bob@example.com", "email_verified": "true"}, MessageAction="SUPPRESS")
    used_up.admin("admin_set_user_password", "bob", Password="Correct-horse-7", Permanent=True)
    assert refusal(used_up.public, operation="resend_confirmation_code", username="user2") == EMAIL_LIMIT
    assert refusal(used_up.public, operation="forgot_password", username="bob") == EMAIL_LIMIT
    assert refusal(used_up.admin, operation="admin_reset_user_password", username="bob") == EMAIL_LIMIT
    assert used_up.status("bob") == "CONFIRMED"
    token = used_up.access_token("bob")
    by_user = {"operation": "update_user_attributes", "AccessToken": token}
    assert refusal(used_up.call, **by_user, UserAttributes=new) == EMAIL_LIMIT
    by_admin = {"operation": "admin_update_user_attributes", "username": "bob"}
    assert refusal(used_up.admin, **by_admin, UserAttributes=new) == EMAIL_LIMIT
    assert used_up.attributes("bob")["email"] == "bob@example.com"


def test_ones_own_sender_and_text_messages_have_no_such_quota(used_up: App, make_app: MakeApp) -> None:
    sign_up(make_app(AutoVerifiedAttributes=["email"], EmailConfiguration=SES), 50)
    role = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}
    by_phone = make_app(AutoVerifiedAttributes=["phone_number"], SmsConfiguration=role)
    by_phone.sign_up("bob", {"phone_number": "+15555550100"})


def test_a_user_is_in_a_hundred_groups(app: App) -> None:
    app.confirmed("ann")
    for number in range(101):
        app.call("create_group", UserPoolId=app.pool_id, GroupName=f"group{number}")
    for number in range(100):
        app.admin("admin_add_user_to_group", "ann", GroupName=f"group{number}")

    one_more = {"username": "ann", "GroupName": "group100"}
    assert refusal(app.admin, operation="admin_add_user_to_group", **one_more).code == "InvalidParameterException"

    app.admin("admin_add_user_to_group", "ann", GroupName="group0")
    app.admin("admin_remove_user_from_group", "ann", GroupName="group0")
    app.admin("admin_add_user_to_group", "ann", GroupName="group100")


def test_a_pool_has_fifty_tags_and_custom_attributes(app: App) -> None:
    arn = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]["Arn"]
    app.call("tag_resource", ResourceArn=arn, Tags={f"tag{number}": "x" for number in range(50)})
    assert refusal(app.call, operation="tag_resource", ResourceArn=arn, Tags={"more": "x"}).code == (
        "InvalidParameterException"
    )
    for begin in (0, 25):
        attributes = [{"Name": f"a{number}", "AttributeDataType": "String"} for number in range(begin, begin + 25)]
        app.call("add_custom_attributes", UserPoolId=app.pool_id, CustomAttributes=attributes)
    more = [{"Name": "more", "AttributeDataType": "String"}]
    refused = refusal(app.call, operation="add_custom_attributes", UserPoolId=app.pool_id, CustomAttributes=more)
    assert refused.code == "InvalidParameterException"


def test_a_client_has_a_hundred_callback_urls(app: App) -> None:
    urls = [f"https://example.com/{number}" for number in range(101)]
    client = {"UserPoolId": app.pool_id, "ClientName": "app"}
    app.call("create_user_pool_client", **client, CallbackURLs=urls[:100], LogoutURLs=urls[:100])
    for member in ("CallbackURLs", "LogoutURLs"):
        refused = refusal(app.call, operation="create_user_pool_client", **client, **{member: urls})
        assert refused.code == "InvalidParameterException"
