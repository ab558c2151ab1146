"""CustomEmailSender and CustomSMSSender: what stays with Cognito, what a failure does, how they are configured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from moto import mock_aws

from pytest_cognito.cognito import Cognito, Triggers, UserPool
from pytest_cognito.kernel.errors import UsageError
from tests.support.app import App, MakeApp
from tests.support.clients import client
from tests.support.functions import Event, answering, failing
from tests.support.refusals import refusal
from tests.support.senders import FUNCTION, MEDIA, SENDERS, VALUES, code_of, config, invite, make, readable, sign_up
from tests.support.settings import SMS

if TYPE_CHECKING:
    from types_boto3_cognito_idp import CognitoIdentityProviderClient


class TestMediums:
    """A sender is for one medium; the other stays Cognito's."""

    @SENDERS
    def test_the_other_medium_is_as_without(self, cognito: Cognito, make_app: MakeApp, sender: str) -> None:
        app = make(make_app, sender)
        other = "phone_number" if MEDIA[sender][0] == "email" else "email"
        app.pool.set_trigger("CustomMessage", answering())
        sign_up(app, other)
        assert [one.trigger for one in cognito.triggers] == ["CustomMessage"]
        assert cognito.outbox.last().to == VALUES[other]

    def test_custom_message_is_not_asked(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make(make_app, "CustomEmailSender", "CustomSMSSender")
        app.pool.set_trigger("CustomMessage", failing)
        sign_up(app, "email")
        sign_up(app, "phone_number", "bob")
        assert [one.trigger for one in cognito.triggers] == ["CustomEmailSender", "CustomSMSSender"]

    @pytest.mark.parametrize(
        ("senders", "ran", "sent"),
        [
            (["CustomEmailSender"], ["CustomEmailSender", "CustomMessage"], ["SMS"]),
            (["CustomSMSSender"], ["CustomMessage", "CustomSMSSender"], ["EMAIL"]),
            (["CustomEmailSender", "CustomSMSSender"], ["CustomEmailSender", "CustomSMSSender"], []),
        ],
    )
    def test_an_invitation_by_both(
        self, cognito: Cognito, make_app: MakeApp, senders: list[str], ran: list[str], sent: list[str]
    ) -> None:
        app = make(make_app, *senders)
        app.pool.set_trigger("CustomMessage", answering())
        app.create("alice", VALUES, DesiredDeliveryMediums=["EMAIL", "SMS"])
        assert sorted(one.trigger for one in cognito.triggers) == ran
        assert [message.medium for message in cognito.outbox] == sent

    def test_what_is_suppressed_reaches_nobody(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make(make_app, "CustomEmailSender")
        invite(app, "email", MessageAction="SUPPRESS")
        assert len(cognito.triggers) == 0

    def test_a_user_without_a_password_is_invited_without_one(self, cognito: Cognito, make_app: MakeApp) -> None:
        policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
        app = make(make_app, "CustomEmailSender", Policies=policies)
        invite(app, "email")
        run = cognito.triggers.last()
        assert (run.source, run.code) == ("CustomEmailSender_AdminCreateUser", None)
        assert "code" not in run.event["request"]

    def test_a_link_is_the_functions_own_affair(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make(
            make_app, "CustomEmailSender", VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"}
        )
        sign_up(app, "email")
        assert code_of(cognito.triggers.last()).isdigit()

    def test_the_order_of_a_sign_up(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make(make_app, "CustomEmailSender")
        app.pool.set_trigger("PreSignUp", answering(autoConfirmUser=True))
        app.pool.set_trigger("PostConfirmation", answering())
        sign_up(app, "email")
        assert [one.source for one in cognito.triggers] == [
            "PreSignUp_SignUp",
            "PostConfirmation_ConfirmSignUp",
            "CustomEmailSender_SignUp",
        ]


class TestFailures:
    """Cognito doesn't wait for a sender, so nothing that becomes of it reaches the caller."""

    def test_an_error_is_on_record(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make(make_app, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, failing)
        assert sign_up(app, "email")["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
        [run] = cognito.triggers
        assert str(run.error) == "not today"
        app.confirm("alice", code_of(run))

    @pytest.mark.parametrize("answer", [None, "sent", {}, 7])
    def test_any_answer_will_do(self, cognito: Cognito, make_app: MakeApp, answer: object) -> None:
        app = make(make_app, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, lambda event, context: answer)
        sign_up(app, "email")
        [run] = cognito.triggers
        assert (run.result, run.error) == (answer, None)

    def test_time_does_not_matter(self, cognito: Cognito, make_app: MakeApp) -> None:
        def slow(event: Event, context: object) -> None:
            cognito.clock.advance(seconds=60)

        app = make(make_app, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, slow)
        sign_up(app, "email")
        [run] = cognito.triggers
        assert run.error is None

    def test_a_function_that_nobody_registered_names_the_cure(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make_app(AutoVerifiedAttributes=["email"], LambdaConfig=config("CustomEmailSender"))
        with pytest.raises(UsageError, match=r"CustomEmailSender trigger names .*function:sender"):
            sign_up(app, "email")

    def test_a_function_that_motos_lambda_lacks_is_on_record_too(self, cognito: Cognito, make_app: MakeApp) -> None:
        key_less = {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION}}
        with mock_aws():
            key = client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]
            app = make_app(AutoVerifiedAttributes=["email"], LambdaConfig={"KMSKeyID": key, **key_less})
            sign_up(app, "email")
        assert "ResourceNotFoundException" in str(cognito.triggers.last().error)

    def test_the_function_may_call_cognito(self, cognito: Cognito, make_app: MakeApp) -> None:
        seen: list[str] = []

        def look(event: Event, context: object) -> None:
            seen.append(app.status(event["userName"]))

        app = make(make_app, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, look)
        sign_up(app, "email")
        assert seen == ["UNCONFIRMED"]


class TestConfiguration:
    def test_a_sender_needs_a_key(self, cognito_idp: CognitoIdentityProviderClient) -> None:
        settings = config("CustomEmailSender")
        del settings["KMSKeyID"]
        refused = refusal(cognito_idp.create_user_pool, PoolName="p", LambdaConfig=settings)
        assert refused[0] == "InvalidParameterException"

    def test_by_its_pool(self, cognito: Cognito, make_app: MakeApp) -> None:
        app = make_app(AutoVerifiedAttributes=["email"])

        @app.pool.on("CustomEmailSender")
        def send(event: Event, context: object) -> None:
            assert event["request"]["type"] == "customEmailSenderRequestV1"

        sign_up(app, "email")
        [run] = cognito.triggers
        assert (run.error, readable(run)) == (None, run.code)
        told = app.call("describe_user_pool", UserPoolId=app.pool_id)["UserPool"]["LambdaConfig"]["CustomEmailSender"]
        assert told == {"LambdaVersion": "V1_0", "LambdaArn": run.arn}

    @pytest.mark.cognito(pool={"SmsConfiguration": SMS}, triggers={"CustomSMSSender": lambda event, context: None})
    def test_by_the_marker(
        self, cognito_triggers: Triggers, cognito_user_pool: UserPool, cognito_idp: CognitoIdentityProviderClient
    ) -> None:
        invite(App(cognito_idp, cognito_user_pool), "phone_number")
        assert cognito_triggers.last("CustomSMSSender").code == cognito_user_pool.user("alice").password
