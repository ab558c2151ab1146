"""What the README and the page on moto say of moto, by running it. A failure asks for a correction of the pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import boto3
import httpx
import moto
import pytest
import requests
from botocore import UNSIGNED, xform_name
from botocore.config import Config
from moto.cognitoidentity.responses import CognitoIdentityResponse
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.sts.responses import TokenResponse
from pycognito.aws_srp import AWSSRP

pytestmark = pytest.mark.cognito(real=True)
ROOT = Path(__file__).parents[2]
PASSWORD = "Corr3ct-horse!"
FLOWS = [
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
]
EARLY = """
import boto3
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError

keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x"}
config = Config(proxies={"https": "http://127.0.0.1:9"}, retries={"total_max_attempts": 1})
client = boto3.client("cognito-idp", "us-east-1", config=config, **keys)

from moto import mock_aws

with mock_aws():
    try:
        client.list_user_pools(MaxResults=1)
    except Exception as error:
        print(type(error).__name__)
"""


class Pool:
    """A pool of moto's with an app client."""

    def __init__(self, **settings: Any) -> None:
        self.idp = client()
        self.id = self.idp.create_user_pool(PoolName="app", **settings)["UserPool"]["Id"]
        made = self.idp.create_user_pool_client(UserPoolId=self.id, ClientName="web", ExplicitAuthFlows=FLOWS)
        self.client = made["UserPoolClient"]["ClientId"]
        self.jwks = f"https://cognito-idp.us-east-1.amazonaws.com/{self.id}/.well-known/jwks.json"

    def sign_up(self) -> None:
        self.idp.sign_up(ClientId=self.client, Username="ann", Password=PASSWORD)

    def create_user(self) -> None:
        self.idp.admin_create_user(UserPoolId=self.id, Username="ann")
        self.idp.admin_set_user_password(UserPoolId=self.id, Username="ann", Password=PASSWORD, Permanent=True)

    def sign_in(self) -> Any:
        given = {"USERNAME": "ann", "PASSWORD": PASSWORD}
        return self.idp.initiate_auth(ClientId=self.client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=given)

    def answer(self, challenge: Any, **answers: str) -> Any:
        return self.idp.respond_to_auth_challenge(
            ClientId=self.client,
            ChallengeName=challenge["ChallengeName"],
            Session=challenge["Session"],
            ChallengeResponses={"USERNAME": "ann", **answers},
        )


def client(**options: Any) -> Any:
    return boto3.client("cognito-idp", region_name="us-east-1", **options)


@pytest.fixture(autouse=True)
def mocked() -> Iterator[None]:
    with moto.mock_aws():
        yield


def test_the_pages_name_the_version_that_is_run() -> None:
    for page in ("README.md", "docs/moto.md"):
        assert re.findall(r"moto (\d+\.\d+\.\d+)", (ROOT / page).read_text("utf-8")) == [moto.__version__], page


def test_a_wrong_confirmation_code_is_accepted() -> None:
    pool = Pool()
    pool.sign_up()
    pool.idp.confirm_sign_up(ClientId=pool.client, Username="ann", ConfirmationCode="wrong")
    assert pool.idp.admin_get_user(UserPoolId=pool.id, Username="ann")["UserStatus"] == "CONFIRMED"


def test_a_wrong_code_for_a_new_password_is_accepted() -> None:
    pool = Pool()
    pool.create_user()
    sent = pool.idp.forgot_password(ClientId=pool.client, Username="ann")["ResponseMetadata"]["HTTPHeaders"]
    assert sent["x-moto-forgot-password-confirmation-code"].startswith("moto-confirmation-code:")
    pool.idp.confirm_forgot_password(
        ClientId=pool.client, Username="ann", ConfirmationCode="123456", Password="Another-h0rse!"
    )


def test_who_has_not_confirmed_is_refused_by_initiate_auth_and_not_by_an_administrators() -> None:
    pool = Pool()
    pool.sign_up()
    with pytest.raises(pool.idp.exceptions.UserNotConfirmedException):
        pool.sign_in()
    given = {"USERNAME": "ann", "PASSWORD": PASSWORD}
    answer = pool.idp.admin_initiate_auth(
        UserPoolId=pool.id, ClientId=pool.client, AuthFlow="ADMIN_USER_PASSWORD_AUTH", AuthParameters=given
    )
    assert "AuthenticationResult" in answer


