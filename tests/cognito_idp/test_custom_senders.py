"""CustomEmailSender and CustomSMSSender: which messages they get, how the code comes to them, what stays undone."""

from __future__ import annotations

import base64
import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

import aws_encryption_sdk as encryption
import boto3
import pytest
from aws_lambda_powertools.utilities.data_classes.cognito_user_pool_event import (
    CustomEmailSenderTriggerEvent,
    CustomSMSSenderTriggerEvent,
)
from moto import mock_aws

from pytest_cognito.kernel.usage import UsageError
from tests.support.network import closed
from tests.support.pools import SES, SMS, answering, failing, pairs
from tests.support.refusals import refusal
from tests.support.sign_ins import begin, sign_in

KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:sender"
EMAIL = {"email": "alice@example.com"}
PHONE = {"phone_number": "+12065550123"}
NEW = {"email": "new@example.com", "phone_number": "+12065550999"}
METADATA = {"lang": "de"}
MEDIA = {"CustomEmailSender": ("email", EMAIL, "EMAIL"), "CustomSMSSender": ("phone_number", PHONE, "SMS")}
SENDERS = pytest.mark.parametrize("sender", MEDIA)
UNREADABLE = {"CustomEmailSender": "customEmailSenderRequestV1", "CustomSMSSender": "customSMSSenderRequestV1"}
Step = Callable[[Any, Any, str], Any]


def config(*senders: str, key: str = KEY) -> dict[str, Any]:
    """The LambdaConfig of a pool with these senders."""
    return {"KMSKeyID": key, **{one: {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION} for one in senders}}


def make(cognito: Any, *senders: str, key: str = KEY, **settings: Any) -> Any:
    cognito.triggers.register(FUNCTION, lambda event, context: None)
    return cognito.create_user_pool(
        AutoVerifiedAttributes=["email", "phone_number"],
        SmsConfiguration=SMS,
        EmailConfiguration=SES,
        LambdaConfig=config(*senders, key=key),
        **settings,
    )


def sign_up(idp: Any, pool: Any, attribute: str, username: str = "alice") -> Any:
    value = {**EMAIL, **PHONE}[attribute]
    return idp.sign_up(
        ClientId=pool.client.id,
        Username=username,
        Password="Passw0rd!",
        UserAttributes=pairs({attribute: value}),
        ClientMetadata=METADATA,
    )


def resend(idp: Any, pool: Any, attribute: str) -> Any:
    pool.create_user(
        "alice", status="UNCONFIRMED", **{attribute: MEDIA_OF[attribute], f"{attribute}_verified": "false"}
    )
    return idp.resend_confirmation_code(ClientId=pool.client.id, Username="alice", ClientMetadata=METADATA)


def forget(idp: Any, pool: Any, attribute: str) -> Any:
    pool.create_user("alice", **{attribute: MEDIA_OF[attribute]})
    return idp.forgot_password(ClientId=pool.client.id, Username="alice", ClientMetadata=METADATA)


def reset(idp: Any, pool: Any, attribute: str) -> Any:
    pool.create_user("alice", **{attribute: MEDIA_OF[attribute]})
    return idp.admin_reset_user_password(UserPoolId=pool.id, Username="alice", ClientMetadata=METADATA)


def change(idp: Any, pool: Any, attribute: str) -> Any:
    alice = pool.create_user("alice", **{attribute: MEDIA_OF[attribute]})
    return idp.update_user_attributes(
        AccessToken=alice.tokens().access_token,
        UserAttributes=pairs({attribute: NEW[attribute]}),
        ClientMetadata=METADATA,
    )


def change_by_admin(idp: Any, pool: Any, attribute: str) -> Any:
    pool.create_user("alice", **{attribute: MEDIA_OF[attribute]})
    return idp.admin_update_user_attributes(
        UserPoolId=pool.id,
        Username="alice",
        UserAttributes=pairs({attribute: NEW[attribute]}),
        ClientMetadata=METADATA,
    )


def verify(idp: Any, pool: Any, attribute: str) -> Any:
    alice = pool.create_user("alice", **{attribute: MEDIA_OF[attribute], f"{attribute}_verified": "false"})
    return idp.get_user_attribute_verification_code(
        AccessToken=alice.tokens().access_token, AttributeName=attribute, ClientMetadata=METADATA
    )


