"""A replica and what there is by region: prefix domains, and users who are changed where the pool is."""

from __future__ import annotations

import pytest

from pytest_cognito.cognito import Cognito, UserPool
from tests.support import replicated
from tests.support.app import Answer, App
from tests.support.choice import CHOICE, first_factors
from tests.support.refusals import refusal
from tests.support.replicated import replicate

pytestmark = pytest.mark.needs("CreateUserPoolReplica")


@pytest.fixture
def pool(cognito: Cognito) -> UserPool:
    return replicated.make_pool(cognito, **first_factors("PASSWORD", "WEB_AUTHN"))


def make_domain(app: App, prefix: str) -> None:
    app.call("create_user_pool_domain", UserPoolId=app.pool_id, Domain=prefix, ManagedLoginVersion=2)


def test_passkeys_are_made_for_the_domain_of_the_region(app: App) -> None:
    secondary = replicate(app)
    make_domain(secondary, "there")
    token = app.access_token()
    assert (
        refusal(app.idp.start_web_authn_registration, AccessToken=token).code == "WebAuthnConfigurationMissingException"
    )

    make_domain(app, "here")
    options = app.call("start_web_authn_registration", AccessToken=token)["CredentialCreationOptions"]
    assert options["rp"]["id"] == "here.auth.us-east-1.amazoncognito.com"
    secondary.call("delete_user_pool_domain", UserPoolId=app.pool_id, Domain="there")
    options = app.call("start_web_authn_registration", AccessToken=token)["CredentialCreationOptions"]
    assert options["rp"]["id"] == "here.auth.us-east-1.amazoncognito.com"


def test_a_domain_goes_with_its_replica(app: App) -> None:
    make_domain(replicate(app, status=None), "there")
    make_domain(app, "here")
    app.call("delete_user_pool_replica", UserPoolId=app.pool_id, RegionName=replicated.SECONDARY)

    assert [app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]["Domain"]] == ["here"]
    app.call("delete_user_pool_domain", UserPoolId=app.pool_id, Domain="here")
    app.call("delete_user_pool", UserPoolId=app.pool_id)


def test_a_code_changes_nobody_there(cognito: Cognito, app: App) -> None:
    settings = {**replicated.CONDITIONS, **first_factors("PASSWORD", "EMAIL_OTP"), "AutoVerifiedAttributes": ["email"]}
    app.call("update_user_pool", UserPoolId=app.pool_id, **settings)
    choosing = app.with_client(**CHOICE)
    choosing.sign_up("newcomer", {"email": "new@example.com"})
    app.admin("admin_update_user_attributes", UserAttributes=[{"Name": "email_verified", "Value": "false"}])
    secondary = replicate(choosing)

    def begin(at: App, username: str) -> Answer:
        return at.initiate_auth("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")

    challenge = begin(secondary, "alice")
    code = str(cognito.outbox.last(to="alice@example.com").code)
    assert "AuthenticationResult" in secondary.respond(challenge, EMAIL_OTP_CODE=code)
    assert app.attributes()["email_verified"] == "false"

    assert refusal(begin, at=secondary, username="newcomer").code == "OperationNotEnabledException"
    challenge = begin(choosing, "newcomer")
    code = str(cognito.outbox.last(to="new@example.com").code)
    refused = refusal(secondary.respond, challenge=challenge, username="newcomer", EMAIL_OTP_CODE=code)
    assert (refused.code, app.status("newcomer")) == ("OperationNotEnabledException", "UNCONFIRMED")
    assert "AuthenticationResult" in choosing.respond(challenge, "newcomer", EMAIL_OTP_CODE=code)