def test_a_wrong_password_by_srp_is_accepted() -> None:
    pool = Pool()
    pool.create_user()
    srp = AWSSRP(username="ann", password="Wr0ng-horse!", pool_id=pool.id, client_id=pool.client, client=pool.idp)
    assert "AccessToken" in srp.authenticate_user()["AuthenticationResult"]


@pytest.mark.parametrize("checked", [False, True])
def test_mfa_takes_any_code_but_totp_with_an_option(monkeypatch: pytest.MonkeyPatch, *, checked: bool) -> None:
    monkeypatch.setenv("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", str(checked).lower())
    pool = Pool()
    pool.create_user()
    access = {"AccessToken": pool.sign_in()["AuthenticationResult"]["AccessToken"]}
    pool.idp.associate_software_token(**access)
    if checked:
        with pytest.raises(pool.idp.exceptions.CodeMismatchException):
            pool.idp.verify_software_token(**access, UserCode="000000")
        return
    pool.idp.verify_software_token(**access, UserCode="000000")
    totp = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
    pool.idp.set_user_pool_mfa_config(UserPoolId=pool.id, **totp, MfaConfiguration="OPTIONAL")
    pool.idp.set_user_mfa_preference(**access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
    assert "AuthenticationResult" in pool.answer(pool.sign_in(), SOFTWARE_TOKEN_MFA_CODE="000000")


def test_mfa_by_sms_takes_any_code_and_there_is_none_by_email() -> None:
    pool = Pool()
    pool.create_user()
    sms = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sns", "ExternalId": "x"}}
    pool.idp.set_user_pool_mfa_config(UserPoolId=pool.id, SmsMfaConfiguration=sms, MfaConfiguration="ON")
    phone = [{"Name": "phone_number", "Value": "+15555550100"}]
    pool.idp.admin_update_user_attributes(UserPoolId=pool.id, Username="ann", UserAttributes=phone)
    preferred = {"Enabled": True, "PreferredMfa": True}
    pool.idp.admin_set_user_mfa_preference(UserPoolId=pool.id, Username="ann", SMSMfaSettings=preferred)
    assert "AuthenticationResult" in pool.answer(pool.sign_in(), SMS_MFA_CODE="000000")

    email = {"Message": "{####}", "Subject": "Code"}
    with pytest.raises(pool.idp.exceptions.InvalidParameterException):
        pool.idp.set_user_pool_mfa_config(UserPoolId=pool.id, EmailMfaConfiguration=email, MfaConfiguration="ON")


def test_triggers_are_stored_and_do_not_run() -> None:
    triggers = {"PreSignUp": "arn:aws:lambda:us-east-1:123456789012:function:missing"}
    pool = Pool(LambdaConfig=triggers)
    pool.sign_up()
    assert pool.idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["LambdaConfig"] == triggers


def test_there_is_one_key_for_all_pools_which_requests_can_fetch() -> None:
    keys, others = (requests.get(Pool().jwks, timeout=5).json()["keys"] for _ in range(2))
    assert len(keys) == 1
    assert keys == others


@pytest.mark.parametrize("library", ["urllib", "httpx"])
def test_other_libraries_do_not_reach_it(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nobody listens
    with pytest.raises((URLError, httpx.ConnectError)):
        urllib.request.urlopen(Pool().jwks, timeout=5) if library == "urllib" else httpx.get(Pool().jwks)


def test_a_client_older_than_moto_is_not_caught() -> None:
    run = subprocess.run([sys.executable, "-P", "-c", EARLY], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.split() == ["ProxyConnectionError"]


def test_nobody_need_sign() -> None:
    pool = Pool()
    pool.create_user()
    unsigned = client(config=Config(signature_version=UNSIGNED))
    assert unsigned.admin_get_user(UserPoolId=pool.id, Username="ann")["Username"] == "ann"


def test_few_constraints_are_checked() -> None:
    idp = client()
    assert idp.create_user_pool(PoolName="x" * 200)["UserPool"]["Name"] == "x" * 200
    assert "UserPools" in idp.list_user_pools(MaxResults=61)


def test_an_operation_that_is_not_there() -> None:
    with pytest.raises(NotImplementedError):
        client().start_web_authn_registration(AccessToken="x")


def test_how_many_operations_are_there() -> None:
    operations = client().meta.service_model.operation_names
    answered = [name for name in operations if hasattr(CognitoIdpResponse, xform_name(name))]
    for page in ("README.md", "docs/moto.md"):
        told = re.search(r"\| (\d+) of the", (ROOT / page).read_text("utf-8"))
        assert told is not None, page
        assert int(told[1]) == len(answered), page
    missing = ("ConfirmDevice", "CreateUserImportJob", "SetRiskConfiguration", "StartWebAuthnRegistration")
    assert not set(missing) & set(answered)


def test_a_sign_in_by_choice_is_refused() -> None:
    pool = Pool()
    with pytest.raises(pool.idp.exceptions.InvalidParameterException, match="USER_AUTH"):
        pool.idp.initiate_auth(ClientId=pool.client, AuthFlow="USER_AUTH", AuthParameters={"USERNAME": "ann"})


def test_a_custom_sign_in_has_neither_challenge_nor_tokens() -> None:
    pool = Pool()
    pool.create_user()
    answer = pool.idp.initiate_auth(ClientId=pool.client, AuthFlow="CUSTOM_AUTH", AuthParameters={"USERNAME": "ann"})
    assert list(answer) == ["ResponseMetadata"]


def test_a_domain_is_stored_and_nothing_answers_there(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Pool()
    pool.idp.create_user_pool_domain(UserPoolId=pool.id, Domain="notes")
    assert pool.idp.describe_user_pool_domain(Domain="notes")["DomainDescription"]["UserPoolId"] == pool.id
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # nobody listens
    for path in ("login", "oauth2/authorize"):
        with pytest.raises(requests.ConnectionError):
            requests.get(f"https://notes.auth.us-east-1.amazoncognito.com/{path}", timeout=5)


def test_identity_providers_and_resource_servers_are_stored() -> None:
    pool = Pool()
    pool.idp.create_resource_server(UserPoolId=pool.id, Identifier="notes", Name="notes")
    details = {"client_id": "x", "client_secret": "x", "authorize_scopes": "openid"}
    pool.idp.create_identity_provider(
        UserPoolId=pool.id, ProviderName="Google", ProviderType="Google", ProviderDetails=details
    )


@pytest.mark.parametrize(
    ("service", "responses", "told"),
    [("cognito-identity", CognitoIdentityResponse, "| {} of the 23;"), ("sts", TokenResponse, "| {} of the 12 |")],
)
def test_how_many_operations_of_identity_pools_and_sts_are_there(service: Any, responses: type, told: str) -> None:
    operations = boto3.client(service, region_name="us-east-1").meta.service_model.operation_names
    answered = [name for name in operations if hasattr(responses, xform_name(name))]
    assert told.format(len(answered)) in (ROOT / "README.md").read_text("utf-8")


def test_credentials_of_an_identity_pool_are_the_same_for_all_and_of_no_role() -> None:
    identities = boto3.client("cognito-identity", region_name="us-east-1")
    pool = identities.create_identity_pool(IdentityPoolName="p", AllowUnauthenticatedIdentities=False)
    given = []
    for login in ({}, {"accounts.google.com": "no token"}):
        who = identities.get_id(IdentityPoolId=pool["IdentityPoolId"], Logins=login)["IdentityId"]
        keys = identities.get_credentials_for_identity(IdentityId=who, Logins=login)["Credentials"]
        given.append((keys["AccessKeyId"], keys["SecretKey"], keys["SessionToken"]))
    assert given[0] == given[1]
    caller = boto3.Session(*given[0]).client("sts", region_name="us-east-1").get_caller_identity()
    assert ":assumed-role/" not in caller["Arn"]


def test_a_role_is_assumed_whomever_it_trusts() -> None:
    only_ec2 = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
    trust = json.dumps({"Version": "2012-10-17", "Statement": [only_ec2]})
    role = boto3.client("iam").create_role(RoleName="app", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    sts = boto3.client("sts", region_name="us-east-1")
    assert sts.assume_role(RoleArn=role, RoleSessionName="app")["Credentials"]
    assert sts.assume_role_with_web_identity(RoleArn=role, RoleSessionName="app", WebIdentityToken="none")[
        "Credentials"
    ]


def test_there_is_no_cognito_sync() -> None:
    sync = boto3.client("cognito-sync", region_name="us-east-1")
    with pytest.raises(sync.exceptions.ClientError, match="Not yet implemented") as refused:
        sync.list_identity_pool_usage()
    assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