def invite(idp: Any, pool: Any, attribute: str, **more: Any) -> Any:
    return idp.admin_create_user(
        UserPoolId=pool.id,
        Username="alice",
        UserAttributes=pairs({attribute: MEDIA_OF[attribute]}),
        DesiredDeliveryMediums=["EMAIL" if attribute == "email" else "SMS"],
        ClientMetadata=METADATA,
        **more,
    )


MEDIA_OF = {**EMAIL, **PHONE}
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


class TestEvents:
    @SENDERS
    @pytest.mark.parametrize(("source", "step", "by_admin"), STEPS)
    def test_each_message_is_the_functions_to_send(
        self, cognito: Any, cognito_idp: Any, sender: str, source: str, step: Step, by_admin: bool
    ) -> None:
        pool = make(cognito, sender)
        attribute, _, medium = MEDIA[sender]
        told = step(cognito_idp, pool, attribute)
        [run] = cognito.triggers
        alice = pool.user("alice")
        assert run.event == {
            "version": "1",
            "triggerSource": f"{sender}_{source}",
            "region": "us-east-1",
            "userPoolId": pool.id,
            "userName": "alice",
            "callerContext": {
                "awsSdkVersion": "aws-sdk-unknown-unknown",
                "clientId": "CLIENT_ID_NOT_APPLICABLE" if by_admin else pool.client.id,
            },
            "request": {
                "type": UNREADABLE[sender],
                "code": base64.b64encode(run.code.encode()).decode(),
                "clientMetadata": METADATA,
                "userAttributes": {**alice.attributes, "cognito:user_status": alice.status},
            },
        }
        assert len(cognito.outbox) == 0
        assert run.code == alice.password if source == "AdminCreateUser" else run.code.isdigit()
        for details in [told.get("CodeDeliveryDetails"), *told.get("CodeDeliveryDetailsList", ())]:
            assert details is None or details["DeliveryMedium"] == medium

    @SENDERS
    @pytest.mark.parametrize(("source", "step", "by_admin"), STEPS)
    def test_powertools_reads_them(
        self, cognito: Any, cognito_idp: Any, sender: str, source: str, step: Step, by_admin: bool
    ) -> None:
        pool = make(cognito, sender)
        attribute, _, _ = MEDIA[sender]
        step(cognito_idp, pool, attribute)
        event = cognito.triggers.last().event
        read = {"CustomEmailSender": CustomEmailSenderTriggerEvent, "CustomSMSSender": CustomSMSSenderTriggerEvent}
        data = read[sender](event)
        assert (data.user_name, data.trigger_source) == ("alice", f"{sender}_{source}")
        assert data.request.type == UNREADABLE[sender]
        assert base64.b64decode(data.request.code).decode() == cognito.triggers.last().code
        assert data.request.user_attributes == event["request"]["userAttributes"]
        assert data.request.client_metadata == METADATA

    def test_without_metadata(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        cognito_idp.sign_up(
            ClientId=pool.client.id, Username="alice", Password="Passw0rd!", UserAttributes=pairs(EMAIL)
        )
        assert cognito.triggers.last().event["request"]["clientMetadata"] is None

    def test_a_value_that_waits_is_where_the_code_goes(self, cognito: Any, cognito_idp: Any) -> None:
        waiting = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
        pool = make(cognito, "CustomEmailSender", UserAttributeUpdateSettings=waiting)
        change(cognito_idp, pool, "email")
        run = cognito.triggers.last()
        assert run.event["request"]["userAttributes"]["email"] == NEW["email"]
        assert pool.user("alice").email == EMAIL["email"]
        cognito_idp.verify_user_attribute(
            AccessToken=pool.user("alice").tokens().access_token, AttributeName="email", Code=run.code
        )
        assert pool.user("alice").email == NEW["email"]

    @SENDERS
    def test_codes_of_a_second_factor(self, cognito: Any, cognito_idp: Any, sender: str) -> None:
        pool = make(cognito, sender, MfaConfiguration="OPTIONAL", AccountRecoverySetting=BY_ADMIN)
        attribute, _, medium = MEDIA[sender]
        factor = turn_on(cognito_idp, pool, attribute)
        begun = begin(cognito_idp, pool.client.id, USERNAME="alice", PASSWORD="Correct-horse-7")
        assert (begun["ChallengeName"], begun["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"]) == (
            factor,
            medium,
        )
        run = cognito.triggers.last()
        assert run.source == f"{sender}_Authentication"
        cognito_idp.respond_to_auth_challenge(
            ClientId=pool.client.id,
            ChallengeName=factor,
            Session=begun["Session"],
            ChallengeResponses={"USERNAME": "alice", f"{factor}_CODE": run.code},
        )

    def test_the_code_works(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        sign_up(cognito_idp, pool, "email")
        code = cognito.triggers.last("CustomEmailSender").code
        cognito_idp.confirm_sign_up(ClientId=pool.client.id, Username="alice", ConfirmationCode=code)
        assert pool.user("alice").status == "CONFIRMED"

    def test_a_resent_invitation(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        invite(cognito_idp, pool, "email")
        invite(cognito_idp, pool, "email", MessageAction="RESEND")
        first, second = cognito.triggers
        assert (second.source, second.code) == ("CustomEmailSender_AdminCreateUser", pool.user("alice").password)
        assert first.code != second.code


BY_ADMIN = {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}
MESSAGE = {"Subject": "Code", "Message": "{####}"}


def turn_on(idp: Any, pool: Any, attribute: str) -> str:
    """Let alice have a second factor by e-mail or SMS."""
    pool.create_user("alice", **{attribute: MEDIA_OF[attribute]})
    if attribute == "phone_number":
        idp.admin_set_user_mfa_preference(
            UserPoolId=pool.id, Username="alice", SMSMfaSettings={"Enabled": True, "PreferredMfa": True}
        )
        return "SMS_MFA"
    idp.set_user_pool_mfa_config(
        UserPoolId=pool.id,
        MfaConfiguration="OPTIONAL",
        SmsMfaConfiguration={"SmsConfiguration": SMS},
        EmailMfaConfiguration=MESSAGE,
    )
    idp.admin_set_user_mfa_preference(
        UserPoolId=pool.id, Username="alice", EmailMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    return "EMAIL_OTP"


class TestMediums:
    """A sender is for one medium; the other stays Cognito's."""

    @SENDERS
    def test_the_other_medium_is_as_without(self, cognito: Any, cognito_idp: Any, sender: str) -> None:
        pool = make(cognito, sender)
        other = "phone_number" if MEDIA[sender][0] == "email" else "email"
        pool.set_trigger("CustomMessage", answering())
        sign_up(cognito_idp, pool, other)
        assert [one.trigger for one in cognito.triggers] == ["CustomMessage"]
        assert cognito.outbox.last().to == MEDIA_OF[other]

    def test_custom_message_is_not_asked(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender", "CustomSMSSender")
        pool.set_trigger("CustomMessage", failing)
        sign_up(cognito_idp, pool, "email")
        sign_up(cognito_idp, pool, "phone_number", "bob")
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
        self, cognito: Any, cognito_idp: Any, senders: list[str], ran: list[str], sent: list[str]
    ) -> None:
        pool = make(cognito, *senders)
        pool.set_trigger("CustomMessage", answering())
        cognito_idp.admin_create_user(
            UserPoolId=pool.id,
            Username="alice",
            UserAttributes=pairs({**EMAIL, **PHONE}),
            DesiredDeliveryMediums=["EMAIL", "SMS"],
        )
        assert sorted(one.trigger for one in cognito.triggers) == ran
        assert [message.medium for message in cognito.outbox] == sent

    def test_what_is_suppressed_reaches_nobody(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        invite(cognito_idp, pool, "email", MessageAction="SUPPRESS")
        assert len(cognito.triggers) == 0

    def test_a_user_without_a_password_is_invited_without_one(self, cognito: Any, cognito_idp: Any) -> None:
        policies = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
        pool = make(cognito, "CustomEmailSender", Policies=policies)
        invite(cognito_idp, pool, "email")
        run = cognito.triggers.last()
        assert (run.source, run.code) == ("CustomEmailSender_AdminCreateUser", None)
        assert "code" not in run.event["request"]

    def test_a_link_is_the_functions_own_affair(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(
            cognito, "CustomEmailSender", VerificationMessageTemplate={"DefaultEmailOption": "CONFIRM_WITH_LINK"}
        )
        sign_up(cognito_idp, pool, "email")
        assert cognito.triggers.last().code.isdigit()

    def test_the_order_of_a_sign_up(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        pool.set_trigger("PreSignUp", answering(autoConfirmUser=True))
        pool.set_trigger("PostConfirmation", answering())
        sign_up(cognito_idp, pool, "email")
        assert [one.source for one in cognito.triggers] == [
            "PreSignUp_SignUp",
            "PostConfirmation_ConfirmSignUp",
            "CustomEmailSender_SignUp",
        ]


class TestFailures:
    """Cognito doesn't wait for a sender, so nothing that becomes of it reaches the caller."""

    def test_an_error_is_on_record(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, failing)
        assert sign_up(cognito_idp, pool, "email")["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
        [run] = cognito.triggers
        assert str(run.error) == "not today"
        cognito_idp.confirm_sign_up(ClientId=pool.client.id, Username="alice", ConfirmationCode=run.code)

    @pytest.mark.parametrize("answer", [None, "sent", {}, 7])
    def test_any_answer_will_do(self, cognito: Any, cognito_idp: Any, answer: object) -> None:
        pool = make(cognito, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, lambda event, context: answer)
        sign_up(cognito_idp, pool, "email")
        [run] = cognito.triggers
        assert (run.result, run.error) == (answer, None)

    def test_time_does_not_matter(self, cognito: Any, cognito_idp: Any) -> None:
        def slow(event: Any, context: object) -> None:
            cognito.clock.advance(seconds=60)

        pool = make(cognito, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, slow)
        sign_up(cognito_idp, pool, "email")
        [run] = cognito.triggers
        assert run.error is None

    def test_a_function_that_nobody_registered_names_the_cure(self, cognito: Any, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"], LambdaConfig=config("CustomEmailSender"))
        with pytest.raises(UsageError, match=r"CustomEmailSender trigger names .*function:sender"):
            sign_up(cognito_idp, pool, "email")

    def test_a_function_that_motos_lambda_lacks_is_on_record_too(self, cognito: Any, cognito_idp: Any) -> None:
        key_less = {"CustomEmailSender": {"LambdaVersion": "V1_0", "LambdaArn": FUNCTION}}
        with mock_aws():
            key = boto3.client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]
            pool = cognito.create_user_pool(
                AutoVerifiedAttributes=["email"], LambdaConfig={"KMSKeyID": key, **key_less}
            )
            sign_up(cognito_idp, pool, "email")
        assert "ResourceNotFoundException" in str(cognito.triggers.last().error)

    def test_the_function_may_call_cognito(self, cognito: Any, cognito_idp: Any) -> None:
        seen: list[str] = []

        def look(event: Any, context: object) -> None:
            user = cognito_idp.admin_get_user(UserPoolId=event["userPoolId"], Username=event["userName"])
            seen.append(user["UserStatus"])

        pool = make(cognito, "CustomEmailSender")
        cognito.triggers.register(FUNCTION, look)
        sign_up(cognito_idp, pool, "email")
        assert seen == ["UNCONFIRMED"]


class TestConfiguration:
    def test_a_sender_needs_a_key(self, cognito_idp: Any) -> None:
        settings = config("CustomEmailSender")
        del settings["KMSKeyID"]
        refused = refusal(cognito_idp.create_user_pool, PoolName="p", LambdaConfig=settings)
        assert refused[0] == "InvalidParameterException"

    def test_by_its_pool(self, cognito: Any, cognito_idp: Any) -> None:
        pool = cognito.create_user_pool(AutoVerifiedAttributes=["email"])

        @pool.on("CustomEmailSender")
        def send(event: Any, context: object) -> None:
            assert event["request"]["type"] == "customEmailSenderRequestV1"

        sign_up(cognito_idp, pool, "email")
        [run] = cognito.triggers
        assert (run.error, base64.b64decode(run.event["request"]["code"]).decode()) == (None, run.code)
        told = cognito_idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["LambdaConfig"]["CustomEmailSender"]
        assert told == {"LambdaVersion": "V1_0", "LambdaArn": run.arn}

    @pytest.mark.cognito(pool={"SmsConfiguration": SMS}, triggers={"CustomSMSSender": lambda event, context: None})
    def test_by_the_marker(self, cognito_triggers: Any, cognito_user_pool: Any, cognito_idp: Any) -> None:
        invite(cognito_idp, cognito_user_pool, "phone_number")
        assert cognito_triggers.last("CustomSMSSender").code == cognito_user_pool.user("alice").password


class TestEncryption:
    @pytest.fixture
    def key(self) -> Iterator[str]:
        """A key of moto's KMS."""
        with mock_aws():
            yield boto3.client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]

    @staticmethod
    def decrypt(code: str, key: str) -> tuple[str, Any]:
        """As the recipes of AWS's guide do it."""
        client = encryption.EncryptionSDKClient(
            commitment_policy=encryption.CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT
        )
        provider = encryption.StrictAwsKmsMasterKeyProvider(key_ids=[key])
        plain, header = client.decrypt(source=base64.b64decode(code), key_provider=provider)
        return plain.decode(), header

    @SENDERS
    @pytest.mark.parametrize("step", [sign_up, invite])
    def test_the_encryption_sdk_decrypts_the_code(
        self, cognito: Any, cognito_idp: Any, key: str, sender: str, step: Step
    ) -> None:
        found: list[str] = []

        def handler(event: Any, context: object) -> None:
            found.append(self.decrypt(event["request"]["code"], key)[0])

        pool = make(cognito, sender, key=key)
        cognito.triggers.register(FUNCTION, handler)
        step(cognito_idp, pool, MEDIA[sender][0])
        run = cognito.triggers.last()
        assert (run.error, found) == (None, [run.code])
        assert run.code not in base64.b64decode(run.event["request"]["code"]).decode("latin-1")

    def test_its_form_is_that_of_cognito(self, cognito: Any, cognito_idp: Any, key: str) -> None:
        pool = make(cognito, "CustomEmailSender", key=key)
        sign_up(cognito_idp, pool, "email")
        code = cognito.triggers.last().event["request"]["code"]
        _, header = self.decrypt(code, key)
        assert code.startswith("AYADe")
        assert header.encryption_context["userpool-id"] == pool.id
        assert [each.key_provider.key_info.decode() for each in header.encrypted_data_keys] == [key]

    def test_another_key_does_not_open_it(self, cognito: Any, cognito_idp: Any, key: str) -> None:
        pool = make(cognito, "CustomEmailSender", key=key)
        sign_up(cognito_idp, pool, "email")
        other = boto3.client("kms", region_name="us-east-1").create_key()["KeyMetadata"]["Arn"]
        with pytest.raises(encryption.AWSEncryptionSDKClientError):
            self.decrypt(cognito.triggers.last().event["request"]["code"], other)

    def test_a_key_of_another_region(self, cognito: Any, cognito_idp: Any, key: str) -> None:
        elsewhere = boto3.client("kms", region_name="eu-west-1").create_key()["KeyMetadata"]["Arn"]
        pool = make(cognito, "CustomEmailSender", key=elsewhere)
        sign_up(cognito_idp, pool, "email")
        run = cognito.triggers.last()
        assert self.decrypt(run.event["request"]["code"], elsewhere)[0] == run.code

    def test_a_key_that_does_not_exist_names_the_cure(self, cognito: Any, cognito_idp: Any, key: str) -> None:
        pool = make(cognito, "CustomEmailSender")
        with pytest.raises(UsageError, match=r"(?s)KMSKeyID .*55555.*NotFoundException.*create_key"):
            sign_up(cognito_idp, pool, "email")

    def test_a_key_is_not_needed_for_other_messages(self, cognito: Any, cognito_idp: Any, key: str) -> None:
        pool = make(cognito, "CustomEmailSender")
        sign_up(cognito_idp, pool, "phone_number")
        assert len(cognito.outbox) == 1

    def test_where_no_kms_answers_the_code_is_readable(self, cognito: Any, cognito_idp: Any) -> None:
        pool = make(cognito, "CustomEmailSender")
        with closed() as tried:
            sign_up(cognito_idp, pool, "email")
        run = cognito.triggers.last()
        assert (base64.b64decode(run.event["request"]["code"]).decode(), tried) == (run.code, [])

    def test_nor_are_credentials_looked_for(
        self, cognito: Any, cognito_idp: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        pool = make(cognito, "CustomEmailSender")
        sign_in(cognito_idp, pool.client.id, pool.create_user("bob").username)
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
        with closed() as tried:
            cognito.call(
                "SignUp",
                ClientId=pool.client.id,
                Username="alice",
                Password="Passw0rd!",
                UserAttributes=pairs(EMAIL),
            )
        assert (cognito.triggers.last().code is not None, tried) == (True, [])

    def test_where_the_sdk_is_not_installed_the_code_is_readable(
        self, cognito: Any, cognito_idp: Any, key: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        find = importlib.util.find_spec
        monkeypatch.setattr(
            importlib.util, "find_spec", lambda name, *more: None if "encryption" in name else find(name, *more)
        )
        pool = make(cognito, "CustomEmailSender", key=key)
        sign_up(cognito_idp, pool, "email")
        run = cognito.triggers.last()
        assert base64.b64decode(run.event["request"]["code"]).decode() == run.code
